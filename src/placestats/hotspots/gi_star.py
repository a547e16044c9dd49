"""Gi* on a raster: where a cell and its neighbours hold more than chance explains."""

from dataclasses import dataclass
from math import comb

import numpy as np

LARGEST = 1_000_000  # so that sums of squares stay whole
# The table of chances must stay below this: numbers in it × distinct counts (at least 100).
MOST_WORK = 2_000_000_000
# Up to so many different (neighbours, own count, neighbours' sum) are looked up in a plain table.
PLAIN_TABLE = 8_000_000


@dataclass(frozen=True)
class GiStar:
    z: np.ndarray  # (rows × columns), NaN outside the study area, like p and q
    p: np.ndarray  # upper-tail chance of such neighbours, 0 to 1
    q: np.ndarray  # smallest false discovery rate at which the cell is called hot
    reach: int  # half-width of the square window, in cells
    cells: int  # in the study area

    def hot(self, level=0.05):
        """(rows × columns) where at most `level` of the cells shown are expected to be chance."""
        return self.q <= level  # NaN is never ≤

    def summary(self, level=0.05):
        width, hot = 2 * self.reach + 1, int(self.hot(level).sum())
        return (
            f"{hot:,} of {self.cells:,} cells have busier neighbours than chance explains "
            f"(windows of {width} × {width} cells; about {level:.0%} of those shown may be chance)."
        )


def gi_star(counts, *, inside=None, reach=1):
    """z of Ord & Getis (1995), exact upper-tail p, and q of Benjamini & Hochberg (1995).

    counts  (rows × columns) whole numbers, not negative. Not read outside the study area.
    inside  (rows × columns) of bool: the study area; by default every cell. Empty cells inside
            belong in it: leaving them out makes another statistic.
    reach   half-width of the square window in cells: 1 is 3 × 3, the cell itself included.

    z = (Σx − x̄W) / (s·√[(nW − W²)/(n − 1)]) with W the cells of the window that lie inside, so
    irregular borders are exact, and s with ÷n. 0 where the window holds the whole study area.

    p keeps the cell's own count and draws its neighbours from all other cells without
    replacement: every such draw is counted, none is simulated, and half of the ties count
    (mid-p; 0.5 for a cell without neighbours). So p asks whether the *neighbours* are unusual:
    one full cell among empty ones has a high z and p above 0.5. p is computed for one study
    area and one table of counts: a normal p from z is far too bold where most cells are empty.
    q holds for neighbouring windows, which depend on each other positively.

    Cells outside are NaN. Errors: ValueError for counts that are negative, missing or not whole,
    other shapes, fewer than 3 cells inside, counts that are all equal, or too large for exact p.
    """
    inside, own, around, window = _sums(counts, inside, reach)
    z = _z(own, around, window)
    p, q = _chances(own, around - own, window - 1)
    rasters = (_raster(values, inside) for values in (z, p, q))
    return GiStar(*rasters, reach=int(reach), cells=len(own))


def gi_z(counts, *, inside=None, reach=1):
    """(rows × columns) z of `gi_star` alone, for who ranks by it and asks for no chance."""
    inside, *sums = _sums(counts, inside, reach)
    return _raster(_z(*sums), inside)


def _sums(counts, inside, reach):
    """(inside, own, around, window): the study area, and of each cell in it the count, the sum
    over its window and how many cells of that lie inside."""
    inside, counts = _study_area(counts, inside)
    _whole_reach(reach)
    around, window = _box(counts, reach), _box(inside.astype(np.int64), reach)
    return inside, *(_cells(raster, inside) for raster in (counts, around, window))


