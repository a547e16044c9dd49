"""The walk of most value within a time: the orienteering problem (Golden, Levy & Vohra 1987)."""

import time
from dataclasses import dataclass

import numpy as np

from placestats.refusals import positive, same_length, whole_table
from placestats.routes.relaxation import Relaxation
from placestats.routes.selection import Selector
from placestats.routes.shorten import shorten

# Values are weighed in so many steps at most; whole numbers below that are weighed exactly.
STEPS = 1000
# So few stops are tried in every way there is.
FEW = 11
# The bound has this share of the time, and no more seconds than that; no round of it begins when
# nine tenths are over, so that the last one ends in time.
SHARE, AT_MOST, LAST = 0.4, 0.4, 0.9
# A search that found nothing better for so long is over.
PATIENCE = 500


class NoWalk(ValueError):
    """No walk does what is asked; the message says what is too far or too long.

    `least` is the time that it would take.
    """

    def __init__(self, why, least):
        self.least = float(least)
        super().__init__(why)


@dataclass(frozen=True)
class Walk:
    order: np.ndarray  # points visited, from start to end
    value: float
    duration: float
    bound: float  # no walk within the budget is worth more
    budget: float
    out_of_reach: np.ndarray  # points that no walk within the budget can visit

    @property
    def proven(self):
        """The bound meets the value: nothing better is possible."""
        return self.bound <= self.value * (1 + 1e-9)

    @property
    def gap(self):
        """How much more than its value the bound is, as a share of the bound."""
        return 0.0 if self.proven else 1 - self.value / self.bound

    def summary(self):
        sure = "Best possible, proven"
        if not self.proven:
            sure = f"Within {max(0.1, 100 * self.gap):.1f} % of the bound"
        return (
            f"{len(self.order)} points worth {self.value:,g} in {self.duration:,.1f} "
            f"of {self.budget:,.1f}. {sure}."
        )


def best_walk(
    travel, value, dwell, *, budget, start, end, required=(), seconds=2.0, rng=None
):  # fmt: skip
    """The points to visit, and their order, for most value in no more than `budget`.

    travel    (n × n) times between points, not negative; infinite where there is no way. There
              and back may differ, and a way may be longer than by a third point.
    value     (n,) not negative: what a visit is worth. dwell  (n,) time spent at each point.
    budget    for travel and dwell together, those of start and end included.
    start, end  points, often the same. required  points that must be visited.
    seconds   to search and to bound at most; it ends earlier when nothing better is found for long.
    rng       numpy Generator for the search, default_rng(0) by default.

    Up to 11 stops every walk is weighed (`proven`); more are searched: orders are broken up and
    mended, and of each order the best choice is taken exactly. No walk is worth more than the
    `bound`; `prove_walk` brings it down to the value. On the 89 instances of Tsiligirides (1984)
    and Chao (1996) it reaches every best score that is known (benchmarks).

    Errors: NoWalk where the end or a required point is out of reach, or the required ones together
    take too long; ValueError for values or shapes as above.
    """
    task = Task(travel, value, dwell, budget, start, end, required)
    if len(task.stops) <= FEW:
        stops = task.every_walk()
        return task.walk(stops, task.value[stops].sum())
    started = time.perf_counter()
    stops = _searched(
        task, started + seconds - min(SHARE * seconds, AT_MOST), rng or np.random.default_rng(0)
    )
    most = Relaxation(task, task.value[stops].sum())
    if len(stops) < len(task.stops):
        most.tighten(started + LAST * seconds)
    return task.walk(stops, most.most_worth)


