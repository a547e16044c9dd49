"""How long the walk takes: straight lines × 1.3, because no street map is used yet."""

from dataclasses import dataclass
from itertools import pairwise
from math import ceil, hypot

from studytours.core.geometry import to_grid
from studytours.streets.straight import DETOUR

METRES_A_MINUTE = 4000 / 60


@dataclass(frozen=True)
class RouteSummary:
    """From the meeting point by every stop that has a point on the map, in order."""

    metres: int
    walking_minutes: int
    standing_minutes: int
    planned_minutes: int
    # Names of stops whose way could not be counted.
    without_point: tuple[str, ...]
    # (lon, lat) in order, for the line on the map.
    line: tuple[tuple[float, float], ...]

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
    line = line_of(tour, stops)
    metres = DETOUR * straight_metres(line)
    return RouteSummary(
        metres=round(metres / 10) * 10,
        walking_minutes=ceil(metres / METRES_A_MINUTE),
        standing_minutes=sum(stop.minutes for stop in stops),
        planned_minutes=tour.minutes,
        without_point=tuple(stop.name for stop in stops if stop.lat is None),
        line=line,
    )


def line_of(tour, stops):
    """(lon, lat) of the meeting point and of the stops in order, as far as they have a point."""
    places = [(tour.meeting_lon, tour.meeting_lat), *((stop.lon, stop.lat) for stop in stops)]
    return tuple(place for place in places if None not in place)


def straight_metres(points):
    """The length of the line through (lon, lat) points, on the British National Grid."""
    on_grid = [to_grid(lon, lat) for lon, lat in points]
    return sum(
        hypot(x2 - x1, y2 - y1)
        for (x1, y1), (x2, y2) in pairwise(on_grid)
    )  # fmt: skip
