"""A proposed route, as it is kept: every candidate, the order found, and what is left out."""

from dataclasses import asdict, dataclass, replace
from itertools import pairwise

import numpy as np

from placestats import Walk, prove_walk

from .candidates import KINDS


@dataclass(frozen=True)
class Proposal:
    """Point 0 is the meeting point, the last one the end where it is another place; between them
    stand the candidates of `pool`. Times in minutes."""

    at: str  # when it was made; names it
    made_of: str  # what the tour was then
    pool: list  # dicts of what `operations.add_stop` takes, with kind, value, why, pk of the stop
    travel: list
    budget: float
    required: list
    order: list
    value: float
    bound: float
    minutes: float
    along_streets: bool
    unreachable: list  # (name, why) of candidates that no street leads to
    limited: bool = False  # only as many candidates were weighed as a tour has stops

    @classmethod
    def of(cls, kept):
        return cls(**kept) if kept else None

    def as_dict(self):
        return asdict(self)

    @property
    def end(self):
        """The point at which it ends."""
        return len(self.travel) - 1 if len(self.travel) > len(self.pool) + 1 else 0

    @property
    def stops(self):
        """The chosen entries of the pool, in order."""
        return [self.pool[point - 1] for point in self.order[1:-1]]

    @property
    def proven(self):
        return self.bound <= self.value * (1 + 1e-9)

    @property
    def walking(self):
        return self.minutes - self.standing

    @property
    def standing(self):
        return sum(one["minutes"] for one in self.stops)

    @property
    def spare(self):
        return max(0.0, self.budget - self.minutes)

    @property
    def how_good(self):
        if self.proven:
            return "Best possible, proven"
        return f"Within {max(1, round(100 * (1 - self.value / self.bound)))}% of the best possible"

    @property
    def left_out(self):
        """[(entry, why)] of the candidates that were not chosen, those of most value first."""
        chosen = set(self.order)
        left = [point for point in range(1, len(self.pool) + 1) if point not in chosen]
        left.sort(key=lambda point: -self.pool[point - 1]["value"])
        return [(self.pool[point - 1], self._why_not(point)) for point in left]

    def _why_not(self, point):
        travel, dwell = np.array(self.travel), self.pool[point - 1]["minutes"]
        alone = travel[0, point] + dwell + travel[point, self.end]
        if alone > self.budget:
            return f"Too far: there and back takes {alone:.0f} of {self.budget:.0f} minutes"
        more = dwell + min(
            travel[a, point] + travel[point, b] - travel[a, b] for a, b in pairwise(self.order)
        )
        if more <= self.spare:  # only where a tour may have no more stops
            return "A tour has no more stops than this"
        return f"It would add {more:.0f} minutes; {self.spare:.0f} are left"

    def proved(self, seconds=15.0):
        """The same task proven, or bettered, as far as the time allows."""
        dwell = [0.0, *(one["minutes"] for one in self.pool)]
        value = [0.0, *(one["value"] for one in self.pool)]
        if self.end:
            dwell, value = [*dwell, 0.0], [*value, 0.0]
        walk = Walk(np.array(self.order), self.value, self.minutes, self.bound, self.budget, [])
        best = prove_walk(
            self.travel, value, dwell, budget=self.budget, start=0, end=self.end,
            required=self.required, walk=walk, seconds=seconds,
        )  # fmt: skip
        return replace(
            self, order=best.order.tolist(), value=best.value, bound=best.bound,
            minutes=best.duration,
        )  # fmt: skip


def entry_of(candidate):
    """A candidate as the pool keeps it."""
    return {
        "kind": candidate.kind, "kind_words": KINDS[candidate.kind][0], "name": candidate.name,
        "lat": candidate.lat, "lon": candidate.lon, "look_at": candidate.look_at,
        "minutes": candidate.minutes, "look_from_here": candidate.look_from_here,
        "measures": [measure.pk for measure in candidate.measures],
        "stop": candidate.stop.pk if candidate.stop else None, "locked": candidate.required,
        "value": candidate.value, "why": candidate.why,
    }  # fmt: skip
