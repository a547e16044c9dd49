import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.placestats import textbook_forecast as textbook

from placestats import rolling_origins

months_held = st.lists(st.booleans(), max_size=60).map(
    lambda held: [24_300 + at for at, one in enumerate(held) if one]
)


@pytest.mark.parametrize(
    ("months", "options", "why"),
    [
        ([1, 1, 2], {}, "larger than the one before"),
        ([2, 1], {}, "larger than the one before"),
        ([1, 2.5], {}, "whole numbers"),
        ([1, float("nan")], {}, "missing"),
        ([[1, 2]], {}, "1 dimension"),
        ([1, 2], {"horizon": 0}, "horizon must be a whole number"),
        ([1, 2], {"history": 0}, "history must be"),
        ([1, 2], {"most": 1.5}, "most must be"),
    ],
)
def test_bad_input_is_refused(months, options, why):
    with pytest.raises(ValueError, match=why):
        rolling_origins(months, **options)


@given(months_held, st.integers(1, 6), st.integers(1, 6))
def test_it_matches_the_textbook(months, horizon, history):
    found = rolling_origins(months, horizon=horizon, history=history, most=1000)
    numbers = np.array(months, dtype=int)
    listed = [
        (start, numbers[past].tolist(), numbers[future].tolist())
        for start, past, future in zip(found.start.tolist(), found.past, found.future, strict=True)
    ]
    assert listed == textbook.origins(months, horizon, history)


@given(months_held, st.integers(1, 6))
def test_the_past_never_holds_a_month_of_the_future(months, horizon):
    found = rolling_origins(months, horizon=horizon, history=1)
    for past, future in zip(found.past, found.future, strict=True):
        assert past.max() < future.min()


@given(st.integers(1, 200), st.integers(1, 30))
def test_of_many_the_newest_and_evenly_spaced_ones_are_taken(count, most):
    found = rolling_origins(range(count + 1), horizon=1, history=1, most=most)
    assert found.possible == count
    assert len(found) <= most
    assert found.start[-1] == count
    assert len(set(np.diff(found.start).tolist())) <= 1


def test_too_few_months_give_no_origin_and_no_error():
    assert len(rolling_origins([])) == 0
    assert len(rolling_origins(range(23))) == 0


def test_a_missing_month_breaks_the_horizon_and_not_the_past():
    months = [*range(12), *range(13, 37)]  # month 12 is not held
    assert rolling_origins(months).start.tolist() == list(range(13, 26))
    assert "13 of 13 months have 12 known months before them" in rolling_origins(months).summary()
