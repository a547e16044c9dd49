"""Where a series must not be read across."""

import pytest

from studytours.crime.breaks import breaks
from studytours.crime.months import months_between

KENT = "kent"


def between(first, last, leave_out=()):
    return [month for month in months_between(first, last) if month not in leave_out]


def kinds(force, held, **asked):
    return [(one.kind, one.first, one.last) for one in breaks(force, held, **asked)]


def test_without_months_nothing_breaks():
    assert breaks(KENT, []) == []


def test_a_whole_series_of_ordinary_years_has_no_break():
    assert breaks(KENT, between("2022-01", "2025-12")) == []


def test_each_run_of_missing_months_is_a_break_and_one_sentence_names_them_all():
    held = between("2024-01", "2025-12", ["2024-03", "2024-06", "2024-07"])
    assert kinds(KENT, held) == [
        ("missing", "2024-03", "2024-03"),
        ("missing", "2024-06", "2024-07"),
    ]
    (words,) = {one.words for one in breaks(KENT, held)}
    assert "March 2024, June 2024 to July 2024" in words
    assert "not counted as zero" in words


def test_the_pandemic_is_marked_only_where_months_of_it_are_held():
    assert ("pandemic", "2020-03", "2021-07") in kinds(KENT, between("2021-01", "2022-12"))
    assert kinds(KENT, between("2021-08", "2022-12")) == []


@pytest.mark.parametrize("crimes, marked", [("acquisitive", True), ("shoplifting", False)])
def test_new_headings_of_2013_are_marked_for_the_crimes_they_concern(crimes, marked):
    held = between("2012-01", "2014-12")
    expected = [("heading", "2013-05", "2013-05")] if marked else []
    assert kinds(KENT, held, crimes=crimes) == expected


def test_greater_manchester_ends_in_june_2019_and_says_so():
    (stopped,) = breaks("greater-manchester", between("2018-01", "2019-06"))
    assert (stopped.kind, stopped.first) == ("stopped", "2019-07")
    assert "Greater Manchester Police has published no crimes for maps since July 2019" in (
        stopped.words
    )


def test_breaks_come_in_order():
    held = between("2019-01", "2025-12", ["2019-05", "2022-02"])
    assert [one.first for one in breaks(KENT, held)] == ["2019-05", "2020-03", "2022-02"]
