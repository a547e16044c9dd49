"""The steps of a tour's life after planning. Each is taken once, by a conditional update."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from studytours.core.errors import Refused
from studytours.core.operations import record

from ..before.signing import signing_of
from ..codes import new_code
from ..models import Tour
from ..rules import (
    BACK,
    GRACE,
    MAY,
    PLANNED,
    checked_text,
    end_of,
    refuse_unless,
    refuse_unless_signed,
)
from .dates import new_date
from .letters import tell_of_cancelling, tell_of_change
from .locks import lock_tour

State = Tour.State


@transaction.atomic
def make_join_code(tour, *, by=None, now=None):
    """A code for the poster. It lets nobody in before the walk is open."""
    lock_tour(tour)
    if tour.join_code:
        return tour
    if tour.state not in (*PLANNED, State.WALKING):
        refuse_unless(tour, "open the walk")
    for _ in range(20):
        tour.join_code = new_code()
        try:
            with transaction.atomic():
                tour.save(update_fields=["join_code"])
            return tour
        except IntegrityError:  # another tour has it: one in 244 million
            continue
    raise Refused("No free join code was found.", cure="Try again.")


@transaction.atomic
def open_walk(tour, *, by=None, now=None):
    """Let phones join, until twelve hours after the planned end. Its risks must be signed for."""
    now = now or timezone.now()
    lock_tour(tour)
    refuse_unless(tour, "open the walk")
    until = end_of(tour) + GRACE
    if until <= now:
        raise Refused(
            "The day of this tour has passed, so phones cannot join any more.",
            cure="Close the walk and type in the paper sheets, or give it another date.",
        )
    refuse_unless_signed(signing_of(tour))
    tour = _step(tour, "open the walk", State.WALKING, join_until=until)
    tour = make_join_code(tour, by=by, now=now)
    record("walk_opened", about=tour, summary=f"{tour.title} is open for walking", by=by, now=now)
    return tour


@transaction.atomic
def close_walk(tour, *, by=None, now=None):
    """The walk is over: nobody can join any more, and the debrief begins.

    A tour that was walked on paper alone may be closed without having been opened.
    """
    now = now or timezone.now()
    if tour.state in PLANNED and tour.starts_at <= now:
        tour = _step(tour, "open the walk", State.WALKING)
    walked = min(tour.starts_at, now)
    tour = _step(tour, "close the walk", State.DEBRIEF, join_until=now, walked_at=walked)
    record("walk_closed", about=tour, summary=f"{tour.title} was walked", by=by, now=now)
    return tour


@transaction.atomic
def report_back(tour, *, summary, by=None, now=None):
    """Publish what was seen and agreed. Again, it only mends the words."""
    now = now or timezone.now()
    summary = checked_text(summary, "summary", 5000)
    first = tour.reported_at or now
    tour = _step(tour, "report back", State.REPORTED, summary=summary, reported_at=first)
    record("tour_reported", about=tour, summary=f"{tour.title} was reported back", by=by, now=now)
    return tour


@transaction.atomic
def cancel_tour(tour, *, reason="", by=None, now=None):
    """Call a tour off, and tell those who were asked."""
    now = now or timezone.now()
    tour = _step(tour, "cancel", State.CANCELLED)
    reason = reason.strip()
    new_date(tour, now=now)
    tell_of_cancelling(tour, reason=reason, now=now)
    record(
        "tour_cancelled", about=tour, by=by, now=now, reason=reason,
        summary=f"{tour.title} was cancelled. {reason}",
    )  # fmt: skip
    return tour


@transaction.atomic
def reopen(tour, *, by=None, now=None):
    """Go back one step that was taken by mistake. Nothing that was recorded is lost."""
    now = now or timezone.now()
    lock_tour(tour)
    if tour.state not in BACK:
        raise Refused("There is no step to go back: this tour is still being planned.")
    was, tour.state = tour.state, BACK[tour.state]
    written_to = tour.invitations.exclude(sent_at=None).exists()
    if was == State.WALKING and not written_to:
        tour.state = State.DRAFT
    elif was == State.DEBRIEF:
        tour.walked_at = None
        tour.join_until = max(end_of(tour) + GRACE, now + timedelta(hours=2))
    elif was == State.REPORTED:
        tour.reported_at = None
    elif was == State.CANCELLED:
        _refuse_past(tour, now)
        tour.state = State.INVITING if written_to else State.DRAFT
    tour.save(update_fields=["state", "walked_at", "join_until", "reported_at"])
    if was == State.CANCELLED:
        new_date(tour, now=now)
        tell_of_change(tour, now=now)
    elif was == State.DEBRIEF:  # walked on paper alone, it has no code yet
        tour = make_join_code(tour, by=by, now=now)
    summary = f"{tour.title} went back to “{tour.get_state_display().lower()}”"
    record("tour_reopened", about=tour, summary=summary, by=by, now=now, was=was)
    return tour


def _refuse_past(tour, now):
    if tour.starts_at <= now:
        raise Refused("The day of this tour has passed.", cure="Plan a new tour.")


def _step(tour, step, to, **fields):
    """The conditional update is the lock: of two people, one is first and the other is told."""
    taken = Tour.objects.filter(pk=tour.pk, state__in=MAY[step]).update(state=to, **fields)
    tour.refresh_from_db()
    if not taken:
        refuse_unless(tour, step)
    return tour
