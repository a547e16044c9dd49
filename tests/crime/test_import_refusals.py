"""What is not a good street file is refused with file, row, column and cure; nothing changes."""

import zipfile

import pytest
from tests.crime.streets import HEADER, as_csv, crime, month_file, write_zip

from studytours.core.errors import BadFile, Refused
from studytours.crime import archive
from studytours.crime.importers import sources
from studytours.crime.models import CrimeImport, ForceMonth
from studytours.crime.operations import import_crimes

NAME = "2025-01/2025-01-northamptonshire-street.csv"
# Refused while the file is read: whichever database there is hears only of the refusal.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def refusal(path):
    """Import it beside what is held already; check that nothing changed; the refusal."""
    held = list(ForceMonth.objects.values())
    with pytest.raises(Refused) as caught:
        import_crimes([path])
    assert list(ForceMonth.objects.values()) == held
    assert not list(archive.staging_root().glob("*"))
    kept = CrimeImport.objects.first()
    assert kept.state == CrimeImport.State.REFUSED
    assert kept.problem == str(caught.value)
    assert kept.ended_at
    return caught.value


def refused_csv(tmp_path, content):
    """The refusal of a zip with a good month and then this content."""
    good = month_file("2024-12")
    return refusal(write_zip(tmp_path / "crimes.zip", good, (NAME, content)))


def test_no_path_at_all():
    assert "No file was given" in str(refusal_of_paths([]))


def refusal_of_paths(paths):
    with pytest.raises(Refused) as caught:
        import_crimes(paths)
    return caught.value


def test_a_path_that_is_not_there(tmp_path):
    assert "there is no such file" in str(refusal(tmp_path / "gone.zip"))


def test_a_zip_with_a_folder_too_deep_is_refused_with_the_path_and_the_cure(tmp_path):
    _, content = month_file()
    error = refusal(write_zip(tmp_path / "crimes.zip", (f"a/b/{NAME}", content)))
    assert f"crimes.zip/a/b/{NAME}" in str(error)
    assert "too many folders deep" in error.why
    assert "in at most one folder more" in error.cure


def test_a_folder_too_deep_on_disk_is_refused_as_well(tmp_path):
    file = tmp_path / "top/a/b" / NAME
    file.parent.mkdir(parents=True)
    file.write_bytes(month_file()[1])
    assert "too many folders deep" in str(refusal(tmp_path / "top"))


@pytest.mark.parametrize("column", HEADER)
def test_a_missing_column_is_named(tmp_path, column):
    rest = [name for name in HEADER if name != column]
    error = refused_csv(tmp_path, as_csv([crime(1)], rest))
    assert (error.row, error.field) == (1, column)
    assert "missing" in str(error)


def test_a_renamed_column_is_named_with_its_old_name(tmp_path):
    content = as_csv([crime(1)]).replace(b"LSOA code", b"lsoa_code", 1)
    error = refused_csv(tmp_path, content)
    assert error.field == "LSOA code"
    assert "“lsoa_code” instead" in str(error)


def test_a_column_too_many_is_named(tmp_path):
    content = as_csv([crime(1) | {"Victim": "x"}], [*HEADER, "Victim"])
    assert refused_csv(tmp_path, content).field == "Victim"


def test_a_column_given_twice_is_named(tmp_path):
    content = as_csv([crime(1)]).replace(b"Context", b"Context,Month", 1)
    assert refused_csv(tmp_path, content).field == "Month"


def test_latin_1_bytes_are_refused_at_their_row(tmp_path):
    rows = [crime(1), crime(2), crime(3, Location="On or near Café Street")]
    content = as_csv(rows).decode().encode("latin-1")
    error = refused_csv(tmp_path, content)
    assert error.row == 4
    assert "0xE9 is not UTF-8" in str(error)
    assert "CSV UTF-8" in error.cure


def test_latin_1_bytes_far_down_a_file_are_refused_at_their_row(tmp_path):
    rows = [crime(n) for n in range(9000)]
    content = as_csv([*rows, crime("x", Location="Café")]).decode().encode("latin-1")
    path = tmp_path / "2025-01-northamptonshire-street.csv"
    path.write_bytes(content)
    assert refusal(path).row == 9002


def test_text_that_breaks_off_inside_a_character_is_refused(tmp_path):
    assert "not UTF-8" in str(refused_csv(tmp_path, as_csv([crime(1)]) + b"\xc3"))


def test_a_truncated_zip_is_refused(tmp_path):
    path = write_zip(tmp_path / "crimes.zip", month_file(rows=500))
    path.write_bytes(path.read_bytes()[:-200])
    error = refusal(path)
    assert "cut short" in str(error)
    assert error.cure == "Download it again."


def test_a_zip_with_a_damaged_member_is_refused(tmp_path):
    path = write_zip(tmp_path / "crimes.zip", month_file(rows=500))
    content = bytearray(path.read_bytes())
    content[2000:2020] = bytes(20)
    path.write_bytes(content)
    error = refusal(path)
    assert "damaged" in str(error)
    assert NAME in str(error)


def test_a_text_file_named_zip_is_refused(tmp_path):
    path = tmp_path / "crimes.zip"
    path.write_text("not a zip")
    assert "not a zip" in str(refusal(path))


