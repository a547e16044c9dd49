"""How long the walk takes, by the way of planner/way.py."""

from dataclasses import dataclass
from math import ceil

from .planner.way import way_of

METRES_A_MINUTE = 4000 / 60


@dataclass(frozen=True)
class RouteSummary:
    """From the meeting point by every stop that has a point on the map, in order, to the end."""

    metres: int
    walking_minutes: int
    standing_minutes: int
    planned_minutes: int
    # Names of stops whose way could not be counted.
    without_point: tuple[str, ...]
    # (lon, lat) in order, for the line on the map.
    line: tuple[tuple[float, float], ...]
    along_streets: bool
    # Why some of it is a straight line all the same.
    guesses: tuple[str, ...]
    # In per cent of the way: known to be without light, and where nobody mapped it.
    unlit: int
    lighting_unknown: int
    steps: int

    @property
    def minutes(self):
        return self.walking_minutes + self.standing_minutes

    @property
    def over(self):
        """Minutes more than planned; 0 when it fits."""
        return max(0, self.minutes - self.planned_minutes)

    @property
    def spare(self):
        return max(0, self.planned_minutes - self.minutes)


def route_summary(tour, stops):
    """The length and the time of a tour with these stops."""
    way = way_of(tour, stops)
    share = 100 / (way.along_legs or 1)
    return RouteSummary(
        metres=round(way.metres / 10) * 10,
        walking_minutes=ceil(way.metres / METRES_A_MINUTE),
        standing_minutes=sum(stop.minutes for stop in stops),
        planned_minutes=tour.minutes,
        without_point=tuple(stop.name for stop in stops if stop.lat is None),
        line=way.line,
        along_streets=way.along_streets,
        guesses=way.guesses,
        unlit=round(share * way.unlit),
        lighting_unknown=round(share * way.lighting_unknown),
        steps=way.steps,
    )


def line_of(tour, stops):
    """(lon, lat) of the way: the line on a map."""
    return way_of(tour, stops).line
