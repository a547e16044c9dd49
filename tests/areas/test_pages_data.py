"""Boundaries, figures and street maps come in by a page, without JavaScript."""

import json
import re

import osmium
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from tests.areas import pages_world as world
from tests.areas.files import feature, geojson, lsoa

from studytours.areas import forms_data, operations
from studytours.areas.models import Boundary, BoundarySet, DataImport, Statistic, StatisticSet
from studytours.core.models import Event
from studytours.streets import base_map
from studytours.streets.models import Landmark, Street, StreetMap

pytestmark = pytest.mark.django_db
PAGE = "/desk/areas/data/"
UPLOAD = "/desk/areas/data/upload/"
HOMES = b"lsoa21_code,lsoa21_name,residents_2021,households_2021\n"
KINDS = {
    "lsoa": ("LSOA21CD", "E01099001"),
    "ward": ("WD24CD", "E05009901"),
    "authority": ("LAD24CD", "E06000061"),
    "neighbourhood": ("code", "NN12"),
}


@pytest.fixture
def people():
    cache.clear()
    return world.people()


@pytest.fixture
def desk(client, people):
    client.force_login(people["coordinator"])
    return client


@pytest.fixture
def send(desk, django_capture_on_commit_callbacks):
    """send(kind, name, content) → the page of the import that ran."""

    def post(kind, name, content, **more):
        upload = SimpleUploadedFile(name, content)
        with django_capture_on_commit_callbacks(execute=True):
            answer = desk.post(UPLOAD, {"kind": kind, "file": upload} | more)
        assert answer.status_code == 302, answer.content.decode()
        return desk.get(answer.url).content.decode()

    return post


def street_map(folder):
    """An extract of two named streets and a shop."""
    path = folder / "greatwell.osm.pbf"
    with osmium.SimpleWriter(str(path)) as writer:
        node, way = osmium.osm.mutable.Node, osmium.osm.mutable.Way
        for number in (1, 2, 3):
            writer.add_node(node(id=number, location=(-0.72 + number / 1000, 52.3)))
        writer.add_node(
            node(id=4, location=(-0.719, 52.3), tags={"shop": "bakery", "name": "Mill Bakery"})
        )
        for number, name in ((1, "Mill Lane"), (2, "High Street")):
            tags = {"highway": "residential", "name": name}
            writer.add_way(way(id=number, nodes=[number, number + 1], tags=tags))
    return path.read_bytes()


def nothing_held():
    models = (BoundarySet, Boundary, StatisticSet, Statistic, StreetMap, Street, Landmark, Event)
    return [model.__name__ for model in models if model.objects.exists()] == []


@pytest.fixture
def no_events_before(people):
    Event.objects.all().delete()


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(PAGE).url.startswith("/account/login/")
    assert client.post(UPLOAD).url.startswith("/account/login/")


@pytest.mark.parametrize("role", ["leader", "partner"])
def test_others_than_the_desk_may_not_see(client, people, role):
    client.force_login(people[role])
    assert client.get(PAGE).status_code == 403
    assert client.post(UPLOAD, {}).status_code == 403
    assert client.get(f"{PAGE}1/").status_code == 403


def test_an_analyst_reads_and_may_not_import(client, people):
    client.force_login(people["analyst"])
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "<form method" not in page.content.decode().split("<main", 1)[1]
    assert client.post(UPLOAD, {"kind": "lsoa"}).status_code == 403


def test_an_import_that_is_not_there_is_not_found(desk):
    assert desk.get(f"{PAGE}99/").status_code == 404


def test_a_form_is_not_a_page(desk):
    assert desk.get(UPLOAD).status_code == 405


def test_an_empty_form_says_what_is_needed(desk):
    page = desk.post(UPLOAD, {})
    assert page.status_code == 400
    text = page.content.decode()
    assert "<title>Error: " in text
    assert "Say what is in the file." in text
    assert 'href="#id_file"' in text


