"""From figures in any unit to scores between 0 and 1 that can be weighed against each other.

Each keeps the order of its figures, and none lets one extreme place decide for all.
"""

import numpy as np
import scipy  # its parts load at first use: commands that count nothing start faster

from placestats.refusals import same_length, whole_table

UNKNOWN = 0.5


def standing(values):
    """The share of the other places that a place stands above; those level with it count half.

    values  (places,), in any unit; NaN where it is not known, which scores 0.5 and is not compared.

    The least scores 0 and the greatest 1, whatever lies between: a town centre with five times
    the crime of the next place scores no more than first. A place by itself scores 0.5.
    Errors: ValueError for another shape.
    """
    values = np.asarray(values, dtype=float)
    if values.ndim != 1:
        raise ValueError(f"values must have 1 dimension(s), not {values.ndim}.")
    known = np.isfinite(values)
    scores = np.full(len(values), UNKNOWN)
    if known.sum() > 1:
        ordered = np.sort(values[known])
        below = np.searchsorted(ordered, values[known], "left")
        level = np.searchsorted(ordered, values[known], "right") - below - 1
        scores[known] = (below + level / 2) / (len(ordered) - 1)
    return scores


def saturating(counts, half):
    """x / (x + half): each further one adds less. None scores 0, `half` of them 0.5, never 1.

    counts  (places,), not negative. half  a number above zero.
    Errors: ValueError for negative or missing counts, another shape, a `half` that is not positive.
    """
    counts = whole_table(counts, "counts", 1)
    if not (np.isfinite(half) and half > 0):
        raise ValueError(f"half must be a number above zero, not {half}.")
    return counts / (counts + half)


def rise(last, before, last_of_all, before_of_all):
    """How clearly a place rose against all places together: 0.5 is no difference, 1 a clear rise.

    last, before                 (places,) counts of two periods of equal length.
    last_of_all, before_of_all   the same of the whole; a season or a common fall is in both.

    Φ(z) with z = (last − f·before) / √(f·(last + before)), f = last_of_all / before_of_all: the
    normal approximation to the test of two Poisson counts, so that 3 after 1 says less than 300
    after 100. Places without a crime in either period, and all
    places where the whole has none before or after, score 0.5.
    Errors: ValueError for negative or missing counts, shapes that differ.
    """
    last, before = whole_table(last, "last", 1), whole_table(before, "before", 1)
    same_length(last, before, "last and before")
    whole = whole_table([last_of_all, before_of_all], "the whole", 1)
    if not whole.all():
        return np.full(len(last), UNKNOWN)
    change = whole[0] / whole[1]
    spread = np.sqrt(change * (last + before))
    with np.errstate(invalid="ignore"):
        z = np.where(spread > 0, (last - change * before) / spread, 0.0)
    return scipy.special.ndtr(z)
