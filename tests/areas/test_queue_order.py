"""The order of next areas: what competes, what each criterion does, why a place waits."""

import shutil
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from tests.areas import counties
from tests.areas import queue_world as world
from tests.areas.queue_world import NAMES, NOW, TODAY, names, queue, row_of

from studytours.areas import facts, operations
from studytours.areas.models import Hold, Weighting
from studytours.areas.places import home_force
from studytours.areas.queue.criteria import USUAL
from studytours.areas.queue.order import current_queue
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
def known(monkeypatch):
    """Facts of areas as a higher context would give them: known[area] = {...}."""
    given = {}
    monkeypatch.setattr(
        facts, "_PROVIDERS", [lambda areas, today: {one.pk: given[one] for one in given}]
    )
    return given


def test_a_place_waits_only_until_a_day_to_come_and_with_a_reason(county):
    place = queue().rows[0].place
    for reason, day, why in (("", date(2026, 2, 1), "why it waits"), ("Works.", TODAY, "to come")):
        with pytest.raises(Refused, match=why):
            operations.let_wait(place, reason=reason, review_on=day, now=NOW)
    with pytest.raises(Refused, match="to come"):
        operations.let_wait(place, reason="Works.", review_on=None, now=NOW)
    assert not Hold.objects.exists()


def test_counts_alone_give_the_order_of_counts(county):
    found = queue(only={"crime": 5})
    assert names(found.rows) == NAMES
    assert [row.by_counts for row in found.rows] == [1, 2, 3, 4]
    assert [row.figures.recorded for row in found.rows] == [84, 60, 36, 12]


def test_every_point_is_accounted_for(county):
    for row in queue().rows:
        assert sum(part.points for part in row.parts) == pytest.approx(row.points)
        assert 0 <= row.points <= 100
        assert [part.criterion.key for part in row.parts] == list(USUAL)


def test_a_criterion_of_weight_zero_gives_nothing_and_publishing_is_kept_as_history(county):
    world.publish("First.")
    world.publish("Crime does not count.", crime=0, rate=0)
    found = current_queue(TODAY)
    assert all(part.points == 0 for row in found.rows for part in row.parts[:2])
    assert found.rules.reason == "Crime does not count."
    assert Weighting.objects.count() == 2
    assert Event.objects.filter(kind="weights_published").count() == 2


def test_towns_take_turns(county):
    assert [row.figures.town for row in queue(only={"crime": 1, "town": 5}).rows] == [
        "Millby", "Newton", "Millby", "Newton",
    ]  # fmt: skip


def test_an_area_replaces_the_walkable_place_it_covers_and_is_listed_once(county):
    area = world.area_at(0, "Mill End")
    found = queue()
    assert len(found.rows) == 4
    assert row_of(found, "Mill End").place.area == area
    assert "Mill Lane" not in names(found.rows)


def test_small_areas_and_wards_can_compete_instead(county):
    small = queue(compete="lsoa")
    assert {row.place.key for row in small.rows} == {f"lsoa:{counties.code(n)}" for n in range(4)}
    assert {row.place.name for row in queue(compete="ward").rows} == {f"Ward {n}" for n in range(4)}
    assert small.row(f"lsoa:{counties.code(0)}").figures.recorded == 84
    assert small.row("lsoa:E09999999") is None


def test_areas_made_from_wards_or_small_areas_are_counted_by_code(county):
    world.area_at(3, "By ward", made_from="wards", codes=["E05000000"])
    world.area_at(2, "By small area", made_from="lsoas", codes=[counties.code(1)])
    found = queue()
    assert row_of(found, "By ward").figures.recorded == 84
    assert row_of(found, "By small area").figures.recorded == 60
    assert row_of(found, "By ward").figures.households == 400


def test_an_area_of_another_force_competes_and_its_crimes_are_not_known(county):
    world.area_at(0, "Over the border", force="elsewhere")
    row = row_of(queue(), "Over the border")
    assert row.by_counts == 0
    assert "Not known" in row.parts[0].said


def test_only_places_of_one_town_where_that_is_asked(county):
    assert names(queue(town=" newton ", only={"crime": 1}).rows) == ["Park Walk", "Church End"]
    assert queue(town="Atlantis").rows == ()


def test_requests_move_a_place_up_and_below_five_are_never_told_apart(county):
    world.ask(3)
    few = row_of(queue(), "Church End")
    world.ask(3, times=3)
    cache.clear()
    four = row_of(queue(), "Church End")
    assert (few.points, few.parts[5].said) == (four.points, four.parts[5].said)
    assert few.parts[5].said == "People asked for a walk fewer than five times"
    world.ask(3, times=4)
    eight = row_of(queue(requests=5), "Church End")
    assert eight.figures.requests == 8
    assert eight.rank == 1
    assert eight.parts[5].said == "People asked for a walk 8 times"


