"""Residents ask for a walk: no account, no home, no flood, and nothing kept longer than said."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from tests.areas import counties
from tests.areas.queue_world import NOW

from studytours.areas import operations
from studytours.areas.models import WalkRequest
from studytours.core.errors import Refused, TooMany
from studytours.core.models import Event, Message

pytestmark = pytest.mark.django_db
HERE = dict(zip(("lat", "lon"), counties.spot(0), strict=True))


@pytest.fixture(scope="module")
def county_of_the_module(for_the_module):
    counties.import_county(for_the_module, first="2025-12")


@pytest.fixture(autouse=True)
def county(county_of_the_module, in_its_folder):
    cache.clear()


def test_a_place_near_nothing_we_know_is_refused():
    with pytest.raises(Refused, match="not near any street"):
        operations.ask_for_walk(lat=57.0, lon=-4.0, words="Here.", now=NOW)


def test_a_seventh_request_in_an_hour_from_one_address_is_refused():
    for _ in range(6):
        operations.ask_for_walk(**HERE, address="192.0.2.1", now=NOW)
    with pytest.raises(TooMany):
        operations.ask_for_walk(**HERE, address="192.0.2.1", now=NOW)
    operations.ask_for_walk(**HERE, address="192.0.2.2", now=NOW)
    assert WalkRequest.objects.count() == 7


def test_it_is_kept_under_the_name_of_a_street_not_of_a_home():
    asked = operations.ask_for_walk(
        lat=HERE["lat"] + 0.001, lon=HERE["lon"], words=" Dark. ", now=NOW
    )
    assert (asked.place, asked.lat, asked.lon) == ("Mill Lane", HERE["lat"], HERE["lon"])
    assert asked.words == "Dark."


def test_the_record_of_what_happened_holds_no_word_and_no_address():
    operations.ask_for_walk(**HERE, words="It is dark.", email="kim@example.org", now=NOW)
    assert Event.objects.get(kind="walk_asked_for").summary == "A walk is wished for near Mill Lane"


def test_hiding_needs_a_reason_and_can_be_undone():
    asked = operations.ask_for_walk(**HERE, words="Rude.", now=NOW)
    with pytest.raises(Refused, match="why it is hidden"):
        operations.hide_request(asked, why=" ")
    operations.hide_request(asked, why="Abuse", now=NOW)
    assert WalkRequest.objects.get().hidden_at == NOW
    operations.show_request(asked)
    operations.show_request(asked)
    assert WalkRequest.objects.get().hidden_at is None
    assert Event.objects.filter(kind="request_shown").count() == 1


def test_an_answer_goes_out_once_and_the_address_is_gone():
    asked = operations.ask_for_walk(**HERE, email="kim@example.org", now=NOW)
    with pytest.raises(Refused, match="empty"):
        operations.answer_request(asked, words=" ")
    operations.answer_request(asked, words="We come in May.", now=NOW)
    assert "We come in May." in Message.objects.get().text
    assert WalkRequest.objects.get().email == ""
    with pytest.raises(Refused, match="no address"):
        operations.answer_request(asked, words="Again.")


def test_addresses_are_forgotten_after_half_a_year_and_requests_after_two():
    old, late, new = (
        operations.ask_for_walk(**HERE, email="kim@example.org", now=NOW - timedelta(days=days))
        for days in (740, 190, 10)
    )
    assert operations.forget_requests(now=NOW) == 2
    assert not WalkRequest.objects.filter(pk=old.pk).exists()
    assert WalkRequest.objects.get(pk=late.pk).email == ""
    assert WalkRequest.objects.get(pk=new.pk).email
    assert operations.forget_requests(now=NOW) == 0
