"""Does a way of ranking places work here? Rolling origins on recorded crime, rivals beside it."""

from dataclasses import dataclass

import numpy as np

from placestats.forecast.accuracy import pai
from placestats.forecast.origins import rolling_origins
from placestats.forecast.rivals import RIVALS, Known
from placestats.hotspots.cells import occupied_cells
from placestats.refusals import same_length, table_of, whole_table

SHARES = (0.01, 0.02, 0.05)
FORESIGHT = "perfect_foresight"


@dataclass(frozen=True)
class ForecastComparison:
    """`hits` and what follows from it: (methods × origins × shares), perfect foresight last."""

    methods: tuple[str, ...]
    hits: np.ndarray  # share of the crimes that came, 0 to 1
    start: np.ndarray  # (origins,) first month of each forecast
    trained: np.ndarray  # (origins,) months known then
    crimes: np.ndarray  # (origins,) that came within the horizon
    shares: tuple[float, ...]  # of the area
    used: np.ndarray  # (shares,) whole cells that fit into them
    cells: int
    cell: float
    horizon: int

    @property
    def area(self):
        """(shares,) share of the area that the cells used make up."""
        return self.used / self.cells

    @property
    def pai(self):
        """How many times better than cells picked blindly."""
        return self.hits / self.area

    @property
    def pei(self):
        """Share of what perfect foresight finds in as many cells."""
        return self.hits / self.hits[-1]

    def mean(self, values):
        """(methods × shares): `hits`, `pai` or `pei`, each origin weighing the same."""
        return values.mean(axis=1)

    def summary(self):
        found = dict(zip(self.methods, self.mean(self.hits)[:, -1].tolist(), strict=True))
        perfect = found.pop(FORESIGHT)
        ranked = sorted(found.items(), key=lambda pair: -pair[1])
        listed = ", ".join(f"{name} {hit:.1%}" for name, hit in ranked)
        return (
            f"{len(self.start):,} origins, {self.cells:,} cells of {self.cell:g}: the highest "
            f"{self.area[-1]:.1%} of them held of the crimes of the next {self.horizon} months: "
            f"{listed}. Perfect foresight: {perfect:.1%}."
        )


def compare_forecasts(
    x, y, counts, *, months, cell=250, horizon=12, history=12, shares=SHARES, most=24, rivals=None
):
    """Hit rates of each method at each rolling origin, trained on the past only.

    x, y     (points,) metres on a grid. Every point of the study area: its cells are the area,
             the same for all methods, so points without a crime of this kind belong in it.
    counts   (points × months) whole crimes, oldest month first.
    months, horizon, history, most  as in `rolling_origins`.
    cell     side of a cell in metres.
    shares   of the area, e.g. 0.05. As many whole cells as fit into it are taken.
    rivals   name → function of what is known (`placestats.forecast.rivals.Known`) to (cells,)
             scores. By default decayed counts, counts of the newest 3, 12 and 36 known months,
             kernel density of 200 m and Gi* on 3 × 3 cells of the newest 12. Perfect foresight,
             which ranks by what came, is added.

    Cells of one score share evenly in what came to them: the hit rate is the mean over every
    order of theirs, so no method gains by the order of the cells. Errors: ValueError for other
    shapes, negative, missing or broken counts, no origin, a share of less than one cell, an
    origin after which nothing came.
    """
    x, y, counts = table_of(x, "x", 1), table_of(y, "y", 1), whole_table(counts, "counts", 2)
    if (counts != np.rint(counts)).any():
        raise ValueError("counts must be whole numbers.")
    months = np.asarray(months)
    same_length(x, counts, "x and counts")
    same_length(months, counts.T, "months and the columns of counts")
    origins = rolling_origins(months, horizon=horizon, history=history, most=most)
    if not len(origins):
        raise ValueError(
            f"no month has {history} known months before it and begins {horizon} in a row."
        )
    cells = occupied_cells(x, y, cell=cell)
    used = _whole_cells(shares, len(cells))
    by_cell = cells.total(counts)
    came = np.array([by_cell[:, future].sum(axis=1) for future in origins.future])
    if not came.any(axis=1).all():
        raise ValueError(f"no crime came in the {horizon} months after one of the origins.")
    rivals = RIVALS if rivals is None else rivals
    hits = np.empty((len(rivals) + 1, len(origins), len(used)))
    for at, past in enumerate(origins.past):
        ages = months[past[-1]] - months[past]
        known = Known(x, y, counts[:, past], cells, by_cell[:, past], ages)
        scores = [*(rank(known) for rank in rivals.values()), came[at]]
        hits[:, at] = [_hits(came[at], score, used) for score in scores]
    return ForecastComparison(
        methods=(*rivals, FORESIGHT),
        hits=hits,
        start=origins.start,
        trained=np.array([len(past) for past in origins.past]),
        crimes=came.sum(axis=1).astype(np.int64),
        shares=tuple(shares),
        used=used,
        cells=len(cells),
        cell=cells.cell,
        horizon=origins.horizon,
    )


def _whole_cells(shares, cells):
    """(shares,) how many cells fit into each share of the area."""
    if not shares or not all(0 < share <= 1 for share in shares):
        raise ValueError(f"shares must lie above 0 and up to 1, not {shares}.")
    used = np.floor(np.array(shares) * cells + 1e-9).astype(np.int64)
    if not used.all():
        raise ValueError(
            f"{min(shares):.0%} of the area is less than one cell: it takes at least "
            f"{int(np.ceil(1 / min(shares))):,} cells, and here are {cells:,}."
        )
    return used


def _hits(came, score, used):
    """(shares,) share of what came in the `used` cells of highest score, ties shared evenly."""
    _, which, times = np.unique(score, return_inverse=True, return_counts=True)
    evened = (np.bincount(which, came) / times)[which]
    return pai(evened, score - score.min()).value[used - 1] * (used / len(came))
