"""A proof that no walk is worth more, or a better walk: branch and cut."""

import time

import numpy as np
import scipy  # its parts load at first use

from placestats.routes.best_walk import Task
from placestats.routes.relaxation import INFEASIBLE, Relaxation


def prove_walk(
    travel, value, dwell, *, budget, start, end, required=(), walk, seconds=15.0
):  # fmt: skip
    """Prove the walk that `best_walk` found for the same task, or find better ones until none is.

    walk      a Walk of the same task. The other arguments are those of `best_walk`.
    seconds   to try; it may pass them by what one round takes.

    Returns a Walk. Where the time ended first, its `bound` says how much better one might be. The
    bound of a linear program is cut closer, what cannot be part of a better walk is ruled out by
    its reduced cost, and branch and bound (HiGHS) decides on the rest. 40 stops take seconds.
    """
    ends = time.perf_counter() + seconds
    task = Task(travel, value, dwell, budget, start, end, required)
    if walk.proven or not len(task.stops):
        return walk
    best = walk.order[1:-1]
    held = Relaxation(task, task.value[best].sum())
    held.tighten(ends)
    while not held.is_closed and time.perf_counter() < ends:
        found = _search(held, ends)
        if found is not None:
            best = found
            held.raise_to(task.value[best].sum())
    return task.walk(best, min(held.most_worth, walk.bound - task.value_of_ends))


def _search(held, ends):
    """The stops of a walk worth what is wanted; None where there is none yet. Rounds that do not
    join the start are cut off on the way, and lower `held.bound`."""
    use = np.flatnonzero(held.most > 0)
    rows = scipy.sparse.csr_array(np.array(held.rows)[:, use])
    limits = scipy.optimize.LinearConstraint
    answer = scipy.optimize.milp(
        -held.gain[use],
        constraints=[
            limits(rows, -np.inf, held.below),
            limits(held.equal[:, use], held.equal_to, held.equal_to),
            limits(held.gain[None, use], held.wanted - held.step * 1e-3, np.inf),
        ],
        integrality=np.ones(len(use)),
        bounds=scipy.optimize.Bounds(held.least[use], held.most[use]),
        options={"time_limit": max(0.1, ends - time.perf_counter()), "mip_rel_gap": 0.0},
    )
    if answer.status == INFEASIBLE:  # nothing is left
        held.bound = min(held.bound, held.wanted - held.step)
    elif answer.mip_dual_bound is not None:
        held.bound = min(held.bound, -answer.mip_dual_bound)
    if answer.x is None:
        return None
    taken = np.zeros(len(held.most), dtype=bool)
    taken[use] = answer.x > 0.5
    return _joined(held, taken[: held.edges])


def _joined(held, taken):
    """The stops in order, from start to end; None where some do not join it, which is cut off."""
    m, task = len(held.stops), held.task
    one, other = held.one[taken], held.other[taken]
    links = scipy.sparse.csr_array(
        (np.ones(len(one)), (one, np.minimum(other, m))), shape=(m + 1, m + 1)
    )
    _, piece = scipy.sparse.csgraph.connected_components(links, directed=False)
    visited = np.zeros(m, dtype=bool)
    visited[one] = visited[other[other < m]] = True
    for apart in np.unique(piece[:m][visited & (piece[:m] != piece[m])]):
        members = (piece[:m] == apart) & visited
        for stop in np.flatnonzero(members):
            held.add(members, stop)
    if (visited & (piece[:m] != piece[m])).any():
        return None
    order, here, left = [], m, list(zip(one.tolist(), other.tolist(), strict=True))
    while pair := next((pair for pair in left if here in pair), None):
        left.remove(pair)
        here = pair[0] if here == pair[1] else pair[1]
        order.append(here)
    ways = (held.stops[[at for at in turn if at < m]] for turn in (order, order[::-1]))
    short = min(ways, key=task.length)
    if task.length(short) > task.time:  # one way is longer than the other
        held.forbid(taken)
        return None
    return short
