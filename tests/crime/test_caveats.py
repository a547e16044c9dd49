"""What is said beside a count."""

import pytest
from tests.crime.streets import as_csv, crime, month_file, unplaced

from studytours.crime.caveats import caveats
from studytours.crime.months import in_words, runs
from studytours.crime.queries import archive_summary, missing_months

pytestmark = pytest.mark.django_db
FORCE = "northamptonshire"


def said(**options):
    return " ".join(caveats(FORCE, **options))


def test_an_archive_without_the_force_says_that_first():
    assert caveats("kent") == ["No recorded crime of Kent Police has been imported yet."]


def test_months_covered_and_missing_are_named(importing):
    importing(month_file("2025-01"), month_file("2025-02"), month_file("2025-06"))
    words = said()
    assert "Northamptonshire Police in 3 months: January 2025 to June 2025" in words
    assert "missing and are not counted as zero: March 2025 to May 2025" in words
    assert "A choice should rest on 36 months, and these are 3" in words
    assert "anonymous map point" in words


def test_months_can_be_limited(importing):
    importing(month_file("2025-01"), month_file("2025-06"))
    assert "in 1 month: January 2025." in said(months=["2025-01"])
    assert "missing" not in said(months=["2025-01"])


def test_rows_without_a_place_are_said_with_their_share(importing):
    name = "2025-01/2025-01-northamptonshire-street.csv"
    importing((name, as_csv([crime(1), crime(2), crime(3), unplaced(4)])))
    assert "1 of 4 crimes (25.0 %)" in said()


def test_shoplifting_carries_its_caveat_and_other_crimes_do_not(importing):
    importing(month_file())
    assert "can be good news" in said(crimes="acquisitive+retail")
    assert "can be good news" in said(crimes="all")
    assert "can be good news" not in said(crimes="acquisitive")


def test_pandemic_months_are_said(importing):
    importing(month_file("2021-01"))
    assert "pandemic months" in said()


def test_types_that_did_not_exist_before_2013_are_said(importing):
    importing(month_file("2012-12"))
    assert "bicycle theft and theft from the person had no heading of their own" in said()
    assert "Before May 2013" not in said(crimes="burglary")


def test_thirty_six_months_are_enough(importing):
    months = [f"{year}-{m:02d}" for year in (2022, 2023, 2024) for m in range(1, 13)]
    importing(*(month_file(month, 1) for month in months))
    assert "36" in said()
    assert "should rest on" not in said()


def test_runs_of_months_cross_the_turn_of_the_year():
    months = ["2024-12", "2025-01", "2025-03"]
    assert runs(months) == [("2024-12", "2025-01"), ("2025-03", "2025-03")]
    assert in_words(months) == "December 2024 to January 2025, March 2025"


def test_the_summary_tells_what_is_held_of_each_force(importing):
    importing(month_file("2025-01", 2), month_file("2025-03", 3), month_file(force="kent"))
    kent, northamptonshire = archive_summary()
    assert (kent["label"], kent["months"], kent["missing"]) == ("Kent", 1, [])
    assert northamptonshire["by_month"] == [2, 3]
    assert northamptonshire["missing_in_words"] == "February 2025"
    assert northamptonshire["by_type"] == {"Burglary": 5}
    assert missing_months("nowhere") == []
