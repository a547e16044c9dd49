"""The way as the pack draws and tells it: that of the planner, its directions stop by stop."""

from dataclasses import dataclass

from ..planner import directions
from ..route import route_summary


@dataclass(frozen=True)
class Way:
    """`line` is (lon, lat) points; `directions` {number of a stop: sentences that lead to it}.

    Those that lead from the last stop to the end stand under 0.
    """

    line: tuple
    metres: int
    minutes: int
    directions: dict
    along_streets: bool = False


def way_of(tour, stops):
    found = route_summary(tour, stops)
    told = _by_stop(directions(tour)) if found.along_streets else {}
    return Way(found.line, found.metres, found.minutes, told, found.along_streets)


def _by_stop(lines):
    found, leading = {}, []
    for one in lines:
        if one.stop:
            found[one.stop.number], leading = leading, []
        else:
            leading.append(_sentence(one))
    return found | {0: leading}


def _sentence(direction):
    metres = f", {direction.metres} metres" if direction.metres else ""
    return f"{direction.text}{metres}."
