"""Figures and lookups are known by their header and checked cell by cell."""

import json

import pytest
from django.core.management import call_command
from tests.areas.files import table

from studytours.areas.boundaries import figures_of, lsoas_of_wards, successors
from studytours.areas.models import Statistic, StatisticSet
from studytours.areas.operations import import_statistics
from studytours.core.errors import BadFile

pytestmark = pytest.mark.django_db

HOMES = "lsoa21_code,lsoa21_name,residents_2021,households_2021\n"
DEPRIVED = "lsoa21_code,IMD_decile,IMD_rank,Income_decile\n"
WARDS = "lsoa21_code,ward24_name,ward24_code,ltla24_name,ltla24_code\n"
OLD = "lsoa11_name,lsoa11_code,change_code,lsoa21_name,lsoa21_code\n"


def test_unknown_columns_are_refused_naming_those_found_and_expected(tmp_path):
    path = table(tmp_path, "camera_id,location\n1,High Street\n")
    with pytest.raises(BadFile, match=r"not known: camera_id, location.*households: lsoa21_code"):
        import_statistics(path)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        (HOMES, "no row below the header"),
        (HOMES + "E01099001,Millby,50\n", "row 2: it has 3 cells, the header has 4"),
        (HOMES + "E0109,Millby,50,20\n", "row 2, column “lsoa21_code”: “E0109” is not a code"),
        (HOMES + "E01099001,M,50,20\nE01099002,M,fifty,20\n",
         "row 3, column “residents_2021”: “fifty” is not a whole number"),
        (HOMES + "E01099001,M,50,-2\n", "row 2, column “households_2021”: -2 is not 0 or more"),
        (HOMES + "E01099001,M,5,2\nE01099001,M,5,2\n", "row 3: the code E01099001 is there twice"),
        (DEPRIVED + "E01099001,11,7,3\n", "column “IMD_decile”: 11 is not between 1 and 10"),
        (WARDS + "E01099001,Mill,E06000061,Authority,E06000061\n", "“E06000061” is not a code"),
        (OLD + "M,E01099001,U,M,E01099001\nM,E01099001,U,M,E01099001\n", "row 3.*twice"),
    ],
)  # fmt: skip
def test_a_bad_value_is_refused_with_its_row_and_nothing_is_kept(tmp_path, text, why):
    with pytest.raises(BadFile, match=why):
        import_statistics(table(tmp_path, text))
    assert not StatisticSet.objects.exists()
    assert not Statistic.objects.exists()


def test_latin_1_bytes_are_refused_with_the_cure(tmp_path):
    path = tmp_path / "latin.csv"
    path.write_bytes((HOMES + "E01099001,Café,5,2\n").encode("latin-1"))
    with pytest.raises(BadFile, match=r"not UTF-8. Save it as CSV UTF-8"):
        import_statistics(path)


def test_the_same_file_again_changes_nothing(tmp_path):
    path = table(tmp_path, HOMES + "E01099001,Millby,50,20\n")
    assert import_statistics(path).new
    assert not import_statistics(path).new
    assert Statistic.objects.count() == 1


def test_figures_of_several_tables_come_together(tmp_path):
    for number, text in enumerate([
        HOMES + "E01099001,Millby,50,20\n",
        DEPRIVED + "E01099001,3,8000,2\n",
        WARDS + "E01099001,Mill Ward,E05000001,Millshire,E06000061\n",
        OLD + "Old Millby 001A,E01099001,U,Millshire 001A,E01099001\n",
    ]):  # fmt: skip
        import_statistics(table(tmp_path, text, f"{number}.csv"))
    known = figures_of(["E01099001"])["E01099001"]
    assert (known.households, known.residents, known.decile) == (20, 50, 3)
    assert (known.ward, known.authority, known.town) == ("Mill Ward", "Millshire", "Old Millby")
    assert lsoas_of_wards(["E05000001"]) == {"E01099001"}


def test_the_newest_deprivation_counts(tmp_path):
    import_statistics(table(tmp_path, DEPRIVED + "E01099001,3,8000,2\n", "imd2025.csv"))
    import_statistics(table(tmp_path, DEPRIVED + "E01099001,9,9000,2\n", "imd2019.csv"))
    assert figures_of()["E01099001"].decile == 3


def test_a_code_that_was_split_has_successors(tmp_path):
    rows = "M 1,E01099001,S,M 1,E01099002\nM 1,E01099001,S,M 2,E01099003\n"
    import_statistics(table(tmp_path, OLD + rows + "M 4,E01099004,U,M 4,E01099004\n"))
    assert successors() == {"E01099001": ("E01099002", "E01099003")}


def test_the_command_reports_as_json(tmp_path, capsys):
    path = table(tmp_path, HOMES + "E01099001,Millby,50,20\n")
    call_command("import_statistics", str(path), json=True)
    report = json.loads(capsys.readouterr().out)
    assert (report["kind"], report["vintage"], report["rows"]) == ("households", 2021, 1)


@pytest.mark.parametrize(
    ("file", "kind", "rows", "vintage"),
    [
        ("census-deprivation/census2021-households-lsoa21-northamptonshire-rutland.csv",
         "households", 469, 2021),
        ("census-deprivation/imd2025-lsoa21-northamptonshire-rutland.csv",
         "deprivation", 469, 2025),
        ("census-deprivation/imd2019-lsoa11-northamptonshire-rutland.csv",
         "deprivation", 445, 2019),
        ("census-deprivation/population-mid2020-lsoa11-northamptonshire-rutland.csv",
         "population", 445, 2020),
        ("boundaries/lookup-lsoa21-ward24-lad24-northamptonshire-rutland.csv",
         "lookup", 468, 2021),
        ("boundaries/lookup-lsoa11-lsoa21-northamptonshire-rutland.csv", "lookup", 445, 2021),
    ],
)  # fmt: skip
def test_real_tables_come_in(shared_data, file, kind, rows, vintage):
    done = import_statistics(shared_data / file)
    assert (done.kind, done.rows, done.set.vintage) == (kind, rows, vintage)


def test_the_real_census_adds_up(shared_data):
    name = "census2021-households-lsoa21-northamptonshire-rutland.csv"
    import_statistics(shared_data / "census-deprivation" / name)
    figures = figures_of().values()
    assert sum(one.residents for one in figures) == 826_297
    assert sum(one.households for one in figures) == 338_288
