"""What the page of hot streets counts: points, streets, squares, and nothing twice."""

import gzip
import json
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.areas.counties import HEAD, import_county, spot
from tests.streets.maps import a_map

from studytours.areas.hot_streets import hot_streets
from studytours.areas.hot_streets.groups import NEXT_POINT, streets_of
from studytours.areas.hot_streets.payload import FINE, payload
from studytours.areas.hot_streets.standing_out import CELL
from studytours.areas.layers import STEPS, steps_of, words_of
from studytours.areas.operations import import_boundaries, load_data
from studytours.core.errors import Refused
from studytours.crime.operations import import_crimes

FORCE = "millshire"


@pytest.fixture
def folder(db, tmp_path):
    return tmp_path


def write(folder, rows, month="2025-01"):
    """A street file of (lon, lat, location, LSOA, LSOA name) rows, one burglary each."""
    file = folder / f"{month}-millshire-street.csv"
    lines = [
        f"{number:064d},{month},P,P,{lon},{lat},On or near {place},{code},{name},Burglary,,"
        for number, (lon, lat, place, code, name) in enumerate(rows)
    ]
    file.write_text("\n".join([HEAD, *lines]) + "\n")
    import_crimes([file])


def here(lon, place, code="E01099001", name="Millshire 001A"):
    return lon, 52.30, place, code, name


def test_another_way_to_count_is_refused(folder):
    with pytest.raises(Refused, match="not a way to count"):
        hot_streets(FORCE, by="house")


def test_without_crimes_there_are_no_rows(folder):
    assert len(hot_streets(FORCE)) == 0
    assert payload(hot_streets(FORCE), STEPS) == {"n": []}


def test_months_without_such_crimes_have_no_rows_and_no_squares(folder):
    import_county(folder)
    none = hot_streets(FORCE, crimes="shoplifting")
    assert (len(none), none.total, none.standing) == (0, 0, None)


def test_the_fullest_street_comes_first_with_its_share(folder):
    import_county(folder)  # nine a month: three burglaries and six of the other types, and so on
    spots = hot_streets(FORCE)
    first = spots.row(0)
    assert (first.rank, first.name, first.count) == (1, "Mill Lane", 84)
    assert [spots.row(at).count for at in range(len(spots))] == [84, 60, 36, 12]
    assert first.share == pytest.approx(84 / 192)
    assert first.series == (7,) * 12
    assert spots.unplaced == 12


def test_points_of_one_name_on_one_street_are_counted_together(folder):
    write(folder, [here(-0.700, "Mill Lane"), here(-0.697, "Mill Lane"), here(-0.694, "Mill Lane")])
    street, point = hot_streets(FORCE), hot_streets(FORCE, by="point")
    assert (len(street), street.row(0).count, street.row(0).points) == (1, 3, 3)
    assert [point.row(at).count for at in range(len(point))] == [1, 1, 1]


def test_the_same_name_in_the_next_village_is_another_street(folder):
    write(folder, [here(-0.70, "High Street"), here(-0.69, "High Street")])
    assert len(hot_streets(FORCE)) == 2


def test_two_supermarkets_are_never_one_street(folder):
    write(folder, [here(-0.700, "Supermarket"), here(-0.699, "Supermarket")])
    assert len(hot_streets(FORCE)) == 2


def test_a_point_that_was_renamed_is_one_point_with_its_newest_name(folder):
    write(folder, [here(-0.70, "Old Lane")], "2025-01")
    write(folder, [here(-0.70, "New Lane")], "2025-02")
    spots = hot_streets(FORCE, by="point")
    assert [(row.name, row.count) for row in [spots.row(0)]] == [("New Lane", 2)]
    assert len(spots) == 1


def test_what_was_published_far_away_is_counted_apart(folder):
    home = [here(-0.70, "Mill Lane")] * 200
    write(folder, [*home, (-4.1, 50.4, "Quay", "E01015000", "Plymouth 029D")])
    spots = hot_streets(FORCE)
    assert (spots.total, spots.outside) == (200, 1)
    assert [spots.row(at).name for at in range(len(spots))] == ["Mill Lane"]