def _study_area(counts, inside):
    """(inside, counts) as bool and whole numbers, 0 outside."""
    counts = np.asarray(counts)
    if counts.ndim != 2:
        raise ValueError(f"counts must have 2 dimensions (rows × columns), not {counts.ndim}.")
    if counts.dtype.kind not in "buif":
        raise ValueError(f"counts must be numbers, not {counts.dtype}.")
    inside = np.ones(counts.shape, bool) if inside is None else np.asarray(inside)
    if inside.dtype != bool or inside.shape != counts.shape:
        raise ValueError(
            f"inside must be true or false for each of {counts.shape} cells, "
            f"not {inside.dtype} of {inside.shape}."
        )
    if (cells := np.count_nonzero(inside)) < 3:
        raise ValueError(f"inside holds {cells} cells: at least 3 are needed to compare.")
    return inside, _whole_numbers(np.where(inside, counts, 0))


def _whole_numbers(counts):
    if counts.dtype.kind == "f":
        if not np.isfinite(counts).all():
            raise ValueError("counts holds a value that is missing or not finite.")
        if (counts != np.rint(counts)).any():
            raise ValueError(
                "counts must be whole numbers: the exact chances are those of counted things. "
                "Rates and weighted counts have none."
            )
    if counts.min() < 0:
        raise ValueError("counts holds a negative value.")
    if counts.max() > LARGEST:
        raise ValueError(f"counts up to {counts.max():,.0f} are too large: {LARGEST:,} at most.")
    return counts.astype(np.int64, copy=False)


def _whole_reach(reach):
    if isinstance(reach, bool) or not isinstance(reach, int | np.integer) or reach < 1:
        raise ValueError(f"reach must be a whole number of cells, at least 1, not {reach!r}.")


def _box(table, reach):
    """Sum over the square window round each cell, by running sums: whatever the reach."""
    rows, columns = table.shape
    width = 2 * reach + 1
    down = np.zeros((rows + width, columns), dtype=np.int64)
    down[reach + 1 : -reach] = table
    np.cumsum(down, axis=0, out=down)
    across = np.zeros((rows, columns + width), dtype=np.int64)
    np.subtract(down[width:], down[:-width], out=across[:, reach + 1 : -reach])
    np.cumsum(across, axis=1, out=across)
    return across[:, width:] - across[:, :-width]


def _cells(raster, inside):
    """(cells inside,); a look at the raster itself where every cell is inside."""
    return raster.ravel() if inside.all() else raster[inside]


def _z(own, around, window):
    """Everything that is subtracted is whole, so nothing is lost to rounding."""
    n, total, squares = len(own), int(own.sum()), int((own * own).sum())
    spread = n * squares - total**2
    if spread == 0:
        raise ValueError(f"every count is {own[0]}: where nothing varies, nothing stands out.")
    sizes = np.arange(window.max() + 1)
    scale = np.sqrt(float(spread)) * np.sqrt(sizes * (n - sizes) / (n - 1))
    per_unit = np.divide(1.0, scale, out=np.zeros(len(sizes)), where=scale > 0)
    return (n * around - total * window) * per_unit[window]


def _chances(own, near, neighbours):
    """p and q of each cell. Equal cells are worked out once: there are few different ones."""
    length, most = int(near.max()) + 2, int(neighbours.max())
    high = int(own.max()) + 1
    values = np.flatnonzero(times := np.bincount(own))
    times = times[values]
    if max(len(values), 100) * (most + 1) * length > MOST_WORK:
        raise ValueError(
            f"counts up to {high - 1:,} in windows of {most + 1} cells are too large for exact "
            "chances: use smaller cells or a smaller reach."
        )
    key = (neighbours * high + own) * length + near
    kinds, cells, which = _distinct(key, (most + 1) * high * length)
    rest, kinds_near = np.divmod(kinds, length)
    p = _mid_p(values, times, *np.divmod(rest, high), kinds_near)
    return p[which], _false_discovery(p, cells)[which]


def _distinct(key, space):
    """Different keys in order, how often each occurs, and which of them each key is."""
    if space > PLAIN_TABLE:
        kinds, which, cells = np.unique(key, return_inverse=True, return_counts=True)
        return kinds, cells, which
    cells = np.bincount(key, minlength=space)
    kinds = np.flatnonzero(cells)
    place = np.empty(space, dtype=np.int64)
    place[kinds] = np.arange(len(kinds))
    return kinds, cells[kinds], place[key]


