"""Where we walk next, and asking for a walk: for everyone, with nothing private in it."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from tests.areas import counties
from tests.areas import queue_world as world

from studytours.areas import operations
from studytours.areas.models import WalkRequest
from studytours.core.models import Tries

pytestmark = pytest.mark.django_db
NEXT, ASK = "/areas/next/", "/areas/ask/"
PLACE = ",".join(map(str, counties.spot(0)))


@pytest.fixture(scope="module")
def county_of_the_module(for_the_module):
    world.import_everything(for_the_module)


@pytest.fixture
def county(county_of_the_module, in_its_folder):
    cache.clear()


def key_of(page):
    return re.search(r'name="form_key" value="([^"]+)"', page.content.decode())[1]


def send(client, **typed):
    return client.post(ASK, {"place": PLACE, "words": "It is dark.", "step": "send"} | typed)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"place": ""}, "Find a place by name"),
        ({"place": "", "q": "Mill"}, "Pick one of the places"),
        ({"place": "", "q": "Atlantis"}, "No place of this name"),
        ({"place": "1,1"}, "not in the United Kingdom"),
        ({"place": "57.0,-4.0"}, "outside the area where we walk"),
        ({"place": "52.304,-0.76"}, "not near any street"),
        ({"at": "here"}, "two numbers"),
        ({"words": ""}, "required"),
        ({"email": "kim"}, "valid email"),
    ],
)
def test_what_cannot_be_counted_is_refused_and_what_was_typed_stays(county, client, typed, why):
    answer = send(client, **typed)
    assert answer.status_code in (400, 409)
    assert why.casefold() in answer.content.decode().casefold()
    assert not WalkRequest.objects.exists()


def test_a_flood_from_one_connection_is_refused(county, client):
    for at in range(6):
        assert send(client, words=f"Dark {at}.").status_code == 302
    assert send(client, words="Dark again.").status_code == 429
    assert Tries.objects.filter(key__startswith="ask:").exists()


def test_a_script_that_fills_every_field_is_thanked_and_not_counted(county, client):
    assert send(client, website="http://spam.example").status_code == 302
    assert not WalkRequest.objects.exists()


def test_a_place_is_found_by_name_without_a_map_or_script(county, client):
    found = client.post(ASK, {"q": "mill", "words": "Dark.", "step": "find"})
    assert found.status_code == 200
    text = found.content.decode()
    assert 'type="radio"' in text and "Mill Lane" in text
    assert "Dark." in text and "There is a problem" not in text
    nothing = client.post(ASK, {"q": "Atlantis", "step": "find"})
    assert "No street or landmark of this name" in nothing.content.decode()


def test_a_form_posted_twice_makes_one_request(county, client):
    key = key_of(client.get(ASK))
    for _ in range(2):
        answer = send(client, form_key=key, email="kim@example.org")
        assert answer.headers["Location"] == NEXT
    asked = WalkRequest.objects.get()
    assert (asked.place, asked.email) == ("Mill Lane", "kim@example.org")
    assert "Thank you" in client.get(NEXT).content.decode()


def test_a_point_on_the_map_becomes_the_street_nearest_to_it(county, client):
    lat, lon = counties.spot(1)
    send(client, place="", at=f"{lat + 0.002}, {lon}")
    assert WalkRequest.objects.get().place == "Kiln Road"


def test_the_public_order_shows_weights_reasons_and_dates(county, client):
    world.publish("Homes first.", homes=5)
    text = client.get(NEXT).content.decode()
    assert "Homes first." in text
    assert "January 2025 to December 2025" in text
    assert "Weight 5 of 5" in text
    assert "Why not yet:" in text and "Kiln Road" in text


def test_words_addresses_and_exact_small_numbers_of_people_are_not_in_it(county, client):
    for _ in range(3):
        operations.ask_for_walk(
            lat=counties.spot(3)[0], lon=counties.spot(3)[1], words="Neighbour Kim shouts.",
            email="kim@example.org",
        )  # fmt: skip
    text = client.get(NEXT).content.decode()
    assert "fewer than five times" in text
    assert "3 times" not in text and "3 requests" not in text
    assert "Kim" not in text and "kim@" not in text


def test_a_place_that_waits_says_why_and_a_chosen_one_too(county, client):
    first, second = world.published().rows[:2]
    review = timezone.localdate() + timedelta(days=40)
    operations.let_wait(first.place, reason="The road is dug up.", review_on=review)
    operations.decide(second.place.key, reason="A school asked us.")
    text = client.get(NEXT).content.decode()
    assert "The road is dug up. We look at it again on" in text
    assert "Chosen next" in text and "A school asked us." in text


def test_places_that_cannot_compete_are_no_error_for_the_public(county, client):
    operations.publish_weights({"crime": 1}, reason="Wards.", compete="ward")
    assert client.get(NEXT).status_code == 200
