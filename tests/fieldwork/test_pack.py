"""The pack and the description of the contract."""

import json
from pathlib import Path

from studytours.fieldwork.api import api
from studytours.fieldwork.models import Category
from studytours.measures.operations import record_check, register_measure
from studytours.tours import operations as tours

from .conftest import NOON

SPEC = Path(__file__).parents[2] / "docs/reference/field-openapi.json"


def pack_of(phone, **headers):
    return phone.client.get("/api/field/pack", headers=phone.headers | headers)


def test_without_a_token_there_is_no_pack(client, walk):
    assert client.get("/api/field/pack").json()["retry"] is False


def test_the_pack_holds_what_a_phone_needs_without_signal(walk, phone):
    Category.objects.filter(code="BIK").update(is_active=False)
    register_measure(kind="cctv", name="Hidden", place="x", area=walk.area, is_public=False)
    pack = pack_of(phone).json()
    assert pack["studytours"] == 1 and pack["device"]["name"] == "Rosa"
    assert [stop["name"] for stop in pack["stops"]] == ["Garages", "Bridge"]
    assert (
        pack["route"]["coordinates"][0] == [-0.7175, 52.305]
        and len(pack["route"]["coordinates"]) == 4
    )
    assert [measure["ref"] for measure in pack["measures"]] == [walk.gate.ref]
    assert [measure["guide"] for measure in pack["measures"]] == ["gate"]
    assert len(pack["categories"]) == 18
    guides = {category["code"]: category["guide"] for category in pack["categories"]}
    assert (guides["LIT"], guides["CUT"], guides["SHO"]) == ("lighting", "path", "other")
    assert pack["tour"]["slug"] == walk.tour.slug and len(pack["tour"]["bounds"]) == 4
    assert pack["outline"]["type"] == "Polygon"
    assert {"streets", "places", "kinds", "works", "conditions", "feelings", "words"} <= set(pack)


def test_the_pack_tells_what_the_last_check_of_a_measure_said(walk, phone):
    assert pack_of(phone).json()["measures"][0]["last_check"] is None
    for works in ("works", "broken"):
        record_check(walk.gate, works=works, by_whom="Greatwell", by=walk.cora, now=NOON)
    last = pack_of(phone).json()["measures"][0]["last_check"]
    assert last == {"at": NOON.isoformat(), "works": "broken"}


def test_the_pack_names_no_key_holder_and_no_other_walker(walk, phone):
    walk.gate.key_holder = "Mr Secret"
    walk.gate.save()
    assert "Secret" not in pack_of(phone).content.decode()


def test_an_unchanged_pack_is_not_sent_again(walk, phone):
    first = pack_of(phone)
    etag = first["ETag"]
    again = pack_of(phone, **{"If-None-Match": etag})
    assert again.status_code == 304 and not again.content and again["ETag"] == etag
    assert pack_of(phone, **{"If-None-Match": f"W/{etag}"}).status_code == 304  # as gzip makes it
    tours.add_stop(walk.tour, name="Shop", lat=52.305, lon=-0.7172)
    assert pack_of(phone, **{"If-None-Match": etag}).status_code == 200


def test_a_pack_takes_the_same_queries_for_two_stops_and_for_twelve(
    walk, phone, django_assert_max_num_queries
):
    for number in range(10):
        tours.add_stop(walk.tour, name=f"Stop {number}", lat=52.304, lon=-0.7175)
    with django_assert_max_num_queries(19):
        pack_of(phone)


def test_the_committed_description_is_what_the_server_says():
    """After a change: write it anew with `studytours export_openapi_schema` (docs/reference)."""
    said = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/"), default=str))
    assert json.loads(SPEC.read_text()) == said


def test_the_description_can_be_read_by_anyone(client, db):
    assert client.get("/api/docs").status_code == 200
    assert client.get("/api/openapi.json").json()["paths"].keys() >= {"/api/field/join"}
