"""Importing: what is kept, what is dropped, what replaces what."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.crime.streets import as_csv, crime, month_file, unnamed, unplaced, write_zip

from studytours.core.geometry import to_grid
from studytours.core.models import Event
from studytours.crime import archive, queries
from studytours.crime.models import CrimeImport, ForceMonth
from studytours.crime.operations import import_crimes

pytestmark = pytest.mark.django_db
NAME = "2025-01/2025-01-northamptonshire-street.csv"


def held_rows():
    """Every row the archive counts, as tuples."""
    files = [str(archive.root() / name) for name in archive.current_files()]
    return sorted(duckdb.connect().execute("from read_parquet(?)", [files]).fetchall(), key=str)


def files_on_disk():
    return {
        file.relative_to(archive.root()).as_posix() for file in archive.root().rglob("*.parquet")
    }


def test_the_whole_row_is_kept_with_its_force(importing):
    importing((NAME, as_csv([crime(1, Context="seen")])))
    (row,) = held_rows()
    assert row[:9] == (
        "northamptonshire",
        "2025-01",
        "E01027310",
        "North Northamptonshire 033B",
        -0.716963,
        52.303489,
        "On or near Kilnway",
        "Burglary",
        "Under investigation",
    )
    assert row[9:13] == (crime(1)["Crime ID"], *["Northamptonshire Police"] * 2, "seen")


def test_a_map_point_is_kept_with_its_metres_on_the_national_grid(importing):
    importing((NAME, as_csv([crime(1), unplaced(2)])))
    metres = sorted((row[13:] for row in held_rows()), key=str)
    easting, northing = to_grid(-0.716963, 52.303489)
    assert metres == [(int(easting), int(northing)), (None, None)]


def test_rows_with_an_id_that_are_identical_in_every_column_are_kept_once(importing):
    report = importing((NAME, as_csv([crime(1), crime(1), crime(1), crime(2)])))
    assert (report["rows"], report["exact_duplicates_dropped"]) == (4, 2)
    assert len(held_rows()) == 2


def test_a_repeated_id_with_anything_different_stays(importing):
    moved = crime(1, Location="On or near Shelley Road")
    report = importing((NAME, as_csv([crime(1), moved])))
    assert report["exact_duplicates_dropped"] == 0
    assert len(held_rows()) == 2


def test_identical_rows_without_an_id_are_separate_incidents_and_stay(importing):
    report = importing((NAME, as_csv([unnamed(), unnamed(), unnamed()])))
    assert report["exact_duplicates_dropped"] == 0
    assert len(held_rows()) == 3


def test_rows_without_coordinates_are_counted_and_kept(importing):
    report = importing((NAME, as_csv([crime(1), unplaced(2)])))
    assert report["no_coordinates"] == 1
    assert len(held_rows()) == 2


def test_rows_far_from_the_force_are_counted_and_kept(importing):
    here = [crime(n) for n in range(199)]
    cornwall = crime("x", **{"LSOA code": "E01018936", "LSOA name": "Cornwall 001A"})
    report = importing((NAME, as_csv([*here, cornwall])))
    assert report["outside_force"] == 1
    assert len(held_rows()) == 200


def test_a_small_authority_of_the_force_is_not_outside(importing):
    here = [crime(n) for n in range(198)]
    rutland = [crime(f"r{n}", **{"LSOA name": "Rutland 001A"}) for n in range(2)]
    assert importing((NAME, as_csv(here + rutland)))["outside_force"] == 0


def test_a_crime_type_we_do_not_know_is_kept_and_reported(importing):
    report = importing((NAME, as_csv([crime(1, **{"Crime type": "Moon theft"})])))
    assert report["unknown_types"] == ["Moon theft"]
    assert report["by_type"] == {"Moon theft": 1}


def test_other_columns_order_windows_line_ends_and_a_byte_order_mark_do_not_matter(importing):
    rows = [crime(1, Location="On or near “Old, Mill” Lane"), crime(2)]
    importing((NAME, as_csv(rows)))
    plain = held_rows()
    turned = as_csv(rows, list(crime(1))[::-1]).replace(b"\n", b"\r\n")
    report = importing((NAME, b"\xef\xbb\xbf" + turned))
    assert report["replaced"] == 1
    assert held_rows() == plain


def test_one_extra_folder_around_everything_is_accepted(importing):
    name, content = month_file()
    assert importing((f"download/{name}", content))["force_months"] == 1


def test_a_folder_and_a_single_csv_are_accepted(tmp_path):
    for month in ("2025-01", "2025-02"):
        name, content = month_file(month)
        (tmp_path / "top" / name).parent.mkdir(parents=True)
        (tmp_path / "top" / name).write_bytes(content)
    assert import_crimes([tmp_path / "top"]).report["force_months"] == 2
    single = tmp_path / "top/2025-02/2025-02-northamptonshire-street.csv"
    assert import_crimes([str(single)]).report["unchanged"] == 1


def test_other_files_are_passed_over_and_counted(importing):
    report = importing(
        month_file(),
        ("2025-01/2025-01-northamptonshire-outcomes.csv", b"x"),
        ("2025-01/2025-01-northamptonshire-stop-and-search.csv", b"x"),
        ("__MACOSX/a/b/._2025-01-northamptonshire-street.csv", b"x"),
        ("README.txt", b"x"),
    )
    assert (report["files"], report["ignored"]) == (1, 4)


def test_the_later_of_two_paths_with_the_same_month_counts_and_that_is_said(tmp_path):
    first = write_zip(tmp_path / "first.zip", month_file(rows=2))
    second = write_zip(tmp_path / "second.zip", month_file(rows=5))
    report = import_crimes([first, second]).report
    assert report["rows"] == 5
    assert report["superseded"] == [f"first.zip/{NAME}"]


def test_importing_again_changes_nothing(importing):
    importing(month_file(), month_file("2025-02"))
    rows, files = list(ForceMonth.objects.values()), files_on_disk()
    report = importing(month_file(), month_file("2025-02"))
    assert (report["added"], report["replaced"], report["unchanged"]) == (0, 0, 2)
    assert (report["rows"], report["force_months"]) == (6, 2)
    assert list(ForceMonth.objects.values()) == rows
    assert files_on_disk() == files


def test_a_file_lost_from_the_archive_is_made_again(importing):
    importing(month_file())
    held = archive.root() / ForceMonth.objects.get().file
    held.unlink()
    assert importing(month_file())["replaced"] == 1
    assert held.exists()


def test_a_newer_copy_replaces_the_month_as_a_whole(importing, django_capture_on_commit_callbacks):
    importing(month_file(rows=5), month_file("2025-02"))
    february = ForceMonth.objects.get(month="2025-02")
    with django_capture_on_commit_callbacks(execute=True):
        report = importing(month_file(rows=4))
    assert (report["replaced"], report["added"]) == (1, 0)
    assert ForceMonth.objects.get(month="2025-01").rows == 4
    assert ForceMonth.objects.get(month="2025-02") == february
    assert files_on_disk() == set(archive.current_files())


def test_a_month_that_shrinks_to_less_than_half_is_said(importing):
    importing(month_file(rows=50))
    assert importing(month_file(rows=2))["shrunk"] == [
        "northamptonshire 2025-01: 50 rows before, 2 now"
    ]


def test_missing_months_are_named_for_the_whole_archive(importing):
    importing(month_file("2024-11"))
    report = importing(month_file("2025-02"), month_file(force="kent"))
    assert report["missing_months"] == {"northamptonshire": ["2024-12", "2025-01"]}
    assert queries.missing_months("northamptonshire") == ["2024-12", "2025-01"]


def test_one_bad_file_leaves_all_as_it_was(importing, tmp_path):
    importing(month_file(rows=5))
    before = list(ForceMonth.objects.values()), files_on_disk(), held_rows()
    bad = ("2025-03/2025-03-northamptonshire-street.csv", b"\xff")
    with pytest.raises(Exception, match="not UTF-8"):
        importing(month_file(rows=9), month_file("2025-02"), bad)
    assert (list(ForceMonth.objects.values()), files_on_disk(), held_rows()) == before


def test_the_import_is_an_event_with_its_person_and_progress(importing):
    told = []
    importing(month_file(), progress=lambda percent, doing: told.append((percent, doing)))
    assert told[-1] == (99, "Putting the months into the archive")
    kept = CrimeImport.objects.get()
    assert (kept.state, kept.progress, kept.by) == ("done", 100, None)
    assert Event.objects.get(kind="crimes_imported").summary.endswith("crimes0.zip")


MONTHS = st.sampled_from(["2025-01", "2025-02", "2025-03"])


@given(st.lists(st.dictionaries(MONTHS, st.integers(1, 6), min_size=1), min_size=1, max_size=4))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_imported_in_whatever_order_the_last_copy_of_each_month_counts(
    importing, imports
):
    ForceMonth.objects.all().delete()
    last = {}
    for months in imports:
        importing(*(month_file(month, rows) for month, rows in months.items()))
        last |= months
        again = importing(*(month_file(month, rows) for month, rows in months.items()))
        assert again["unchanged"] == len(months)
    assert dict(ForceMonth.objects.values_list("month", "rows")) == last
    assert len(held_rows()) == sum(last.values())


@pytest.mark.django_db(transaction=True)
def test_leftovers_of_a_killed_import_are_cleared_by_the_next(importing):
    killed = CrimeImport.objects.create(
        source="killed", state="running", started_at="2026-01-01T00:00Z"
    )
    importing(month_file())
    orphan = archive.root() / "northamptonshire/2025-09-deadbeef.parquet"
    orphan.write_bytes(b"half a file")
    staged = archive.staging_root() / "abc/2025-09-northamptonshire.csv"
    staged.parent.mkdir(parents=True)
    staged.write_bytes(b"half a file")
    killed.state = "running"
    killed.save()
    importing(month_file("2025-02"))
    assert files_on_disk() == set(archive.current_files())
    assert not list(archive.staging_root().iterdir())
    killed.refresh_from_db()
    assert (killed.state, killed.ended_at is None) == ("failed", False)


def test_two_imports_never_write_at_the_same_time():
    order, waits = [], threading.Event()

    def second():
        with archive.one_at_a_time(waits.set):
            order.append("second")

    with archive.one_at_a_time():
        other = threading.Thread(target=second)
        other.start()
        assert waits.wait(10)
        order.append("first")
    other.join()
    assert order == ["first", "second"]


@pytest.mark.one_database
def test_an_import_killed_in_the_middle_leaves_the_archive_as_it_was(tmp_path):
    """A real process, a real database, kill -9 while it converts."""
    environment = {
        **{k: v for k, v in os.environ.items() if k != "DATABASE_URL"},
        "STUDYTOURS_HOME": str(tmp_path / "home"),
    }
    studytours = [sys.executable, "-m", "studytours"]

    def run(*command):
        done = subprocess.run(
            [*studytours, *command], env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    run("migrate", "-v0")
    first = write_zip(tmp_path / "first.zip", month_file(rows=5))
    run("import_crimes", str(first))
    archive_folder = tmp_path / "home/crime"
    before = {f: f.read_bytes() for f in archive_folder.rglob("*.parquet")}

    months = [f"20{year}-{month:02d}" for year in range(11, 26) for month in range(1, 13)]
    big = write_zip(tmp_path / "big.zip", *(month_file(month, 400) for month in months))
    process = subprocess.Popen([*studytours, "import_crimes", str(big)], env=environment)
    staging = archive_folder / ".staging"
    until = time.monotonic() + 60
    while not list(staging.glob("*/*.parquet")) and time.monotonic() < until:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert list(staging.glob("*/*")), "it was killed before it had begun"

    assert {f: f.read_bytes() for f in _counted(archive_folder)} == before
    assert '"unchanged": 1' in run("import_crimes", str(first), "--json")
    assert not list(staging.iterdir())


def _counted(folder):
    return [f for f in folder.rglob("*.parquet") if ".staging" not in f.parts]


def test_the_northamptonshire_zip_reads_as_the_issue_says(shared_data):
    path = Path(shared_data) / "police-uk-northamptonshire-street.zip"
    report = import_crimes([path]).report
    expected = {
        "files": 12,
        "rows": 74_962,
        "force_months": 12,
        "no_coordinates": 882,
        "outside_force": 610,
        "exact_duplicates_dropped": 13,
        "missing_months": {},
    }
    assert {key: report[key] for key in expected} == expected
    assert len(report["by_type"]) == 14
    assert report["by_type"]["Burglary"] == 2_809
    assert sum(report["by_type"].values()) == 74_962
    rows = held_rows()
    assert len(rows) == 74_949
    again = import_crimes([path]).report
    assert again["unchanged"] == 12
    assert {key: again[key] for key in expected} == expected
    assert held_rows() == rows


def test_the_rutland_zip_names_its_missing_months(shared_data):
    path = Path(shared_data) / "police-uk-leicestershire-street-rutland-only.zip"
    report = import_crimes([path]).report
    assert (report["rows"], report["force_months"]) == (7_073, 47)
    missing = report["missing_months"]["leicestershire"]
    assert (missing[0], missing[-1], len(missing)) == ("2022-11", "2024-12", 26)
