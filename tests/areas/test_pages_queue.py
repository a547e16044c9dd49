"""The queue at the desk: who may do what, trying without saving, and forms taken once."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.areas import pages_world as world

from studytours.areas import operations
from studytours.areas.models import Decision, Hold, WalkRequest, Weighting
from studytours.areas.queue.criteria import USUAL
from studytours.areas.queue.order import current_queue

pytestmark = pytest.mark.django_db
QUEUE = "/desk/choose/queue/"
WEIGHTS = {f"w_{key}": weight for key, weight in USUAL.items()} | {
    "compete": "walkable", "crimes": "acquisitive", "town": "",
}  # fmt: skip


@pytest.fixture
def people():
    cache.clear()
    return world.people()


@pytest.fixture
def county(testham, people):
    return people


@pytest.fixture
def desk(client, people):
    client.force_login(people["coordinator"])
    return client


def first_key():
    return current_queue().rows[0].place.key


def key_of(page):
    return re.search(r'name="form_key" value="([^"]+)"', page.content.decode())[1]


def test_an_analyst_looks_and_tries_but_publishes_nothing(county, client):
    client.force_login(county["analyst"])
    text = client.get(QUEUE, WEIGHTS | {"w_crime": 5}).content.decode()
    assert "You are trying other weights" in text
    assert "Publish these weights" not in text and "Choose this place" not in text
    assert client.post(f"{QUEUE}weights/", WEIGHTS | {"reason": "Mine."}).status_code == 403
    assert not Weighting.objects.exists()


@pytest.mark.parametrize(
    "typed", [{"w_crime": "9"}, {"w_crime": "many"}, {"crimes": "<script>"}, {"compete": "x"},
              dict.fromkeys((f"w_{key}" for key in USUAL), 0)],
)  # fmt: skip
def test_weights_that_make_no_sense_show_what_is_wrong_beside_the_published_order(
    county, desk, typed
):
    page = desk.get(QUEUE, WEIGHTS | typed)
    assert page.status_code == 400
    assert "There is a problem" in page.content.decode()
    assert page.context["tried"] is None and page.context["queue"].rows


def test_places_that_cannot_compete_say_what_is_missing(county, desk):
    page = desk.get(QUEUE, WEIGHTS | {"compete": "ward"})
    assert page.status_code == 409
    assert "lookup" in page.content.decode()


def test_trying_saves_nothing(county, desk):
    page = desk.get(QUEUE, WEIGHTS | {"w_crime": 5, "w_homes": 0})
    assert page.context["queue"].rules.weights["crime"] == 5
    assert not Weighting.objects.exists()
    assert desk.get(QUEUE).context["queue"].rules.weights == USUAL


def test_a_ready_made_set_of_weights_can_be_tried(county, desk):
    page = desk.get(QUEUE, {"preset": "counts"})
    assert page.context["tried"].weights["crime"] == 5
    assert desk.get(QUEUE, {"preset": "nonsense"}).context["tried"] is None


def test_publishing_needs_a_reason_and_keeps_what_was_tried(county, desk):
    sent = desk.post(f"{QUEUE}weights/", WEIGHTS | {"w_crime": 4, "reason": ""}, follow=True)
    assert "Not published" in sent.content.decode()
    assert sent.context["tried"].weights["crime"] == 4
    assert not Weighting.objects.exists()


def test_weights_posted_twice_are_published_once(county, desk):
    form = WEIGHTS | {"w_crime": 4, "reason": "We agreed.", "form_key": key_of(
        desk.get(QUEUE, WEIGHTS))}  # fmt: skip
    for _ in range(2):
        assert desk.post(f"{QUEUE}weights/", form).status_code == 302
    assert Weighting.objects.get().weights["crime"] == 4
    assert "We agreed." in desk.get(QUEUE).content.decode()


def test_each_place_shows_its_rank_by_counts_what_each_criterion_did_and_its_bar(county, desk):
    text = desk.get(QUEUE).content.decode()
    assert "By counts alone: <strong>1</strong>" in text
    assert 'role="img" aria-label="' in text and "of 100 points: " in text
    assert "What each criterion did" in text
    assert "January 2025 to December 2025" in text


def test_a_place_is_let_wait_and_taken_up_again(county, desk):
    address = f"{QUEUE}wait/?place={first_key()}"
    assert desk.post(address, {"reason": "", "review_on": ""}).status_code == 400
    past = desk.post(address, {"reason": "Works.", "review_on": "2020-01-01"})
    assert past.status_code == 400 and "to come" in past.content.decode()
    day = timezone.localdate() + timedelta(days=50)
    form = {"reason": "Works.", "review_on": f"{day}", "form_key": key_of(desk.get(address))}
    for _ in range(2):
        desk.post(address, form)
    hold = Hold.objects.get()
    assert "Works. We look at it again on" in desk.get(QUEUE).content.decode()
    desk.post(f"{QUEUE}wait/{hold.pk}/end/")
    assert not desk.get(QUEUE).context["queue"].waiting


def test_a_place_that_is_not_in_the_queue_is_not_found(county, desk):
    for page in ("wait", "decide"):
        assert desk.get(f"{QUEUE}{page}/?place=near:1,1").status_code == 404


def test_a_decision_leads_to_the_form_of_the_area_with_its_reason(county, desk):
    address = f"{QUEUE}decide/?place={first_key()}"
    assert desk.post(address, {"reason": ""}).status_code == 400
    form = {"reason": "Residents & shops asked.", "form_key": key_of(desk.get(address))}
    answers = [desk.post(address, form) for _ in range(2)]
    decision = Decision.objects.get()
    assert {one.headers["Location"] for one in answers} == {decision.get_desk_url()}
    text = desk.get(decision.get_desk_url()).content.decode()
    link = re.search(r'href="(/desk/areas/new/\?from=suggestion[^"]*)"', text)[1]
    area_form = desk.get(link.replace("&amp;", "&")).context["form"]
    assert area_form["why"].value() == "Residents & shops asked."
    assert area_form["name"].value()


def test_a_decision_is_worked_out_again_on_its_page_and_can_be_withdrawn(county, desk):
    decision = operations.decide(first_key(), reason="Because.")
    page = desk.get(f"{decision.get_desk_url()}?again=1")
    assert page.context["replay"].same
    assert "The same numbers" in page.content.decode()
    Decision.objects.update(criteria_version=0)
    assert "version 0" in desk.get(f"{decision.get_desk_url()}?again=1").content.decode()
    assert decision.name in desk.get("/desk/choose/decisions/").content.decode()
    assert decision.name in desk.get(QUEUE).content.decode()
    desk.post(f"{decision.get_desk_url()}withdraw/")
    assert "Withdrawn" in desk.get(decision.get_desk_url()).content.decode()


def test_numbers_that_came_out_otherwise_are_listed(county, desk):
    decision = operations.decide(first_key(), reason="Because.")
    decision.places[0]["figures"]["yearly"] += 1
    decision.save()
    text = desk.get(f"{decision.get_desk_url()}?again=1").content.decode()
    assert "Other numbers" in text and "yearly" in text


def test_for_an_area_the_decision_leads_to_its_tour(county, desk):
    world.an_area(by=county["coordinator"])
    decision = operations.decide("area:queensway", reason="Because.")
    text = desk.get(decision.get_desk_url()).content.decode()
    assert "/desk/tours/new/?area=queensway" in text


def test_requests_are_read_hidden_shown_and_answered(county, desk):
    lat, lon = world.middle(3)
    asked = operations.ask_for_walk(lat=lat, lon=lon, words="<b>Dark</b>", email="kim@example.org")
    at = f"/desk/choose/requests/{asked.pk}"
    assert "&lt;b&gt;Dark" in desk.get("/desk/choose/requests/").content.decode()
    assert "Nothing was changed" in desk.post(f"{at}/hide/", {}, follow=True).content.decode()
    desk.post(f"{at}/hide/", {"why": "Abuse"})
    assert "Abuse" in desk.get("/desk/choose/requests/?hidden").content.decode()
    desk.post(f"{at}/show/")
    desk.post(f"{at}/answer/", {"words": "In May."})
    assert WalkRequest.objects.get().email == ""
    again = desk.post(f"{at}/answer/", {"words": "In June."}, follow=True)
    assert "no address" in again.content.decode()


def test_only_coordinators_read_what_residents_wrote(county, client):
    client.force_login(county["analyst"])
    assert client.get("/desk/choose/requests/").status_code == 403


def test_many_areas_requests_and_holds_need_no_more_queries_than_few(county, desk):
    def fill(number):
        for at in range(number):
            lat, lon = world.middle(at % 6 + 1)
            world.an_area_at(lat + 0.002 * (at // 6), lon, 120)
            operations.ask_for_walk(lat=lat, lon=lon)
        operations.let_wait(
            current_queue().rows[0].place, reason="Works.",
            review_on=timezone.localdate() + timedelta(days=9),
        )  # fmt: skip

    def queries():
        desk.get(QUEUE)  # what is counted once is kept
        with CaptureQueriesContext(connection) as asked:
            desk.get(QUEUE)
        return len(asked)

    fill(2)
    few = queries()
    fill(5)
    assert queries() == few
