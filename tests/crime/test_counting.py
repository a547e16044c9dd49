"""Counts by LSOA, by anonymous map point, by month; only what is held, only what was asked."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, box
from tests.crime.streets import as_csv, crime, month_file, unnamed, unplaced

from studytours.core.errors import Refused
from studytours.core.geometry import buffered
from studytours.crime import archive, counting, queries
from studytours.crime.models import ForceMonth
from studytours.crime.operations import import_crimes
from studytours.crime.sets import CRIME_SETS, CRIME_TYPES, types_in

pytestmark = pytest.mark.django_db
NAME = "2025-01/2025-01-northamptonshire-street.csv"
FORCE = "northamptonshire"


def test_an_unknown_set_is_refused_with_the_known_ones():
    with pytest.raises(Refused, match="“murder” is not a set") as caught:
        types_in("murder")
    assert "acquisitive+retail" in caught.value.cure


def test_no_set_holds_a_type_that_does_not_exist():
    assert {name for names in CRIME_SETS.values() for name in names} == set(CRIME_TYPES)
    assert len(CRIME_TYPES) == 14


def test_shoplifting_is_in_no_set_whose_name_does_not_say_so():
    assert [name for name, types in CRIME_SETS.items() if "Shoplifting" in types] == [
        "acquisitive+retail",
        "shoplifting",
        "all",
    ]


def test_one_type_is_a_set_by_its_own_name():
    assert types_in("burglary") == ("Burglary",)


def test_an_empty_archive_counts_nothing():
    table = counting.lsoa_months(FORCE)
    assert (table.codes, table.months, table.counts.shape) == ([], [], (0, 0))
    assert counting.point_counts() == []
    assert counting.month_counts(polygon=box(-1, 52, 0, 53)).months == []


def test_counts_by_lsoa_and_month_leave_out_a_month_that_is_missing(importing):
    importing(
        (NAME, as_csv([crime(1), crime(2), unnamed(), unplaced(3)])),
        month_file("2025-03", 1),
    )
    table = counting.lsoa_months(FORCE)
    assert table.codes == ["E01027310"]
    assert table.names == ["North Northamptonshire 033B"]
    assert table.months == ["2025-01", "2025-03"]
    assert table.counts.tolist() == [[2, 1]]


def test_an_lsoa_has_the_name_of_its_last_month(importing):
    renamed = crime(2, Month="2025-02", **{"LSOA name": "Wellingborough 007B"})
    importing(
        month_file("2025-03"), ("2025-02/2025-02-northamptonshire-street.csv", as_csv([renamed]))
    )
    assert counting.lsoa_months(FORCE).names == ["North Northamptonshire 033B"]


def test_an_lsoa_far_away_is_not_the_forces_own(importing):
    rows = [crime(n) for n in range(200)]
    far = crime("x", **{"LSOA code": "E01018936", "LSOA name": "Cornwall 001A"})
    importing((NAME, as_csv([*rows, far])))
    table = counting.lsoa_months(FORCE)
    assert dict(zip(table.codes, table.own.tolist(), strict=True)) == {
        "E01018936": False,
        "E01027310": True,
    }


def test_a_map_point_has_a_name_without_on_or_near_and_its_types(importing):
    importing(
        (NAME, as_csv([crime(1), crime(2, **{"Crime type": "Robbery"}), crime(3), unnamed()]))
    )
    assert counting.point_counts(force=FORCE) == [
        {
            "lon": -0.716963,
            "lat": 52.303489,
            "location": "Kilnway",
            "lsoa": "E01027310",
            "count": 3,
            "by_type": {"Burglary": 2, "Robbery": 1},
        }
    ]


@pytest.mark.parametrize("location", ["", "On or near ", None])
def test_a_map_point_without_a_name_says_so(location):
    assert counting.place_name(location) == "No name given"


def test_points_are_limited_to_a_box_and_to_months(importing):
    elsewhere = crime(2, Longitude="-0.9", Latitude="52.2")
    importing((NAME, as_csv([crime(1), elsewhere])), month_file("2025-02", 5))
    inside = counting.point_counts(bounds=(-0.72, 52.3, -0.71, 52.31))
    assert [one["count"] for one in inside] == [6]
    assert [one["count"] for one in counting.point_counts(months=["2025-01"])] == [1, 1]


def test_a_polygon_counts_the_points_within_it_of_the_busiest_force(importing):
    importing(
        (NAME, as_csv([crime(1), crime(2), crime(3, Longitude="-0.9")])),
        month_file("2024-06", 1, "kent"),
    )
    found = counting.month_counts(polygon=buffered(Point(-0.7170, 52.3035), 100))
    assert (found.force, found.months, found.by_month.tolist()) == (FORCE, ["2025-01"], [2])
    assert found.by_type == {"Burglary": 2}


def test_lsoas_are_counted_by_code_with_rows_that_have_no_coordinates_of_their_own(importing):
    importing((NAME, as_csv([crime(1), unnamed(), unplaced(2)])))
    found = counting.month_counts(lsoas=["E01027310"], force=FORCE, crimes="all")
    assert found.counts.tolist() == [[1, 1]]
    every = counting.month_counts(force=FORCE, crimes="all")
    assert every.by_type == {"Burglary": 2, "Anti-social behaviour": 1}
    assert counting.month_counts(lsoas=[], force=FORCE).counts.sum() == 0


def test_only_the_files_of_the_force_are_read(importing):
    importing(month_file(), month_file(force="kent"))
    (archive.root() / ForceMonth.objects.get(force="kent").file).write_bytes(b"broken")
    assert counting.lsoa_months(FORCE).counts.sum() == 3
    with pytest.raises(Refused, match="missing or damaged"):
        counting.lsoa_months("kent")


def test_a_count_follows_a_newer_copy_at_once(importing):
    importing(month_file(rows=3))
    assert counting.lsoa_months(FORCE).counts.sum() == 3
    importing(month_file(rows=5))
    assert counting.lsoa_months(FORCE).counts.sum() == 5


def test_a_reader_that_an_import_overtakes_looks_again(importing, monkeypatch):
    importing(month_file(rows=3))
    new = archive.current_files()
    looks = iter([("northamptonshire/2025-01-gone.parquet",), new])
    monkeypatch.setattr(archive, "current_files", lambda *a: next(looks))
    assert archive.ask("select count(*) as n from crimes")["n"].tolist() == [3]


TYPES = st.sampled_from(["Burglary", "Robbery", "Shoplifting", "Drugs"])
CODES = st.sampled_from(["E01027310", "E01027342"])


@given(st.lists(st.tuples(CODES, TYPES, st.sampled_from(["2025-01", "2025-02"])), min_size=1))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_matrix_is_what_counting_by_hand_gives(importing, rows):
    ForceMonth.objects.all().delete()
    files = {}
    for number, (code, crime_type, month) in enumerate(rows):
        row = crime(number, Month=month, **{"LSOA code": code, "Crime type": crime_type})
        files.setdefault(f"{month}-northamptonshire-street.csv", []).append(row)
    importing(*((name, as_csv(held)) for name, held in files.items()))
    table = counting.lsoa_months(FORCE)
    by_hand = Counter((c, m) for c, kind, m in rows if kind in CRIME_SETS["acquisitive"])
    counted = {
        (code, month): int(n)
        for code, line in zip(table.codes, table.counts, strict=True)
        for month, n in zip(table.months, line, strict=True)
        if n
    }
    assert counted == by_hand


def test_queensway_counts_as_the_data_page_says(shared_data):
    import_crimes([shared_data / "police-uk-northamptonshire-street.zip"])
    near = buffered(Point(-0.7175, 52.3042), 1000)
    acquisitive = counting.month_counts(polygon=near, force=FORCE)
    expected = [17, 17, 20, 12, 16, 16, 13, 4, 20, 8, 18, 16]
    assert acquisitive.by_month.tolist() == expected
    assert acquisitive.by_type["Burglary"] == 38
    assert acquisitive.by_type["Vehicle crime"] == 88
    table = counting.lsoa_months(FORCE, "all")
    assert table.months == queries.months(FORCE)
    assert table.counts.shape[1] == 12
    names = {one["location"] for one in counting.point_counts(bounds=near.bounds)}
    assert {"Kilnway", "Minerva Way", "Olympic Way"} <= names
    assert np.all(table.counts >= 0)
