"""Ranked small areas and wards."""

import json

import numpy as np
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from tests.areas import counties, pages_world
from tests.areas.files import table

from placestats import decayed_counts, shrink
from studytours.areas import operations
from studytours.areas.outlook import USUAL_DRIFT
from studytours.areas.queries import rank_areas
from studytours.core.errors import Refused
from studytours.crime.counting import lsoa_months
from studytours.crime.operations import import_crimes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"kind": "street"}, "“street” cannot be ranked. Use lsoa or ward"),
        ({"by": "mood"}, "“mood” is not a way to rank"),
        ({"top": 0}, "at least one"),
        ({"kind": "ward"}, "Import the lookup from LSOA to ward first"),
        ({"by": "household"}, "Import a table of households first"),
    ],
)
def test_what_cannot_be_ranked_is_refused_with_the_cure(tmp_path, options, why):
    counties.import_county(tmp_path, last="2025-02")
    with pytest.raises(Refused, match=why):
        rank_areas(**options)


def test_small_areas_come_by_their_expected_crimes(tmp_path):
    counties.import_county(tmp_path)
    ranking = rank_areas(top=2)
    assert [row.code for row in ranking.rows] == [counties.code(at) for at in range(4)]
    first = ranking.rows[0]
    assert first.series == (7,) * 12
    assert first.score == pytest.approx(7)
    assert first.expected.low < first.expected.mean < first.expected.high
    assert sum(row.sure for row in ranking.rows) == pytest.approx(2)


def test_a_ranking_by_household_differs_from_one_by_count(tmp_path):
    counties.import_county(tmp_path)
    homes(tmp_path, [9000, 900, 900, 50])
    by_home = rank_areas(by="household", top=1)
    assert by_home.rows[0].code != rank_areas().rows[0].code
    assert by_home.rows[-1].code == counties.code(0)
    assert by_home.rows[0].rate == pytest.approx(
        1000 * by_home.rows[0].expected.mean / by_home.rows[0].households
    )


def test_areas_whose_households_are_unknown_are_left_out_and_counted(tmp_path):
    counties.import_county(tmp_path)
    homes(tmp_path, [500, 500])
    ranking = rank_areas(by="household")
    assert len(ranking.rows) == 2
    assert any("48 crimes lie in areas that are not ranked" in line for line in ranking.caveats)


def homes(folder, counts):
    rows = [f"{counties.code(at)},M,{2 * n},{n}\n" for at, n in enumerate(counts)]
    head = "lsoa21_code,lsoa21_name,residents_2021,households_2021\n"
    operations.import_statistics(table(folder, head + "".join(rows), "homes.csv"))


def test_wards_are_sums_of_their_small_areas(tmp_path):
    counties.import_county(tmp_path)
    rows = [
        f"{counties.code(at)},Ward {ward},E0500000{ward},Millshire,E06000061\n"
        for at, ward in ((0, 2), (1, 1), (2, 1), (3, 1))
    ]
    head = "lsoa21_code,ward24_name,ward24_code,ltla24_name,ltla24_code\n"
    operations.import_statistics(table(tmp_path, head + "".join(rows)))
    first, second = rank_areas(kind="ward").rows
    assert (first.name, first.place, sum(first.series)) == ("Ward 1", "Millshire", 9 * 12)
    assert (second.name, sum(second.series)) == ("Ward 2", 7 * 12)


def test_a_split_areas_past_is_shared_out_among_its_successors(tmp_path):
    counties.import_county(tmp_path)
    head = "lsoa11_name,lsoa11_code,change_code,lsoa21_name,lsoa21_code\n"
    old = counties.code(0)
    rows = f"M,{old},S,M 1,E01099071\nM,{old},S,M 2,E01099072\n"
    operations.import_statistics(table(tmp_path, head + rows))
    series = {row.code: sum(row.series) for row in rank_areas().rows}
    assert old not in series
    # 7 a month in two halves of 3.5, shown as whole crimes.
    assert series["E01099071"] == series["E01099072"] == 12 * 4


def test_neighbours_say_what_is_usual_where_boundaries_are_held(tmp_path):
    pages_world.import_world(tmp_path)
    ranking = rank_areas()
    assert [row.code for row in ranking.rows] == list(reversed(pages_world.CODES))


def test_the_command_gives_so_many_rows(tmp_path, capsys):
    counties.import_county(tmp_path)
    call_command("rank_areas", count=2, json=True)
    assert len(json.loads(capsys.readouterr().out)["rows"]) == 2
    call_command("rank_areas", count=1)
    assert "Millshire 001A" in capsys.readouterr().out


def test_the_command_exits_with_2_on_what_it_refuses(tmp_path):
    with pytest.raises(CommandError, match="no recorded crime") as refusal:
        call_command("rank_areas")
    assert refusal.value.returncode == 2


def test_next_years_counts_fell_into_the_range_as_often_as_it_says(shared_data):
    """Lancashire, October 2020 to September 2021, against the year after."""
    import_crimes([shared_data / "police-uk-lancashire-street.zip"])
    found = lsoa_months("lancashire")
    start = found.months.index("2020-10")
    counts = found.counts[found.own]
    past, future = counts[:, start : start + 12], counts[:, start + 12 : start + 24].sum(axis=1)
    decayed = decayed_counts(past)
    others = (decayed.counts.sum() - decayed.counts) / (len(counts) - 1) / decayed.exposure
    rates = shrink(decayed.counts, decayed.exposure, others)
    _, low, high = rates.expected(12, drift=USUAL_DRIFT)
    inside = np.mean((future >= np.floor(low)) & (future <= np.ceil(high)))
    assert 0.86 < inside < 0.97
