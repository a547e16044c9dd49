"""Which few places, taken together, hold the most: greedy maximum coverage."""

from dataclasses import dataclass

import numpy as np
import scipy  # its parts load at first use: commands that count nothing start faster

from placestats.refusals import whole_table


@dataclass(frozen=True)
class Cover:
    chosen: np.ndarray  # (≤ k,) indices of sets, best first
    gained: np.ndarray  # (≤ k,) value that each added
    total: float  # of all values

    @property
    def share(self):
        return float(self.gained.sum() / self.total) if self.total else 0.0

    def summary(self):
        return f"{len(self.chosen)} places hold {self.share:.1%} of everything that was counted."


def cover(values, members, k, *, near=None):
    """Choose k sets, each time the one that adds most value not yet covered.

    values   (points,) not negative: what each point is worth, e.g. decayed crimes.
    members  (sets × points) sparse or dense, non-zero where the set holds the point.
    k        at most so many; fewer when nothing more can be gained.
    near     a function set → indices of the sets that are left out once it is chosen: those that
             would overlap it on the ground.

    Without `near` at least 1 − 1/e (63 %) of the best possible value is reached (Nemhauser,
    Wolsey & Fisher 1978). Ties go to the first. Errors: ValueError for values or shapes as above.
    """
    values = whole_table(values, "values", 1)
    members = scipy.sparse.csr_array(members, dtype=float)
    members.data[:] = 1.0
    members.eliminate_zeros()
    if members.shape[1] != len(values):
        raise ValueError(f"members must have {len(values)} columns, not {members.shape[1]}.")
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}.")
    holders = members.T.tocsr()
    gain = members @ values
    chosen, gained = [], []
    open_sets = np.ones(len(gain), dtype=bool)
    left = values.copy()
    while len(chosen) < k and open_sets.any():
        best = int(np.argmax(np.where(open_sets, gain, -1.0)))
        if gain[best] <= 1e-9:
            break
        chosen.append(best)
        gained.append(float(gain[best]))
        open_sets[best] = False
        if near is not None:
            open_sets[near(best)] = False
        taken = _row(members, best)
        for point in taken[left[taken] > 0]:
            gain[_row(holders, point)] -= left[point]
            left[point] = 0.0
    return Cover(np.array(chosen, dtype=int), np.array(gained), float(values.sum()))


def _row(matrix, row):
    return matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
