"""The order of places by weighed criteria: what an office publishes must be simple to check."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from tests.placestats import textbook

from placestats import priorities, rise, saturating, standing

SCORE = st.integers(0, 20).map(lambda n: n / 20)


@st.composite
def worlds(draw):
    """Scores, weights (with one for the turn), the groups of the places, turns had."""
    places, criteria = draw(st.integers(1, 8)), draw(st.integers(1, 4))
    rows = st.lists(SCORE, min_size=criteria, max_size=criteria)
    weights = draw(st.lists(st.integers(0, 5), min_size=criteria, max_size=criteria))
    return (
        draw(st.lists(rows, min_size=places, max_size=places)),
        [*weights, draw(st.integers(1, 5))],
        draw(st.lists(st.integers(0, 2), min_size=places, max_size=places)),
        draw(st.lists(st.integers(0, 3), min_size=3, max_size=3)),
    )


@pytest.mark.parametrize(
    ("arguments", "more", "why"),
    [
        (([[1.2]], [1]), {}, "above 1"),
        (([[-0.1]], [1]), {}, "negative"),
        (([[np.nan]], [1]), {}, "missing"),
        (([0.5], [1]), {}, "2 dimension"),
        (([[0.5, 0.5]], [1]), {}, "2 criteria"),
        (([[0.5]], [-1]), {}, "negative"),
        (([[0.5]], [0]), {}, "above zero"),
        (([[0.5]], [1]), {"groups": [0]}, "2 criteria"),
        (([[0.5]], [1, 1]), {"groups": [0, 1]}, "same length"),
        (([[0.5]], [1, 1]), {"groups": [1], "had": [0]}, "groups 0 to 1"),
        (([[0.5]], [1, 1]), {"groups": [-1]}, "from 0"),
    ],
)
def test_bad_input_is_refused(arguments, more, why):
    with pytest.raises(ValueError, match=why):
        priorities(*arguments, **more)


@given(worlds())
def test_it_matches_the_textbook(world):
    scores, weights, groups, had = world
    fast = priorities(scores, weights, groups=groups, had=had)
    order, contributions = textbook.priorities(scores, weights, groups, had)
    assert list(fast.order) == order
    assert_allclose(fast.contributions, contributions)


@given(worlds())
def test_contributions_add_up_and_nothing_exceeds_what_is_possible(world):
    scores, weights, groups, had = world
    found = priorities(scores, weights, groups=groups, had=had)
    assert_allclose(found.contributions.sum(axis=1), found.priority)
    assert (found.priority <= 1 + 1e-12).all()
    assert sorted(found.rank) == list(range(1, len(scores) + 1))


@given(worlds(), st.data())
def test_a_higher_score_never_puts_a_place_further_back(world, data):
    scores, weights, groups, had = world
    place = data.draw(st.integers(0, len(scores) - 1))
    criterion = data.draw(st.integers(0, len(scores[0]) - 1))
    before = priorities(scores, weights, groups=groups, had=had)
    scores[place][criterion] = min(1.0, scores[place][criterion] + data.draw(SCORE))
    after = priorities(scores, weights, groups=groups, had=had)
    assert after.rank[place] <= before.rank[place]


@given(worlds(), st.data())
def test_a_criterion_of_weight_zero_is_as_good_as_not_there(world, data):
    scores, weights, groups, had = world
    at = data.draw(st.integers(0, len(scores[0]) - 1))
    weights[at] = 0
    found = priorities(scores, weights, groups=groups, had=had)
    without = priorities(
        np.delete(scores, at, axis=1), np.delete(weights, at), groups=groups, had=had
    )
    assert list(found.order) == list(without.order)
    assert_allclose(np.delete(found.contributions, at, axis=1), without.contributions)


@given(worlds(), st.floats(0.01, 100))
def test_only_the_proportions_of_the_weights_count(world, factor):
    scores, weights, groups, had = world
    one = priorities(scores, weights, groups=groups, had=had)
    other = priorities(scores, np.array(weights) * factor, groups=groups, had=had)
    assert list(one.order) == list(other.order)
    assert_allclose(one.contributions, other.contributions)


def test_groups_take_turns_and_one_that_had_two_waits():
    found = priorities([[0.9], [0.8], [0.7]], [1, 1], groups=[0, 0, 1], had=[0, 0])
    assert list(found.order) == [0, 2, 1]
    assert list(found.ahead) == [0, 1, 0]
    waits = priorities([[0.9], [0.8], [0.7]], [1, 1], groups=[0, 0, 1], had=[2, 0])
    assert list(waits.order) == [2, 0, 1]


def test_without_groups_it_is_the_weighted_mean_and_level_places_keep_their_order():
    found = priorities([[0.5, 1.0], [1.0, 0.5], [0.0, 0.2]], [1, 1])
    assert list(found.order) == [0, 1, 2]
    assert_allclose(found.priority, [0.75, 0.75, 0.1])
    assert "3 places in order; the first has 75%" in found.summary()


def test_no_place_is_no_order():
    assert "no place" in priorities(np.empty((0, 2)), [1, 1]).summary()
    assert "0% of all" in priorities([[0.0]], [1]).summary()


def test_standing_of_a_table_is_refused():
    with pytest.raises(ValueError, match="1 dimension"):
        standing([[1.0]])


@given(st.lists(st.one_of(st.none(), st.integers(0, 9)), max_size=12))
def test_standing_matches_the_textbook(values):
    given_values = np.array(values, dtype=float)
    assert_allclose(standing(given_values), textbook.standing(values))


@given(st.lists(st.integers(0, 9), min_size=2, max_size=9), st.data())
def test_standing_never_falls_when_the_figure_grows(values, data):
    at = data.draw(st.integers(0, len(values) - 1))
    before = standing(values)[at]
    values[at] += data.draw(st.integers(0, 9))
    assert standing(values)[at] >= before


def test_one_extreme_place_moves_no_other():
    assert_allclose(standing([10, 20, 30]), standing([10, 20, 3000]))


@pytest.mark.parametrize("half", [0, -1, np.inf])
def test_saturating_wants_a_half_above_zero(half):
    with pytest.raises(ValueError, match="above zero"):
        saturating([1], half)


def test_saturating_adds_less_each_time():
    assert_allclose(saturating([0, 5, 15], 5), [0, 0.5, 0.75])


def test_rise_wants_two_periods_of_the_same_places():
    with pytest.raises(ValueError, match="same length"):
        rise([1], [1, 2], 1, 1)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(1, 500), st.integers(1, 500))
def test_rise_grows_with_the_last_period_and_falls_with_the_one_before(last, before, f, g):
    base = rise([last], [before], f, g)[0]
    assert 0 <= base <= 1
    assert rise([last + 1], [before], f, g)[0] >= base - 1e-12 or not last + before
    assert rise([last], [before + 1], f, g)[0] <= base + 1e-12 or not last + before


def test_few_crimes_say_less_than_many_and_a_common_change_says_nothing():
    few, many = rise([3, 300], [1, 100], 100, 100)
    assert 0.5 < few < many
    assert_allclose(rise([50, 10], [100, 20], 500, 1000), 0.5)
    assert_allclose(rise([0], [0], 5, 5), 0.5)
    assert_allclose(rise([9], [1], 9, 0), 0.5)
