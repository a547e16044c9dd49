"""Worked values 11 and 12 of METHODS §3, from Wheeler's ptools."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from tests.placestats import textbook_forecast as textbook

from placestats import hit_rate, pai, pei, rri

places = st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), min_size=1, max_size=25)
sized_places = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 8)), min_size=1, max_size=25
)


@pytest.mark.parametrize("measure", [hit_rate, pai, pei, rri])
@pytest.mark.parametrize(
    ("observed", "predicted", "why"),
    [
        ([1, -1], [1, 1], "negative"),
        ([1, 1], [1, float("nan")], "missing"),
        ([1, 1], [1], "same length"),
        ([0, 0], [1, 2], "observed crimes"),
    ],
)
def test_bad_input_is_refused(measure, observed, predicted, why):
    with pytest.raises(ValueError, match=why):
        measure(observed, predicted)


def test_a_share_of_area_above_everything_is_refused():
    with pytest.raises(ValueError, match="share_of_area"):
        hit_rate([1], [1], 1.5)


def test_worked_value_11():
    observed, predicted = [6, 3, 0], [3, 2, 1]
    assert_allclose(pai(observed, predicted).value, [2, 1.5, 1])
    assert_allclose(pei(observed, predicted).value, [1, 1, 1])
    assert_allclose(rri(observed, predicted).value, [0.5, 5 / 9, 6 / 9])


def test_worked_value_12():
    value = pai([6, 7, 3, 2, 1, 0], [8, 4, 4, 2, 1, 0]).value
    assert_allclose(value, [1.8947, 2.0526, 1.6842, 1.4211, 1.2, 1], atol=5e-5)


@given(sized_places)
def test_pai_and_pei_match_the_textbook(rows):
    observed, predicted, area = zip(*rows, strict=True)
    assume(sum(observed))
    assert_allclose(
        pai(observed, predicted, area=area).value, textbook.pai(observed, predicted, area)
    )
    # Perfect foresight holds something from its first place on, so nothing is divided by nought.
    assert_allclose(
        pei(observed, predicted, area=area).value, textbook.pei(observed, predicted, area)
    )


@given(places)
def test_rri_matches_the_textbook(rows):
    observed, predicted = zip(*rows, strict=True)
    assume(sum(observed))
    assert_allclose(rri(observed, predicted).value, textbook.rri(observed, predicted))


@given(sized_places, st.sampled_from([0.01, 0.05, 0.25, 0.5, 1]))
def test_the_hit_rate_matches_the_textbook(rows, share):
    observed, predicted, area = zip(*rows, strict=True)
    assume(sum(observed))
    fast = hit_rate(observed, predicted, share, area=area)
    expected = textbook.hit_rate(observed, predicted, share, area)
    assert_allclose((fast.value, fast.area_used), expected, atol=1e-12)


@given(places)
def test_everything_together_is_no_better_than_chance(rows):
    observed, predicted = zip(*rows, strict=True)
    assume(sum(observed))
    assert pai(observed, predicted).value[-1] == pytest.approx(1)
    assert hit_rate(observed, predicted, 1).value == pytest.approx(1)


@given(places)
def test_nothing_is_more_efficient_than_foresight(rows):
    observed, predicted = zip(*rows, strict=True)
    assume(sum(observed))
    assert (pei(observed, predicted).value <= 1 + 1e-9).all()


def test_the_hit_rate_takes_whole_places_only():
    result = hit_rate([5, 3, 2, 0], [9, 5, 4, 1], 0.6)
    assert (result.value, result.area_used) == (0.8, 0.5)
    assert "50.0% of the area held 80.0%" in result.summary()


def test_larger_places_use_more_of_the_area():
    assert hit_rate([5, 5], [2, 1], 0.5, area=np.array([3.0, 1.0])).value == 0


def test_a_place_without_crime_first_foresees_infinitely_too_much():
    assert rri([0, 4], [3, 1]).value[0] == np.inf
