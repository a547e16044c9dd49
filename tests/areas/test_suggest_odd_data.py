"""Odd data: an answer that holds, or a refusal that says why. Never a wrong map."""

import json

import pytest
from django.urls import reverse
from shapely.geometry import box
from tests.areas import counties, streets
from tests.areas.pages_world import people

from studytours.areas.operations import import_boundaries
from studytours.areas.queries import rank_areas, suggest_areas, suggestion_at
from studytours.core.errors import BadFile
from studytours.core.geometry import UK
from studytours.crime.operations import import_crimes

pytestmark = pytest.mark.django_db


def import_rows(folder, rows, month="2025-01"):
    """Rows of (lat, lon, location, LSOA code, LSOA name, type)."""
    lines = [counties.HEAD]
    for number, (lat, lon, location, code, name, kind) in enumerate(rows):
        where = f"{lon},{lat},On or near {location},{code},{name}"
        lines.append(f"{month}{number:057d},{month},P,P,{where},{kind},,")
    file = folder / month / f"{month}-millshire-street.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines) + "\n")
    import_crimes([folder])


def at(number, kind="Burglary", code=None, name="Millshire 001A", location="Mill Lane"):
    return (*counties.spot(number), location, code or counties.code(number), name, kind)


def test_a_period_without_such_crimes_has_no_places_and_the_page_says_so(tmp_path, client):
    import_rows(tmp_path, [at(0, "Drugs"), at(1, "Public order")])
    found = suggest_areas()
    assert (len(found), found.share_of_force, found.ground) == (0, 0, "")
    assert suggestion_at(*counties.spot(0)).expected.mean == 0
    client.force_login(people()["coordinator"])
    page = client.get(reverse("desk_choose"))
    assert page.status_code == 200
    assert "No place stands out" in page.content.decode()


def test_one_month_is_answered_and_called_too_little(tmp_path):
    counties.import_county(tmp_path, last="2025-01")
    found = suggest_areas(count=2)
    assert [one.name for one in found] == ["Mill Lane", "Kiln Road"]
    assert found.areas[0].expected.low < 7 * 12 < found.areas[0].expected.high
    assert found.areas[0].trend is None
    assert any("these are 1" in caveat for caveat in found.caveats)


def test_all_crimes_on_one_point_are_one_place(tmp_path):
    import_rows(tmp_path, [at(0)] * 30)
    for mapped in (False, True):
        if mapped:
            streets.add(streets.chequer(0, "Mill Lane"))
        (only,) = suggest_areas()
        assert (only.total, only.share_of_force, only.sure) == (30, 1, 1)
        assert only.shape == ("streets" if mapped else "circle")
        assert only.expected.low < only.expected.mean < only.expected.high


def test_a_place_without_streets_beside_a_mapped_one_is_a_circle_and_says_so(tmp_path):
    counties.import_county(tmp_path, last="2025-02")
    streets.add(streets.chequer(0, "Mill Lane"))
    second = suggest_areas(count=2).areas[1]
    assert second.shape == "circle"
    assert "a railway or a river may lie between" in second.caveats[0]
    in_a_field = suggestion_at(52.40, -0.80)
    assert (in_a_field.shape, in_a_field.total) == ("circle", 0)


def test_codes_of_2011_and_of_2021_at_one_place_count_together(tmp_path):
    old, new = ("E01027000", "Oldby 001A"), ("E01099001", "Millshire 001A")
    for month, (code, name) in {"2022-10": old, "2025-01": new, "2025-02": new}.items():
        import_rows(tmp_path, [at(0, code=code, name=name)] * 10, month)
    (only,) = suggest_areas()
    assert only.total == 30
    assert only.codes == (new[0],)  # the name of today


def test_rows_placed_far_away_are_no_place_to_walk_and_do_not_move_the_map(tmp_path, client):
    """Two in a hundred lie in Cornwall, all at one point: more there than in Church End."""
    home = [at(number % 4) for number in range(392)]
    cornwall = [(50.26, -5.05, "Fore Street", "E01018900", "Cornwall 001A", "Burglary")] * 8
    import_rows(tmp_path, home + cornwall)
    found = suggest_areas(count=40)
    assert len(found) == 4
    assert all(one.lat > 52 for one in found)
    assert found.share_of_force == pytest.approx(1)
    client.force_login(people()["coordinator"])
    layers = client.get(reverse("desk_choose_suggestions")).json()["features"]
    assert all(corner[1] > 52 for one in layers for corner in one["geometry"]["coordinates"][0])


def test_a_long_county_keeps_its_ends(tmp_path):
    """Devon to Scilly: far from the middle, but as many a force polices."""
    far = [(50.1 + 0.1 * number, -5.5 + 0.25 * number, "Fore Street", f"E0101890{number}",
            f"Longshire 00{number}A", "Burglary") for number in range(10)]  # fmt: skip
    import_rows(tmp_path, far * 3)
    assert len(suggest_areas(count=20)) == 10


def test_boundaries_in_another_coordinate_system_are_refused_and_the_choice_stays(tmp_path):
    counties.import_county(tmp_path / "crimes", last="2025-01")
    before = suggest_areas(count=2).as_dict()
    web_mercator = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}},
        "features": [
            {
                "type": "Feature",
                "properties": {"LSOA21CD": counties.code(0), "LSOA21NM": "Millshire 001A"},
                "geometry": box(-89000, 6850000, -88000, 6851000).__geo_interface__,
            }
        ],
    }
    file = tmp_path / "lsoa.geojson"
    file.write_text(json.dumps(web_mercator))
    with pytest.raises(BadFile, match=r"EPSG::3857.*longitude and latitude"):
        import_boundaries(file, kind="lsoa")
    assert suggest_areas(count=2).as_dict() == before
    assert rank_areas("millshire").rows


def test_no_outline_ever_leaves_the_country(tmp_path):
    counties.import_county(tmp_path, last="2025-01")
    assert all(box(*UK).contains(one.geometry) for one in suggest_areas(count=4))
