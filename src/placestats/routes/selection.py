"""The best part of a given order of stops: which to visit to stay within the time."""

import numpy as np


class Selector:
    """Chooses from any order of stops, exactly, by dynamic programming over (stop, value so far).

    The least duration of each is kept. So a search needs to look for good orders only, not for
    good choices too ("implicit selection": Vidal, Maculan, Ochi & Penna 2016).

    cost      (n × n) time to go from one point to another and stay there.
    worth     (n,) whole numbers, what each point adds.
    required  (n,) mask of those that no choice may leave out.
    """

    def __init__(self, cost, worth, budget, start, end, required):
        self.cost, self.worth, self.required = cost, worth, required
        self.budget = budget
        self.start, self.end = start, end

    def __call__(self, order, least=0):
        """(stops chosen, worth, duration) of the best choice; None where none is worth `least`."""
        points = np.concatenate([[self.start], order])
        worth, cost = self.worth[points], self.cost[np.ix_(points, points)]
        home = self.cost[points, self.end]
        n, total = len(points), int(worth[1:].sum())
        shortest = np.full((n, total + 1), np.inf)
        before = np.zeros((n, total + 1), dtype=np.int16)
        shortest[0, 0] = 0.0
        # What is still ahead bounds what a walk can come to: the others need not be followed.
        ahead = total - np.cumsum(np.concatenate([[0], worth[1:]]))
        best, first = 0, 0
        for at in range(1, n):
            low = max(0, least - int(ahead[at]) - int(worth[at]))
            if low <= best:
                reached = shortest[first:at, low : best + 1] + cost[first:at, at, None]
                come_from = reached.argmin(axis=0)
                now = reached[come_from, np.arange(reached.shape[1])]
                now[now + home[at] > self.budget] = np.inf
                columns = slice(low + worth[at], best + 1 + worth[at])
                shortest[at, columns] = now
                before[at, columns] = come_from + first
                some = np.flatnonzero(np.isfinite(now))
                if len(some):
                    best = max(best, low + int(some[-1]) + int(worth[at]))
            if self.required[points[at]]:
                first = at  # nothing goes past it
        return self._traced(points, shortest[:, : best + 1], before, home, first, least)

    def _traced(self, points, shortest, before, home, first, least):
        whole = shortest[first:] + home[first:, None]
        fits = np.flatnonzero((whole <= self.budget).any(axis=0))
        if not len(fits) or fits[-1] < least:
            return None
        value = int(fits[-1])
        at = first + int(whole[:, value].argmin())
        duration, chosen, left = float(whole[at - first, value]), [], value
        while at > 0:
            chosen.append(points[at])
            at, left = int(before[at, left]), left - int(self.worth[points[at]])
        return np.array(chosen[::-1], dtype=int), value, duration
