"""Wishes for the route, a proposal, its proof, and taking it over."""

from django.db import transaction

from studytours.core.errors import Refused
from studytours.core.operations import record
from studytours.measures.models import Measure

from ..models import RoutePlan, Stop, Tour
from ..planner.candidates import HEAVIEST, KINDS
from ..planner.proposal import Proposal
from ..planner.propose import fingerprint, propose
from ..planner.way import plan_of
from ..rules import MOST_STOPS, checked_point, refuse_unless
from .locks import lock_tour
from .stops import ASIDE, add_stop

Proof = RoutePlan.Proof
STALE = "The tour was changed since this route was proposed."


@transaction.atomic
def wish_route(
    tour, *, end_point="", end=None, avoid_steps=False, prefer_lit=False, light="any",
    weights=None, by=None, now=None,
):  # fmt: skip
    """Say what the route should be like. `end` is (lat, lon); None ends at the meeting point."""
    lock_tour(tour)
    refuse_unless(tour, "remove or reorder stops")
    lat, lon = checked_point(*(end or (None, None)))
    weights = weights or {}
    for kind, weight in weights.items():
        if kind not in KINDS or not 0 <= weight <= HEAVIEST:
            raise Refused(f"A weight is a number from 0 to {HEAVIEST}.")
    plan = plan_of(tour) or RoutePlan(tour=tour)
    plan.end_point, plan.end_lat, plan.end_lon = end_point.strip()[:200], lat, lon
    plan.avoid_steps, plan.prefer_lit = avoid_steps, prefer_lit
    plan.light, plan.weights = RoutePlan.Light(light), weights
    plan.save()
    record("route_wished", about=tour, summary="Wishes for the route were changed", by=by, now=now)
    return plan


def propose_route(tour, *, by=None, now=None):
    """Find the route of most value and keep it beside the tour; a proof begins in the background.

    The search takes up to a second, so it holds no lock.
    """
    refuse_unless(tour, "remove or reorder stops")
    stops = list(tour.stops.prefetch_related("measures"))
    return _keep(tour, propose(tour, stops, now=now), by, now)


@transaction.atomic
def _keep(tour, proposal, by, now):
    from ..tasks import prove_route

    lock_tour(tour)
    refuse_unless(tour, "remove or reorder stops")
    plan = plan_of(tour) or RoutePlan(tour=tour)
    plan.proposal = proposal.as_dict()
    plan.proof = Proof.PROVEN if proposal.proven else Proof.WAITING
    plan.save()
    record(
        "route_proposed", about=tour, by=by, now=now,
        summary=f"A route with {len(proposal.stops)} stops was proposed",
    )  # fmt: skip
    if not proposal.proven:
        transaction.on_commit(lambda: prove_route.enqueue(plan.pk, proposal.at))
    return proposal


def prove_proposal(plan, at):
    """Prove the proposal made at that moment, or better it; nothing if it was replaced or used."""
    proposal = Proposal.of(plan.proposal)
    if proposal is None or proposal.at != at or plan.proof != Proof.WAITING:
        return None
    proved = proposal.proved()
    proof = Proof.STOPPED
    if proved.proven:
        proof = Proof.BETTER if proved.value > proposal.value else Proof.PROVEN
    with transaction.atomic():
        held = RoutePlan.objects.select_for_update().get(pk=plan.pk)
        if held.proposal and held.proposal["at"] == at:
            held.proposal, held.proof = proved.as_dict(), proof
            held.save(update_fields=["proposal", "proof"])
    return proved


@transaction.atomic
def use_proposal(tour, *, at, by=None, now=None):
    """Make the proposed stops the stops of the tour. Its own among them stay what they are."""
    lock_tour(tour)
    refuse_unless(tour, "remove or reorder stops")
    plan = plan_of(tour)
    proposal = Proposal.of(plan.proposal if plan else None)
    stops = list(tour.stops.all())
    if proposal is None or proposal.at != at:
        raise Refused("This proposal is not here any more.", cure="Propose a route again.")
    if proposal.made_of != fingerprint(tour, stops):
        raise Refused(STALE, cure="Propose a route again.")
    without_point = [stop for stop in stops if stop.lat is None]
    if len(proposal.stops) + len(without_point) > MOST_STOPS:
        raise Refused(
            f"With the stops that are not on the map these are more than {MOST_STOPS}.",
            cure="Remove some, or put them on the map.",
        )
    _take_over(tour, proposal, without_point, by, now)
    plan.proposal, plan.proof = None, Proof.NONE
    plan.save(update_fields=["proposal", "proof"])
    summary = f"The proposed route with {len(proposal.stops)} stops is used"
    record("route_used", about=tour, summary=summary, by=by, now=now)


def _take_over(tour, proposal, without_point, by, now):
    """Kept stops get new numbers, others go, new ones come; those not on the map stay, last."""
    kept = {one["stop"] for one in proposal.stops if one["stop"]}
    kept |= {stop.pk for stop in without_point}
    Stop.objects.filter(tour=tour).exclude(pk__in=kept).delete()
    for number, stop in enumerate(Stop.objects.filter(tour=tour), ASIDE):
        Stop.objects.filter(pk=stop.pk).update(number=number)
    order = [_stop_of(tour, one, by, now).pk for one in proposal.stops]
    order += [stop.pk for stop in without_point]
    for number, pk in enumerate(order, ASIDE * 2):
        Stop.objects.filter(pk=pk).update(number=number)
    for number, pk in enumerate(order, 1):
        Stop.objects.filter(pk=pk).update(number=number)


def _stop_of(tour, one, by, now):
    """The stop of an entry of the pool, with the measures to check there."""
    names = ("name", "lat", "lon", "look_at", "minutes", "look_from_here")
    stop = Stop.objects.filter(pk=one["stop"]).first()
    stop = stop or add_stop(tour, **{name: one[name] for name in names}, by=by, now=now)
    stop.measures.add(*Measure.objects.filter(pk__in=one["measures"]))
    return stop


@transaction.atomic
def drop_proposal(tour):
    """Leave the tour as it is."""
    RoutePlan.objects.filter(tour=tour).update(proposal=None, proof=Proof.NONE)


@transaction.atomic
def lock_stop(stop, locked, *, by=None, now=None):
    """A proposed route always comes to a stop that is locked."""
    lock_tour(stop.tour)
    refuse_unless(stop.tour, "remove or reorder stops")
    if locked and stop.lat is None:
        raise Refused(f"{stop} is not on the map.", cure="Give it a point, then lock it.")
    Stop.objects.filter(pk=stop.pk).update(locked=locked)
    stop.locked = locked
    words = "locked" if locked else "not locked any more"
    record("stop_locked", about=stop.tour, summary=f"Stop {stop} is {words}", by=by, now=now)
    return stop


@transaction.atomic
def place_stop(stop, lat, lon, *, by=None, now=None):
    """Move a stop to another point; everything else about it stays."""
    lock_tour(stop.tour)
    walking = stop.tour.state == Tour.State.WALKING
    cure = "Phones hold these numbers already." if walking else ""
    refuse_unless(stop.tour, "add or change stops", cure=cure)
    lat, lon = checked_point(lat, lon)
    if lat is None:
        raise Refused("A point on the map is missing.", cure="Click the map or drag the stop.")
    Stop.objects.filter(pk=stop.pk).update(lat=lat, lon=lon)
    stop.lat, stop.lon = lat, lon
    record("stop_changed", about=stop.tour, summary=f"Stop {stop} was moved", by=by, now=now)
    return stop
