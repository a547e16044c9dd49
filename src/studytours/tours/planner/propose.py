"""Propose a route: the stops of most value within the time of the tour, and the way by them."""

import hashlib
from dataclasses import replace

import numpy as np
from django.utils import timezone

from placestats import NoWalk, best_walk
from studytours.core.errors import Refused
from studytours.streets.network import router_for
from studytours.streets.ways import NoWay

from ..route import METRES_A_MINUTE
from ..rules import MOST_STOPS
from .candidates import candidates_for
from .proposal import Proposal, entry_of
from .way import FAR_M, end_of_way, far_words, plan_of, spot_of, wish_of

# The search takes so long for each candidate at most; the proof goes on in the background.
SECONDS_EACH = 0.02


def propose(tour, stops, *, now=None):
    """A Proposal. Refused where no route can be made, with the place that is at fault."""
    now = now or timezone.now()
    if tour.meeting_lat is None:
        raise Refused(
            "The meeting point is not on the map yet.", cure="Mark it on the page of the date."
        )
    plan = plan_of(tour)
    candidates = candidates_for(tour, stops, plan.weights if plan else None, now=now)
    if not candidates:
        raise Refused(
            "There is nothing on this ground that a route could lead to.",
            cure="Add stops of your own, or give more kinds a weight.",
        )
    ground = _Ground(tour, candidates)
    proposal = _best(tour, ground, ground.candidates)
    if limited := len(proposal.stops) > MOST_STOPS:
        proposal = _best(tour, ground, ground.candidates[:MOST_STOPS])
    made_of = fingerprint(tour, stops)
    return replace(proposal, at=now.isoformat(), made_of=made_of, limited=limited)


def fingerprint(tour, stops):
    """What a proposal was made of: when this changes, it is out of date."""
    end = end_of_way(tour)
    said = [tour.minutes, tour.meeting_lat, tour.meeting_lon, end, tour.step_free, wish_of(tour)]
    said += [(stop.pk, stop.lat, stop.lon, stop.minutes, stop.locked) for stop in stops]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


class _Ground:
    """The places as points of the network; what no street leads to is set aside, or refused."""

    def __init__(self, tour, candidates):
        self.tour = tour
        meeting, end = (tour.meeting_lon, tour.meeting_lat), end_of_way(tour)
        self.fixed = [(meeting, "The meeting point")]
        if end != meeting:
            self.fixed.append((end, "The end of the walk"))
        self.router = router_for(tour.area.bounds)
        self.ends = [self._spot(place, name) for place, name in self.fixed]
        self.candidates, self.spots, self.unreachable = [], [], []
        for one in candidates:
            try:
                spot = self._spot((one.lon, one.lat), f"“{one.name}”")
            except Refused as why:
                if one.required:
                    raise
                self.unreachable.append((one.name, why.why))
            else:
                self.candidates.append(one)
                self.spots.append(spot)

    def _spot(self, place, name):
        try:
            spot = spot_of(self.router, place, self.tour.step_free)
        except NoWay as why:
            raise Refused(f"{name} cannot be reached: {why.why}", cure=why.cure) from why
        if spot.away_m > FAR_M:
            raise Refused(
                f"{name} is not near a street that can be walked. {far_words(spot)}",
                cure="Move it to a street on the map.",
            )
        return spot

    def minutes(self, count):
        """(points × points): the meeting point, so many candidates, and another end."""
        spots = [self.ends[0], *self.spots[:count], *self.ends[1:]]
        metres = self.router.between(spots, step_free=self.tour.step_free, wish=wish_of(self.tour))
        away = np.array([spot.away_m for spot in spots])
        metres = metres + away + away[:, None]
        np.fill_diagonal(metres, 0.0)
        return np.minimum(metres, metres.T) / METRES_A_MINUTE


def _best(tour, ground, candidates):
    travel = ground.minutes(len(candidates))
    end = len(travel) - 1 if len(ground.ends) > 1 else 0
    dwell, value = np.zeros(len(travel)), np.zeros(len(travel))
    dwell[1 : len(candidates) + 1] = [one.minutes for one in candidates]
    value[1 : len(candidates) + 1] = [one.value for one in candidates]
    required = [number for number, one in enumerate(candidates, 1) if one.required]
    _refuse_what_cannot_be(tour, travel, dwell, end, required, candidates)
    try:
        walk = best_walk(
            travel, value, dwell, budget=tour.minutes, start=0, end=end, required=required,
            seconds=SECONDS_EACH * len(candidates),
        )  # fmt: skip
    except NoWalk as why:
        raise Refused(
            "The locked stops do not fit into the time together: the shortest walk by all of them "
            f"takes {np.ceil(why.least):.0f} minutes, the tour lasts {tour.minutes}.",
            cure="Unlock one, stay a shorter time, or plan more time.",
        ) from why
    return Proposal(
        at="", made_of="", pool=[entry_of(one) for one in candidates],
        travel=np.where(np.isfinite(travel), travel.round(3), 1e6).tolist(),
        budget=float(tour.minutes), required=required, order=walk.order.tolist(),
        value=walk.value, bound=walk.bound, minutes=walk.duration,
        along_streets=ground.router.along_streets, unreachable=ground.unreachable,
    )  # fmt: skip


def _refuse_what_cannot_be(tour, travel, dwell, end, required, candidates):
    """With the names of places, before the search would refuse by numbers."""
    shortest = travel[0, end]
    if not np.isfinite(shortest):
        raise _no_way("The end of the walk", tour)
    if shortest > tour.minutes:
        raise Refused(
            f"The shortest way from the meeting point to the end takes {np.ceil(shortest):.0f} "
            f"minutes, the tour lasts {tour.minutes}.",
            cure="Plan more time, or choose a nearer end.",
        )
    for point in required:
        name = f"“{candidates[point - 1].name}”"
        needed = travel[0, point] + dwell[point] + travel[point, end]
        if not np.isfinite(needed):
            raise _no_way(name, tour)
        if needed > tour.minutes:
            raise Refused(
                f"{name} is locked and cannot be reached in time: to go there, stay and go on to "
                f"the end takes {np.ceil(needed):.0f} minutes, the tour lasts {tour.minutes}.",
                cure="Unlock it, stay a shorter time, or plan more time.",
            )


def _no_way(name, tour):
    steps = " without steps" if tour.step_free else ""
    return Refused(
        f"No way{steps} leads from the meeting point to {name[0].lower()}{name[1:]}.",
        cure="Allow steps, or choose another place." if tour.step_free else "Choose another place.",
    )
