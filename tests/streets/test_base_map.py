"""The base map that an import draws: what is on it, and what happens when it cannot be drawn."""

import json

import pytest
from django.core.management import call_command
from tests.streets.maps import WAYS, a_map, a_pbf, drawn_features

from studytours.core.errors import BadFile, Refused
from studytours.streets import base_map, ground, operations
from studytours.streets.models import StreetMap

pytestmark = pytest.mark.django_db


@pytest.fixture
def extract(tmp_path):
    return a_pbf(tmp_path / "westham.osm.pbf")


def files():
    return sorted(path.name for path in base_map.folder().glob("**/*"))


def test_a_damaged_extract_draws_nothing_and_the_older_map_stays(extract):
    first = operations.import_streets(extract)
    before = base_map.file_of(first.sha256).read_bytes()
    bad = extract.with_name("bad.osm.pbf")
    bad.write_bytes(extract.read_bytes()[:-60])
    with pytest.raises(BadFile):
        operations.import_streets(bad)
    assert files() == [base_map.file_of(first.sha256).name]
    assert base_map.file_of(first.sha256).read_bytes() == before


def test_a_map_that_cannot_be_drawn_is_refused_with_the_reason_and_nothing_is_left(
    extract, tmp_path, monkeypatch
):
    failing = tmp_path / "tippecanoe"
    failing.write_text("#!/bin/sh\necho 'No space left on device' >&2\nexit 110\n")
    failing.chmod(0o755)
    monkeypatch.setattr(base_map, "tippecanoe", lambda: failing)
    with pytest.raises(Refused, match="No space left on device") as refusal:
        operations.import_streets(extract)
    assert "STUDYTOURS_HOME" in refusal.value.cure
    assert files() == []
    assert not StreetMap.objects.exists()


def test_where_tippecanoe_does_not_run_the_streets_come_in_and_the_map_stays_plain(
    extract, monkeypatch, capsys
):
    with monkeypatch.context() as without:
        without.setattr(base_map, "tippecanoe", lambda: None)
        call_command("import_streets", str(extract), "--json")
        assert json.loads(capsys.readouterr().out)["base_map"] is False
        call_command("import_streets", str(extract))
        assert "the base map is plain" in capsys.readouterr().out
    call_command("import_streets", str(extract), "--json")
    answer = json.loads(capsys.readouterr().out)
    assert (answer["base_map"], answer["already_there"]) == (True, True)
    assert StreetMap.objects.count() == 1


def test_a_program_made_for_another_machine_is_as_good_as_none(extract, tmp_path, monkeypatch):
    foreign = tmp_path / "tippecanoe"
    foreign.write_bytes(b"not of this machine")
    monkeypatch.setattr(base_map, "tippecanoe", lambda: foreign)
    street_map = operations.import_streets(extract)
    assert street_map.streets.count() == 2
    assert files() == []


def test_shapes_that_cannot_be_read_are_refused_and_nothing_is_left(extract, monkeypatch):
    def broken(path):
        raise RuntimeError("invalid area")
        yield

    monkeypatch.setattr(ground, "_features", broken)
    with pytest.raises(BadFile, match="invalid area") as refusal:
        operations.import_streets(extract)
    assert "Fetch the file again" in refusal.value.cure
    assert files() == []
    assert not StreetMap.objects.exists()


def test_it_shows_streets_water_rails_homes_and_places_but_no_tunnel(extract):
    street_map = operations.import_streets(extract)
    assert drawn_features(street_map) == {
        ("roads", "street", "Mill Lane"),
        ("roads", "path", ""),
        ("buildings", "building", ""),
        ("waterways", "river", ""),
        ("railways", "rail", ""),
        ("places", "village", "Westham"),
    }


def test_no_home_has_a_name_or_a_number(extract):
    named = {name for layer, _, name in drawn_features(operations.import_streets(extract)) if name}
    assert named == {"Mill Lane", "Westham"}


def test_the_same_file_again_draws_nothing_anew(extract):
    first = operations.import_streets(extract)
    before = base_map.file_of(first.sha256).stat()
    operations.import_streets(extract)
    assert base_map.file_of(first.sha256).stat() == before


def test_a_base_map_that_was_lost_is_drawn_again_from_the_same_file(extract):
    first = operations.import_streets(extract)
    base_map.file_of(first.sha256).unlink()
    assert operations.import_streets(extract) == first
    assert base_map.is_drawn(first.sha256)


def test_a_river_alone_is_no_street_map(tmp_path):
    with pytest.raises(BadFile, match="no streets"):
        operations.import_streets(a_pbf(tmp_path / "river.osm.pbf", [WAYS[3]]))


def test_a_map_of_rows_alone_has_no_tiles():
    assert not base_map.is_drawn(a_map().sha256)