class Task:
    """The numbers as the search needs them: dwell in the way there, worth in whole steps."""

    def __init__(self, travel, value, dwell, budget, start, end, required):
        self.value = whole_table(value, "value", 1)
        self.dwell = whole_table(dwell, "dwell", 1)
        self.budget = positive(budget, "budget")
        self.travel = _times(travel)
        n = len(self.travel)
        same_length(self.value, self.travel, "value and travel")
        same_length(self.dwell, self.travel, "dwell and travel")
        for name, points in (("start", [start]), ("end", [end]), ("required", required)):
            if any(not 0 <= int(point) < n for point in points):
                raise ValueError(f"{name} must name points from 0 to {n - 1}.")
        self.start, self.end = int(start), int(end)
        stay = self.dwell.copy()
        if self.start == self.end:
            stay[self.start] = 0.0  # they stay there once
        self.cost = self.travel + stay
        np.fill_diagonal(self.cost, 0.0)
        # Sums of many times may pass a budget that they meet by the last digit.
        self.time = (self.budget - self.dwell[self.start]) * (1 + 1e-12) + 1e-9
        self.must = np.zeros(n, dtype=bool)
        self.must[[int(point) for point in required]] = True
        self.must[[self.start, self.end]] = False
        self.value_of_ends = float(self.value[np.unique([self.start, self.end])].sum())
        self._check_reach(n)
        self.worth = _whole_steps(np.where(self.inner, self.value, 0.0))
        self.select = Selector(self.cost, self.worth, self.time, self.start, self.end, self.must)

    def _check_reach(self, n):
        stayed, stay = self.dwell[self.start], self.cost[self.start] - self.travel[self.start]
        least = _shortest(self.travel)
        # The least time from the start until each point is done with, and from there to the end.
        self.there = least[self.start] + stay
        self.back = least[:, self.end] + (stay[self.end] if self.start != self.end else 0.0)
        if self.there[self.end] > self.time:
            whole = stayed + self.there[self.end]
            raise NoWalk(
                f"The shortest way takes {whole:,.1f}, the budget is {self.budget:,.1f}.", whole
            )
        near = self.there + self.back <= self.time
        for point in np.flatnonzero(self.must & ~near):
            whole = stayed + self.there[point] + self.back[point]
            raise NoWalk(
                f"Point {point} cannot be reached: to go there and on to the end takes "
                f"{whole:,.1f} of {self.budget:,.1f}.",
                whole,
            )
        self.inner = np.ones(n, dtype=bool)
        self.inner[[self.start, self.end]] = False
        self.out_of_reach = np.flatnonzero(self.inner & ~near)
        self.inner &= near
        self.stops = np.flatnonzero(self.inner & ((self.value > 0) | self.must))

    def worth_of(self, stops):
        """(value, time left): walks are compared by these."""
        return self.value[stops].sum(), -self.length(stops)

    def length(self, stops):
        points = np.concatenate([[self.start], stops, [self.end]]).astype(int)
        return float(self.cost[points[:-1], points[1:]].sum())

    def every_walk(self):
        """Held & Karp (1962): the least time for each set of stops and its last one."""
        stops, m = self.stops, len(self.stops)
        if not m:
            return stops
        between = self.cost[np.ix_(stops, stops)]
        least = np.full((1 << m, m), np.inf)
        least[1 << np.arange(m), np.arange(m)] = self.cost[self.start, stops]
        for visited in range(1, 1 << m):
            reached = (least[visited][:, None] + between).min(axis=0)
            for after in range(m):
                if not visited >> after & 1:
                    longer = visited | 1 << after
                    least[longer, after] = min(least[longer, after], reached[after])
        return self._best_set(least, between)

    def _best_set(self, least, between):
        stops, m = self.stops, len(self.stops)
        sets = np.arange(1 << m)
        holds = (sets[:, None] >> np.arange(m) & 1).astype(bool)
        whole = (least + self.cost[stops, self.end]).min(axis=1)
        whole[0] = self.cost[self.start, self.end]
        fits = (whole <= self.time) & holds[:, self.must[stops]].all(axis=1)
        if not fits.any():
            raise self._too_long(whole[holds[:, self.must[stops]].all(axis=1)].min())
        value = np.where(fits, holds @ self.value[stops], -1.0)
        best = np.flatnonzero(value >= value.max() - 1e-12)
        visited = int(best[whole[best].argmin()])
        order, to = [], self.cost[stops, self.end]
        while visited:
            last = int((least[visited] + to).argmin())
            order.append(stops[last])
            visited, to = visited & ~(1 << last), between[:, last]
        return np.array(order[::-1], dtype=int)

    def _too_long(self, time):
        return NoWalk(
            "The required points do not fit: the shortest walk found through all of them takes "
            f"{self.dwell[self.start] + time:,.1f}, the budget is {self.budget:,.1f}.",
            self.dwell[self.start] + time,
        )

    def first(self, rng):
        """The required points in a short order that fits."""
        required = np.flatnonzero(self.must)
        shortest = np.inf
        for _ in range(50):
            stops = _inserted(np.array([], dtype=int), required, self, rng, 0.5)
            stops = shorten(stops, self.cost, self.start, self.end)
            shortest = min(shortest, self.length(stops))
            if shortest <= self.time:
                return stops
        raise self._too_long(shortest)

    def walk(self, stops, most):
        """The Walk by these stops, where no stops are worth more than `most`."""
        order = np.concatenate([[self.start], stops, [self.end]]).astype(int)
        return Walk(
            order=order,
            value=float(self.value[np.unique(order)].sum()),
            duration=float(self.dwell[self.start] + self.length(stops)),
            bound=float(max(most, self.value[stops].sum()) + self.value_of_ends),
            budget=self.budget,
            out_of_reach=self.out_of_reach,
        )


