"""How much any walk can be worth: a linear program that every walk satisfies, cut ever closer.

A walk is a set of ways between neighbours, each taken or not, and of stops, each visited or not.
Let both be fractions and the best is quickly found; it is at least what the best walk is worth.
Such an answer may hold rounds that do not join the start: each is cut off by a row that says so
(generalised subtour elimination: Fischetti, Salazar González & Toth 1998), and it is solved again.
A way or a stop that would bring the best below what is wanted, by its reduced cost, is ruled out.
"""

import time

import numpy as np
import scipy  # its parts load at first use: most walks need no bound

# A row is worth having when it is broken by so much.
BROKEN = 0.02
# So many rounds that lower the bound by less than a thousandth, and it is as low as it gets.
PATIENCE = 5
FINE = 10**6  # capacities are whole numbers
SOLVED, INFEASIBLE = 0, 2  # as SciPy counts


class Relaxation:
    """The linear program of one task, with the rows that were found so far.

    The variables are the ways (edges) and then the stops. Where there and back differ the shorter
    counts, so the bound holds and may be loose.
    """

    def __init__(self, task, more_than):
        self.task, self.stops = task, task.stops
        self.step = _step_of(task.value[self.stops])
        self.raise_to(more_than)
        self._make_edges()
        self._make_rows()
        self.most = np.ones(self.edges + len(self.stops))
        self.least = np.concatenate([np.zeros(self.edges), task.must[self.stops]])
        self.bound = float(task.value[self.stops].sum())
        # There and back to one stop is no round of three ways: it is weighed apart.
        alone = task.must[self.stops].sum() <= task.must[self.stops]
        self.alone = float(task.value[self.stops][alone].max(initial=0.0))

    def raise_to(self, value):
        """From now on only walks worth more than this are looked for."""
        self.wanted = value + self.step

    @property
    def is_closed(self):
        """No walk can be worth what is wanted."""
        return self.bound < self.wanted - self.step * 1e-6

    @property
    def most_worth(self):
        """No walk is worth more."""
        bound = max(self.bound, self.alone)
        return self.step * np.floor(bound / self.step + 1e-6)

    def _make_edges(self):
        task, stops, m = self.task, self.stops, len(self.stops)
        round_trip = task.start == task.end
        # Nodes: the stops, then the start, then the end where it is another place.
        points = np.concatenate([stops, [task.start] if round_trip else [task.start, task.end]])
        one, other = np.triu_indices(len(points), 1)
        some = one < m  # not straight from start to end
        one, other = one[some], other[some]
        a, b = points[one], points[other]
        there, back = task.there, task.back
        on = np.minimum(there[a] + task.cost[a, b] + back[b], there[b] + task.cost[b, a] + back[a])
        between = np.minimum(task.travel[a, b], task.travel[b, a])
        keep = on <= task.time
        self.one, self.other, self.length = one[keep], other[keep], between[keep]
        self.edges, self.depots = len(self.one), 1 if round_trip else 2

    def _make_rows(self):
        task, m = self.task, len(self.stops)
        edge = np.arange(self.edges)
        ways_out = 2 // self.depots  # a round leaves and comes back; otherwise once at either end
        rows = np.concatenate([self.one, self.other, np.arange(m)])
        columns = np.concatenate([edge, edge, self.edges + np.arange(m)])
        data = np.concatenate([np.ones(2 * self.edges), np.full(m, -2.0)])
        shape = (m + self.depots, self.edges + m)
        self.equal = scipy.sparse.csr_array((data, (rows, columns)), shape=shape)
        self.equal_to = np.concatenate([np.zeros(m), np.full(self.depots, ways_out)])
        at_end = task.dwell[task.end] if self.depots == 2 else 0.0
        self.rows = [np.concatenate([self.length, task.dwell[self.stops]])]
        self.below = [task.time - at_end]
        self.gain = np.concatenate([np.zeros(self.edges), task.value[self.stops]])

    def tighten(self, ends):
        """Lower the bound until a moment (perf_counter), or as far as it goes."""
        slow = 0
        while not self.is_closed and time.perf_counter() < ends and slow < PATIENCE:
            answer = self._solve(ends - time.perf_counter())
            if answer.status == INFEASIBLE:  # nothing is left that is worth so much
                self.bound = min(self.bound, self.wanted - self.step)
            if answer.status != SOLVED:  # or the time is over: the bound stays
                return
            lower = -answer.fun
            slow = slow + 1 if self.bound - lower < 0.001 * self.bound else 0
            self.bound = min(self.bound, lower)
            self._rule_out(answer)
            self._keep_tight(answer)
            if not self._cut(answer.x):
                return

    def _solve(self, seconds):
        return scipy.optimize.linprog(
            -self.gain, A_ub=scipy.sparse.csr_array(np.array(self.rows)), b_ub=self.below,
            A_eq=self.equal, b_eq=self.equal_to,
            bounds=np.column_stack([self.least, self.most]), method="highs-ds",
            options={"time_limit": max(0.01, seconds)},
        )  # fmt: skip

    def _rule_out(self, answer):
        """What is at nought, and would cost too much at one."""
        worth = -answer.fun - answer.lower.marginals
        too_dear = (worth < self.wanted - self.step * 1e-6) & (answer.x < 1e-9)
        self.most[too_dear & (self.least < 0.5)] = 0.0

    def _keep_tight(self, answer):
        """Rows that do not bind slow the next round down; found again if they are missed."""
        binds = answer.ineqlin.residual < 0.05
        binds[0] = True
        self.rows = [row for row, kept in zip(self.rows, binds, strict=True) if kept]
        self.below = [most for most, kept in zip(self.below, binds, strict=True) if kept]

    def _cut(self, x):
        """Add the rows that this answer breaks; how many."""
        way, visit = x[: self.edges], x[self.edges :]
        m = len(self.stops)
        some = way > 1e-6
        one, other = self.one[some], np.minimum(self.other[some], m)  # the depots are one node
        room = np.maximum(1, np.round(way[some] * FINE)).astype(np.int32)
        entries = np.append(room, room), (np.append(one, other), np.append(other, one))
        flows = scipy.sparse.csr_array(entries, shape=(m + 1, m + 1))
        found = set()
        for stop in np.argsort(-visit):
            if visit[stop] <= BROKEN:
                break
            apart = self._apart(flows, stop, 2 * visit[stop] - BROKEN)
            if apart is not None and apart.tobytes() not in found:
                found.add(apart.tobytes())
                self.add(apart, stop)
        return len(found)

    def _apart(self, flows, stop, needed):
        """The stops round this one that too little joins to the start, or None."""
        csgraph, m = scipy.sparse.csgraph, len(self.stops)
        most = csgraph.maximum_flow(flows, m, int(stop))
        if most.flow_value / FINE >= needed:
            return None
        left = scipy.sparse.csr_array(flows - most.flow)
        left.data[left.data < 0] = 0
        left.eliminate_zeros()
        apart = np.ones(m, dtype=bool)
        near = csgraph.breadth_first_order(left, m, return_predecessors=False)
        apart[near[near < m]] = False
        return apart

    def forbid(self, taken):
        """Not all of these ways."""
        self.rows.append(np.concatenate([taken, np.zeros(len(self.stops))]).astype(float))
        self.below.append(float(taken.sum() - 1))

    def add(self, apart, stop):
        """Among these stops there are fewer ways than visits: one must lead out, if `stop` is
        visited."""
        row = np.zeros(self.edges + len(self.stops))
        inner = np.append(apart, [False] * self.depots)
        row[: self.edges] = inner[self.one] & inner[self.other]
        row[self.edges :] = -1.0 * apart
        row[self.edges + stop] = 0.0
        self.rows.append(row)
        self.below.append(0.0)


def _step_of(value):
    """Two walks of different value differ by this much at least."""
    if len(value) and np.array_equal(value, np.round(value)):
        return float(np.gcd.reduce(value.astype(np.int64))) or 1.0
    return 1e-6 * max(1.0, float(value.sum()))
