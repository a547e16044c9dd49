"""The way of a tour: from the meeting point by every stop to the end, along the streets.

Nothing is stored: the way is found anew when stops or wishes change, and kept in memory until
then. Where no street map covers a place, or no street leads there, it is a straight line × 1.3.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from studytours.streets.network import router_for
from studytours.streets.straight import StraightLines
from studytours.streets.ways import Leg, NoWay, Wish

from ..models import Stop

# A place so far from the nearest street is not on the street map.
FAR_M = 150
STRAIGHT = StraightLines()


@dataclass(frozen=True)
class Section:
    """From one place of the tour to the next."""

    to: Stop | None  # None for the end
    metres: float
    legs: tuple[Leg, ...]
    line: tuple[tuple[float, float], ...]
    # Why this is only a straight line; "" where it follows streets.
    guess: str = ""


@dataclass(frozen=True)
class Way:
    """All sections in order. Lengths in metres."""

    sections: tuple[Section, ...]
    along_streets: bool  # a street map covers the tour

    @property
    def line(self):
        """(lon, lat) in order, without repeats."""
        points = [point for section in self.sections for point in section.line]
        moved = [here for before, here in pairwise(points) if here != before]
        return tuple([*points[:1], *moved])

    @property
    def metres(self):
        return sum(section.metres for section in self.sections)

    @property
    def along_legs(self):
        """Without the few steps from a street to a stop beside it."""
        return self._length(lambda leg: True)

    @property
    def unlit(self):
        return self._length(lambda leg: leg.lit is False)

    @property
    def lighting_unknown(self):
        return self._length(lambda leg: leg.lit is None)

    @property
    def steps(self):
        """How many times the way goes up or down steps, or past what stops a pram."""
        return sum(leg.steps for section in self.sections for leg in section.legs)

    @property
    def guesses(self):
        """Why sections are straight lines though there is a street map; each reason once."""
        return tuple(dict.fromkeys(one.guess for one in self.sections if one.guess))

    def _length(self, wanted):
        return sum(leg.length_m for one in self.sections for leg in one.legs if wanted(leg))


def places_of(tour, stops):
    """[(lon, lat, Stop or None)] in order: meeting point, the stops that have a point, the end."""
    end = end_of_way(tour)
    places = [
        (tour.meeting_lon, tour.meeting_lat, None),
        *((stop.lon, stop.lat, stop) for stop in stops),
    ]
    places = [place for place in places if place[0] is not None]
    if len(places) > 1 and end[0] is not None:
        places.append((*end, None))
    return places


def plan_of(tour):
    """What was asked of the route, or None."""
    return getattr(tour, "route_plan", None)


def end_of_way(tour):
    """(lon, lat) where the walk ends: at the meeting point, if nothing else was said."""
    plan = plan_of(tour)
    if plan is None or plan.end_lat is None:
        return tour.meeting_lon, tour.meeting_lat
    return plan.end_lon, plan.end_lat


def wish_of(tour):
    plan = plan_of(tour)
    return Wish(plan.avoid_steps, plan.prefer_lit) if plan else Wish()


def way_of(tour, stops):
    """The Way of a tour with these stops."""
    places = places_of(tour, stops)
    if len(places) < 2:
        return Way((), along_streets=False)
    points = tuple((lon, lat) for lon, lat, _ in places)
    router = router_for(tour.area.bounds)
    found = _ways(points, router, tour.step_free, wish_of(tour))
    sections = tuple(
        Section(stop, *parts) for (_, _, stop), parts in zip(places[1:], found, strict=True)
    )
    return Way(sections, router.along_streets)


@lru_cache(maxsize=256)
def _ways(points, router, step_free, wish):
    """(metres, legs, line, guess) between neighbours."""
    spots = [spot_of(router, point, step_free) for point in points]
    walks = router.paths(spots, step_free=step_free, wish=wish)
    return [
        _parts(walk, points[number : number + 2], spots[number : number + 2])
        for number, walk in enumerate(walks)
    ]


def spot_of(router, point, step_free):
    """The nearest point of the streets from which the others can be reached."""
    if not router.along_streets:
        return router.nearest(*point)
    return router.nearest(*point, connected=True, step_free=step_free)


def _parts(walk, ends, spots):
    guess = next((far_words(spot) for spot in spots if spot.away_m > FAR_M), "")
    if isinstance(walk, NoWay):
        guess = guess or str(walk)
    if guess:
        walk, away = STRAIGHT.path(*(STRAIGHT.nearest(*end) for end in ends)), 0.0
    else:
        away = sum(spot.away_m for spot in spots)
    line = (ends[0], *(_rounded(point) for point in walk.line.coords), ends[1])
    return walk.length_m + away, walk.legs, line, guess


def far_words(spot):
    street = f", {spot.street}," if spot.street else ""
    return f"The nearest street{street} is {spot.away_m:,.0f} metres away."


def _rounded(point):
    return round(point[0], 6), round(point[1], 6)
