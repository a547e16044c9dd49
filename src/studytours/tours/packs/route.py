"""The way as the pack draws and tells it.

Where the planner follows streets, this is the one place that asks it.
"""

from dataclasses import dataclass

from ..route import line_of, route_summary


@dataclass(frozen=True)
class Way:
    """`line` is (lon, lat) points; `directions` {number of a stop: sentences that lead to it}."""

    line: tuple
    metres: int
    minutes: int
    directions: dict
    along_streets: bool = False


def way_of(tour, stops):
    summary = route_summary(tour, stops)
    return Way(line_of(tour, stops), summary.metres, summary.minutes, {})
