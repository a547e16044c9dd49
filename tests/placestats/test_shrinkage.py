import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from tests.placestats import textbook

from placestats import drift, shrink
from placestats.forecast.shrinkage import ALL_ALIKE

areas = st.lists(
    st.tuples(st.integers(0, 400), st.floats(0.5, 60), st.floats(0.05, 20)), min_size=1, max_size=30
)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (([3, -1], 1, 1), "negative"),
        (([3, float("nan")], 1, 1), "missing or not finite"),
        (([[3]], 1, 1), "1 dimension"),
        (([], 1, 1), "no area"),
        (([3, 4], [1], 1), "same length"),
        (([3, 4], 0, 1), "exposure must be above zero"),
        (([3, 4], 1, [1, 0]), "prior_mean must be above zero"),
    ],
)
def test_bad_input_is_refused_with_the_reason(arguments, why):
    with pytest.raises(ValueError, match=why):
        shrink(*arguments)


@pytest.mark.parametrize(
    ("options", "why"),
    [({"level": 1}, "level"), ({"kappa": 0}, "kappa")],
)
def test_bad_options_are_refused(options, why):
    with pytest.raises(ValueError, match=why):
        shrink([1, 2], 1, 1, **options)


@given(areas, st.floats(0.01, 1000))
def test_the_mean_matches_the_textbook(rows, kappa):
    counts, exposure, prior = zip(*rows, strict=True)
    fast = shrink(counts, exposure, prior, kappa=kappa)
    assert_allclose(fast.mean, textbook.posterior_mean(counts, exposure, prior, kappa))


@given(areas)
def test_kappa_matches_the_textbook(rows):
    counts, exposure, prior = zip(*rows, strict=True)
    kappa = textbook.kappa_by_moments(counts, exposure, prior)
    expected = min(kappa or ALL_ALIKE, ALL_ALIKE)
    assert shrink(counts, exposure, prior).kappa == pytest.approx(expected)


@settings(max_examples=10)
@given(st.integers(0, 60), st.floats(0.5, 60), st.floats(0.5, 20), st.sampled_from([0.5, 0.9]))
def test_the_interval_leaves_out_as_much_on_either_side(count, exposure, kappa, level):
    result = shrink([count], exposure, 1.0, kappa=kappa, level=level)
    shape, rate = kappa + count, kappa + exposure
    below = textbook.gamma_below(result.low[0], shape, rate)
    above = 1 - textbook.gamma_below(result.high[0], shape, rate)
    assert (below, above) == pytest.approx(((1 - level) / 2, (1 - level) / 2), abs=1e-4)


@given(areas)
def test_the_mean_lies_between_the_area_and_the_prior_and_inside_its_interval(rows):
    counts, exposure, prior = (np.array(column, float) for column in zip(*rows, strict=True))
    result = shrink(counts, exposure, prior)
    lowest, highest = np.minimum(counts / exposure, prior), np.maximum(counts / exposure, prior)
    assert (result.mean >= lowest * (1 - 1e-9)).all()
    assert (result.mean <= highest * (1 + 1e-9)).all()
    # A gamma's mean lies above its 95th percentile only when the shape is tiny.
    sure = result.shape > 0.5
    assert (result.low <= result.mean)[sure].all()
    assert (result.mean <= result.high)[sure].all()


def test_less_evidence_gives_a_wider_interval():
    short, long = shrink([10], 12, 1, kappa=1), shrink([30], 36, 1, kappa=1)
    assert short.high - short.low > long.high - long.low


def test_a_level_that_moves_gives_a_wider_interval_of_what_is_expected():
    rates = shrink([100, 50], 12, 6)
    (_, *calm), (_, *moving) = rates.expected(12), rates.expected(12, drift=0.2)
    assert (moving[1] - moving[0] > calm[1] - calm[0]).all()


def test_a_level_that_moves_keeps_its_mean_and_spreads_its_draws():
    rates = shrink([100], 12, 6)
    calm, moving = (rates.draw(np.random.default_rng(2), 20_000, drift=d) for d in (0, 0.3))
    assert moving.mean() == pytest.approx(calm.mean(), rel=0.01)
    assert moving.std() > 2 * calm.std()


def test_next_years_counts_fall_into_the_interval_as_often_as_it_says():
    rng = np.random.default_rng(7)
    rate = rng.gamma(2.0, 3.0, 4000)
    past, future = rng.poisson(rate * 12), rng.poisson(rate * 12)
    _, low, high = shrink(past, 12, 6.0).expected(12)
    assert 0.87 < np.mean((future >= np.floor(low)) & (future <= np.ceil(high))) < 0.95


def test_the_summary_reads_as_a_sentence():
    assert "2 areas, rates between" in shrink([5, 50], 10, 2).summary()


def test_chance_alone_is_hardly_any_drift():
    rng = np.random.default_rng(3)
    assert drift(rng.poisson(200, 3000), rng.poisson(260, 3000)).value < 0.03


def test_the_drift_that_was_put_in_is_found():
    rng = np.random.default_rng(3)
    level = rng.gamma(3, 40, 3000)
    moved = level * rng.gamma(25, 1 / 25, 3000)  # a standard deviation of a fifth
    found = drift(rng.poisson(level), rng.poisson(1.1 * moved))
    assert found.value == pytest.approx(0.2, abs=0.02)
    assert found.factor == pytest.approx(1.1, abs=0.02)


@given(st.lists(st.tuples(st.integers(1, 90), st.integers(1, 90)), min_size=1, max_size=20))
def test_drift_matches_the_textbook(rows):
    pre, post = zip(*rows, strict=True)
    # The square root makes much of what rounding leaves near nought.
    assert drift(pre, post).value ** 2 == pytest.approx(textbook.drift(pre, post) ** 2, abs=1e-9)


def test_drift_says_what_it_means():
    assert "2 areas together came to 1.00 times" in drift([10, 40], [40, 10]).summary()


@pytest.mark.parametrize(
    ("pre", "post", "why"),
    [
        ([0, 0], [1, 2], "at least one crime"),
        ([1, -2], [1, 2], "negative"),
        ([1, 2], [1], "same length"),
    ],
)
def test_drift_refuses_what_it_cannot_compare(pre, post, why):
    with pytest.raises(ValueError, match=why):
        drift(pre, post)


def test_importing_placestats_leaves_the_slow_scipy_stats_out():
    code = "import sys, placestats; assert 'scipy.stats' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
