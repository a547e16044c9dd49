"""import_crimes and download_crimes as a person or a script runs them."""

import json

import pytest
from django.core.management import CommandError, call_command
from tests.crime.site import Site
from tests.crime.streets import month_file, write_zip

from studytours.crime.models import ForceMonth

pytestmark = pytest.mark.django_db


def test_a_refusal_names_the_file_and_exits_with_2(tmp_path, capsys):
    path = write_zip(tmp_path / "crimes.zip", ("2025-13-kent-street.csv", b"x"))
    with pytest.raises(CommandError) as caught:
        call_command("import_crimes", path, json=True)
    assert caught.value.returncode == 2
    assert json.loads(capsys.readouterr().out) == {
        "refused": "crimes.zip/2025-13-kent-street.csv: “2025-13” in the name is not a month.",
        "cure": "Name it YYYY-MM.",
        "file": "crimes.zip/2025-13-kent-street.csv",
    }


def test_import_crimes_prints_one_json_object(tmp_path, capsys):
    path = write_zip(tmp_path / "crimes.zip", month_file())
    call_command("import_crimes", str(path), "--json")
    report = json.loads(capsys.readouterr().out)
    assert report["rows"] == 3
    assert report["force_months"] == 1
    assert set(report) >= {
        "files",
        "rows",
        "force_months",
        "no_coordinates",
        "outside_force",
        "exact_duplicates_dropped",
        "by_type",
    }


def test_import_crimes_tells_a_person_in_sentences(tmp_path, capsys):
    path = write_zip(tmp_path / "crimes.zip", month_file("2025-01"), month_file("2025-03"))
    call_command("import_crimes", str(path))
    said = capsys.readouterr().out
    assert "6 rows in 2 files: 2 months are new" in said
    assert "Missing in Northamptonshire: February 2025." in said


def test_download_crimes_imports_what_it_fetched(tmp_path, capsys):
    site = Site()
    site.publish("2025-01", write_zip(tmp_path / "z.zip", month_file()).read_bytes())
    wish = ["--force", "northamptonshire", "--from", "2025-01", "--to", "2025-01"]
    call_command("download_crimes", *wish, "--base-url", site.url, "--json")
    site.close()
    assert json.loads(capsys.readouterr().out)["rows"] == 3
    assert ForceMonth.objects.count() == 1


def test_download_crimes_of_a_month_not_published_exits_with_2(capsys):
    site = Site()
    wish = ["--force", "northamptonshire", "--from", "2025-01", "--to", "2025-01"]
    with pytest.raises(CommandError, match="not published") as caught:
        call_command("download_crimes", *wish, "--base-url", site.url)
    site.close()
    assert caught.value.returncode == 2