def test_a_zip_with_a_password_is_refused(tmp_path):
    path = write_zip(tmp_path / "crimes.zip", month_file())
    content = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(signature) + offset] |= 1
    path.write_bytes(content)
    assert "without a password" in refusal(path).cure


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    bomb = as_csv([crime(1)]) + b"0" * 30_000_000
    error = refused_csv(tmp_path, bomb)
    assert "times its size" in str(error)


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path):
    """The directory says 1,000 bytes; no more than that is ever unpacked, and it does not fit."""
    path = write_zip(tmp_path / "crimes.zip", (NAME, as_csv([crime(1)]) + b"0" * 30_000_000))
    with zipfile.ZipFile(path) as archive_:
        size = archive_.infolist()[0].file_size.to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (1000).to_bytes(4, "little")))
    assert "damaged" in str(refusal(path))


def test_too_much_to_unpack_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "MAX_UNPACKED", 1000)
    path = write_zip(tmp_path / "crimes.zip", month_file(rows=50), month_file("2025-02"))
    assert "Import it in parts" in refusal(path).cure


def test_one_file_that_is_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "MAX_ONE_FILE", 1000)
    assert NAME in str(refusal(write_zip(tmp_path / "crimes.zip", month_file(rows=50))))


def test_too_many_members_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "MAX_MEMBERS", 1)
    path = write_zip(tmp_path / "crimes.zip", month_file(), month_file("2025-02"))
    assert "2 files are in it" in str(refusal(path))


@pytest.mark.parametrize("name", [f"../{NAME}", f"/{NAME}", "..\\2025-01-kent-street.csv"])
def test_a_path_that_leads_out_of_the_zip_is_refused(tmp_path, name):
    path = write_zip(tmp_path / "crimes.zip", (name, month_file()[1]))
    error = refusal(path)
    assert "leads out of the zip" in str(error)


@pytest.mark.parametrize("month", ["2025-13", "2025-00", "2025-1", "1825-01", "202501"])
def test_a_month_in_the_name_that_is_not_a_month_is_refused(tmp_path, month):
    name = f"{month}-northamptonshire-street.csv"
    error = refusal(write_zip(tmp_path / "crimes.zip", (name, month_file()[1])))
    assert f"“{month}” in the name is not a month" in str(error)


@pytest.mark.parametrize("month", ["2025-02", "2025-13", "January", ""])
def test_a_month_in_a_row_that_is_not_the_files_month_is_refused_at_its_row(tmp_path, month):
    error = refused_csv(tmp_path, as_csv([crime(1), crime(2, Month=month)]))
    assert (error.row, error.field) == (3, "Month")
    assert f"“{month}” is not 2025-01" in str(error)


@pytest.mark.parametrize(
    "lon,lat,field,why",
    [
        ("2.3522", "48.8566", "Latitude", "outside the United Kingdom"),
        ("0.0", "0.0", "Latitude", "outside the United Kingdom"),
        ("52.303489", "-0.716963", "Longitude", "outside the United Kingdom"),
        ("-0.71", "nan", "Latitude", "outside the United Kingdom"),
        ("", "52.3", "Longitude", "the other coordinate is given"),
        ("-0.71", "", "Latitude", "the other coordinate is given"),
        ("west", "52.3", "Longitude", "“west” is not a number"),
    ],
)
def test_coordinates_that_are_wrong_are_refused_at_their_row(tmp_path, lon, lat, field, why):
    error = refused_csv(tmp_path, as_csv([crime(1), crime(2, Longitude=lon, Latitude=lat)]))
    assert (error.row, error.field) == (3, field)
    assert why in str(error)


def test_a_row_without_crime_type_is_refused(tmp_path):
    error = refused_csv(tmp_path, as_csv([crime(1, **{"Crime type": ""})]))
    assert (error.row, error.field) == (2, "Crime type")


@pytest.mark.parametrize("content,why", [(b"", "empty"), (as_csv([]), "no row")])
def test_an_empty_file_is_refused(tmp_path, content, why):
    assert why in str(refused_csv(tmp_path, content))


def test_a_csv_cut_in_the_middle_of_a_row_is_refused_at_that_row(tmp_path):
    content = as_csv([crime(1), crime(2)])[:-90]
    error = refused_csv(tmp_path, content)
    assert error.row == 3
    assert "twelve columns" in str(error)


def test_a_quotation_mark_that_is_not_closed_is_refused(tmp_path):
    content = as_csv([crime(1), crime(2)]).replace(b"On or near", b'"On or near', 1)
    assert "quotation mark" in str(refused_csv(tmp_path, content))


def test_a_csv_with_another_name_is_refused(tmp_path):
    path = tmp_path / "crimes.csv"
    path.write_bytes(month_file()[1])
    assert "YYYY-MM-force-street.csv" in str(refusal(path))


def test_a_zip_without_street_files_is_refused(tmp_path):
    path = write_zip(tmp_path / "crimes.zip", ("2025-01/2025-01-kent-outcomes.csv", b"x"))
    assert "no street file is in it" in str(refusal(path))


def test_two_copies_of_a_month_in_one_zip_are_refused(tmp_path):
    _, content = month_file()
    path = write_zip(tmp_path / "crimes.zip", (NAME, content), (NAME.split("/")[1], content))
    error = refusal(path)
    assert isinstance(error, BadFile)
    assert "Remove one of the two" in error.cure


def test_a_crash_is_noted_as_such_and_raised(tmp_path, monkeypatch):
    path = write_zip(tmp_path / "crimes.zip", month_file())
    monkeypatch.setattr("studytours.crime.operations.imports.make_report", lambda *a: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        import_crimes([path])
    assert not ForceMonth.objects.exists()
    assert not list(archive.root().rglob("*.parquet"))
    kept = CrimeImport.objects.get()
    assert kept.state == CrimeImport.State.FAILED
    assert "not in the file (ZeroDivisionError: division by zero)" in kept.problem
