"""Names of places: from the street map, from the crime files, or from both without doubles."""

import pytest
from django.core.cache import cache
from tests.areas import pages_world as world

from studytours.areas.places import find_anywhere, places_near
from studytours.streets.operations import add_street_map

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


def a_street_map():
    lat, lon = world.middle(4)
    here = {"kind": "residential", "line": [(lon - 0.001, lat), (lon + 0.001, lat)]}
    return add_street_map(
        name="Testham",
        source="drawn for a test",
        licence="none",
        sha256="d" * 64,
        streets=[{**here, "name": "Queensway"}, {**here, "name": "Tower Close"}],
        landmarks=[{"name": "St Mark’s", "kind": "church", "point": (lon, lat)}],
    )


def test_with_no_data_there_are_no_names():
    assert find_anywhere("Queensway") == []


def test_without_a_street_map_names_come_from_the_crime_files(tmp_path):
    world.import_world(tmp_path)
    area = world.an_area()
    assert [place.name for place in places_near(area)] == ["Queensway"]
    assert find_anywhere("QUEENS")[0].kind == "street"


def test_what_is_not_a_street_is_something_one_is_near(tmp_path):
    world.import_world(tmp_path)
    found = find_anywhere("market")
    assert [(place.name, place.kind) for place in found] == [("near Supermarket", "landmark")]


def test_a_street_in_both_is_named_once(tmp_path):
    world.import_world(tmp_path)
    area = world.an_area()
    a_street_map()
    names = [place.name for place in places_near(area)]
    assert names == ["Queensway", "St Mark’s", "Tower Close"]
    assert len(find_anywhere("Queensway")) == 1


def test_text_narrows_the_names(tmp_path):
    world.import_world(tmp_path)
    a_street_map()
    assert [place.name for place in places_near(world.an_area(), "tower")] == ["Tower Close"]


def test_the_names_round_queensway_are_real(shared_data):
    from studytours.crime.operations import import_crimes

    import_crimes([shared_data / "police-uk-northamptonshire-street.zip"])
    names = {place.name for place in places_near(world.an_area_at(52.3042, -0.7175, 500))}
    assert {"Kilnway", "Minerva Way", "Olympic Way", "Queensway"} <= names