def _mid_p(values, times, neighbours, own, near):
    """P(more than `near`) + ½ P(just `near`) over all draws from the other cells."""
    n, most, length = int(times.sum()), int(neighbours.max()), int(near.max()) + 2
    p = np.empty(len(near))
    if 2 * most < n:
        tails = _tails(values, times, most, length)
        for k in np.unique(neighbours):
            rows = neighbours == k
            least = np.stack([near[rows], near[rows] + 1])
            p[rows] = _without_own(tails, n, int(k), own[rows], least).mean(axis=0)
        return np.clip(p, 0.0, 1.0)
    # Taking a cell out of such a table would lose digits. It is small: make one for each value.
    for number in np.flatnonzero(np.isin(values, own)):
        rows = own == values[number]
        others = times - (np.arange(len(times)) == number)
        tails = _tails(values, others, most, length)
        k, least = neighbours[rows], near[rows]
        p[rows] = (tails[k, least] + tails[k, least + 1]) / 2
    return np.clip(p, 0.0, 1.0)


def _tails(values, times, most, length):
    """(most + 1 × length): [k, s] is the chance that k cells, drawn without replacement from
    `times` cells of each of `values`, sum to s or more.

    Kind after kind: of k cells drawn so far, i are of the new kind (hypergeometric). Only sums
    of positive numbers, so the small chances keep their digits. The last place holds all that
    is larger.
    """
    chance = np.zeros((most + 1, length))
    chance[0, 0] = 1.0
    seen, filled = 0, 1
    for value, kind in zip(values.tolist(), times.tolist(), strict=True):
        drawn = _draws(seen, kind, most)
        seen += kind
        before, chance = chance[:, :filled], np.zeros_like(chance)
        for i in range(min(most, kind) + 1):
            shift = min(value * i, length - 1)
            fits = min(filled, length - shift)
            share = drawn[i:, i, None] * before[: most + 1 - i]
            chance[i:, shift : shift + fits] += share[:, :fits]
            if fits < filled:
                chance[i:, -1] += share[:, fits:].sum(axis=1)
        filled = min(length, most * value + 1)
    return np.ascontiguousarray(chance[:, ::-1].cumsum(axis=1)[:, ::-1])


def _draws(seen, kind, most):
    """[k, i]: chance that i of k cells drawn from `seen` + `kind` are of the new kind.

    In whole numbers, rounded once: logarithms would lose five digits at half a million cells.
    """
    old = [comb(seen, k) for k in range(most + 1)]
    new = [comb(kind, k) for k in range(most + 1)]
    both = [comb(seen + kind, k) for k in range(most + 1)]
    table = np.zeros((most + 1, most + 1))
    for k in range(min(most, seen + kind) + 1):
        for i in range(min(k, kind) + 1):
            table[k, i] = new[i] * old[k - i] / both[k]
    return table


def _without_own(tails, n, k, own, least):
    """Chance that k of the *other* n − 1 cells sum to `least` or more.

    Of j cells drawn from all n, the cell itself is one with chance j/n; solved for the draws
    without it, from no cell up to k. Stable while k is below half of n.
    """
    chance = (least <= k * own).astype(float)
    for j in range(1, k + 1):
        reached = tails[j, np.maximum(least - (k - j) * own, 0)]
        chance = (n * reached - j * chance) / (n - j)
    return chance


def _false_discovery(p, cells):
    """Benjamini–Hochberg q of each different p, which `cells` cells share."""
    order = np.argsort(p)
    rank = np.cumsum(cells[order])
    q = np.empty(len(p))
    steps = p[order] * rank[-1] / rank
    q[order] = np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1.0)
    return q


def _raster(values, inside):
    if inside.all():
        return values.reshape(inside.shape)
    raster = np.full(inside.shape, np.nan)
    raster[inside] = values
    return raster