def test_a_month_that_is_not_here_is_a_gap_and_gives_no_trend(folder):
    import_county(folder, "2023-01", "2025-12", leave_out=["2024-06"])
    spots = hot_streets(FORCE, months=[m for m in hot_streets(FORCE).all_months if m >= "2024-05"])
    assert spots.row(0).series[:3] == (7, None, 7)
    assert spots.row(0).trend is None


def test_the_trend_is_of_the_last_year_of_the_period(folder):
    import_county(folder, "2023-01", "2025-12", [("Mill Lane", lambda m: 8 if m > "2024" else 4)])
    until_2024 = [month for month in hot_streets(FORCE).all_months if "2024" <= month < "2025"]
    trend = hot_streets(FORCE, months=until_2024).row(0).trend
    assert (trend.before, trend.last) == (36, 72)


def test_rows_are_found_by_parts_of_their_name_and_place(folder):
    import_county(folder)
    spots = hot_streets(FORCE)
    assert [spots.row(at).name for at in spots.named("mill")] == [
        "Mill Lane",
        "Kiln Road",
        "Park Walk",
        "Church End",
    ]  # fmt: skip  (all of them lie in Millshire)
    assert [spots.row(at).name for at in spots.named("LANE mill")] == ["Mill Lane"]
    assert spots.named("%") == []


def test_a_street_is_a_line_where_the_street_map_knows_it_nearby(folder):
    import_county(folder)
    lat, lon = spot(0)
    near = {"name": "MILL LANE", "kind": "residential", "line": [(lon, lat), (lon + 0.002, lat)]}
    far = {"name": "Mill Lane", "kind": "residential", "line": [(lon + 1, lat), (lon + 1.1, lat)]}
    other = {"name": "Kiln Road", "kind": "residential", "line": [(lon, lat), (lon, lat + 0.01)]}
    a_map(streets=[near, far, other], landmarks=[])
    lines = dict(zip(hot_streets(FORCE).name, hot_streets(FORCE).line, strict=True))
    assert lines["Mill Lane"].bounds == pytest.approx((lon, lat, lon + 0.002, lat), abs=1e-5)
    assert lines["Kiln Road"] is None
    assert hot_streets(FORCE, by="point").line == [None] * 4


def a_cluster(folder):
    """Nine squares in a row of three by three with five burglaries each, far from a lone one."""
    step = CELL / 111_320
    rows = [
        (-0.70 + 1.63 * step * x, 52.30 + step * y, f"Lane {x} {y}", "E01099001", "Millshire 001A")
        for x in range(3)
        for y in range(3)
        for _ in range(5)
    ]
    write(folder, [*rows, (-0.60, 52.36, "Lone Lane", "E01099002", "Millshire 002A")])


def test_squares_with_busy_neighbours_stand_out_and_a_lone_crime_does_not(folder):
    a_cluster(folder)
    spots = hot_streets(FORCE, by="point")
    level = dict(zip(spots.name, spots.level.tolist(), strict=True))
    assert level["Lane 1 1"] == 2
    assert level["Lone Lane"] == 0
    assert spots.standing.crimes <= spots.total
    assert f"{spots.standing.squares} of {spots.standing.cells:,} squares" in spots.standing.summary


def test_shapes_cover_just_the_squares_that_stand_out(folder):
    from studytours.core.geometry import on_grid

    a_cluster(folder)
    standing = hot_streets(FORCE).standing
    (_, shown), (_, clear) = standing.shapes()
    assert on_grid(shown).area == pytest.approx(standing.squares * CELL**2, rel=1e-3)
    assert clear.area <= shown.area


