"""Making an area: five ways, each without loss of what was typed."""

import json
import uuid

import pytest
from django.core.cache import cache
from tests.areas import pages_world as world

from studytours.areas.models import Area

pytestmark = pytest.mark.django_db
NEW = "/desk/areas/new/"
WORDS = {"name": "Queensway", "town": "Testham", "why": "Garages", "is_public": "on"}


@pytest.fixture
def people():
    cache.clear()
    return world.people()


@pytest.fixture
def desk(client, testham, people):
    client.force_login(people["coordinator"])
    return client


def send(client, **typed):
    return client.post(NEW, {"form_key": str(uuid.uuid4()), "step": "save", **WORDS, **typed})


def circle(**changes):
    lat, lon = world.middle(4)
    return {"from": "circle", "at": f"{lat}, {lon}", "radius": "400", **changes}


def drawn(*corners):
    ring = [*corners, corners[0]] if corners else []
    return {
        "from": "drawn",
        "geometry": json.dumps({"type": "Polygon", "coordinates": [ring]}),
    }


SQUARE = [(-0.70, 52.301), (-0.695, 52.301), (-0.695, 52.306), (-0.70, 52.306)]


@pytest.mark.parametrize("role", ["analyst", "leader", "partner"])
def test_only_a_coordinator_makes_areas(client, people, role):
    client.force_login(people[role])
    assert client.get(NEW).status_code == 403
    assert send(client, **circle()).status_code == 403
    assert not Area.objects.exists()


def test_a_stranger_is_asked_to_sign_in(client, db):
    assert "/account/login/" in client.get(NEW).headers["Location"]
    assert "/account/login/" in send(client, **circle()).headers["Location"]


def test_a_way_that_does_not_exist_is_not_found(desk):
    assert desk.get(f"{NEW}?from=guess").status_code == 404


@pytest.mark.parametrize("missing", ["name", "why"])
def test_a_name_and_a_reason_are_needed_and_nothing_typed_is_lost(desk, missing):
    answer = send(desk, **circle(), **{missing: " "})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "There is a problem" in text
    assert world.WARDS and 'value="52.305, -0.695"' in text
    assert all(words in text for name, words in WORDS.items() if name != missing)
    assert not Area.objects.exists()


@pytest.mark.parametrize(
    "geometry",
    ["", "{", "null", "[]", "5", '{"type":"Polygon"}', '{"type":"Polygon","coordinates":[]}',
     '{"type":"Point","coordinates":[-0.7,52.3]}', '{"type":"Polygon","coordinates":[[["a",1]]]}',
     '{"type":"LineString","coordinates":[[-0.7,52.3],[-0.6,52.3]]}', "[" * 30_000],
)  # fmt: skip
def test_a_bad_outline_is_refused_and_the_words_stay(desk, geometry):
    answer = send(desk, **{"from": "drawn", "geometry": geometry})
    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()
    assert "Garages" in answer.content.decode()
    assert not Area.objects.exists()


@pytest.mark.parametrize(
    "corners",
    [
        [(2.3, 48.8), (2.4, 48.8), (2.4, 48.9)],  # Paris
        [(-1.7, 52.0), (0.7, 52.0), (0.7, 53.0), (-1.7, 53.0)],  # half of the Midlands
        [(-0.7, 52.3), (-0.69999, 52.3), (-0.69999, 52.30001)],  # a doorstep
    ],
)
def test_a_shape_nobody_could_tour_is_refused(desk, corners):
    assert send(desk, **drawn(*corners)).status_code == 400
    assert not Area.objects.exists()


@pytest.mark.parametrize("at", ["52.3", "abc", "-0.7, 52.3", "48.8, 2.3", "nan,nan", "52.3,-0.7,1"])
def test_a_place_that_is_none_is_refused(desk, at):
    assert send(desk, **circle(at=at)).status_code == 400


def test_a_circle_needs_a_place(desk):
    answer = send(desk, **circle(at=""))
    assert "Find a place and pick it" in answer.content.decode()


def test_a_code_that_is_not_loaded_is_refused(desk):
    answer = send(desk, **{"from": "wards", "codes": ["E05999999"]})
    assert answer.status_code == 400
    assert "is not in the boundaries" in answer.content.decode()


def test_no_ward_ticked_is_refused(desk):
    assert "tick at least one" in send(desk, **{"from": "wards"}).content.decode()


