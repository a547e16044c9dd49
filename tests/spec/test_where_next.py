"""Places are ranked by their own past: crimes of each month are added up, and older months count
less. Nothing is guessed about why."""

import numpy as np

from placestats import decayed_counts

title = "Where will most crime be next?"


def by_month(*names, ages):
    """Rank places by the columns of these names, which are so many months old."""

    def answer(given):
        counts = np.column_stack([given[name] for name in names])
        found = decayed_counts(counts, ages=ages)
        return {
            "a month, weighed": found.per_month,
            "rank": 1 + np.argsort(np.argsort(-found.counts, kind="stable"), kind="stable"),
        }

    return answer


def test_a_crime_of_two_years_ago_counts_half(spec):
    """A crime of two years ago counts half as much as one of this month.

    Mill Lane had its trouble then, Kiln Road has it now.
    """
    spec(
        {"place": ["Mill Lane", "Kiln Road"], "24 months ago": [9, 0], "this month": [0, 9]},
        by_month("24 months ago", "this month", ages=[24, 0]),
        {"a month, weighed": [3.0, 6.0], "rank": [2, 1]},
    )


def test_a_steady_place_keeps_its_level(spec):
    """A place that is the same every month is expected to stay so."""
    spec(
        {
            "place": ["Park Walk", "Church End"],
            "24 months ago": [4, 1],
            "12 months ago": [4, 1],
            "this month": [4, 1],
        },
        by_month("24 months ago", "12 months ago", "this month", ages=[24, 12, 0]),
        {"a month, weighed": [4.0, 1.0], "rank": [1, 2]},
    )


def test_one_bad_month_does_not_outrank_a_bad_year(spec):
    """One bad month does not make a place the worst."""
    spec(
        {
            "place": ["Mill Lane", "Kiln Road"],
            "3 months ago": [5, 0],
            "2 months ago": [5, 0],
            "last month": [5, 0],
            "this month": [5, 12],
        },
        by_month("3 months ago", "2 months ago", "last month", "this month", ages=[3, 2, 1, 0]),
        {"rank": [1, 2]},
    )


def test_a_missing_month_is_unknown(spec):
    """A month that was never published is unknown, not a month without crime.

    Of four months one is missing. The place is still expected to have four crimes a month, not
    three.
    """
    spec(
        {"place": ["Mill Lane"], "3 months ago": [4], "2 months ago": [4], "this month": [4]},
        by_month("3 months ago", "2 months ago", "this month", ages=[3, 2, 0]),
        {"a month, weighed": [4.0]},
    )


def test_after_five_years_a_month_no_longer_counts(spec):
    """What happened five years ago or more no longer counts at all."""
    spec(
        {"place": ["Mill Lane", "Kiln Road"], "60 months ago": [500, 0], "this month": [1, 2]},
        by_month("60 months ago", "this month", ages=[60, 0]),
        {"a month, weighed": [1.0, 2.0], "rank": [2, 1]},
    )
