"""Reading .osm.pbf extracts: what is refused, and what the real ones hold."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from tests.streets.maps import a_map, drawn_features

from studytours.core.errors import BadFile
from studytours.core.models import Event
from studytours.streets import importers, operations
from studytours.streets.models import Landmark, Street, StreetMap

RUTLAND = "osm/rutland-2022-07-20.osm.pbf"
LEEDS = "osm/leeds-its-example-2020-05-03.osm.pbf"

pytestmark = pytest.mark.django_db


def refused(path, content):
    path.write_bytes(content)
    with pytest.raises(BadFile) as refusal:
        operations.import_streets(path)
    assert not StreetMap.objects.exists()
    assert not Street.objects.exists()
    assert refusal.value.cure
    return str(refusal.value)


def test_an_empty_file_is_refused(tmp_path):
    assert "empty.osm.pbf: This file is empty" in refused(tmp_path / "empty.osm.pbf", b"")


def test_a_file_that_is_no_street_map_is_refused_by_its_content(tmp_path):
    assert "not an OpenStreetMap extract" in refused(tmp_path / "a.osm.pbf", b"a,b,c\n1,2,3\n")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BadFile, match="cannot be read"):
        operations.import_streets(tmp_path / "none.osm.pbf")


@pytest.mark.parametrize("share", [0.002, 0.3, 0.9])
def test_a_truncated_extract_is_refused_and_nothing_is_half_written(shared_data, tmp_path, share):
    whole = (shared_data / RUTLAND).read_bytes()
    why = refused(tmp_path / "cut.osm.pbf", whole[: int(len(whole) * share)])
    assert "damaged" in why
    assert "Fetch the file again" in why


def test_an_extract_with_garbage_in_the_middle_is_refused(shared_data, tmp_path):
    whole = bytearray((shared_data / LEEDS).read_bytes())
    whole[20000:20400] = bytes(400)
    assert "damaged" in refused(tmp_path / "garbage.osm.pbf", bytes(whole))


def test_an_extract_from_elsewhere_in_the_world_is_refused(tmp_path):
    import osmium

    path = tmp_path / "paris.osm.pbf"
    with osmium.SimpleWriter(str(path)) as writer:
        for number, lon in ((1, 2.35), (2, 2.36)):
            writer.add_node(osmium.osm.mutable.Node(id=number, location=(lon, 48.85)))
        street = {"highway": "residential", "name": "Rue de Rivoli"}
        writer.add_way(osmium.osm.mutable.Way(id=1, nodes=[1, 2], tags=street))
    assert "United Kingdom" in refused(path, path.read_bytes())


@pytest.mark.one_database
def test_rutland_is_read_whole(shared_data):
    street_map = operations.import_streets(shared_data / RUTLAND)
    streets = street_map.streets
    assert streets.count() == 6665  # the ways of Rutland that carry a highway tag
    assert streets.filter(kind="residential").count() == 1172
    assert streets.filter(kind="footway").count() == 1162
    assert streets.filter(kind="steps").count() == 22
    assert not streets.filter(kind__in=["raceway", "rest_area"], on_foot=True).exists()
    assert Landmark.objects.filter(name="Oakham", kind="town").exists()
    assert street_map.bounds == pytest.approx((-0.8229, 52.5236, -0.4277, 52.7611), abs=1e-4)
    assert Event.objects.get(kind="street_map_added").data["streets"] == 6665
    on_the_base_map = drawn_features(street_map)
    assert {layer for layer, *_ in on_the_base_map} == {
        "roads", "buildings", "water", "waterways", "green", "railways", "places",
    }  # fmt: skip
    assert ("places", "town", "Oakham") in on_the_base_map
    assert ("roads", "street", "Brooke Road") in on_the_base_map


def test_lighting_that_nobody_mapped_stays_unknown(shared_data):
    streets = operations.import_streets(shared_data / LEEDS).streets
    assert streets.count() == 184
    assert streets.exclude(lit=None).count() == 15


def test_the_same_file_again_changes_nothing(shared_data):
    first = operations.import_streets(shared_data / LEEDS)
    assert operations.import_streets(shared_data / LEEDS) == first
    assert StreetMap.objects.count() == 1
    assert Street.objects.count() == 184
    assert Event.objects.filter(kind="street_map_added").count() == 1


def test_a_map_of_another_place_leaves_the_first_in_use(shared_data):
    a_map()
    operations.import_streets(shared_data / LEEDS)
    assert StreetMap.objects.filter(is_current=True).count() == 2


def test_the_command_answers_in_json(shared_data, capsys):
    call_command("import_streets", str(shared_data / LEEDS), "--json")
    answer = json.loads(capsys.readouterr().out)
    assert answer["streets"] == 184
    assert answer["already_there"] is False
    call_command("import_streets", str(shared_data / LEEDS), "--json")
    assert json.loads(capsys.readouterr().out)["already_there"] is True


def test_the_command_exits_with_two_on_a_bad_file(tmp_path):
    path = tmp_path / "bad.osm.pbf"
    path.write_text("not a map")
    with pytest.raises(CommandError) as refusal:
        call_command("import_streets", str(path))
    assert refusal.value.returncode == 2


@pytest.mark.parametrize(
    "tags, word",
    [
        ({"shop": "convenience"}, "convenience shop"),
        ({"shop": "supermarket"}, "supermarket"),
        ({"shop": "vacant"}, ""),
        ({"amenity": "place_of_worship"}, "church or place of worship"),
        ({"amenity": "bus_station"}, "bus station"),
        ({"railway": "rail"}, ""),
        ({"place": "county"}, ""),
        ({"highway": "bus_stop"}, "bus stop"),
    ],
)
def test_a_landmark_is_called_what_residents_call_it(tags, word):
    assert importers.landmark_kind(tags) == word
