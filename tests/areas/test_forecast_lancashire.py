"""The check on Lancashire's real crimes, and the page that reports it."""

import importlib.util
from pathlib import Path

import pytest

from studytours.areas.checking import check_forecast
from studytours.areas.checking_words import verdict
from studytours.crime.operations import import_crimes

pytestmark = pytest.mark.one_database  # counted from the files

ROOT = Path(__file__).resolve().parents[2]
DATES = [*(f"2021-{n:02d}" for n in range(3, 12)), "2025-01"]


@pytest.fixture(scope="module")
def archive_of_the_module(for_the_module, shared_data):
    for name in ("lancashire-street", "lancashire-street-2025", "northamptonshire-street"):
        import_crimes([shared_data / f"police-uk-{name}.zip"])


@pytest.fixture
def archive(archive_of_the_module, in_its_folder):
    """Lancashire's and Northamptonshire's recorded crimes, as they were published."""


@pytest.mark.parametrize("cell", [100, 250])
def test_decayed_counts_find_at_least_as_much_as_every_other_method(archive, cell):
    found = check_forecast("lancashire", cell=cell)
    in_five_per_cent = dict(
        zip(found.compared.methods, found.compared.mean(found.compared.hits)[:, -1], strict=True)
    )
    perfect = in_five_per_cent.pop("perfect_foresight")
    assert max(in_five_per_cent, key=in_five_per_cent.get) == "decayed_counts"
    assert perfect > in_five_per_cent["decayed_counts"]
    assert verdict(found).answer == "yes"


def test_missing_months_are_no_dates_and_no_zeros(archive):
    found = check_forecast("lancashire")
    assert [month for month, *_ in found.origins] == DATES
    assert found.origins[0][1:3] == (12, "2021-02")
    assert found.origins[-1][1:3] == (32, "2022-10")


def test_rows_far_away_do_not_widen_the_area(archive):
    """Rows as far as Kent and Wales lie in the files; the county has about 3,000 km²."""
    assert check_forecast("lancashire").area_km2 == 560


def test_the_page_holds_what_the_program_finds(archive):
    spec = importlib.util.spec_from_file_location("tables", ROOT / "bin/write_method_tables.py")
    tables = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tables)
    page = tables.PAGE.read_text()
    assert tables.filled(page) == page
