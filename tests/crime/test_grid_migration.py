"""An archive of before has no metres on the National Grid; `migrate` adds them."""

from importlib import import_module

import duckdb
import pytest
from django.apps import apps
from tests.crime.streets import as_csv, crime, month_file, unplaced

from studytours.crime import archive
from studytours.crime.counting import cells, counted, lsoa_months
from studytours.crime.models import ForceMonth

pytestmark = pytest.mark.django_db
FORCE = "northamptonshire"
NAME = "2025-01/2025-01-northamptonshire-street.csv"
add_metres = import_module("studytours.crime.migrations.0002_grid_metres").add_metres


@pytest.fixture
def before(importing):
    """Two months as they were written before, and what their cells should count."""
    importing((NAME, as_csv([crime(1), crime(2, Longitude="-0.9"), unplaced(3)])))
    importing(month_file("2025-02", 4))
    expected = counted(cells(250), force=FORCE)
    for name in archive.current_files():
        file = str(archive.root() / name)
        duckdb.execute(f"create or replace temp table rows as from '{file}'")
        duckdb.execute(f"copy (select * exclude (easting, northing) from rows) to '{file}'")
    return expected


def test_old_months_count_by_cell_afterwards(before):
    add_metres(apps, None)
    now = counted(cells(250), force=FORCE)
    assert now.total == 6
    assert now.by_month().tolist() == before.by_month().tolist()
    assert lsoa_months(FORCE, "all").counts.sum() == 6


def test_the_old_files_are_leftovers(before):
    old = set(archive.current_files())
    add_metres(apps, None)
    assert old.isdisjoint(archive.current_files())
    assert {file.name for file in archive.leftovers()} == {name.split("/")[1] for name in old}


def test_new_months_and_lost_files_are_passed_over(before, importing):
    importing(month_file("2025-03"))
    new, lost = ForceMonth.objects.get(month="2025-03"), ForceMonth.objects.get(month="2025-02")
    (archive.root() / lost.file).unlink()
    add_metres(apps, None)
    assert ForceMonth.objects.get(month="2025-03").file == new.file
    assert ForceMonth.objects.get(month="2025-02").file == lost.file


def test_importing_the_same_again_changes_nothing(before, importing):
    add_metres(apps, None)
    assert importing(month_file("2025-02", 4))["unchanged"] == 1
