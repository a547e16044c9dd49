"""What the register takes and refuses."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.threads import all_at_once

from studytours.core import operations as core
from studytours.core.errors import Refused
from studytours.core.models import Event
from studytours.measures import operations
from studytours.measures.dates import check_partial, span_in_words
from studytours.measures.models import Measure
from studytours.measures.rules import WrongField, months_later, suggested_check

from .conftest import NOW

FINE = {"kind": "cctv", "name": "Cameras", "place": "Olympic Way", "now": NOW}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "moat"), ("name", "  "), ("place", ""), ("count", 0), ("count", -3),
        ("cost", Decimal("-1")), ("installed_from", "spring 2023"), ("installed_from", "2023-13"),
        ("installed_from", "2023-02-30"), ("lat", 52.3), ("name", "x" * 121),
    ],
)  # fmt: skip
def test_a_wrong_field_is_refused_by_name(db, field, value):
    with pytest.raises(WrongField) as refusal:
        operations.register_measure(**{**FINE, field: value})
    assert refusal.value.field == field
    assert not Measure.objects.exists()


@pytest.mark.parametrize("point", [(48.85, 2.35), (-0.71, 52.3), (float("nan"), 0.0)])
def test_a_point_outside_the_country_is_refused(db, point):
    with pytest.raises(Refused, match="not in Great Britain"):
        operations.register_measure(**FINE, lat=point[0], lon=point[1])


def test_an_end_before_the_beginning_is_refused(db):
    with pytest.raises(WrongField, match="cannot end before it began"):
        operations.register_measure(**FINE, installed_from="2023-06", installed_to="2023-04")


def test_a_year_may_end_in_a_month_of_the_same_year(db):
    made = operations.register_measure(**FINE, installed_from="2023-04", installed_to="2023")
    assert made.installed_to == "2023"


def test_a_removed_measure_is_not_changed(gates):
    operations.remove_measure(gates, reason="Sold for scrap", now=NOW)
    with pytest.raises(Refused, match="was removed"):
        operations.change_measure(gates, name="Other", now=NOW)


def test_a_measure_is_removed_once_and_with_a_reason(gates):
    with pytest.raises(Refused, match="Say why"):
        operations.remove_measure(gates, reason=" ", now=NOW)
    operations.remove_measure(gates, reason="Alley was built over", now=NOW)
    assert (gates.removed_on, gates.next_check) == (NOW.date(), None)
    with pytest.raises(Refused, match="removed before"):
        operations.remove_measure(gates, reason="Again", now=NOW)


def test_a_removal_can_be_taken_back(gates):
    with pytest.raises(Refused, match="still stands"):
        operations.restore_measure(gates, now=NOW)
    operations.remove_measure(gates, reason="Mistake", now=NOW)
    operations.restore_measure(gates, now=NOW)
    assert (gates.removed_on, gates.next_check) == (None, NOW.date())


def test_numbers_run_on_from_the_last(db):
    refs = [operations.register_measure(**FINE).ref for _ in range(3)]
    assert refs == ["M-0001", "M-0002", "M-0003"]


def test_a_number_that_someone_else_took_in_the_meantime_is_left_to_them(gates, monkeypatch):
    """Two people read no number as the last one; the second saves after the first."""
    read = iter(["M-0001", "M-0002"])
    monkeypatch.setattr(core, "_next_ref", lambda *_: next(read))
    assert operations.register_measure(**FINE).ref == "M-0002"
    gates.refresh_from_db()
    assert gates.name == "Kilnway gates"


@pytest.mark.django_db(transaction=True)
def test_measures_registered_at_once_get_numbers_of_their_own():
    def register():
        return [operations.register_measure(**FINE).ref for _ in range(4)]

    refs = sorted(ref for result in all_at_once(*[register] * 4) for ref in result)
    assert refs == [f"M-{number:04d}" for number in range(1, 17)]


def test_a_new_measure_is_due_at_once_unless_a_day_is_given(db):
    assert operations.register_measure(**FINE).next_check == date(2026, 3, 2)
    later = operations.register_measure(**FINE, next_check=date(2026, 9, 1))
    assert later.next_check == date(2026, 9, 1)


def test_a_change_names_what_changed(gates, coordinator):
    operations.change_measure(gates, count=13, place=gates.place, by=coordinator, now=NOW)
    event = Event.objects.get(kind="measure_changed")
    assert (event.data, event.by) == ({"fields": ["count"]}, coordinator)


def test_a_change_of_nothing_records_nothing(gates):
    operations.change_measure(gates, name=gates.name, now=NOW)
    assert not Event.objects.filter(kind="measure_changed").exists()


@given(day=st.dates(date(2000, 1, 1), date(2100, 1, 1)), months=st.integers(1, 60))
def test_months_later_is_in_the_right_month_on_the_nearest_day(day, months):
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


def test_a_broken_measure_is_looked_at_sooner():
    day = date(2026, 8, 31)
    assert suggested_check(day, "works") == date(2027, 2, 28)
    assert suggested_check(day, "sometimes") == date(2026, 11, 30)
    assert suggested_check(day, "broken") == date(2026, 9, 14)
    assert suggested_check(day, "works", "very_poor") == date(2026, 9, 14)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2023-04", "2023-06", "April to June 2023"), ("2023", "", "2023"),
        ("2022-11", "2023-02", "November 2022 to February 2023"),
        ("2023-04-18", "", "18 April 2023"), ("", "", ""), ("2023", "2024", "2023 to 2024"),
    ],
)  # fmt: skip
def test_dates_are_said_as_exactly_as_they_are_known(start, end, words):
    assert span_in_words(start, end) == words


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_is_refused_with_a_cure(text):
    try:
        check_partial(text)
    except ValueError as error:
        assert str(error).endswith(".")
    else:
        assert len(text) in (4, 7, 10)
