import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from tests.placestats import textbook

from placestats import cover

worlds = st.integers(1, 12).flatmap(
    lambda points: st.tuples(
        st.lists(st.integers(0, 50), min_size=points, max_size=points),
        st.lists(st.sets(st.integers(0, points - 1)), min_size=1, max_size=10),
    )
)


def as_table(sets, points):
    return np.array([[point in one for point in range(points)] for one in sets], dtype=float)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (([-1.0], [[1]], 1), "negative"),
        (([1.0, 2.0], [[1]], 1), "2 columns"),
        (([1.0], [[1]], 0), "at least 1"),
    ],
)
def test_bad_input_is_refused(arguments, why):
    with pytest.raises(ValueError, match=why):
        cover(*arguments)


@given(worlds, st.integers(1, 4))
def test_it_matches_the_textbook(world, k):
    values, sets = world
    fast = cover(values, as_table(sets, len(values)), k)
    chosen, gains = textbook.greedy_cover(values, sets, k)
    assert_allclose(fast.gained, gains)
    assert list(fast.chosen) == chosen


@given(worlds)
def test_it_reaches_the_promised_share_of_the_best_pair(world):
    values, sets = world
    best = max(sum(values[point] for point in first | second) for first in sets for second in sets)
    reached = cover(values, as_table(sets, len(values)), 2).gained.sum()
    assert reached >= (1 - 1 / np.e) * best - 1e-9


def test_sets_too_near_to_a_chosen_one_are_left_out():
    result = cover([5.0, 4.0, 3.0], np.eye(3), 3, near=lambda chosen: [1] if chosen == 0 else [])
    assert list(result.chosen) == [0, 2]
    assert result.share == pytest.approx(8 / 12)
    assert "2 places hold 66.7%" in result.summary()


def test_nothing_is_chosen_where_nothing_is_worth_it():
    assert not len(cover([0.0, 0.0], np.eye(2), 2).chosen)
    assert cover([0.0], np.eye(1), 1).share == 0
