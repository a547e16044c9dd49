"""The queue of next areas: publishing weights, letting a place wait, deciding for one."""

from django.db import transaction
from django.utils import timezone

from studytours.areas.models import Decision, Hold, Weighting
from studytours.areas.queue.criteria import USUAL, VERSION
from studytours.areas.queue.order import check_weights, current_queue
from studytours.areas.queue.vintage import stored, vintage_of
from studytours.core.errors import Refused
from studytours.core.operations import record
from studytours.crime.sets import types_in

LONGEST = 2000


@transaction.atomic
def publish_weights(
    weights, *, reason, compete="walkable", crimes="acquisitive", town="", by=None, now=None
):
    """Let the queue be ordered by these weights from now on. Earlier ones stay in the history."""
    now = now or timezone.now()
    weights = dict.fromkeys(USUAL, 0) | dict(weights)
    check_weights(weights)
    types_in(crimes)
    if compete not in Weighting.Compete.values:
        raise Refused(f"“{compete}” is not a kind of place.")
    reason = _reason(reason, "why these weights")
    made = Weighting.objects.create(
        weights=weights, compete=compete, crimes=crimes, town=town.strip()[:80], reason=reason,
        by=by, at=now,
    )  # fmt: skip
    record("weights_published", about=made, summary=f"Weights: {reason}", by=by, now=now, **weights)
    return made


@transaction.atomic
def let_wait(place, *, reason, review_on, by=None, now=None):
    """Take a place of the queue out of the order until a date. Residents read the reason."""
    now = now or timezone.now()
    reason = _reason(reason, "why it waits")
    if review_on is None or review_on <= timezone.localdate(now):
        raise Refused("A place waits until a day to come.", cure="Give a later review date.")
    hold = Hold.objects.create(
        name=place.name[:120], geometry=place.geometry, reason=reason, review_on=review_on,
        by=by, at=now,
    )  # fmt: skip
    summary = f"{hold.name} waits until {review_on:%-d %B %Y}: {reason}"
    record("place_waits", about=hold, summary=summary, by=by, now=now)
    return hold


@transaction.atomic
def take_up_again(hold, *, by=None, now=None):
    """Put a place that waited back into the order."""
    now = now or timezone.now()
    if Hold.objects.filter(pk=hold.pk, ended_at=None).update(ended_at=now):
        record("place_taken_up", about=hold, summary=f"{hold.name} is in the queue again", by=by,
               now=now)  # fmt: skip


def decide(key, *, reason, by=None, now=None):
    """Choose a place of the queue, and keep all that is needed to work the choice out again.

    The queue is the published one of the day; any place in it may be chosen, with a reason.
    """
    now = now or timezone.now()
    reason = _reason(reason, "why this place")
    # Counting takes longest, and nobody else's writing should wait for it.
    queue = current_queue(timezone.localdate(now))
    row = queue.row(key)
    if row is None:
        raise Refused("This place is no longer in the queue.", cure="Look at the queue again.")
    return _keep(queue, row, reason, by, now)


@transaction.atomic
def _keep(queue, row, reason, by, now):
    decision = Decision.objects.create(
        question={
            "force": queue.force, "crimes": queue.rules.crimes, "compete": queue.rules.compete,
            "town": queue.rules.town,
        },
        weights=queue.rules.weights,
        criteria_version=VERSION,
        vintage=vintage_of(queue),
        places=[stored(one) for one in queue.everything],
        geometry=row.place.geometry,
        chosen=row.place.key,
        name=f"{row.place.name}, {row.figures.town}" if row.figures.town else row.place.name,
        reason=reason,
        by=by,
        at=now,
    )  # fmt: skip
    summary = f"{decision.name} is next: {reason}"
    record("place_decided", about=decision, summary=summary, by=by, now=now)
    return decision


@transaction.atomic
def withdraw_decision(decision, *, by=None, now=None):
    """Put the place of a decision that was a mistake back into the order."""
    now = now or timezone.now()
    if Decision.objects.filter(pk=decision.pk, withdrawn_at=None).update(withdrawn_at=now):
        summary = f"The decision for {decision.name} was withdrawn"
        record("decision_withdrawn", about=decision, summary=summary, by=by, now=now)


def _reason(text, what):
    text = (text or "").strip()
    if not text:
        raise Refused(f"Say {what}.", cure="Residents will read this.")
    if len(text) > LONGEST:
        raise Refused(f"The reason is {len(text)} characters long; {LONGEST} is the most.")
    return text
