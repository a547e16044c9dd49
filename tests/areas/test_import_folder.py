"""`load_data FOLDER`: everything usable in a folder, and quickly the second time."""

import json
import shutil

import pytest
from django.core.management import call_command
from tests.areas import counties
from tests.areas.files import SQUARE, feature, geojson, lsoa, table

from studytours.areas.models import Boundary
from studytours.areas.operations import load_data
from studytours.areas.queries import suggest_areas
from studytours.core.errors import Refused
from studytours.crime.queries import forces
from studytours.partners.operations import set_office
from studytours.partners.queries import get_office
from studytours.streets.graph import file_of
from studytours.streets.network import maps_with_network

pytestmark = pytest.mark.django_db

HOMES = "lsoa21_code,lsoa21_name,residents_2021,households_2021\n"


@pytest.fixture
def folder(tmp_path):
    here = tmp_path / "data"
    here.mkdir()
    return here


def crime_zip(folder, name, *months_and_forces):
    """A zip of street files with one burglary each."""
    tree = folder / "tree"
    for month, force in months_and_forces:
        file = tree / month / f"{month}-{force}-street.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        row = f",{month},P,P,-0.7,52.3,On or near Mill Lane,E01099001,Millby 001A,Burglary,,\n"
        file.write_text(f"{counties.HEAD}\n{row}")
    shutil.make_archive(folder / name, "zip", tree)
    shutil.rmtree(tree)


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Refused, match="no folder"):
        load_data(tmp_path / "none")


def test_what_is_usable_comes_in_and_the_rest_is_left_alone(folder):
    geojson(folder, lsoa(), name="small.geojson")
    table(folder, HOMES + "E01099001,Millby,50,20\n", "homes.csv")
    table(folder, "camera,street\n1,High Street\n", "cameras.csv")
    (folder / "notes.txt").write_text("hello")
    geojson(folder, feature({"OA11CD": "E00137070", "LAD": "E06000061"}),
            feature({"OA11CD": "E00137071", "LAD": "E06000061"}), name="oa.geojson")  # fmt: skip
    crime_zip(folder, "crimes", ("2025-01", "millshire"))
    loaded = load_data(folder)
    assert {one["file"] for one in loaded.imported} == {"small.geojson", "homes.csv", "crimes.zip"}
    assert set(loaded.left_alone) == {"cameras.csv", "notes.txt", "oa.geojson"}
    assert (loaded.left_out, loaded.home_force) == ([], "millshire")


def test_a_zip_of_many_forces_is_left_out_with_the_way_to_import_it(folder):
    crime_zip(folder, "all", ("2025-01", "millshire"), ("2025-01", "testshire"))
    loaded = load_data(folder)
    assert "2 forces" in loaded.left_out[0]["why"]
    assert f"studytours import_crimes {folder / 'all.zip'}" in loaded.left_out[0]["why"]
    assert forces() == []


def test_a_bad_file_is_named_and_the_others_come_in_all_the_same(folder):
    (folder / "cut.zip").write_bytes(b"PK\x03\x04 cut off")
    table(folder, HOMES + "E01099001,Millby,fifty,20\n", "homes.csv")
    geojson(folder, lsoa(), name="small.geojson")
    loaded = load_data(folder)
    why = {one["file"]: one["why"] for one in loaded.left_out}
    assert "not a whole zip" in why["cut.zip"]
    assert "row 2, column “residents_2021”" in why["homes.csv"]
    assert Boundary.objects.count() == 1


def test_the_second_time_nothing_is_read_again(folder):
    geojson(folder, lsoa(), name="small.geojson")
    crime_zip(folder, "crimes", ("2025-01", "millshire"))
    load_data(folder)
    again = load_data(folder)
    assert (again.imported, again.already) == ([], ["crimes.zip", "small.geojson"])


def test_a_street_map_that_has_no_network_yet_is_read_again(folder, shared_data):
    shutil.copy(shared_data / "osm/leeds-its-example-2020-05-03.osm.pbf", folder)
    load_data(folder)
    assert load_data(folder).already == ["leeds-its-example-2020-05-03.osm.pbf"]
    (network,) = maps_with_network()
    file_of(network.sha256).unlink()
    assert len(load_data(folder).imported) == 1
    assert maps_with_network() == [network]


def test_the_home_force_is_the_one_whose_homes_are_known(folder):
    crime_zip(folder, "a", ("2025-01", "ashire"))
    crime_zip(folder, "b", ("2025-01", "bshire"), ("2025-02", "bshire"))
    table(folder, HOMES + "E01099001,Millby,50,20\n", "homes.csv")
    assert load_data(folder).home_force == "bshire"


def test_an_office_keeps_the_home_force_it_has(folder):
    set_office(home_force="elsewhere")
    crime_zip(folder, "a", ("2025-01", "ashire"))
    load_data(folder)
    assert get_office().home_force == "elsewhere"


def test_the_command_says_what_it_did(folder, capsys):
    geojson(folder, lsoa(1, SQUARE), name="small.geojson")
    call_command("load_data", str(folder))
    text = capsys.readouterr().out
    assert "imported  small.geojson: 1 rows, Small areas (LSOA) 2021, small" in text
    call_command("load_data", str(folder), json=True)
    assert json.loads(capsys.readouterr().out)["already"] == ["small.geojson"]


@pytest.mark.one_database
def test_the_shared_folder_shows_real_places(shared_data):
    loaded = load_data(shared_data)
    assert forces() == ["lancashire", "leicestershire", "northamptonshire"]
    assert loaded.home_force == "northamptonshire"
    assert [one["file"] for one in loaded.left_out] == ["police-uk-all-forces-2025-06-to-08.zip"]
    assert len(loaded.imported) == 20
    assert suggest_areas(count=1).areas[0].town == "Northampton"