def test_hidden_and_old_requests_do_not_count(county):
    world.ask(3, days_ago=800)
    world.ask(3)
    asked = operations.ask_for_walk(lat=counties.spot(3)[0], lon=counties.spot(3)[1], now=NOW)
    operations.hide_request(asked, why="A test")
    assert row_of(queue(), "Church End").figures.requests == 1


def test_a_place_that_only_residents_name_competes_too(county, settings):
    """Two hundred metres beyond the circle of Church End, near its map point all the same."""
    far = operations.ask_for_walk(lat=counties.spot(3)[0], lon=counties.spot(3)[1], now=NOW)
    type(far).objects.filter(pk=far.pk).update(lon=far.lon + 0.03, place="Quarry Lane")
    found = queue()
    row = row_of(found, "Quarry Lane")
    assert (row.place.kind, row.figures.requests, row.figures.recorded) == ("asked", 1, 0)
    assert "from=circle" in row.place.make


def test_a_walk_answers_the_requests_before_it(county, known):
    known[world.area_at(3, "Church End")] = {"last_walk": TODAY - timedelta(days=20), "walks": 1}
    world.ask(3, days_ago=30)
    world.ask(3, days_ago=5)
    assert row_of(queue(), "Church End").figures.requests == 1


def test_a_place_walked_lately_with_promises_in_hand_says_why_not_yet(county, known):
    known[world.area_at(0, "Mill End")] = {
        "last_walk": date(2025, 8, 10), "walks": 1, "in_hand": 3, "last_due": date(2026, 5, 1),
        "late": 1, "measures": 2, "to_check": 1,
    }  # fmt: skip
    row = row_of(queue(since=5, promises=5), "Mill End")
    text = " ".join(row.not_yet)
    assert "We walked here 5 months ago." in text
    assert "3 promises made here are still in hand; the last is due on 1 May 2026." in text
    assert row.parts[7].said == "3 promises in hand; 1 late"
    assert row.parts[6].said == "Walked 5 months ago"


def test_late_promises_bring_an_area_back(county, known):
    area = world.area_at(0, "Mill End")
    known[area] = {"in_hand": 2}
    waiting = row_of(queue(), "Mill End").points
    known[area] = {"late": 2}
    assert row_of(queue(), "Mill End").points > waiting


def test_a_town_that_had_walks_says_so(county, known):
    known[world.area_at(0, "Mill End", town="Millby")] = {"last_walk": TODAY, "walks": 2}
    rows = queue(only={"crime": 1, "town": 5}).rows
    kiln = next(row for row in rows if row.place.name == "Kiln Road")
    assert "Millby had or has planned 2 walks in two years." in kiln.not_yet
    assert rows[0].figures.town == "Newton"


def test_a_planned_walk_takes_a_place_out_of_the_order(county, known):
    known[world.area_at(0, "Mill End")] = {"planned": date(2026, 3, 14)}
    found = queue()
    assert [row.waits for row in found.waiting] == ["A walk is planned for 14 March 2026."]
    assert "Mill End" not in names(found.rows)
    assert [row.rank for row in found.rows] == [1, 2, 3]


def test_the_office_lets_a_place_wait_with_a_public_reason_and_takes_it_up_again(county):
    place = queue(only={"crime": 1}).rows[0].place
    hold = operations.let_wait(place, reason="Works.", review_on=date(2026, 6, 1), now=NOW)
    found = queue()
    assert [row.waits for row in found.waiting] == ["Works. We look at it again on 1 June 2026."]
    assert found.waiting[0].hold == hold
    operations.take_up_again(hold, now=NOW)
    operations.take_up_again(hold, now=NOW)
    assert not queue().waiting
    assert Event.objects.filter(kind="place_taken_up").count() == 1


def test_when_the_review_date_has_come_the_place_is_back_and_the_desk_is_told(county):
    place = queue().rows[0].place
    hold = operations.let_wait(place, reason="Works.", review_on=date(2026, 2, 1), now=NOW)
    Hold.objects.filter(pk=hold.pk).update(review_on=TODAY)
    found = queue()
    assert (found.waiting, found.lapsed) == ((), (hold,))


def test_a_place_kept_back_is_named_nowhere_in_the_public_order(county):
    world.area_at(0, "Secret Row", is_public=False)
    found = queue(only={"crime": 1})
    assert found.rows[0].place.name == "Secret Row"
    shown = found.public()
    assert [row.rank for row in shown.rows] == [1, 2, 3]
    assert shown.rows[0].not_yet == ()
    assert "Secret Row" not in str([row.not_yet for row in shown.rows])


def test_the_force_is_the_offices_own_or_the_only_one(county):
    assert home_force() == "millshire"
