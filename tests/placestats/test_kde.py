import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from tests.placestats import textbook

from placestats import kde

BOUNDS = (0.0, 0.0, 40.0, 30.0)
points = st.lists(st.tuples(st.floats(-10, 50), st.floats(-10, 40)), min_size=1, max_size=12)


def centres(edges):
    return (edges[1:] + edges[:-1]) / 2


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"x": [], "y": []}, "no point"),
        ({"x": [1.0, 2.0]}, "same length: 2 and 1"),
        ({"x": [float("nan")]}, "missing"),
        ({"y": [[1.0]]}, "1 dimension"),
        ({"bandwidth": 0}, "bandwidth must be"),
        ({"bandwidth": float("inf")}, "bandwidth must be"),
        ({"cell": -1}, "cell must be"),
        ({"bounds": (0, 0, 1)}, "four finite numbers"),
        ({"bounds": (0, 0, float("nan"), 1)}, "four finite numbers"),
        ({"bounds": (5, 0, 5, 1)}, "west < east"),
        ({"cell": 0.001}, "too large"),
        ({"bandwidth": 0.0001}, "too large"),
    ],
)
def test_bad_input_is_refused(change, why):
    given_points = {"x": [1.0], "y": [1.0], "bandwidth": 2.0, "cell": 1.0, "bounds": BOUNDS}
    with pytest.raises(ValueError, match=why):
        kde(**{**given_points, **change})


@settings(deadline=None, max_examples=60)
@given(points, st.floats(2.0, 6.0), st.floats(0.2, 2.0))
def test_it_is_within_half_a_percent_of_the_exact_sum(places, bandwidth, cells):
    x, y = zip(*places, strict=True)
    result = kde(x, y, bandwidth=bandwidth, cell=bandwidth * cells, bounds=BOUNDS)
    across, up = centres(result.x_edges), centres(result.y_edges)
    at = [(a, u) for u in up for a in across]
    exact = np.array(textbook.density(x, y, at, bandwidth)).reshape(result.density.shape)
    peak = max(exact.max(), *textbook.density(x, y, places, bandwidth))
    assert abs(result.density - exact).max() <= 0.005 * peak


@pytest.mark.parametrize("place", [(20.0, 15.0), (20.5, 15.5), (20.2, 15.7), (20.21, 15.79)])
def test_one_map_point_with_many_crimes_is_as_good(place):
    """All points on one spot: nothing averages out, whatever the place in its cell."""
    x, y = np.full(500, place[0]), np.full(500, place[1])
    result = kde(x, y, bandwidth=2.0, cell=1.0, bounds=BOUNDS)
    at = [(a, u) for u in centres(result.y_edges) for a in centres(result.x_edges)]
    exact = 500 * np.array(textbook.density([place[0]], [place[1]], at, 2.0))
    peak = 500 / (2 * np.pi * 2.0**2)
    assert abs(result.density.ravel() - exact).max() <= 0.005 * peak


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(12, 28), st.floats(12, 18)), min_size=1, max_size=30))
def test_all_cells_together_hold_every_point(places):
    x, y = zip(*places, strict=True)
    result = kde(x, y, bandwidth=2.0, cell=1.0, bounds=BOUNDS)
    assert result.density.sum() == pytest.approx(len(places))
    assert (result.density >= 0).all()


@settings(deadline=None)
@given(points)
def test_two_sets_of_points_add_up(places):
    x, y = np.array(places).T
    whole, half = (
        kde(x[some], y[some], bandwidth=3.0, cell=1.0, bounds=BOUNDS).density
        for some in (slice(None), slice(0, 1))
    )
    if len(x) > 1:
        rest = kde(x[1:], y[1:], bandwidth=3.0, cell=1.0, bounds=BOUNDS).density
        assert_allclose(half + rest, whole, atol=1e-14)


@settings(deadline=None)
@given(points)
def test_it_is_the_same_seen_in_a_mirror(places):
    x, y = np.array(places).T
    plain = kde(x, y, bandwidth=3.0, cell=1.0, bounds=BOUNDS)
    mirrored = kde(40 - x, y, bandwidth=3.0, cell=1.0, bounds=BOUNDS)
    assert_allclose(mirrored.density[:, ::-1], plain.density, atol=1e-12)


def test_rows_run_from_south_to_north_and_edges_say_where():
    result = kde([35.5], [2.5], bandwidth=2.0, cell=1.0, bounds=BOUNDS)
    assert result.density.shape == (30, 40)
    assert np.unravel_index(result.density.argmax(), result.density.shape) == (2, 35)
    assert (result.x_edges[0], result.x_edges[-1]) == (0, 40)
    assert (result.y_edges[0], result.y_edges[-1]) == (0, 30)


def test_cells_are_whole_even_where_bounds_are_not():
    result = kde([1.0], [1.0], bandwidth=2.0, cell=1.0, bounds=(0, 0, 3.5, 2.0))
    assert result.density.shape == (2, 4)
    assert result.x_edges[-1] == 4


def test_a_point_beyond_the_bounds_counts_as_far_as_it_reaches():
    result = kde([-1.0, 20.0, -500.0], [15.0, 15.0, 15.0], bandwidth=2.0, cell=1.0, bounds=BOUNDS)
    assert (result.points, result.outside) == (3, 2)
    assert result.density[15, 0] > 0.5 * result.density.max()
    assert "3 points (2 beyond the bounds)" in result.summary()
    assert "near (19.5, 14.5)" in result.summary()


def test_points_far_away_leave_an_empty_map():
    result = kde([1e9], [-1e9], bandwidth=2.0, cell=1.0, bounds=BOUNDS)
    assert result.density.max() == 0 and result.outside == 1
