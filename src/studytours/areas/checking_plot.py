"""The plot of a check: a lane for each method, a mark for each date, a bar at their mean.

Places are percentages of the width, so that lanes stretch and words stay readable.
"""

from dataclasses import dataclass
from math import ceil, floor

LANE, AXIS = 54, 28  # pixels
MARGIN = 5  # per cent of the width on either side


@dataclass(frozen=True)
class Lane:
    label: str
    kind: str  # used, limit or rival
    top: int
    mean: float
    at: float  # of the mean, in per cent of the width
    marks: tuple[tuple[float, str, float], ...]  # place, date, hit rate


@dataclass(frozen=True)
class Plot:
    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[float, str], ...]  # place, words
    height: int

    @property
    def bottom(self):
        return self.height - AXIS


def plot(methods):
    """Hit rates in the largest share of the area, by method and date."""
    found = [[one["hit_rate"][-1] for one in row.by_origin] for row in methods]
    low, high, step = _scale(found)

    def place(value):
        return round(MARGIN + (100 - 2 * MARGIN) * (value - low) / (high - low), 2)

    lanes = tuple(
        Lane(
            label=row.label,
            kind="used" if row.is_used else "limit" if row.is_limit else "rival",
            top=number * LANE,
            mean=row.hit_rate[-1],
            at=place(row.hit_rate[-1]),
            marks=tuple(
                (place(hit), one["origin"], hit)
                for one, hit in zip(row.by_origin, hits, strict=True)
            ),
        )
        for number, (row, hits) in enumerate(zip(methods, found, strict=True))
    )
    marks = [low + at * step for at in range(round((high - low) / step) + 1)]
    ticks = tuple((place(mark), f"{mark:.0%}") for mark in marks)
    return Plot(lanes, ticks, len(lanes) * LANE + AXIS)


def _scale(values):
    """(low, high, step) of the axis. Methods differ by little, so it need not begin at 0."""
    least, most = min(map(min, values)), max(map(max, values))
    step = 0.05 if most - least < 0.25 else 0.1
    low, high = floor(least / step + 1e-9) * step, ceil(most / step - 1e-9) * step
    return low, max(high, low + step), step