@pytest.mark.parametrize(
    ("kind", "name", "why"),
    [
        ("lsoa", "lsoa.csv", "ends in .geojson or .json"),
        ("statistics", "homes.xlsx", "ends in .csv"),
        ("streets", "map.osm", "ends in .osm.pbf"),
    ],
)
def test_a_file_that_does_not_fit_what_it_is_said_to_be_is_not_taken(desk, kind, name, why):
    page = desk.post(UPLOAD, {"kind": kind, "file": SimpleUploadedFile(name, b"x")})
    assert page.status_code == 400
    assert why in page.content.decode()
    assert not DataImport.objects.exists()


def test_a_file_that_is_too_large_is_not_taken_and_the_way_out_is_named(desk, monkeypatch):
    monkeypatch.setattr(forms_data, "STREETS_BYTES", 3)
    page = desk.post(UPLOAD, {"kind": "streets", "file": SimpleUploadedFile("a.osm.pbf", b"long")})
    assert "studytours import_streets" in page.content.decode()
    assert not DataImport.objects.exists()


BAD = [
    ("lsoa", "lsoa.geojson", b"{", ["lsoa.geojson: this is not JSON"]),
    ("statistics", "homes.csv", HOMES + b"E01099001,M,50,20\nE01099002,M,fifty,20\n",
     ["homes.csv, row 3, column “residents_2021”: “fifty” is not a whole number"]),
    ("statistics", "cameras.csv", b"camera,street\n1,High Street\n",
     ["its columns are not known: camera, street", "Expected are households: lsoa21_code"]),
    ("streets", "map.osm.pbf", b"a,b\n1,2\n",
     ["map.osm.pbf: This is not an OpenStreetMap extract", "ends in .osm.pbf"]),
    ("ward", "wards.geojson", json.dumps({"type": "FeatureCollection", "features": [lsoa()]}),
     ["are not of the kind “ward”", "on the page choose small areas"]),
    ("lsoa", "twice.json",
     json.dumps({"type": "FeatureCollection", "features": [lsoa(1), lsoa(1)]}),
     ["twice.json, row 2, column “LSOA21CD”: the code E01099001 was already used"]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "name", "content", "why"), BAD)
def test_a_bad_file_is_refused_on_its_page_and_nothing_is_half_written(
    no_events_before, send, settings, kind, name, content, why
):
    page = send(kind, name, content if isinstance(content, bytes) else content.encode())
    assert "This file was refused" in page
    for words in why:
        assert words in page
    assert "http-equiv" not in page
    assert nothing_held()
    assert not any(settings.UPLOADS.iterdir())
    assert DataImport.objects.get().ended_at


