"""The methods that a check compares: each ranks the same cells from the same past."""

from dataclasses import dataclass

import numpy as np

from placestats.forecast.decay import decayed_counts
from placestats.hotspots.cells import Cells
from placestats.hotspots.gi_star import gi_z
from placestats.hotspots.kde import kde

BANDWIDTH = 200.0  # of the kernel density, in metres
A_YEAR = 12


@dataclass(frozen=True)
class Known:
    """What is known on the day of a forecast. The newest months are the newest known ones."""

    x: np.ndarray  # (points,) metres
    y: np.ndarray
    points: np.ndarray  # (points × months) counts, oldest month first
    cells: Cells
    by_cell: np.ndarray  # (cells × months)
    ages: np.ndarray  # (months,) how long each is before the newest known one


def decayed(known):
    """Counts that weigh half after 24 months, as areas are ranked."""
    return decayed_counts(known.by_cell, ages=known.ages).counts


def counts_of(months):
    """A method: plain counts of the newest so many months."""
    return lambda known: known.by_cell[:, -months:].sum(axis=1)


def density(known):
    """Kernel density of the last year's points at the middle of each cell."""
    crimes = known.points[:, -A_YEAR:].sum(axis=1).astype(np.int64)
    if not crimes.any():
        return np.zeros(len(known.cells))
    x, y = np.repeat(known.x, crimes), np.repeat(known.y, crimes)
    options = {"cell": known.cells.cell, "bounds": known.cells.bounds}
    surface = kde(x, y, bandwidth=BANDWIDTH, **options).density
    return surface[known.cells.row, known.cells.column]


def neighbours(known):
    """z of Gi* on 3 × 3 cells of the last year; all alike where nothing varies."""
    counts = known.by_cell[:, -A_YEAR:].sum(axis=1)
    if (counts == counts[0]).all():
        return np.zeros(len(counts))
    inside = known.cells.raster(np.ones(len(counts), dtype=bool))
    z = gi_z(known.cells.raster(counts), inside=inside)
    return z[known.cells.row, known.cells.column]


RIVALS = {
    "decayed_counts": decayed,
    "counts_3": counts_of(3),
    "counts_12": counts_of(12),
    "counts_36": counts_of(36),
    "kde": density,
    "gi_star": neighbours,
}
