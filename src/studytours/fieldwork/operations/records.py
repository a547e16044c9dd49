"""Take records in, once each, exactly as they were sent."""

import hashlib
import json
import uuid as uuids
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from studytours.core.errors import Refused
from studytours.core.operations import event, record_all
from studytours.core.together import Together
from studytours.core.turns import in_turn
from studytours.measures.models import Condition, Works
from studytours.measures.operations import record_check
from studytours.tours.models import Tour

from ..known import known_of
from ..models import Device, Kind, Observation
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


@dataclass
class Sent:
    """A record on its way in."""

    tour: Tour
    uuid: uuids.UUID
    body: bytes
    device: Device | None = None
    by: object = None
    now: datetime | None = None
    sent_at: datetime | None = None

    def __post_init__(self):
        self.now = self.now or timezone.now()
        self.sha256 = hashlib.sha256(self.body).hexdigest()

    def read(self, known):
        reading = read_observation(self.body, known, received_at=self.now)
        if self.device and not reading.is_quiet:
            reading.notes[:0] = _late(self.tour)
        self.reading = reading


def accept_observation(device, uuid, body, *, now=None, sent_at=None):
    """Receipt for a record from a phone, the same one however often it is sent."""
    return take_observation(device.tour, uuid, body, device=device, now=now, sent_at=sent_at)


def take_observation(tour, uuid, body, *, device=None, by=None, now=None, sent_at=None):
    """Take the bytes of a record. The primary key decides whether it is a repeat."""
    return _together.ask(Sent(tour, uuid, body, device, by, now, sent_at))


def take_all(sent):
    """For each of several records its Receipt, or the error that says why there is none.

    They are written in one transaction: five hundred phones at once wait for few of those. If it
    fails, each is tried alone, so that none is refused for what is wrong with another.
    """
    held = held_all(Observation, [one.uuid for one in sent])
    known = known_of([one.tour for one in sent])
    answers, fresh = {}, {}
    for at, one in enumerate(sent):
        try:
            if one.uuid in held:
                answers[at] = same_or_refused(held[one.uuid], one.tour, one.sha256)
            elif one.uuid not in [other.uuid for other in fresh.values()]:
                one.read(known[one.tour.pk])
                fresh[at] = one
        except Exception as error:
            answers[at] = error
    try:
        rows = _write(list(fresh.values())) if fresh else []  # repeats alone write nothing
    except OperationalError:
        raise  # the database is not there, or busy: for everyone
    except Exception as error:
        if len(sent) == 1:
            answers[0] = _met_at_the_key(sent[0], error)
    else:
        for at, row in zip(fresh, rows, strict=True):
            answers[at] = Receipt(row.uuid, row.sha256, row.received_at, True, row.set_aside)
    return [answers[at] if at in answers else take_all([one])[0] for at, one in enumerate(sent)]


_together = Together(take_all)


def _met_at_the_key(one, error):
    """What two get that sent the same at the same moment: the row that is there decides."""
    row = held(Observation, one.uuid) if isinstance(error, IntegrityError) else None
    if row is None:
        return error
    try:
        return same_or_refused(row, one.tour, one.sha256)
    except Refused as refusal:
        return refusal


def held(kind, uuid):
    """The row under this name, or None; without what was sent, which may be large."""
    return held_all(kind, [uuid]).get(uuid)


def held_all(kind, names):
    """{uuid: row} of those among these names that are held."""
    rows = kind.objects.filter(uuid__in=names).order_by().defer(*BULKY.get(kind, ()))
    return {row.uuid: row for row in rows}


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


@in_turn()
@transaction.atomic
def _write(fresh):
    """The Observations of records that were read, with their findings and their events."""
    works = [_into_the_log(one) for one in fresh]
    rows = Observation.objects.bulk_create(
        Observation(
            uuid=one.uuid, tour=one.tour, device=one.device, body=one.body, sha256=one.sha256,
            received_at=one.now, set_aside=one.reading.set_aside, **one.reading.fields,
        )
        for one in fresh
    )  # fmt: skip
    follow_or_open([
        (row, one.reading.is_private)
        for row, one, found in zip(rows, fresh, works, strict=True)
        if not (one.device and one.tour.state in OVER) and _is_to_decide(one.reading, found)
    ])  # fmt: skip
    record_all([
        event(
            "observation_received", about=one.tour, now=one.now, by=one.by,
            summary=f"{row.get_kind_display()} was recorded",
            observation=str(one.uuid), **_clock(one.now, one.sent_at),
        )
        for row, one in zip(rows, fresh, strict=True)
    ])  # fmt: skip
    return rows


def _into_the_log(one):
    """Write a check of a measure into its log. Whether it works, or "" when nothing was written."""
    reading, said = one.reading, one.reading.fields
    if said["kind"] != Kind.MEASURE_CHECK or said["measure"] is None:
        return ""
    works = reading.works or Works.UNKNOWN
    try:
        record_check(
            said["measure"], works=works, condition=said["condition"],
            words="" if _is_private(reading) else said["words"], by_whom="a walker",
            observation=one.uuid, at=min(said["captured_at"], one.now), by=one.by, now=one.now,
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
