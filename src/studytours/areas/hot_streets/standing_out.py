"""Where squares have busier neighbours than chance explains: Gi* on the National Grid."""

from dataclasses import dataclass

import numpy as np
import shapely

from placestats import gi_star
from studytours.core.geometry import off_grid, on_grid

from ..boundaries import current_boundaries

CELL = 250  # metres
LEVELS = (0.05, 0.01)  # so much of what is shown may be chance
# Boundaries are used when they are held of so many of the force's small areas.
ENOUGH = 0.9
# Where they are not, the study area is the hull of the points with this margin.
MARGIN = 500


@dataclass(frozen=True)
class StandingOut:
    """The squares that stand out, by how sure that is."""

    west: float  # of the raster, on the grid
    south: float
    level: np.ndarray  # (rows × columns) how many of LEVELS a square reaches
    cells: int  # squares in the study area
    crimes: int  # in squares that stand out

    @property
    def squares(self):
        return int((self.level > 0).sum())

    @property
    def summary(self):
        """What the map shows of it, in one sentence."""
        if not self.squares:
            return "No square of 250 metres stands out from what chance explains."
        return (
            f"{self.squares:,} of {self.cells:,} squares of {CELL} metres "
            f"{'stands' if self.squares == 1 else 'stand'} out from what chance explains, with "
            f"{self.crimes:,} of these crimes."
        )

    def at(self, xy):
        """(points,) how many of LEVELS the square of each point reaches."""
        row, column = _cells(xy, self.west, self.south)
        return self.level[row, column]

    def shapes(self):
        """[(level, shape in longitude and latitude)], squares that touch put together."""
        made = []
        for level in range(1, len(LEVELS) + 1):
            rows, columns = np.nonzero(self.level >= level)
            west, south = self.west + columns * CELL, self.south + rows * CELL
            if len(rows):
                squares = shapely.box(west, south, west + CELL, south + CELL)
                made.append((level, off_grid(shapely.union_all(squares))))
        return made


def standing_out(points, counts):
    """Gi* of counts at map points, or None where everything is alike or too little is there."""
    if not counts.sum():
        return None
    area = _study_area(points)
    west, south, east, north = shapely.union_all([area, shapely.MultiPoint(points.xy)]).bounds
    west, south = np.floor([west / CELL, south / CELL]) * CELL
    shape = int((north - south) // CELL) + 1, int((east - west) // CELL) + 1
    raster = np.zeros(shape, dtype=np.int64)
    np.add.at(raster, _cells(points.xy, west, south), counts)
    try:
        found = gi_star(raster, inside=_inside(area, west, south, shape) | (raster > 0))
    except ValueError:  # too few squares, or all alike: nothing can stand out
        return None
    level = sum(found.hot(one).astype(int) for one in LEVELS)
    return StandingOut(west, south, level, found.cells, int(raster[level > 0].sum()))


def _cells(xy, west, south):
    return ((xy[:, 1] - south) // CELL).astype(int), ((xy[:, 0] - west) // CELL).astype(int)


def _study_area(points):
    """The force's own small areas; without them the hull of its map points. On the grid."""
    outlines = [one.geometry for one in current_boundaries("lsoa", points.area).values()]
    if len(outlines) > ENOUGH * len(points.area):
        return shapely.union_all(on_grid(np.array(outlines, dtype=object)))
    return shapely.MultiPoint(points.xy).convex_hull.buffer(MARGIN)


def _inside(area, west, south, shape):
    """(rows × columns) the squares whose middle lies in the study area."""
    shapely.prepare(area)
    x = west + (np.arange(shape[1]) + 0.5) * CELL
    y = south + (np.arange(shape[0]) + 0.5) * CELL
    return shapely.contains_xy(area, *np.meshgrid(x, y))
