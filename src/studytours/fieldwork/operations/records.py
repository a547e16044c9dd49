"""Take records in, once each, exactly as they were sent."""

import hashlib
import json
import uuid as uuids
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from studytours.core.errors import Refused
from studytours.core.operations import record
from studytours.measures.models import Condition, Works
from studytours.measures.operations import record_check
from studytours.tours.models import Tour

from ..models import Kind, Observation
from ..reading import read_observation
from ..refusals import OtherBytes
from .findings import follow_or_open

OVER = (Tour.State.REPORTED, Tour.State.CANCELLED)
BULKY = {Observation: ("body", "words", "place", "feeling", "done_now")}
# A clock further off than this is worth a word.
CLOCK_SECONDS = 300


@dataclass(frozen=True)
class Receipt:
    """The promise that the server holds these bytes under this name."""

    accepted: uuids.UUID
    sha256: str
    received_at: datetime
    is_new: bool
    set_aside: str = ""


def accept_observation(device, uuid, body, *, now=None, sent_at=None):
    """Receipt for a record from a phone, the same one however often it is sent."""
    return take_observation(device.tour, uuid, body, device=device, now=now, sent_at=sent_at)


def take_observation(tour, uuid, body, *, device=None, by=None, now=None, sent_at=None):
    """Take the bytes of a record. The primary key decides whether it is a repeat."""
    now = now or timezone.now()
    sha256 = hashlib.sha256(body).hexdigest()
    # Saves the reading of most repeats; two at the same moment meet at the primary key below.
    if known := held(Observation, uuid):
        return same_or_refused(known, tour, sha256)
    reading = read_observation(body, tour, received_at=now)
    if device and not reading.is_quiet:
        reading.notes[:0] = _late(tour)
    try:
        observation = _write(tour, uuid, body, sha256, reading, device, by, now, sent_at)
    except IntegrityError:
        known = held(Observation, uuid)
        if known is None:
            raise
        return same_or_refused(known, tour, sha256)
    return Receipt(observation.uuid, sha256, now, True, observation.set_aside)


def held(kind, uuid):
    """The row under this name, or None; without what was sent, which may be large."""
    return kind.objects.filter(uuid=uuid).defer(*BULKY.get(kind, ())).first()


def same_or_refused(known, tour, sha256):
    """The receipt once more for the same bytes; a walker who joined again has another phone id."""
    if known.sha256 != sha256 or known.tour_id != tour.pk:
        raise OtherBytes("Something else was already sent under this name. It was not changed.")
    return Receipt(
        known.uuid, known.sha256, known.received_at, False, getattr(known, "set_aside", "")
    )


def _late(tour):
    if tour.state in OVER:
        return ["it came after the tour had ended"]
    return ["it came after the walk was closed"] if tour.state == Tour.State.DEBRIEF else []


@transaction.atomic
def _write(tour, uuid, body, sha256, reading, device, by, now, sent_at):
    works = _into_the_log(reading, uuid, by, now)
    observation = Observation.objects.create(
        uuid=uuid, tour=tour, device=device, body=body, sha256=sha256, received_at=now,
        set_aside=reading.set_aside, **reading.fields,
    )  # fmt: skip
    if not (device and tour.state in OVER) and _is_to_decide(reading, works):
        follow_or_open(observation, is_private=reading.is_private)
    record(
        "observation_received", about=tour, now=now, by=by,
        summary=f"{observation.get_kind_display()} was recorded",
        observation=str(uuid), **_clock(now, sent_at),
    )  # fmt: skip
    return observation


def _into_the_log(reading, uuid, by, now):
    """Write a check of a measure into its log. Whether it works, or "" when nothing was written."""
    said = reading.fields
    if said["kind"] != Kind.MEASURE_CHECK or said["measure"] is None:
        return ""
    works = reading.works or Works.UNKNOWN
    try:
        record_check(
            said["measure"], works=works, condition=said["condition"],
            words="" if _is_private(reading) else said["words"],
            by_whom="a walker", observation=uuid, at=min(said["captured_at"], now), by=by, now=now,
        )  # fmt: skip
    except Refused as refusal:
        reading.notes.append(f"the register did not take the check: {refusal.why}")
        return ""
    return works


def _is_private(reading):
    """Then its words stay out of the measure's log, which more people read."""
    category = reading.fields["category"]
    return reading.is_private or bool(category and category.is_sensitive)


def _is_to_decide(reading, works):
    """A measure found working needs no decision; one that does not, does."""
    if reading.is_quiet:
        return False
    if not works:
        return reading.says_something or reading.fields["kind"] == Kind.MEASURE_CHECK
    if works == Works.UNKNOWN:
        return reading.fields["condition"] in (Condition.POOR, Condition.VERY_POOR)
    return works != Works.WORKS


def _clock(now, sent_at):
    """How many seconds the phone's clock is ahead, when that is worth a word."""
    ahead = round((sent_at - now).total_seconds()) if sent_at else 0
    return {"clock_ahead_seconds": ahead} if abs(ahead) > CLOCK_SECONDS else {}


def desk_observation(
    tour, *, kind, category=None, words, stop=None, place=None, by, now=None, **more
):  # fmt: skip
    """A record from a paper sheet, typed in at the desk: Observation.

    `place` is a dict as phones send it, or the words for one; `more` are other fields of the
    phone's contract (condition, urgent, dark, measure as ref, works, done_now, captured_at).
    """
    now = now or timezone.now()
    body = record_bytes(
        kind=kind, captured_at=more.pop("captured_at", None) or now,
        category=getattr(category, "code", category), words=words,
        stop=getattr(stop, "pk", stop),
        place={"street": place} if isinstance(place, str) and place else place or None, **more,
    )  # fmt: skip
    receipt = take_observation(tour, uuids.uuid4(), body, by=by, now=now)
    return Observation.objects.select_related("finding").get(uuid=receipt.accepted)


def record_bytes(*, captured_at, **fields):
    """The bytes of a record that is typed in at the desk, as a phone would send it."""
    sent = {"captured_at": captured_at.isoformat(), "typed_in_at_the_desk": True, **fields}
    return json.dumps({name: value for name, value in sent.items() if value is not None}).encode()