def test_the_study_area_is_the_forces_own_small_areas_where_they_are_held(folder):
    a_cluster(folder)
    without = hot_streets(FORCE).standing.cells
    box = [[-0.9, 52.2], [-0.5, 52.2], [-0.5, 52.5], [-0.9, 52.5], [-0.9, 52.2]]
    features = [
        {"type": "Feature", "properties": {"LSOA21CD": code, "LSOA21NM": name},
         "geometry": {"type": "Polygon", "coordinates": [box]}}
        for code, name in (("E01099001", "Millshire 001A"), ("E01099002", "Millshire 002A"))
    ]  # fmt: skip
    path = folder / "lsoa-2021.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    import_boundaries(path, kind="lsoa")
    assert hot_streets(FORCE).standing.cells > 2 * without


def unpacked(packed):
    """(lon, lat, count) of each row, as the page's script reads them."""
    for x, y, n in zip(packed["x"], packed["y"], packed["n"], strict=True):
        yield (packed["west"] + x) / FINE, (packed["south"] + y) / FINE, n


def test_the_map_gets_what_the_table_shows(folder):
    import_county(folder, "2024-01", "2025-12")
    lat, lon = spot(0)
    street = {"name": "Mill Lane", "kind": "residential", "line": [(lon, lat), (lon + 0.002, lat)]}
    a_map(streets=[street], landmarks=[])
    spots = hot_streets(FORCE)
    packed = json.loads(json.dumps(payload(spots, STEPS)))
    for at, (x, y, n) in enumerate(unpacked(packed)):
        row = spots.row(at)
        assert (x, y, n) == (
            pytest.approx(row.lon, abs=1e-5),
            pytest.approx(row.lat, abs=1e-5),
            row.count,
        )
        assert packed["names"][packed["name"][at]] == row.name
        assert packed["places"][packed["place"][at]] == row.place
        assert (packed["last"][at], packed["before"][at]) == (row.trend.last, row.trend.before)
    line = np.cumsum(np.reshape(packed["lines"]["0"][0], (-1, 2)), axis=0) / FINE
    assert line[-1] == pytest.approx([lon + 0.002, lat], abs=2e-5)


def test_steps_grow_with_the_period():
    assert steps_of(["2025-01"]) == steps_of(["m"] * 12) == STEPS
    assert steps_of(["m"] * 36) == (6, 15, 30, 75)
    assert words_of((2, 5)) == ("1", "2 to 4", "5 or more")


@pytest.mark.django_db
def test_a_whole_county_is_light(shared_data, tmp_path):
    """Every map point of Northamptonshire, all types: 150 kilobytes over the line at most."""
    zipped = "police-uk-northamptonshire-street.zip"
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / zipped).symlink_to(shared_data / zipped)
    load_data(tmp_path / "data")
    spots = hot_streets("northamptonshire", crimes="all", by="point")
    assert len(spots) == 8736  # of 9,227; the others lie outside the county
    assert (spots.total, spots.unplaced, spots.outside) == (73458, 882, 609)
    sent = gzip.compress(json.dumps(payload(spots, STEPS)).encode(), 6)
    assert len(sent) <= 150_000


NAMES = st.sampled_from(["Mill Lane", "mill lane", "Kiln Road", "Supermarket"])
PLACES = st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 600), NAMES), max_size=25)


def textbook_groups(xy, names, street):
    """Walk from point to point, a street at a time."""
    group = list(range(len(names)))
    for _ in names:
        for a in range(len(names)):
            for b in range(len(names)):
                near = np.hypot(*(np.subtract(xy[a], xy[b]))) <= NEXT_POINT
                same = names[a].casefold() == names[b].casefold() and street[a] and street[b]
                if near and same:
                    group[a] = group[b] = min(group[a], group[b])
    return group


@given(PLACES)
def test_streets_are_those_of_the_textbook(places):
    names = np.array([name for *_, name in places], dtype=object)
    xy = np.array([place[:2] for place in places], dtype=float).reshape(-1, 2)
    street = np.array([name != "Supermarket" for name in names], dtype=bool)
    points = SimpleNamespace(lat=xy[:, 1], xy=xy, name=names, street=street)
    found, expected = streets_of(points), textbook_groups(xy, names, street)
    for a in range(len(places)):
        for b in range(len(places)):
            assert (found[a] == found[b]) == (expected[a] == expected[b])
