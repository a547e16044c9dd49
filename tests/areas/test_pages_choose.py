"""The choose page: who may see it, what it says with and without data, how fast it asks."""

import json
import re

import pytest
from django.core.cache import cache
from tests.areas import pages_world as world

from studytours.partners.operations import set_office

pytestmark = pytest.mark.django_db
CHOOSE = "/desk/choose/"
LAYERS = [CHOOSE, *(f"{CHOOSE}{name}.geojson" for name in ("points", "boundaries", "suggestions"))]


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


@pytest.mark.parametrize("address", LAYERS)
@pytest.mark.parametrize("role", ["leader", "partner"])
def test_others_than_the_desk_may_not_see(client, people, address, role):
    client.force_login(people[role])
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("address", LAYERS)
def test_a_stranger_is_asked_to_sign_in(client, people, address):
    assert "/account/login/" in client.get(address).headers["Location"]


@pytest.mark.parametrize("address", LAYERS)
def test_nothing_can_be_posted(desk, address):
    assert desk.post(address).status_code == 405


def test_boundaries_of_no_known_kind_are_not_found(desk):
    assert desk.get(f"{CHOOSE}boundaries.geojson?kind=parish").status_code == 404


def test_it_shows_suggestions_the_ranking_and_the_caveats(county, desk):
    page = desk.get(CHOOSE)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Suggested places to walk" in text
    assert "Before you decide" in text
    assert "times in 100" in text
    assert "January 2025" in text
    assert len(page.context["ranking"].rows) == 6
    assert page.context["ranking"].rows[0].code == world.CODES[5]


def test_the_same_facts_are_there_without_the_map(county, desk):
    """Every suggestion on the map is in the list, with its number, and in no other order."""
    page = desk.get(CHOOSE)
    drawn = desk.get(f"{CHOOSE}suggestions.geojson").json()["features"]
    numbers = [one["properties"]["number"] for one in drawn]
    assert numbers == [int(n) for n in re.findall(r'id="suggestion-(\d+)"', page.content.decode())]


def test_an_analyst_looks_but_does_not_make(county, client):
    client.force_login(county["analyst"])
    text = client.get(CHOOSE).content.decode()
    assert "Suggested places to walk" in text
    assert "/desk/areas/new/" not in text


def test_a_suggestion_leads_to_the_filled_form(county, desk):
    text = desk.get(CHOOSE).content.decode()
    link = re.search(r'href="(/desk/areas/new/\?from=suggestion[^"]*)"', text)[1]
    form = desk.get(link.replace("&amp;", "&"))
    assert form.status_code == 200
    assert form.context["form"]["name"].value()
    assert form.context["form"]["radius"].value()


def test_a_row_of_the_ranking_leads_to_the_form_with_it_ticked(county, desk):
    text = desk.get(CHOOSE).content.decode()
    link = re.search(r'href="(/desk/areas/new/\?from=lsoas[^"]*)"', text)[1]
    form = desk.get(link.replace("&amp;", "&")).context["form"]
    assert form["codes"].value() == [world.CODES[5]]
    assert [code for code, _ in form.fields["codes"].choices] == [world.CODES[5]]


@pytest.mark.parametrize(
    "crimes", ["neighbourhood", "acquisitive", "acquisitive+retail", "shoplifting"]
)
def test_the_crimes_can_be_changed(county, desk, crimes):
    page = desk.get(CHOOSE, {"crimes": crimes})
    assert page.status_code == 200
    assert page.context["ranking"].crimes == crimes


@pytest.mark.parametrize(
    "asked, cure", [({"by": "household"}, "households"), ({"kind": "ward"}, "lookup")]
)
def test_a_ranking_that_cannot_be_made_says_what_is_missing(county, desk, asked, cure):
    page = desk.get(CHOOSE, asked)
    assert page.status_code == 409
    assert "This cannot be ranked" in page.content.decode()
    assert cure in page.content.decode()
    assert 'name="crimes"' in page.content.decode()


@pytest.mark.parametrize("nonsense", ["<script>", "999", "", "northumbria"])
def test_nonsense_in_the_address_falls_back_to_the_usual(county, desk, nonsense):
    asked = dict.fromkeys(("force", "crimes", "minutes", "count", "kind", "by", "page"), nonsense)
    page = desk.get(CHOOSE, asked)
    assert page.status_code == 200
    assert page.context["asked"]["force"] == "testshire"
    assert "<script>alert" not in page.content.decode()


def test_the_home_force_comes_first(county, desk):
    set_office(name="Testshire office", home_force="testshire")
    assert desk.get(CHOOSE).context["asked"]["force"] == "testshire"


def test_a_map_point_says_near_and_how_many(county, desk):
    points = desk.get(f"{CHOOSE}points.geojson").json()["features"]
    busiest = max(points, key=lambda point: point["properties"]["count"])
    assert busiest["properties"]["label"] == "Near Supermarket"
    assert busiest["properties"]["shade"] == 4
    assert "January 2025 to December 2025" in busiest["properties"]["text"]


def test_boundaries_are_outlines_with_names(county, desk):
    wards = desk.get(f"{CHOOSE}boundaries.geojson?kind=ward").json()["features"]
    assert {ward["properties"]["label"] for ward in wards} == {"Kiln & Queen's", "East Testham"}


def test_layers_name_addresses_that_answer(county, desk):
    text = desk.get(CHOOSE).context["layers"]
    for layer in json.loads(json.dumps(text)):
        assert desk.get(layer["url"]).status_code == 200


def test_the_second_look_asks_the_database_little(county, desk, django_assert_max_num_queries):
    desk.get(CHOOSE)
    with django_assert_max_num_queries(14):
        desk.get(CHOOSE)


def test_a_new_import_is_seen_at_once(county, desk, tmp_path):
    before = desk.get(CHOOSE).context["ranking"].months
    file = tmp_path / "later" / "2026-01-testshire-street.csv"
    file.parent.mkdir()
    rows = [row.replace("2025-12", "2026-01") for row in world._rows("2025-12")]
    file.write_text("\n".join([world.HEAD, *rows]) + "\n")
    world.import_crimes([file])
    assert len(desk.get(CHOOSE).context["ranking"].months) == len(before) + 1
