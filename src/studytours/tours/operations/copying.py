"""Walk a route again: what was planned is copied, what people said and did is not."""

from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone

from studytours.core.errors import Refused
from studytours.core.operations import record

from ..light import dusk_on
from ..models import Tour
from ..planner.way import plan_of
from .invitations import invite
from .locks import lock_tour
from .plan import plan_tour
from .route import lock_stop, wish_route
from .stops import add_stop

OF_A_TOUR = ("minutes", "meeting_point", "introduction", "leader", "step_free")
OF_A_ROUTE = ("end_point", "avoid_steps", "prefer_lit", "light", "weights")
OF_A_STOP = ("name", "lat", "lon", "look_at", "minutes", "look_from_here")
DUSK_WORDS = ", at dusk"
FULL_FIVE = 300  # seconds: people are told a time that can be remembered


@transaction.atomic
def copy_tour(tour, *, starts_at, title="", invite_again=False, by=None, now=None):
    """A new draft with the route of this tour: stops, dwell times, wishes, words.

    With `invite_again` the same list of people, to whom nothing is sent yet. No answers, no
    findings, no signature: those belong to a day.
    """
    now = now or timezone.now()
    meeting = None if tour.meeting_lat is None else (tour.meeting_lat, tour.meeting_lon)
    made = plan_tour(
        area=tour.area, title=title or tour.title, starts_at=starts_at, meeting=meeting, by=by,
        now=now, **{name: getattr(tour, name) for name in OF_A_TOUR},
    )  # fmt: skip
    made.in_rain, made.script = tour.in_rain, tour.script
    made.save(update_fields=["in_rain", "script"])
    for stop in tour.stops.prefetch_related("measures"):
        standing = [measure for measure in stop.measures.all() if measure.removed_on is None]
        fields = {name: getattr(stop, name) for name in OF_A_STOP}
        added = add_stop(made, **fields, measures=standing, by=by, now=now)
        if stop.locked:
            lock_stop(added, True, by=by, now=now)
    if plan := plan_of(tour):
        end = None if plan.end_lat is None else (plan.end_lat, plan.end_lon)
        wishes = {name: getattr(plan, name) for name in OF_A_ROUTE}
        wish_route(made, end=end, **wishes, by=by, now=now)
    if invite_again:
        _invite_again(tour, made, by, now)
    record(
        "tour_copied", about=made, by=by, now=now, copied=tour.slug,
        summary=f"{made.title} goes the way of {tour.title}",
    )  # fmt: skip
    return made


def _invite_again(tour, made, by, now):
    """Those who can still be asked: guests whose address was forgotten cannot."""
    for one in tour.invitations.select_related("organisation"):
        if one.organisation is None and not one.email:
            continue
        if one.organisation is None or one.organisation.is_active:
            invite(
                made, organisation=one.organisation, name=one.name, email=one.email, by=by, now=now
            )


@transaction.atomic
def walk_at_dusk(tour, *, day, by=None, now=None):
    """The same route when it has become dark on a day, as the pair of the walk by day."""
    lock_tour(tour)
    if tour.by_day_id:
        raise Refused(
            f"{tour.title} is itself a walk at dusk.", cure=f"Copy it, or go from {tour.by_day}."
        )
    pair = Tour.objects.filter(by_day=tour).first()
    if pair and pair.state != Tour.State.CANCELLED:
        raise Refused(f"{pair.title} is the walk at dusk already.", cure="Give it another date.")
    dusk = dusk_on(tour, day)
    if dusk is None:
        raise Refused("It does not become dark there that day.", cure="Choose another day.")
    seconds = -(-dusk.timestamp() // FULL_FIVE) * FULL_FIVE
    starts_at = datetime.fromtimestamp(seconds, UTC)
    title = tour.title[: 120 - len(DUSK_WORDS)] + DUSK_WORDS
    made = copy_tour(tour, starts_at=starts_at, title=title, by=by, now=now)
    Tour.objects.filter(by_day=tour).update(by_day=None)
    made.by_day = tour
    made.save(update_fields=["by_day"])
    return made
