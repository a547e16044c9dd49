"""A decision keeps what it rests on, and comes out the same when it is worked out again."""

import copy
import shutil
from datetime import timedelta

import pytest
from django.core.cache import cache
from tests.areas import counties
from tests.areas import queue_world as world
from tests.areas.files import table
from tests.areas.queue_world import NOW, names, queue

from studytours.areas import facts, operations
from studytours.areas.models import Decision
from studytours.areas.queue.vintage import replay
from studytours.core.errors import Refused
from studytours.core.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def county_of_the_module(for_the_module):
    world.import_everything(for_the_module)
    return for_the_module / "crime"


@pytest.fixture
def county(county_of_the_module, db, settings):
    cache.clear()
    shutil.copytree(county_of_the_module, settings.CRIME_ARCHIVE)


@pytest.fixture
def decision(county):
    world.ask(3, times=6)
    first = world.published().rows[0]
    return operations.decide(first.place.key, reason="People asked.", now=NOW)


def test_a_place_that_is_not_in_the_queue_is_refused(county):
    with pytest.raises(Refused, match="no longer in the queue"):
        operations.decide("near:1,2", reason="Because.", now=NOW)


def test_a_decision_without_a_reason_is_refused(county):
    with pytest.raises(Refused, match="why this place"):
        operations.decide(world.published().rows[0].place.key, reason=" ", now=NOW)
    assert not Decision.objects.exists()


def test_by_criteria_of_another_version_it_is_not_worked_out(decision):
    decision.criteria_version = 0
    with pytest.raises(Refused, match="version 0"):
        replay(decision)


def test_it_keeps_weights_places_and_what_they_rest_on(decision):
    assert len(decision.places) == 4
    assert [len(one["sha256"]) for one in decision.vintage["crime"]] == [64] * 12
    assert {one["kind"] for one in decision.vintage["statistics"]} == {
        "households", "deprivation", "lookup",
    }  # fmt: skip
    assert decision.chosen_place["rank"] == 1
    assert Event.objects.get(kind="place_decided").summary.endswith("People asked.")


def test_any_place_may_be_chosen_with_a_reason(county):
    last = world.published().rows[-1]
    made = operations.decide(last.place.key, reason="A school asked us.", now=NOW)
    assert made.chosen_place["rank"] == 4


def test_worked_out_again_it_gives_the_same_numbers(decision):
    again = replay(Decision.objects.get(pk=decision.pk))
    assert again.same
    assert len(again.again) == 2
    assert len(again.as_stored) == 1


def test_it_does_so_after_a_newer_month_and_newer_requests(decision, tmp_path):
    counties.import_county(tmp_path, first="2026-01", last="2026-01", places=(("Church End", 99),))
    world.ask(0, times=9)
    cache.clear()
    assert names(queue().rows) != [one["name"] for one in decision.places]
    again = replay(Decision.objects.get(pk=decision.pk))
    assert again.same
    assert again.again[0].startswith("Recorded crime")


def test_a_month_that_was_published_again_is_taken_as_written_down(decision, tmp_path):
    counties.import_county(tmp_path, first="2025-12", places=(("Church End", 99),))
    again = replay(Decision.objects.get(pk=decision.pk))
    assert again.same
    assert "published again" in again.as_stored[1]


def test_other_tables_of_homes_are_not_used(decision, tmp_path):
    head = "lsoa21_code,lsoa21_name,local_authority_name,residents,households"
    row = f"{counties.code(0)},M,Millshire,9,3"
    operations.import_statistics(table(tmp_path, f"{head}\n{row}", "homes-2031.csv"))
    again = replay(Decision.objects.get(pk=decision.pk))
    assert again.same
    assert "other tables" in again.as_stored[1]


def test_a_number_that_was_tampered_with_is_found(decision):
    changed = copy.deepcopy(decision)
    changed.places[0]["figures"]["yearly"] += 1
    changed.places[1]["points"]["homes"] = 0.5
    changed.places[1]["figures"]["households"] = None
    found = {(one.place, one.what) for one in replay(changed).differences}
    assert (decision.places[0]["name"], "yearly") in found
    assert (decision.places[1]["name"], "points for “Homes, not town centres”") in found
    assert (decision.places[1]["name"], "households") in found


def test_a_place_that_waited_then_waits_again_in_the_replay(county):
    place = queue().rows[0].place
    review = (NOW + timedelta(days=90)).date()
    operations.let_wait(place, reason="Works.", review_on=review, now=NOW)
    made = operations.decide(place.key, reason="The works ended early.", now=NOW)
    assert made.chosen_place["rank"] == 0
    assert replay(Decision.objects.get(pk=made.pk)).same


def test_a_chosen_place_leaves_the_order_and_its_town_has_had_its_turn(decision):
    found = world.published()
    assert [row.place.key for row in found.chosen] == [decision.chosen]
    assert found.chosen[0].waits == "We chose it on 15 January 2026. People asked."
    assert decision.chosen not in [row.place.key for row in found.rows]
    town = found.chosen[0].figures.town
    assert {row.figures.town_walks for row in found.rows if row.figures.town == town} == {1}


def test_a_decision_that_was_withdrawn_stays_and_its_place_is_back(decision):
    operations.withdraw_decision(decision, now=NOW)
    operations.withdraw_decision(decision, now=NOW)
    assert not world.published().chosen
    assert Decision.objects.count() == 1
    assert Event.objects.filter(kind="decision_withdrawn").count() == 1


def test_once_walked_a_place_competes_again(county, monkeypatch):
    area = world.area_at(0, "Mill End")
    operations.decide("area:mill-end", reason="Because.", now=NOW)
    known = {"last_walk": world.TODAY, "walks": 1}
    monkeypatch.setattr(facts, "_PROVIDERS", [lambda areas, today: {area.pk: known}])
    assert "Mill End" in names(world.published().rows)
