"""From the bytes of a record to its fields. Refuses as little as can be.

Only what cannot be a record at all is refused: not JSON, no known kind, no time. Everything else
that is odd gives a note, the field stays empty, and a person looks at it; the bytes are kept whole.
"""

import json
import math
from dataclasses import dataclass, field
from datetime import UTC
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from studytours.measures.models import Condition, Works

from .models import Form, Kind
from .on_the_spot import read_doer
from .places import resolve, whole
from .questions.reading import read_answers
from .refusals import TooLarge, Unreadable

# A hundred thousand emoji fit, even written as escapes.
MOST_BYTES = 2 * 1024 * 1024
QUIET = (Form.WHOLE_AREA, Form.ABOUT_YOU, Form.NOTE)


@dataclass
class Reading:
    """What a record says. `fields` fit the Observation model."""

    fields: dict
    works: str = ""
    is_private: bool = False
    photos: int = 0
    notes: list = field(default_factory=list)

    @property
    def set_aside(self):
        text = "; ".join(self.notes)
        return (text[:1].upper() + text[1:])[:200]

    @property
    def is_quiet(self):
        """It answers questions or says "me too": counted, with nothing to decide or to be late."""
        return bool(self.fields["me_too"]) or self.fields["form"] in QUIET

    @property
    def says_something(self):
        """A feeling alone is a measurement, not something to decide about."""
        if self.is_quiet:
            return False
        said = self.fields
        return bool(said["words"] or said["category"] or said["done_now"] or self.photos)


def read_observation(body, known, *, received_at):
    """Reading of a record's bytes, by what is Known. Refused when it can never be taken."""
    refuse_too_large(len(body))
    sent = _parsed(body)
    if sent.get("kind") not in Kind.values:
        raise Unreadable(f"A record needs a kind: one of {', '.join(Kind.values)}.")
    notes = []
    stops = known.stops
    point = resolve(sent.get("place"), known)
    if point.note:
        notes.append(point.note)
    fields = {
        "kind": sent["kind"],
        "captured_at": _captured_at(sent.get("captured_at"), received_at, notes),
        "category": _category(sent.get("category"), known, notes),
        "words": _text(sent.get("words"), "words", notes),
        "place": sent.get("place"),
        "lat": point.lat,
        "lon": point.lon,
        "stop": stops.get(_stop_id(sent.get("stop"), stops, notes) or point.stop_id),
        "measure": _measure(sent.get("measure"), known, notes),
        "condition": _one_of(sent.get("condition"), Condition, "condition", notes),
        "feeling": sent.get("feeling"),
        "urgent": sent.get("urgent") is True,
        "dark": sent["dark"] if isinstance(sent.get("dark"), bool) else None,
        "done_now": _done_now(sent.get("done_now"), notes),
        "corrects": _uuid(sent.get("corrects"), "corrects", notes),
        "me_too": _uuid(sent.get("me_too"), "says “me too” to", notes),
        **read_answers(sent, notes),
    }
    fields |= read_doer(sent.get("done_by"), known.tour, fields, notes)
    works = _one_of(sent.get("works"), Works, "answer whether it works", notes)
    return Reading(
        fields=fields,
        works=works,
        is_private=_asks_for_privacy(sent),
        photos=len(sent["photos"]) if isinstance(sent.get("photos"), list) else 0,
        notes=notes,
    )


def refuse_too_large(length):
    if length > MOST_BYTES:
        raise TooLarge("This note is too large: more than 2 MB.", cure="Split it into several.")


def asks_for_privacy(body):
    """Did the walker say that only the office may read it? Of the bytes of a record we hold."""
    return _asks_for_privacy(_parsed(bytes(body)))


def _asks_for_privacy(sent):
    # Whatever a phone puts there means yes: a mistake must not publish anything.
    return bool(sent.get("private") or sent.get("shop") or "note" in sent)


def _parsed(body):
    try:
        sent = _storable(json.loads(body, parse_constant=_refuse_constant))
    except (ValueError, RecursionError) as error:
        raise Unreadable("This record cannot be read: it is not JSON.") from error
    if not isinstance(sent, dict):
        raise Unreadable("This record cannot be read: it is not a JSON object.")
    return sent


def _refuse_constant(name):
    raise ValueError(f"{name} is not JSON")


def _storable(value):
    """The value without what a database cannot hold: NUL, half emoji, endless numbers."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_storable(part) for part in value]
    if isinstance(value, dict):
        return {_storable(name): _storable(part) for name, part in value.items()}
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _captured_at(value, received_at, notes):
    try:
        at = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        at = None
    if at is None:
        raise Unreadable(
            "A record needs captured_at: date, time and zone, as 2026-06-03T18:05:00+01:00."
        )
    if timezone.is_naive(at):
        notes.append("its time has no zone, read as British time")
        at = at.replace(tzinfo=timezone.get_default_timezone())
    if not 1990 <= at.year <= 2100:
        notes.append(f"the phone's clock said {at.year}, so the time is when it was received")
        return received_at
    return at.astimezone(UTC)


def _category(value, known, notes):
    if not value:
        return None
    code = value.strip().upper()[:3] if isinstance(value, str) else ""
    category = known.categories.get(code)
    if category is None:
        notes.append(f"its category {str(value)[:20]!r} is not known")
    return category


def _measure(value, known, notes):
    if not value:
        return None
    measure = known.measure(value[:12]) if isinstance(value, str) else None
    if measure is None:
        notes.append(f"its measure {str(value)[:20]!r} is not in the register")
    return measure


def _stop_id(value, stops, notes):
    if value is None:
        return None
    if (number := whole(value)) in stops:
        return number
    notes.append("it names a stop that this tour does not have")
    return None


def _text(value, name, notes):
    if value is None or isinstance(value, str):
        return value or ""
    notes.append(f"its {name} were not text")
    return json.dumps(value, ensure_ascii=False)


def _done_now(value, notes):
    if value is True:
        return "Done on the spot"
    return "" if value is False else _text(value, "words on what was done", notes)


def _one_of(value, choices, name, notes):
    if not value:
        return ""
    if value in choices.values:
        return value
    notes.append(f"its {name} {str(value)[:20]!r} is not known")
    return ""


def _uuid(value, what, notes):
    if not value:
        return None
    try:
        return UUID(value)
    except (ValueError, AttributeError, TypeError):
        notes.append(f"the record that it {what} is not named by a uuid")
        return None
