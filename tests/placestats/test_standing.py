import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.placestats import textbook

from placestats import shrink, top_k_probability


@pytest.mark.parametrize("k", [0, 3])
def test_a_k_outside_the_areas_is_refused(k):
    with pytest.raises(ValueError, match="between 1 and the 2 areas"):
        top_k_probability(shrink([1, 2], 1, 1), k, rng=np.random.default_rng(1))


def test_too_few_draws_are_refused():
    with pytest.raises(ValueError, match="draws"):
        top_k_probability(shrink([1, 2], 1, 1), 1, rng=np.random.default_rng(1), draws=5)


@settings(max_examples=25)
@given(st.lists(st.integers(0, 200), min_size=3, max_size=20), st.integers(1, 3))
def test_the_chances_add_up_to_k(counts, k):
    rates = shrink(counts, 12, 5, kappa=2)
    chance = top_k_probability(rates, k, rng=np.random.default_rng(5), draws=500).chance
    assert chance.sum() == pytest.approx(k)
    assert ((chance >= 0) & (chance <= 1)).all()


@settings(max_examples=15)
@given(st.lists(st.integers(0, 60), min_size=3, max_size=8), st.integers(1, 2))
def test_it_matches_the_textbook_on_the_same_draws(counts, k):
    rates = shrink(counts, 12, 5, kappa=2)
    drawn = rates.draw(np.random.default_rng(5), 200).tolist()
    fast = top_k_probability(rates, k, rng=np.random.default_rng(5), draws=200)
    assert fast.chance.tolist() == textbook.top_k_by_draws(drawn, k)


def test_two_areas_match_the_textbook():
    rates = shrink([30, 36], 12, 3, kappa=2)
    exact = textbook.top_k_chance_of_two(*zip(rates.shape, rates.rate, strict=True))
    drawn = top_k_probability(rates, 1, rng=np.random.default_rng(5), draws=20_000)
    assert drawn.chance[0] == pytest.approx(exact, abs=0.012)


def test_the_same_seed_gives_the_same_answer():
    rates = shrink([30, 36, 40], 12, 3)
    first, second = (top_k_probability(rates, 1, rng=np.random.default_rng(5)) for _ in "ab")
    assert (first.chance == second.chance).all()


def test_all_areas_are_among_the_highest_when_k_is_all():
    result = top_k_probability(shrink([3, 4], 1, 1), 2, rng=np.random.default_rng(1))
    assert (result.chance == 1).all()
    assert "2 of 2 areas" in result.summary()


def test_weights_turn_a_rate_for_each_home_into_a_count():
    rates = shrink([10, 10], [1000, 1000], 0.01, kappa=1)
    chance = top_k_probability(rates, 1, rng=np.random.default_rng(1), weights=[1, 50]).chance
    assert chance[1] > 0.99
