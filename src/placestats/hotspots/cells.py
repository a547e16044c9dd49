"""The cells of a square grid that hold a point: what a ranking of places ranks."""

from dataclasses import dataclass

import numpy as np

from placestats.refusals import positive, same_length, table_of

MOST_CELLS = 25_000_000  # of the raster round them


@dataclass(frozen=True)
class Cells:
    row: np.ndarray  # (cells,) from the south, 0 at the corner
    column: np.ndarray  # (cells,) from the west
    of_point: np.ndarray  # (points,) which cell each point lies in
    cell: float  # side, in the unit of the points
    corner: tuple[float, float]  # south-west, at a whole number of cells from the origin

    def __len__(self):
        return len(self.row)

    @property
    def shape(self):
        """(rows, columns) of the smallest raster that holds every cell."""
        return int(self.row.max()) + 1, int(self.column.max()) + 1

    @property
    def bounds(self):
        """(west, south, east, north) of that raster."""
        (west, south), (rows, columns) = self.corner, self.shape
        return west, south, west + columns * self.cell, south + rows * self.cell

    def total(self, values):
        """(cells,) or (cells × k): sums over the points of each cell."""
        order = np.argsort(self.of_point, kind="stable")
        first = np.searchsorted(self.of_point[order], np.arange(len(self)))
        return np.add.reduceat(np.asarray(values)[order], first, axis=0)

    def raster(self, values):
        """(rows × columns) with each cell's value, and nothing (0 or False) elsewhere."""
        values = np.asarray(values)
        raster = np.zeros(self.shape, dtype=values.dtype)
        raster[self.row, self.column] = values
        return raster

    def summary(self):
        rows, columns = self.shape
        return (
            f"{len(self.of_point):,} points lie in {len(self):,} cells of {self.cell:g} × "
            f"{self.cell:g}, among {rows:,} × {columns:,} in all."
        )


def occupied_cells(x, y, *, cell):
    """The cells (floor(x / cell), floor(y / cell)) that hold at least one point.

    x, y  (points,) in the unit of the grid, e.g. metres of the British National Grid.
    cell  side of a cell, in that unit.

    A point on an edge belongs to the cell north or east of it. Errors: ValueError for missing
    values, no points, other lengths, or cells so small that the raster passes 25 million.
    """
    x, y = table_of(x, "x", 1), table_of(y, "y", 1)
    same_length(x, y, "x and y")
    if not len(x):
        raise ValueError("x holds no point.")
    cell = positive(cell, "cell")
    column, row = np.floor(x / cell), np.floor(y / cell)
    first_column, first_row = column.min(), row.min()
    rows, columns = row.max() - first_row + 1, column.max() - first_column + 1
    if rows * columns > MOST_CELLS:
        raise ValueError(
            f"cells of {cell:g} make a raster of {rows:,.0f} × {columns:,.0f}, which is too large "
            f"(at most {MOST_CELLS:,}): use larger cells."
        )
    number = ((row - first_row) * columns + column - first_column).astype(np.int64)
    kinds, of_point = np.unique(number, return_inverse=True)
    row, column = np.divmod(kinds, int(columns))
    return Cells(row, column, of_point, cell, (float(first_column * cell), float(first_row * cell)))
