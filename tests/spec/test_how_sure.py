"""A count is partly chance. So a place has a range, not one number, and a chance to be among
the first, not a bare rank."""

import numpy as np

from placestats import shrink, top_k_probability

title = "How sure is that?"
SEED = 11


def usual_of_the_others(counts, months):
    counts = np.array(counts)
    return (counts.sum() - counts) / (len(counts) - 1) / months


def next_year(months, drift=0.0):
    def answer(given):
        counts = given[f"crimes in {months} months"]
        rates = shrink(counts, months, usual_of_the_others(counts, months))
        mean, low, high = rates.expected(12, drift=drift)
        return {
            "expected in 12 months": mean,
            "at least": low,
            "at most": high,
        }

    return answer


def test_the_range_shrinks_with_more_months(spec):
    """With three years of counts the range of the next year is narrower than with one.

    First with one year, then with three.
    """
    places = ["Mill Lane", "Kiln Road", "Park Walk", "Church End"]
    spec(
        {"place": places, "crimes in 12 months": [60, 40, 30, 20]},
        next_year(12),
        {
            "expected in 12 months": [56, 40, 31, 22],
            "at least": [41, 27, 19, 13],
            "at most": [74, 55, 45, 34],
        },
    )
    spec(
        {"place": places, "crimes in 36 months": [180, 120, 90, 60]},
        next_year(36),
        {
            "expected in 12 months": [59, 40, 30, 21],
            "at least": [45, 29, 21, 13],
            "at most": [74, 53, 41, 30],
        },
    )


def test_a_level_that_moves_widens_the_range(spec):
    """Places also change from year to year. Where they move by a quarter, the range says so."""
    spec(
        {
            "place": ["Mill Lane", "Kiln Road", "Park Walk", "Church End"],
            "crimes in 36 months": [180, 120, 90, 60],
        },
        next_year(36, drift=0.25),
        {"at least": [34, 22, 16, 10], "at most": [90, 62, 48, 34]},
    )


def test_an_extreme_place_is_pulled_towards_the_usual(spec):
    """A place that stands out in few crimes is pulled towards what is usual round it.

    It stood out partly by chance, and chance does not come again by itself.
    """
    spec(
        {"place": ["A", "B", "C", "D", "E"], "crimes in 12 months": [12, 5, 7, 4, 6]},
        next_year(12),
        {"expected in 12 months": [8, 6, 7, 6, 7]},
    )


def chance_to_be_first(given):
    counts = given["crimes in 12 months"]
    rates = shrink(counts, 12, usual_of_the_others(counts, 12))
    found = top_k_probability(rates, 1, rng=np.random.default_rng(SEED), draws=20_000)
    return {"chances in 100 to be first": 100 * found.chance}


def test_a_narrow_lead_is_no_certain_rank(spec):
    """Two places that differ little may both be first; a place far ahead is surely first."""
    places = ["Mill Lane", "Kiln Road", "Park Walk"]
    spec(
        {"place": places, "crimes in 12 months": [52, 48, 10]},
        chance_to_be_first,
        {"chances in 100 to be first": [64, 36, 0]},
    )
    spec(
        {"place": places, "crimes in 12 months": [99, 48, 10]},
        chance_to_be_first,
        {"chances in 100 to be first": [100, 0, 0]},
    )
