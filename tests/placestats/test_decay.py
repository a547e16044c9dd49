import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose
from tests.placestats import textbook

from placestats import decayed_counts

panels = st.tuples(st.integers(1, 6), st.integers(1, 80)).flatmap(
    lambda size: arrays(np.int64, size, elements=st.integers(0, 500))
)


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        ([[1, -1]], "negative"),
        ([[1, float("nan")]], "missing or not finite"),
        ([1, 2, 3], "must have 2 dimension"),
        (np.zeros((2, 0)), "No month"),
    ],
)
def test_bad_counts_are_refused_with_the_reason(counts, why):
    with pytest.raises(ValueError, match=why):
        decayed_counts(counts)


@pytest.mark.parametrize("name", ["half_life", "window"])
def test_a_half_life_or_window_of_nothing_is_refused(name):
    with pytest.raises(ValueError, match=name):
        decayed_counts([[1, 2]], **{name: 0})


def test_ages_of_another_length_are_refused():
    with pytest.raises(ValueError, match="each of the 2 months"):
        decayed_counts([[1, 2]], ages=[0])


@given(panels, st.floats(1, 100), st.integers(1, 90))
def test_it_matches_the_textbook(counts, half_life, window):
    fast = decayed_counts(counts, half_life=half_life, window=window)
    ages = range(counts.shape[1] - 1, -1, -1)
    weighted, exposure = textbook.decayed(counts, half_life, window, ages)
    assert_allclose(fast.counts, weighted)
    assert_allclose(fast.exposure, exposure)


@given(st.integers(0, 300), st.integers(1, 90))
def test_the_same_count_every_month_scores_that_count(count, months):
    assert_allclose(decayed_counts(np.full((1, months), count)).per_month, [count])


def test_a_month_two_years_ago_weighs_half():
    counts = np.zeros((2, 25))
    counts[0, -1] = counts[1, 0] = 8
    now, before = decayed_counts(counts).counts
    assert before == pytest.approx(now / 2)


def test_a_gap_is_unknown_and_not_a_time_without_crime():
    kept = decayed_counts([[10, 10, 10]], ages=[30, 1, 0])
    assert_allclose(kept.per_month, [10])
    assert kept.months_used == 3


def test_the_summary_says_what_was_chosen():
    text = decayed_counts([[3, 4]]).summary()
    assert "halves every 24 months" in text
    assert "2 months of counts" in text