@pytest.mark.parametrize("part", ["lat", "lon", "radius"])
def test_a_suggestion_without_a_place_is_not_found(desk, part):
    query = {"from": "suggestion", "lat": "52.3", "lon": "-0.7", "radius": "400"}
    assert desk.get(NEW, query | {part: "x"}).status_code == 404


def test_from_a_suggestion(desk):
    lat, lon = world.middle(6)
    answer = send(
        desk,
        **{"from": "suggestion", "lat": lat, "lon": lon, "radius": 400,
           "force": "testshire", "crimes": "acquisitive"},
    )  # fmt: skip
    area = Area.objects.get()
    assert answer.headers["Location"] == f"/desk/areas/{area.slug}/"
    assert area.made_from == "suggestion"
    assert area.force == "testshire"
    assert len(area.vintage["months"]) == 12


def test_from_wards(desk):
    send(desk, **{"from": "wards", "codes": [world.WARDS[0]]})
    area = Area.objects.get()
    assert (area.made_from, area.codes) == ("wards", [world.WARDS[0]])
    assert area.bounds == pytest.approx((-0.73, 52.30, -0.70, 52.31))


def test_from_small_areas(desk):
    send(desk, **{"from": "lsoas", "codes": world.CODES[2:4]})
    area = Area.objects.get()
    assert (area.made_from, area.codes) == ("lsoas", world.CODES[2:4])


def test_by_drawing(desk):
    send(desk, **drawn(*SQUARE))
    area = Area.objects.get()
    assert area.made_from == "drawn"
    assert area.bounds == pytest.approx((-0.70, 52.301, -0.695, 52.306))


def test_round_coordinates(desk):
    send(desk, **circle())
    area = Area.objects.get()
    assert (area.made_from, area.name, area.is_public) == ("circle", "Queensway", True)


def test_round_a_street_picked_from_the_list_without_a_map(desk):
    found = desk.post(
        NEW, {**WORDS, "from": "circle", "step": "find", "q": "queens", "radius": 300}
    )
    choices = found.context["form"].fields["place"].choices
    assert [label for _, label in choices] == ["Queensway (street)"]
    assert "Garages" in found.content.decode()
    send(desk, **circle(at="", q="queens", place=choices[0][0]))
    assert Area.objects.get().made_from == "circle"


def test_a_supermarket_is_a_landmark_that_one_is_near(desk):
    found = desk.post(NEW, {"from": "circle", "step": "find", "q": "superm", "radius": 300})
    assert "near Supermarket (landmark)" in found.content.decode()


def test_finding_wards_keeps_what_was_ticked_before(desk):
    typed = {**WORDS, "from": "wards", "step": "find", "q": "east", "codes": [world.WARDS[0]]}
    found = desk.post(NEW, typed)
    text = found.content.decode()
    assert "East Testham" in text
    assert "Kiln &amp; Queen&#x27;s" in text
    assert text.count(" checked") == 2  # the ward and "public"
    assert "There is a problem" not in text


def test_finding_judges_nothing_yet(desk):
    found = desk.post(NEW, {"from": "circle", "step": "find", "q": "zzz", "form_key": "x"})
    assert "There is a problem" not in found.content.decode()
    assert "No street or landmark with this name" in found.content.decode()
    assert found.context["form"]["is_public"].value() is False


def test_looking_first_saves_nothing(desk):
    answer = send(desk, **circle(), step="look")
    text = answer.content.decode()
    assert "Queensway, not saved yet" in text
    assert "What is recorded here" in text
    assert not Area.objects.exists()


def test_an_area_kept_from_the_public(desk):
    typed = {name: words for name, words in WORDS.items() if name != "is_public"}
    desk.post(NEW, {"form_key": str(uuid.uuid4()), "step": "save", **typed, **circle()})
    assert Area.objects.get().is_public is False


def test_the_form_posted_twice_makes_one_area(desk):
    key = str(uuid.uuid4())
    first, second = (send(desk, **circle(), form_key=key) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Area.objects.count() == 1


def test_a_hostile_name_is_only_text(desk):
    answer = send(desk, **circle(), name="<script>alert(1)</script>")
    page = desk.get(answer.headers["Location"]).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("name", ["new", "New", "!!!", "日本"])
def test_every_name_leads_to_a_page_of_its_own(desk, name):
    answer = send(desk, **circle(), name=name)
    page = desk.get(answer.headers["Location"])
    assert page.status_code == 200
    assert page.context["area"].name == name
