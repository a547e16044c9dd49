"""The figures of an area: by map points for a shape, by code for small areas and wards."""

import pytest
from tests.areas import counties
from tests.areas.files import table

from studytours.areas import operations
from studytours.areas.catchments import circle
from studytours.areas.models import Area
from studytours.areas.queries import profile, suggest_areas
from studytours.areas.results import Comparison, Trend

pytestmark = pytest.mark.django_db


def drawn(number=0, metres=400, **more):
    parts = {"name": "Here", "made_from": "drawn", "codes": []}
    return Area(geometry=circle(*counties.spot(number), metres), **parts | more)


def homes(folder, counts):
    rows = [f"{counties.code(at)},M,{2 * n},{n}\n" for at, n in enumerate(counts)]
    head = "lsoa21_code,lsoa21_name,residents_2021,households_2021\n"
    operations.import_statistics(table(folder, head + "".join(rows), "homes.csv"))


def test_without_crimes_it_says_so_and_stays_empty():
    found = profile(drawn())
    assert (found.months, found.total, found.expected, found.mix) == ((), 0, None, ())
    assert found.caveats == ("No recorded crime is held for this place.",)


def test_an_area_that_is_not_saved_has_a_profile(tmp_path):
    counties.import_county(tmp_path)
    found = profile(drawn())
    assert (found.total, found.all_total) == (12 * 7, 12 * 9)
    assert found.series == (7,) * 12
    assert found.counted_by == "map points inside the area"
    assert found.force == "millshire"
    assert found.expected.mean == pytest.approx(84, rel=0.01)


def test_small_areas_are_counted_by_code_wherever_their_points_lie(tmp_path):
    counties.import_county(tmp_path)
    elsewhere = drawn(3, made_from="lsoas", codes=[counties.code(0), counties.code(1)])
    found = profile(elsewhere)
    assert found.total == 12 * (7 + 5)
    assert found.counted_by == "small areas (LSOA) by their code"
    assert found.codes == (counties.code(0), counties.code(1))


def test_a_ward_is_counted_by_the_small_areas_of_the_lookup(tmp_path):
    counties.import_county(tmp_path)
    head = "lsoa21_code,ward24_name,ward24_code,ltla24_name,ltla24_code\n"
    row = f"{counties.code(1)},Ward,E05000001,Millshire,E06000061\n"
    operations.import_statistics(table(tmp_path, head + row))
    assert profile(drawn(3, made_from="wards", codes=["E05000001"])).total == 12 * 5


def test_a_ward_without_lookup_is_counted_by_its_shape(tmp_path):
    counties.import_county(tmp_path)
    found = profile(drawn(1, made_from="wards", codes=["E05000001"]))
    assert (found.total, found.counted_by) == (60, "map points inside the area")


def test_a_former_code_counts_where_it_became_only_codes_of_the_area(tmp_path):
    counties.import_county(tmp_path)
    head = "lsoa11_name,lsoa11_code,change_code,lsoa21_name,lsoa21_code\n"
    old = counties.code(0)
    rows = f"M,{old},S,M 1,E01099071\nM,{old},S,M 2,E01099072\n"
    operations.import_statistics(table(tmp_path, head + rows))
    both = profile(drawn(made_from="lsoas", codes=["E01099071", "E01099072"]))
    half = profile(drawn(made_from="lsoas", codes=["E01099071"]))
    assert (both.total, half.total) == (84, 0)


def test_it_stands_beside_the_whole_force(tmp_path):
    counties.import_county(tmp_path)
    homes(tmp_path, [100, 100, 100, 100])
    found = profile(drawn(made_from="lsoas", codes=[counties.code(0)]))
    assert (found.households, found.residents) == (100, 200)
    assert found.rate == 840
    assert found.comparison == Comparison(here=840, force=12 * 16 * 1000 / 400)
    assert found.comparison.times == 1.75


def test_a_suggested_area_keeps_the_figures_of_its_suggestion(tmp_path):
    counties.import_county(tmp_path)
    one = suggest_areas(count=1).areas[0]
    area = operations.make_area(
        name=one.name, geometry=one.geometry, made_from="suggestion", why="Most recorded crime",
        codes=one.codes, force=one.force, vintage=one.vintage,
    )  # fmt: skip
    found = profile(area)
    assert found.total == one.total
    assert found.expected.mean == pytest.approx(one.expected.mean, rel=0.03)
    assert found.earlier.total == one.total
    assert found.earlier.months == one.months


def test_little_crime_carries_its_caveat(tmp_path):
    counties.import_county(tmp_path)
    assert any("chance decides" in line for line in profile(drawn(3)).caveats)


def test_a_trend_needs_two_whole_years(tmp_path):
    counties.import_county(tmp_path, "2024-01", "2025-12")
    trend = profile(drawn()).trend
    assert (trend, trend.change) == (Trend(84, 84), 0)
    assert str(trend) == "84 in the last 12 months, 84 in the 12 before"
    assert Trend(5, 0).change is None