def test_a_fault_of_ours_is_kept_on_the_page_and_the_file_removed(send, settings, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("disk full")

    # The worker would note the task as failed; here the page has to tell it.
    monkeypatch.setattr(operations.data_imports, "import_statistics", broken)
    page = send("statistics", "homes.csv", HOMES)
    assert "The import broke off" in page
    assert "disk full" in page
    assert not any(settings.UPLOADS.iterdir())


@pytest.mark.parametrize("kind", KINDS)
def test_boundaries_of_each_kind_come_in(send, desk, settings, tmp_path, kind):
    key, code = KINDS[kind]
    path = geojson(tmp_path, feature({key: code, "name": "Millby"}), name="millby-2024.geojson")
    page = send(kind, "millby-2024.geojson", path.read_bytes())
    assert "1 boundary of 20" in page
    assert Boundary.objects.get().boundary_set.kind == kind
    listed = desk.get(PAGE).content.decode()
    assert "millby-2024.geojson" in listed
    assert "Coordinator" in listed
    assert not any(settings.UPLOADS.iterdir())


def test_figures_come_in_and_are_listed(send, desk):
    page = send("statistics", "homes.csv", HOMES + b"E01099001,Millby,50,20\n")
    assert "1 row of 2021: Residents and households, homes." in page
    assert Statistic.objects.get().values["households"] == 20
    assert "Residents and households, homes" in desk.get(PAGE).content.decode()


def test_a_street_map_comes_in_and_is_listed(send, desk, people, tmp_path):
    page = send("streets", "greatwell.osm.pbf", street_map(tmp_path))
    assert "2 streets and paths, 1 landmark." in page
    assert "base map is plain" not in page
    assert Street.objects.filter(name="Mill Lane").exists()
    assert Event.objects.get(kind="street_map_added").by == people["coordinator"]
    assert "greatwell.osm.pbf" in desk.get(PAGE).content.decode()


def test_where_tiles_cannot_be_drawn_the_report_says_that_the_base_map_is_plain(
    send, tmp_path, monkeypatch
):
    monkeypatch.setattr(base_map, "tippecanoe", lambda: None)
    page = send("streets", "greatwell.osm.pbf", street_map(tmp_path))
    assert "2 streets and paths, 1 landmark." in page
    assert "The base map is plain" in page


def test_the_same_file_again_changes_nothing_and_says_so(send, tmp_path):
    for kind, name, content in (
        ("lsoa", "lsoa.geojson", geojson(tmp_path, lsoa()).read_bytes()),
        ("statistics", "homes.csv", HOMES + b"E01099001,Millby,50,20\n"),
        ("streets", "greatwell.osm.pbf", street_map(tmp_path)),
    ):
        assert "was here already" not in send(kind, name, content)
        assert "was here already" in send(kind, name, content)
    assert (Boundary.objects.count(), Statistic.objects.count()) == (1, 1)
    assert StreetMap.objects.count() == 1


def test_a_form_posted_twice_imports_once(send, desk):
    key = re.search(r'name="form_key" value="([^"]+)"', desk.get(PAGE).content.decode())[1]
    for _ in range(2):
        send("statistics", "homes.csv", HOMES + b"E01099001,Millby,50,20\n", form_key=key)
    assert DataImport.objects.count() == 1


def test_an_older_set_is_listed_as_replaced(send, desk, tmp_path):
    for year in (2011, 2021):
        path = geojson(tmp_path, feature({"code": "NN1", "name": str(year)}))
        send("neighbourhood", f"beats-{year}.geojson", path.read_bytes())
    listed = desk.get(PAGE).content.decode()
    assert listed.count("Replaced by a newer one") == 1


def test_a_running_import_shows_how_far_it_is_and_reloads_without_javascript(desk):
    running = DataImport.objects.create(
        kind="streets", source="county.osm.pbf", state="running", progress=42,
        doing="Reading streets", started_at=timezone.now(),
    )  # fmt: skip
    page = desk.get(reverse("desk_area_data_import", args=[running.pk])).content.decode()
    assert 'value="42"' in page
    assert "42 %: Reading streets" in page
    assert '<noscript><meta http-equiv="refresh"' in page


def test_an_import_that_was_killed_is_closed_by_the_next(send, settings):
    killed = DataImport.objects.create(
        kind="streets", source="county.osm.pbf", state="running", started_at=timezone.now()
    )
    left = settings.UPLOADS / f"data-{killed.pk}"
    left.mkdir(parents=True)
    send("statistics", "homes.csv", HOMES + b"E01099001,Millby,50,20\n")
    killed.refresh_from_db()
    assert killed.state == "failed"
    assert "stopped before the end" in killed.problem
    assert not left.exists()


def test_a_very_long_name_of_a_file_is_taken(send):
    name = "ö" * 180 + ".csv"
    assert "1 row of 2021" in send("statistics", name, HOMES + b"E01099001,Millby,50,20\n")


def test_the_crime_page_leads_here(desk):
    assert f'href="{PAGE}"' in desk.get("/desk/crime/").content.decode()


def test_choosing_says_what_is_not_held_yet(desk, tmp_path):
    world.import_world(tmp_path)
    page = desk.get("/desk/choose/").content.decode()
    assert "Not here yet: households, deprivation, a street map." in page
    assert f'href="{PAGE}"' in page


def test_the_page_takes_the_same_number_of_queries_whatever_it_holds(
    desk, tmp_path, django_assert_max_num_queries
):
    for number in range(1, 9):
        path = geojson(tmp_path, lsoa(number), name=f"{number}.geojson")
        operations.import_boundaries(path, kind="lsoa")
        DataImport.objects.create(
            kind="lsoa", source="a", state="done", started_at=timezone.now()
        )  # fmt: skip
    with django_assert_max_num_queries(12):
        assert desk.get(PAGE).status_code == 200
