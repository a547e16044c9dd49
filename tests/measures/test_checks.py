"""The log of a measure: append-only, once for each observation."""

import uuid
from datetime import date, timedelta

import pytest

from studytours.core.errors import Refused
from studytours.core.models import Event
from studytours.measures.operations import record_check, remove_measure

from .conftest import NOW


def test_a_check_of_a_removed_measure_is_refused(gates):
    remove_measure(gates, reason="Gone", now=NOW)
    with pytest.raises(Refused, match="can no longer be checked"):
        record_check(gates, works="works", by_whom="a walker", now=NOW)


def test_a_check_in_the_future_is_refused(gates):
    with pytest.raises(Refused, match="in the future"):
        record_check(gates, works="works", by_whom="a walker", at=NOW + timedelta(1), now=NOW)


@pytest.mark.parametrize(
    "wrong", [{"works": "perhaps"}, {"condition": "shiny"}, {"by_whom": "  "}], ids=str
)
def test_an_answer_that_is_not_one_is_refused(gates, wrong):
    with pytest.raises(Refused):
        record_check(gates, **{"works": "works", "by_whom": "a walker", **wrong}, now=NOW)
    assert not gates.checks.exists()


def test_the_same_observation_lands_once(gates):
    observation = uuid.uuid4()
    first = record_check(
        gates, works="broken", by_whom="a walker", observation=observation, now=NOW
    )
    again = record_check(gates, works="works", by_whom="a walker", observation=observation, now=NOW)
    assert again == first
    assert gates.checks.get().works == "broken"
    assert Event.objects.filter(kind="measure_checked").count() == 1


def test_a_broken_measure_records_a_fact_for_higher_contexts(gates):
    check = record_check(gates, works="broken", words="Latch gone", by_whom="a walker", now=NOW)
    event = Event.objects.get(kind="measure_broken")
    assert (event.about, event.data) == (f"measures.measure:{gates.pk}", {"check": check.pk})
    assert gates.next_check == date(2026, 3, 16)


def test_a_working_measure_does_not(gates):
    record_check(gates, works="works", by_whom="Greatwell Homes", now=NOW)
    assert not Event.objects.filter(kind="measure_broken").exists()
    assert gates.next_check == date(2026, 9, 2)


def test_an_older_check_that_comes_late_does_not_move_the_next_one(gates):
    record_check(gates, works="works", by_whom="a walker", now=NOW)
    record_check(gates, works="broken", by_whom="a walker", at=NOW - timedelta(30), now=NOW)
    assert gates.next_check == date(2026, 9, 2)
    assert [check.works for check in gates.checks.all()] == ["works", "broken"]


def test_a_person_may_choose_the_day_of_the_next_check(gates):
    day = date(2026, 4, 1)
    record_check(gates, works="works", by_whom="a walker", next_check=day, now=NOW)
    assert gates.next_check == day
