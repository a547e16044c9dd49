import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.placestats import textbook_forecast as textbook

from placestats import occupied_cells

points = st.lists(st.tuples(st.integers(-40, 40), st.integers(-40, 40)), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("x", "y", "cell", "why"),
    [
        ([], [], 1, "no point"),
        ([1.0, 2.0], [1.0], 1, "same length: 2 and 1"),
        ([float("nan")], [1.0], 1, "missing"),
        ([1.0], [float("inf")], 1, "not finite"),
        ([[1.0]], [1.0], 1, "1 dimension"),
        ([1.0], [1.0], 0, "cell must be"),
        ([1.0], [1.0], float("nan"), "cell must be"),
        ([0.0, 1e6], [0.0, 1e6], 1, "too large"),
    ],
)
def test_bad_input_is_refused(x, y, cell, why):
    with pytest.raises(ValueError, match=why):
        occupied_cells(x, y, cell=cell)


@given(points, st.integers(1, 9))
def test_it_matches_the_textbook(places, cell):
    x, y = zip(*places, strict=True)
    cells = occupied_cells(x, y, cell=cell)
    found = textbook.cells(x, y, cell)
    assert set(zip(cells.row.tolist(), cells.column.tolist(), strict=True)) == set(found)
    for number, at in enumerate(zip(cells.row.tolist(), cells.column.tolist(), strict=True)):
        assert np.flatnonzero(cells.of_point == number).tolist() == found[at]


@given(points, st.integers(1, 9))
def test_sums_of_cells_hold_every_point_once(places, cell):
    x, y = zip(*places, strict=True)
    cells = occupied_cells(x, y, cell=cell)
    values = np.arange(2 * len(x)).reshape(-1, 2)
    assert cells.total(values).sum(axis=0).tolist() == values.sum(axis=0).tolist()
    assert cells.raster(cells.total(np.ones(len(x)))).sum() == len(x)
    assert (cells.total(np.ones(len(x))) > 0).all()


@given(points, st.integers(1, 9))
def test_every_point_lies_in_the_square_of_its_cell(places, cell):
    x, y = map(np.array, zip(*places, strict=True))
    cells = occupied_cells(x, y, cell=cell)
    west, south, east, north = cells.bounds
    left, lower = west + cells.column * cell, south + cells.row * cell
    assert ((x >= left[cells.of_point]) & (x < left[cells.of_point] + cell)).all()
    assert ((y >= lower[cells.of_point]) & (y < lower[cells.of_point] + cell)).all()
    assert (x.max() < east) and (y.max() < north)
    assert west % cell == south % cell == 0


def test_the_summary_says_how_many():
    text = occupied_cells([0, 10, 260], [0, 0, 0], cell=250).summary()
    assert text == "3 points lie in 2 cells of 250 × 250, among 1 × 2 in all."
