"""What tours, actions and measures tell the queue of next areas; a site where nothing is yet."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.town import NOW

from studytours.actions.models import Action
from studytours.areas.facts import facts_of
from studytours.areas.models import Area
from studytours.areas.operations import change_area
from studytours.areas.queue.order import current_queue
from studytours.tours.models import Tour

pytestmark = pytest.mark.django_db
NEXT, ASK = "/areas/next/", "/areas/ask/"
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


def rows():
    return {row.place.name: row for row in current_queue(TODAY).everything}


def test_an_area_kept_back_is_not_in_the_public_order(client, town):
    assert "Osier Rows" in client.get(NEXT).content.decode()
    change_area(town.osier, is_public=False)
    assert "Osier Rows" not in client.get(NEXT).content.decode()


def test_walks_promises_and_measures_are_in_the_reasons(town):
    osier = rows()["Osier Rows"]
    assert osier.parts[6].said == "Walked 14 months ago"
    assert osier.figures.measures == 2
    assert osier.figures.in_hand + osier.figures.late == len(
        [one for one in Action.objects.filter(area=town.osier) if one.state in OPEN]
    )
    assert osier.figures.town_walks == 3


OPEN = ("agreed", "under_way", "deferred")


def test_a_walk_that_is_planned_or_under_way_makes_the_place_wait(town):
    assert rows()["Harbourside"].waits == "A walk is planned for 3 June 2026."
    assert rows()["Curlew Estate"].waits.startswith("A walk is planned for ")


def test_what_is_not_public_or_was_called_off_does_not_count(town):
    Tour.objects.filter(area=town.osier).update(is_public=False)
    Tour.objects.filter(area=town.curlew).update(state="cancelled")
    Action.objects.filter(area=town.osier).update(is_public=False)
    assert rows()["Osier Rows"].parts[6].said == "Never walked"
    assert rows()["Osier Rows"].figures.in_hand == 0
    assert rows()["Curlew Estate"].waits == ""


def test_facts_of_many_areas_need_as_many_queries_as_of_one(town):
    with CaptureQueriesContext(connection) as one:
        facts_of([town.osier], TODAY)
    with CaptureQueriesContext(connection) as all_of_them:
        facts_of(list(Area.objects.all()), TODAY)
    assert len(all_of_them) == len(one) + 1  # the list itself


def test_first_page_and_areas_lead_to_it(client):
    for page in ("/", "/areas/"):
        text = client.get(page).content.decode()
        assert NEXT in text and ASK in text
