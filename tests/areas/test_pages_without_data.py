"""The desk's pages of areas before anything was imported."""

import uuid

import pytest
from django.core.cache import cache
from tests.areas import pages_world as world

pytestmark = pytest.mark.django_db
CHOOSE, NEW = "/desk/choose/", "/desk/areas/new/"


@pytest.fixture
def desk(client):
    cache.clear()
    client.force_login(world.people()["coordinator"])
    return client


def test_choosing_says_what_to_do(desk):
    page = desk.get(CHOOSE)
    assert "No recorded crime is here yet" in page.content.decode()
    assert 'href="/desk/crime/"' in page.content.decode()


def test_checking_says_how_many_months_are_needed(desk):
    page = desk.get(f"{CHOOSE}check/")
    assert page.status_code == 200
    assert "A check needs 24 months in a row" in page.content.decode()
    assert 'href="/desk/crime/"' in page.content.decode()


def test_the_queue_requests_and_decisions_say_what_to_do(desk):
    assert "No place is in the order" in desk.get(f"{CHOOSE}queue/").content.decode()
    assert "Nobody has asked" in desk.get(f"{CHOOSE}requests/").content.decode()
    assert "No decision yet" in desk.get(f"{CHOOSE}decisions/").content.decode()


@pytest.mark.parametrize("layer", ["points", "boundaries", "suggestions"])
def test_the_layers_are_empty(desk, layer):
    assert desk.get(f"{CHOOSE}{layer}.geojson").json()["features"] == []


def test_the_page_of_an_area_says_what_to_do(desk):
    world.an_area()
    assert "No recorded crime is here yet" in desk.get("/desk/areas/queensway/").content.decode()


def test_an_area_can_be_made_all_the_same(desk):
    assert "These boundaries are not here yet" in desk.get(f"{NEW}?from=wards").content.decode()
    assert desk.get(f"{NEW}?from=drawn").status_code == 200
    lat, lon = world.middle(4)
    answer = desk.post(
        NEW,
        {
            "form_key": str(uuid.uuid4()), "step": "save", "name": "Queensway", "why": "Garages",
            "from": "circle", "at": f"{lat}, {lon}", "radius": "400",
        },
    )  # fmt: skip
    assert desk.get(answer.headers["Location"]).status_code == 200
