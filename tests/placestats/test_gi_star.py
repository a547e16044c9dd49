"""Known values from METHODS §2: six points, threshold 15, binary."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal
from tests.placestats import textbook

from placestats import gi_star

POINTS = [(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)]
VALUES = [2, 3, 3.2, 5, 8, 7]
rasters = st.tuples(st.integers(1, 6), st.integers(3, 7)).flatmap(
    lambda shape: st.tuples(
        arrays(int, shape, elements=st.integers(0, 6)),
        arrays(bool, shape, elements=st.sampled_from([True, True, True, False])),
    )
)


def near_each_other(with_self):
    return [
        [
            int((i != j or with_self) and (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 <= 15**2)
            for j, b in enumerate(POINTS)
        ]
        for i, a in enumerate(POINTS)
    ]


def worth_comparing(counts, inside):
    assume(inside.sum() >= 3 and len(set(counts[inside].tolist())) > 1)


@pytest.mark.parametrize(
    ("counts", "inside", "why"),
    [
        ([1, 2, 3], None, "2 dimensions"),
        ([[1, -1, 3]], None, "negative"),
        ([[1, float("nan"), 3]], None, "missing"),
        ([[1, 0.5, 3]], None, "whole numbers"),
        ([["a", "b", "c"]], None, "must be numbers"),
        ([[1, 2, 3_000_000]], None, "too large"),
        ([[1, 2, 900_000], [1, 900_000, 900_000], [1, 1, 900_000]], None, "too large for exact"),
        ([[1, 2, 3]], [[True, True]], r"\(1, 3\) cells"),
        ([[1, 2, 3]], [[1, 1, 1]], "true or false"),
        ([[1, 2, 3]], [[True, True, False]], "2 cells: at least 3"),
        ([[4, 4], [4, 4]], None, "every count is 4"),
        ([[4, 4, 9, 4]], [[True, True, False, True]], "every count is 4"),
    ],
)
def test_bad_input_is_refused(counts, inside, why):
    with pytest.raises(ValueError, match=why):
        gi_star(counts, inside=inside)


@pytest.mark.parametrize("reach", [0, -1, 1.5, True])
def test_a_reach_that_is_no_number_of_cells_is_refused(reach):
    with pytest.raises(ValueError, match="reach must be a whole number"):
        gi_star([[1, 2, 3]], reach=reach)


def test_the_twin_gives_the_known_values():
    with_self = [-1.3972763, -0.2891776, 0.6506496, -0.2891776, 1.2345209, 2.0242433]
    assert_allclose(textbook.gi_z(VALUES, near_each_other(True)), with_self, atol=5e-8)


def test_the_twin_gives_the_known_values_without_self():
    without = [-1.0136729, -0.0436159, 1.3155870, -0.3141268, 1.1537399, 1.7783394]
    assert_allclose(textbook.gi_z(VALUES, near_each_other(False)), without, atol=5e-8)


@settings(deadline=None, max_examples=60)
@given(rasters, st.integers(1, 3))
def test_it_matches_the_textbook(world, reach):
    counts, inside = world
    worth_comparing(counts, inside)
    result = gi_star(counts, inside=inside, reach=reach)
    _, weights = textbook.window_weights(inside, reach)
    values = counts[inside].tolist()
    p = textbook.gi_mid_p(values, weights)
    assert_allclose(result.z[inside], textbook.gi_z(values, weights), rtol=0, atol=1e-12)
    assert_allclose(result.p[inside], p, rtol=0, atol=1e-12)
    rounded = np.round(p, 10).tolist()  # so that ties are ties
    assert_allclose(result.q[inside], textbook.false_discovery(rounded), atol=1e-8)
    assert np.isnan(result.z[~inside]).all() and np.isnan(result.q[~inside]).all()


def test_rare_sums_keep_their_digits():
    counts = np.zeros((12, 12), int)
    counts[5:8, 5:8] = [[9, 7, 9], [8, 9, 8], [9, 9, 7]]
    result = gi_star(counts)
    _, weights = textbook.window_weights(np.ones_like(counts, dtype=bool), 1)
    exact = textbook.gi_mid_p(counts.ravel().tolist(), weights)
    assert min(exact) < 1e-12
    assert_allclose(result.p.ravel(), exact, rtol=1e-9)


@settings(deadline=None)
@given(rasters)
def test_it_is_the_same_seen_in_a_mirror(world):
    counts, inside = world
    worth_comparing(counts, inside)
    plain = gi_star(counts, inside=inside)
    mirrored = gi_star(counts[::-1, ::-1], inside=inside[::-1, ::-1])
    turned = gi_star(counts.T, inside=inside.T)
    for name in ("z", "p", "q"):
        assert_array_equal(getattr(mirrored, name)[::-1, ::-1], getattr(plain, name))
        assert_array_equal(getattr(turned, name).T, getattr(plain, name))


@settings(deadline=None)
@given(rasters, st.integers(1, 4))
def test_chances_lie_between_nought_and_one_and_q_follows_p(world, reach):
    counts, inside = world
    worth_comparing(counts, inside)
    result = gi_star(counts, inside=inside, reach=reach)
    p, q = result.p[inside], result.q[inside]
    assert ((p >= 0) & (p <= 1) & (q <= 1)).all()
    assert (q >= p - 1e-15).all()
    assert (np.diff(q[np.argsort(p)]) >= 0).all()


@settings(deadline=None)
@given(rasters, st.integers(2, 9))
def test_counting_everything_several_times_changes_nothing(world, times):
    counts, inside = world
    worth_comparing(counts, inside)
    once, often = gi_star(counts, inside=inside), gi_star(counts * times, inside=inside)
    assert_allclose(often.z, once.z, atol=1e-12)
    assert_allclose(often.p, once.p, atol=1e-12)


@settings(deadline=None)
@given(rasters)
def test_what_lies_outside_is_not_read(world):
    counts, inside = world
    worth_comparing(counts, inside)
    spoilt = np.where(inside, counts, np.nan)
    assert_array_equal(gi_star(spoilt, inside=inside).p, gi_star(counts, inside=inside).p)


def test_a_spike_on_a_constant_has_the_z_that_can_be_worked_out_by_hand():
    """z of the nine windows that hold it: (n − 9) / √((n − 1)·(9n − 81)/(n − 1)) = √(n − 9) / 3."""
    counts = np.full((9, 11), 3)
    counts[4, 5] = 50
    result = gi_star(counts)
    assert_allclose(result.z[3:6, 4:7], np.sqrt(99 - 9) / 3)
    assert result.z[4, 5] == result.z.max()
    assert result.p[4, 5] == pytest.approx(0.5)  # its neighbours are like all others
    assert result.p[4, 4] == pytest.approx(0.5 * 8 / 98)


def test_a_cell_without_neighbours_is_as_likely_as_not():
    inside = np.array([[True, False, True], [False, False, False], [True, False, True]])
    assert_array_equal(gi_star(np.arange(9).reshape(3, 3), inside=inside).p[inside], 0.5)


def test_a_window_that_holds_everything_cannot_stand_out():
    result = gi_star([[1, 0, 5], [2, 2, 2]], reach=4)
    assert_array_equal(result.z, 0)
    assert_array_equal(result.p, 0.5)


def test_draws_agree_with_the_chances():
    rng = np.random.default_rng(20)
    counts = rng.negative_binomial(0.4, 0.3, (15, 15))
    result = gi_star(counts)
    others = np.delete(counts.ravel(), 7 * 15 + 7)
    sums = np.array([rng.permutation(others)[:8].sum() for _ in range(20_000)])
    near = counts[6:9, 6:9].sum() - counts[7, 7]
    share = (sums > near).mean() + (sums == near).mean() / 2
    assert result.p[7, 7] == pytest.approx(share, abs=4 * 0.5 / np.sqrt(20_000))


def test_empty_windows_are_never_hot():
    counts = np.zeros((30, 30), int)
    counts[10:13, 10:13] = 5
    result = gi_star(counts)
    assert (result.p[counts == 0][result.z[counts == 0] < 0] > 0.5).all()
    assert result.hot()[11, 11] and not result.hot()[20:].any()
    assert "900 cells have busier neighbours" in result.summary()
    assert "3 × 3" in result.summary()


def test_large_counts_are_looked_up_the_slow_way_with_the_same_chances():
    rng = np.random.default_rng(4)
    counts = rng.poisson(1.0, (10, 10))
    assert_allclose(gi_star(counts * 2000).p, gi_star(counts).p, atol=1e-12)