def _times(travel):
    travel = np.array(travel, dtype=float)
    if travel.ndim != 2 or travel.shape[0] != travel.shape[1] or not len(travel):
        raise ValueError(f"travel must be square, not {travel.shape}.")
    if np.isnan(travel).any() or (travel < 0).any():
        raise ValueError("travel holds a time that is missing or negative.")
    some = travel[np.isfinite(travel)]
    travel[np.isinf(travel)] = 1e9 * (1 + some.max())  # no way: longer than any budget
    return travel


def _shortest(travel):
    """The times by way of other points, where that is quicker (Floyd 1962)."""
    travel = travel.copy()
    for point in range(len(travel)):
        travel = np.minimum(travel, travel[:, point, None] + travel[point])
    return travel


def _whole_steps(value):
    """Values as whole numbers of a step that keeps their order; exact where they are whole."""
    if np.array_equal(value, np.round(value)):
        step = float(np.gcd.reduce(value.astype(np.int64))) or 1.0
        if value.sum() / step <= STEPS:
            return (value / step).astype(int)
    step = value.sum() / STEPS or 1.0
    return np.where(value > 0, np.maximum(1, np.round(value / step)), 0).astype(int)


def _searched(task, ends, rng):
    """Break the order up, mend it, choose again: keep what is better, now and then what is not."""
    current = _mended(task, task.first(rng), rng, 0.0)
    best, since = current, 0
    while time.perf_counter() < ends and since < PATIENCE and len(best) < len(task.stops):
        since += 1
        astray = rng.random() < 0.1
        least = int((0.97 if astray else 1.0) * task.worth[current].sum())
        noise = rng.choice([0.0, 0.1, 0.3])
        stops = _mended(task, _broken(current, task.must, rng), rng, noise, least)
        if stops is None:
            continue
        if astray or task.worth_of(stops) >= task.worth_of(current):
            current = stops
        if task.worth_of(stops) > task.worth_of(best):
            best, since = stops, 0
        if since % 40 == 39:
            current = best
    return best


def _broken(stops, must, rng):
    """Leave out a stretch, or stops here and there; never a required one."""
    keep = must[stops]
    if rng.random() < 0.5 and len(stops) > 2:
        length = rng.integers(1, len(stops) // 2 + 1)
        first = rng.integers(0, len(stops) - length + 1)
        keep[:first] = keep[first + length :] = True
    else:
        keep |= rng.random(len(stops)) > rng.uniform(0.1, 0.6)
    return stops[keep]


def _mended(task, stops, rng, noise, least=0):
    """Everything goes where it is least out of the way; the best choice is taken, as long as that
    makes it better. None where it comes to less than `least`."""
    best = None
    while True:
        others = np.setdiff1d(task.stops, stops)
        chosen = task.select(_inserted(stops, others, task, rng, noise), least)
        if chosen is None or (best and (chosen[1], -chosen[2]) <= (best[1], -best[2] + 1e-9)):
            return stops if best else None
        best, noise = chosen, 0.0
        stops = shorten(chosen[0], task.cost, task.start, task.end)


def _inserted(stops, others, task, rng, noise):
    """`stops` with each of the others where it adds least time, give or take `noise`."""
    walk = np.concatenate([[task.start], stops, [task.end]]).astype(int)
    cost = task.cost
    for point in rng.permutation(others):
        added = cost[walk[:-1], point] + cost[point, walk[1:]] - cost[walk[:-1], walk[1:]]
        if noise:
            added = added * (1 + noise * rng.random(len(added)))
        gap = int(added.argmin()) + 1
        walk = np.concatenate([walk[:gap], [point], walk[gap:]])
    return walk[1:-1]
