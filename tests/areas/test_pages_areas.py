"""The list of areas, an area's page, and changing its words."""

import pytest
from django.core.cache import cache
from tests.areas import pages_world as world

from studytours.areas.models import Area

pytestmark = pytest.mark.django_db
PAGES = [
    "/desk/areas/", "/desk/areas/queensway/", "/desk/areas/queensway/points.geojson",
]  # fmt: skip


@pytest.fixture
def people():
    cache.clear()
    return world.people()


@pytest.fixture
def area(testham, people):
    return world.an_area(by=people["coordinator"])


@pytest.fixture
def desk(client, people):
    client.force_login(people["coordinator"])
    return client


@pytest.mark.parametrize("address", [*PAGES, "/desk/areas/queensway/change/"])
@pytest.mark.parametrize("role", ["leader", "partner"])
def test_others_than_the_desk_may_not_see(client, area, people, address, role):
    client.force_login(people[role])
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("address", [*PAGES, "/desk/areas/queensway/change/"])
def test_a_stranger_is_asked_to_sign_in(client, area, address):
    assert "/account/login/" in client.get(address).headers["Location"]


def test_an_analyst_reads_but_does_not_change(client, area, people):
    client.force_login(people["analyst"])
    page = client.get("/desk/areas/queensway/")
    assert page.status_code == 200
    assert "Plan a tour" not in page.content.decode()
    assert client.get("/desk/areas/queensway/change/").status_code == 403
    assert client.post("/desk/areas/queensway/change/", {"name": "X"}).status_code == 403


def test_an_area_that_is_not_there_is_not_found(desk):
    for address in PAGES[1:]:
        assert desk.get(address).status_code == 404


def test_an_empty_list_says_what_to_do(desk):
    text = desk.get("/desk/areas/").content.decode()
    assert "No areas yet" in text
    assert "/desk/choose/" in text


def test_the_list_can_be_searched_by_name_or_town(desk, area):
    assert "Queensway" in desk.get("/desk/areas/?q=testh").content.decode()
    assert "No area has this name" in desk.get("/desk/areas/?q=%3Cb%3E").content.decode()


def test_the_list_asks_as_little_for_many_as_for_one(desk, area, django_assert_num_queries):
    def asked():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            desk.get("/desk/areas/")
        return len(queries)

    for_one = asked()
    for number in range(12):
        world.an_area(name=f"Place {number}")
    assert asked() == for_one


def test_the_page_says_why_here_and_what_it_rested_on(desk, area):
    page = desk.get("/desk/areas/queensway/")
    text = page.content.decode()
    assert "Residents asked for a walk." in text
    assert "January 2025 to December 2025" in text
    assert "/desk/tours/new/?area=queensway" in text


def test_the_page_shows_the_kinds_and_months_as_tables(desk, area):
    page = desk.get("/desk/areas/queensway/")
    profile = page.context["profile"]
    assert sum(kind.count for kind in profile.mix) == profile.all_total == 8 * 12
    assert len(page.context["months"]) == 12
    assert "<caption" in page.content.decode()
    assert "How to read these figures" in page.content.decode()


def test_the_map_points_lie_round_the_area_only(desk, area):
    points = desk.get(PAGES[2]).json()["features"]
    assert {point["properties"]["label"] for point in points} >= {"Near Queensway"}
    assert len(points) < 6


def test_every_layer_of_the_map_answers(desk, area):
    for layer in desk.get("/desk/areas/queensway/").context["layers"]:
        if "url" in layer:
            assert desk.get(layer["url"]).status_code == 200


def test_a_change_without_a_reason_is_refused(desk, area):
    answer = desk.post("/desk/areas/queensway/change/", {"name": "Hemmingwell", "why": ""})
    assert answer.status_code == 400
    assert "Hemmingwell" in answer.content.decode()
    assert Area.objects.get().name == "Queensway"


def test_words_can_be_changed_and_the_address_stays(desk, area):
    words = {"name": "Queensway estate", "town": "", "why": "Garages", "is_public": ""}
    answer = desk.post("/desk/areas/queensway/change/", words, follow=True)
    assert answer.redirect_chain[0][0] == "/desk/areas/queensway/"
    assert "Queensway estate" in answer.content.decode()
    assert "Desk only" in answer.content.decode()


def test_changing_it_to_the_same_words_again_is_harmless(desk, area):
    words = {"name": "Queensway", "town": "Testham", "why": area.why, "is_public": "on"}
    for _ in range(2):
        assert desk.post("/desk/areas/queensway/change/", words).status_code == 302
