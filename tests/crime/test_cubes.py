"""One text counts by any kind of place; what is odd in the data is answered or refused."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.crime.streets import as_csv, crime, month_file, unnamed, unplaced

from studytours.core.errors import Refused
from studytours.core.geometry import to_grid
from studytours.crime import counting
from studytours.crime.counting import LSOAS, POINTS, STREETS, cells, counted, own_lsoas
from studytours.crime.models import ForceMonth

pytestmark = pytest.mark.django_db
FORCE = "northamptonshire"
NAME = "2025-01/2025-01-northamptonshire-street.csv"
OTHER_LSOA = {"LSOA code": "E01027342", "LSOA name": "North Northamptonshire 031D"}


@pytest.mark.parametrize("metres", [0, -250, 9, 2.5, 200_000, float("nan")])
def test_a_cell_that_is_no_cell_is_refused(metres):
    with pytest.raises(Refused, match="cannot be counted") as caught:
        cells(metres)
    assert "from 10 to 100,000" in caught.value.cure


def test_a_cell_is_the_square_of_the_grid_around_its_points(importing):
    importing((NAME, as_csv([crime(1), crime(2), crime(3, Latitude="52.4"), unplaced(4)])))
    found = counted(cells(250), force=FORCE)
    easting, northing = to_grid(-0.716963, 52.303489)
    here = (easting // 250, northing // 250)
    lines = zip(found.places["x"], found.places["y"], found.by_month()[:, 0], strict=True)
    assert {(x, y): n for x, y, n in lines}[here] == 2
    assert found.total == 3, "a row without a place is in no cell"


def test_a_street_is_a_name_within_an_lsoa(importing):
    rows = [crime(1), crime(2, Longitude="-0.7171"), crime(3, **OTHER_LSOA), unplaced(4)]
    importing((NAME, as_csv(rows)))
    found = counted(STREETS, force=FORCE)
    places = zip(found.places["location"], found.places["lsoa"], strict=True)
    assert dict(zip(places, found.by_month()[:, 0].tolist(), strict=True)) == {
        ("On or near Kilnway", "E01027310"): 2,
        ("On or near Kilnway", "E01027342"): 1,
    }


def test_a_street_is_one_in_a_town_of_several_lsoas(importing):
    importing((NAME, as_csv([crime(1), crime(2), crime(3, **OTHER_LSOA)])))
    towns = {"E01027310": "Wellingborough", "E01027342": "Wellingborough"}
    found = counted(STREETS, force=FORCE).through(towns, "lsoa", "town")
    assert found.places["town"].tolist() == ["Wellingborough"]
    assert found.total == 3


def test_wards_are_sums_of_lsoas_by_the_lookup_and_what_it_lacks_is_left_out(importing):
    elsewhere = crime(9, **{"LSOA code": "E01018936", "LSOA name": "Cornwall 001A"})
    importing((NAME, as_csv([crime(1), crime(2, **OTHER_LSOA), elsewhere])))
    lsoas = counted(LSOAS, force=FORCE)
    wards = lsoas.through({"E01027310": "Queensway", "E01027342": "Queensway"}, into="ward")
    assert wards.places["ward"].tolist() == ["Queensway"]
    assert wards.by_month().tolist() == [[2]]
    assert lsoas.total - wards.total == 1


def test_a_lookup_that_knows_nothing_leaves_nothing(importing):
    importing(month_file())
    wards = counted(LSOAS, force=FORCE).through({})
    assert (len(wards), wards.total, wards.by_month().shape) == (0, 0, (0, 1))


def test_no_crimes_in_the_period(importing):
    importing(month_file())
    for by in (cells(250), POINTS, STREETS, LSOAS):
        for asked in ({"months": ["2019-01"]}, {"crimes": "shoplifting"}, {"months": []}):
            found = counted(by, force=FORCE, **asked)
            assert (len(found), found.total) == (0, 0)
            assert found.by_month().shape == (0, len(found.months))
    assert counted(POINTS, force=FORCE, months=["2019-01"]).months == ()
    assert counting.month_counts(force=FORCE, months=["2019-01"]).counts.shape == (0, 0)


def test_a_month_without_a_crime_of_the_set_is_a_zero_and_a_missing_month_is_none(importing):
    asb = unnamed(Month="2025-02")
    importing(
        month_file("2025-01"),
        ("2025-02/2025-02-northamptonshire-street.csv", as_csv([asb])),
        month_file("2025-04", 1),
    )
    found = counted(LSOAS, force=FORCE)
    assert found.months == ("2025-01", "2025-02", "2025-04")
    assert found.by_month().tolist() == [[3, 0, 1]]


def test_one_month_only(importing):
    importing(month_file())
    found = counted(cells(1000), force=FORCE)
    assert (found.months, found.by_month().tolist()) == (("2025-01",), [[3]])


def test_all_crimes_on_one_point(importing):
    importing(month_file(rows=50), month_file("2025-02", 30))
    for by in (cells(10), cells(100_000), POINTS, STREETS, LSOAS):
        assert counted(by, force=FORCE).by_month().tolist() == [[50, 30]]


def test_a_renamed_point_is_one_point_with_its_last_name(importing):
    renamed = crime(2, Month="2025-02", Location="On or near Minerva Way")
    importing(month_file(), ("2025-02/2025-02-northamptonshire-street.csv", as_csv([renamed])))
    found = counting.point_months(FORCE)
    assert found.location.tolist() == ["On or near Minerva Way"]
    assert found.by_month().tolist() == [[3, 1]]


def test_codes_of_2011_and_2021_stand_side_by_side_until_a_lookup_joins_them(importing):
    old = crime(1, **{"LSOA code": "E01027299", "LSOA name": "Wellingborough 001A"})
    new = [
        crime(n, Month="2025-02", **{"LSOA code": code, "LSOA name": "North Northamptonshire 001F"})
        for n, code in ((2, "E01034980"), (3, "E01034981"))
    ]
    importing((NAME, as_csv([old])), ("2025-02/2025-02-northamptonshire-street.csv", as_csv(new)))
    found = counted(LSOAS, force=FORCE)
    assert found.places["lsoa"].tolist() == ["E01027299", "E01034980", "E01034981"]
    assert found.by_month().tolist() == [[1, 0], [0, 1], [0, 1]]
    wards = found.through(dict.fromkeys(found.places["lsoa"].tolist(), "Finedon"))
    assert wards.by_month().tolist() == [[1, 2]]


def test_rows_placed_all_over_the_country_are_left_out_by_the_forces_own_lsoas(importing):
    """Two in a hundred, as each in another authority: none of them holds enough to be its own."""
    far = [
        crime(
            f"far{n}",
            Longitude=f"{-5 + n / 10:.1f}",
            **{"LSOA code": f"E0100{n:04d}", "LSOA name": f"Faraway {'ABCDEFGH'[n % 8]}{n} 001A"},
        )
        for n in range(20)
    ]
    importing((NAME, as_csv([*(crime(n) for n in range(980)), *far])))
    assert own_lsoas(FORCE) == ["E01027310"]
    every, own = (
        counted(cells(250), force=FORCE, lsoas=lsoas) for lsoas in (None, own_lsoas(FORCE))
    )
    assert (every.total, len(every)) == (1000, 21)
    assert (own.total, len(own)) == (980, 1)


LON = st.sampled_from(["-0.716963", "-0.717", "-0.71", "-0.72", "-1.5"])
TYPES = st.sampled_from(["Burglary", "Robbery", "Shoplifting", "Moon theft"])
MONTHS = st.sampled_from(["2025-01", "2025-02"])


@given(st.lists(st.tuples(LON, TYPES, MONTHS), min_size=1), st.sampled_from([10, 250, 1000]))
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_cube_is_what_counting_row_by_row_gives(importing, rows, metres):
    ForceMonth.objects.all().delete()
    files = {}
    for number, (lon, crime_type, month) in enumerate(rows):
        row = crime(number, Month=month, Longitude=lon, **{"Crime type": crime_type})
        files.setdefault(f"{month}-northamptonshire-street.csv", []).append(row)
    importing(*((name, as_csv(held)) for name, held in files.items()))
    by_hand = Counter(
        (*(int(side // metres) for side in to_grid(float(lon), 52.303489)), month, crime_type)
        for lon, crime_type, month in rows
    )
    found = counted(cells(metres), force=FORCE, crimes="all")
    lines = zip(found.place, found.month, found.type, found.n, strict=True)
    assert {
        (
            int(found.places["x"][place]),
            int(found.places["y"][place]),
            found.months[month],
            found.types[kind],
        ): n
        for place, month, kind, n in lines
    } == by_hand
    inside = np.ones(len(found), dtype=bool)
    assert found.series(inside).tolist() == found.by_month().sum(axis=0).tolist()
    assert dict(found.mix(inside)) == Counter(kind for _, kind, _ in rows)
    assert found.by_type().sum() == found.months_by_type().sum() == found.total == len(rows)
