"""A CSV file of measures: all rows or none, and twice is the same as once."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from studytours.core.errors import BadFile
from studytours.core.models import Event
from studytours.measures.models import Measure
from studytours.measures.operations import import_measures
from studytours.measures.views import EXAMPLE
from studytours.partners.models import Organisation

HEAD = "kind,name,count,place,installed_from,owner,cost,lat,lon,next_check,public\n"


def a_file(text, name="mine.csv"):
    file = io.BytesIO(text if isinstance(text, bytes) else text.encode())
    file.name = name
    return file


@pytest.mark.parametrize(
    ("text", "row", "field", "says"),
    [
        (b"", None, None, "is empty"),
        (HEAD, None, None, "no row below"),
        ("kind,name\ncctv,Cameras\n", 1, "place", "column is missing"),
        (HEAD.replace("owner", "boss") + "cctv,C,1,P\n", 1, "boss", "not known"),
        ("kind,kind,name,place\ncctv,cctv,C,P\n", 1, "kind", "there twice"),
        (HEAD + "moat,C,1,P\n", 2, "kind", "not a kind"),
        (HEAD + "cctv,C,1,P\ncctv,,1,Q\n", 3, "name", "missing"),
        (HEAD + "cctv,C,many,P\n", 2, "count", "not a whole number"),
        (HEAD + "cctv,C,0,P\n", 2, "count", "count is 0"),
        (HEAD + "cctv,C,1,P,2023-13\n", 2, "installed_from", "not a day"),
        (HEAD + "cctv,C,1,P,,,a lot\n", 2, "cost", "not an amount"),
        (HEAD + "cctv,C,1,P,,,nan\n", 2, "cost", "not an amount"),
        (HEAD + "cctv,C,1,P,,,,48.85,2.35\n", 2, "lat", "not in Great Britain"),
        (HEAD + "cctv,C,1,P,,,,north,2\n", 2, "lat", "not a number"),
        (HEAD + "cctv,C,1,P,,,,,,01/02/2026\n", 2, "next_check", "not a day"),
        (HEAD + "cctv,C,1,P,,,,,,,perhaps\n", 2, "public", "not yes or no"),
        (HEAD + "cctv,C,1,P,2023,,,,,,yes,more\n", 2, None, "more cells"),
        (HEAD + "cctv,C,1,P,2023\ncctv,D,2,p,2023\n", 3, "place", "Row 2 has the same"),
        (HEAD + 'cctv,"C,1,P\n', 2, None, "cannot be read as CSV"),
        (HEAD.encode() + "cctv,Caf\u00e9,1,P\n".encode("latin-1"), None, None, "UTF-8"),
        (b"PK\x03\x04\x00\x00", None, None, "not a text file"),
        (b"x" * 2_000_001, None, None, "larger than 2 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 30 else "",
)
def test_a_bad_file_names_row_column_and_cure(area, text, row, field, says):
    with pytest.raises(BadFile, match=says) as refusal:
        import_measures(a_file(text), area=area)
    assert (refusal.value.file, refusal.value.row, refusal.value.field) == ("mine.csv", row, field)
    assert not Measure.objects.exists()


def test_a_file_that_is_not_there_is_refused(db, tmp_path):
    with pytest.raises(BadFile, match="cannot be opened"):
        import_measures(tmp_path / "nothing.csv")


def test_an_organisation_that_looks_misspelt_is_refused(area, landlord):
    with pytest.raises(BadFile, match="Did you mean “Greatwell Homes”"):
        import_measures(a_file(HEAD + "cctv,C,1,P,,Greatwel Homes\n"), area=area)
    assert not Measure.objects.exists()


def test_a_wrong_last_row_leaves_nothing_behind(area):
    with pytest.raises(BadFile):
        import_measures(a_file(HEAD + "cctv,C,1,P,,New Owner\ncctv,D,1,\n"), area=area)
    assert not Measure.objects.exists()
    assert not Organisation.objects.filter(name="New Owner").exists()
    assert not Event.objects.filter(kind="measure_registered").exists()


def test_queensway_is_registered_as_it_was_reported(area, landlord):
    done = import_measures(EXAMPLE, area=area)
    counts = {measure.kind: measure.count for measure in done.added}
    assert counts == {"alley_gate": 43, "cctv": 15, "door": 594, "lighting": 1}
    doors = Measure.objects.get(kind="door")
    assert (doors.unit, doors.owner) == ("doors on 287 homes", landlord)
    gates = Measure.objects.get(kind="alley_gate")
    assert (gates.installed_from, gates.installed_to) == ("2023-04", "2023-06")
    assert gates.funder == "Safer Streets Fund" and "not known" in gates.note


def test_the_same_file_twice_adds_nothing(area):
    first = import_measures(EXAMPLE, area=area)
    again = import_measures(EXAMPLE, area=area)
    assert (len(first.added), len(again.added), len(again.already_there)) == (4, 0, 4)
    assert [one.name for one in first.new_organisations] == ["Greatwell Homes"]
    assert Measure.objects.count() == 4


def test_what_a_person_corrected_stays_when_the_file_comes_again(area, gates):
    text = HEAD + "alley_gate,Old name,3,alleys behind kilnway,2023-04\n"
    import_measures(a_file(text), area=area)
    gates.refresh_from_db()
    assert (gates.name, gates.count) == ("Kilnway gates", 12)


def test_a_byte_order_mark_and_empty_lines_do_no_harm(area):
    text = "\ufeff" + HEAD + "\ncctv,Cameras,,Olympic Way\n,,,\n"
    done = import_measures(a_file(text), area=area)
    assert (done.rows, done.added[0].count) == (1, 1)


def test_the_command_prints_one_json_object(area, capsys):
    call_command("import_measures", str(EXAMPLE), area=area.slug, json=True)
    answer = json.loads(capsys.readouterr().out)
    assert answer["added"] == 4 and answer["new_organisations"] == ["Greatwell Homes"]


def test_the_command_refuses_an_area_that_is_not_there(area):
    with pytest.raises(CommandError, match="The areas are: queensway") as refusal:
        call_command("import_measures", str(EXAMPLE), area="atlantis", json=True)
    assert refusal.value.returncode == 2
