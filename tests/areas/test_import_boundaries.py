"""GeoJSON of many shapes comes in; what cannot be trusted is refused and names its feature."""

import json

import pytest
import shapely
from django.core.management import call_command
from django.core.management.base import CommandError
from tests.areas.files import BOW_TIE, SQUARE, feature, geojson, lsoa

from studytours.areas.boundaries import current_boundaries, current_set
from studytours.areas.models import Boundary, BoundarySet
from studytours.areas.operations import import_boundaries
from studytours.core.errors import BadFile, Refused
from studytours.core.geometry import off_grid, on_grid
from studytours.core.models import Event

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("not json", "not JSON"),
        ("", "this file is empty"),
        ("[" * 100_000, "not JSON"),
        ("[1, 2]", "something else, not a GeoJSON FeatureCollection"),
        ('{"type": "Topology"}', "a “Topology”, not a GeoJSON FeatureCollection"),
        ('{"type": "FeatureCollection", "features": []}', "no feature"),
        ('{"type": "FeatureCollection", "features": [3]}', "row 1: this feature has no propert"),
    ],
)
def test_a_file_that_is_no_feature_collection_is_refused(tmp_path, text, why):
    path = tmp_path / "odd.geojson"
    path.write_text(text)
    with pytest.raises(BadFile, match=why):
        import_boundaries(path, kind="lsoa")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BadFile, match="no such file"):
        import_boundaries(tmp_path / "none.geojson", kind="lsoa")


def test_an_unknown_kind_is_refused(tmp_path):
    with pytest.raises(Refused, match="lsoa, ward, authority, neighbourhood"):
        import_boundaries(geojson(tmp_path, lsoa()), kind="county")


@pytest.mark.parametrize(
    ("properties", "why"),
    [
        ({"name": "Somewhere"}, "no property holds the codes.*It has: name"),
        ({"WD22CD": "E05000001"}, "Use --kind ward"),
        ({"AREACD": "E06000061"}, "Use --kind authority"),
        ({"OA11CD": "E00137070"}, "output areas"),
        ({"MSOA11CD": "E02005612", "LAD": "x"}, "MSOAs"),
    ],
)
def test_features_without_codes_of_the_kind_are_refused(tmp_path, properties, why):
    with pytest.raises(BadFile, match=why):
        import_boundaries(geojson(tmp_path, feature(properties)), kind="lsoa")


@pytest.mark.parametrize(
    ("second", "why"),
    [
        (lsoa(1), "row 2, column “LSOA21CD”: the code E01099001 was already used by feature 1"),
        (feature({"LSOA21CD": "E01099002"}, [-0.7, 52.3], "Point"), "row 2: .*Point"),
        ({"type": "Feature", "properties": {"LSOA21CD": "E01099002"}}, "row 2: .*missing"),
        (lsoa(2, [[-0.7, 52.3], [-0.7, 52.4], [-0.7, 52.3]]), "row 2: "),
    ],
)
def test_a_bad_feature_is_named_and_nothing_is_kept(tmp_path, second, why):
    with pytest.raises(BadFile, match=why):
        import_boundaries(geojson(tmp_path, lsoa(1), second), kind="lsoa")
    assert not BoundarySet.objects.exists()
    assert not Event.objects.exists()


def test_a_code_of_another_kind_further_down_is_refused(tmp_path):
    rows = (
        [lsoa(1)] * 0
        + [feature({"LSOA21CD": f"E010990{number:02d}"}) for number in range(60)]
        + [feature({"LSOA21CD": "E05000001"})]
    )
    with pytest.raises(BadFile, match=r"row 61.*“E05000001” is not a code"):
        import_boundaries(geojson(tmp_path, *rows), kind="lsoa")


def test_swapped_coordinates_are_refused_with_the_cure(tmp_path):
    swapped = [[lat, lon] for lon, lat in SQUARE]
    with pytest.raises(BadFile, match=r"swapped.*Longitude comes first"):
        import_boundaries(geojson(tmp_path, lsoa(1, swapped)), kind="lsoa")


def test_coordinates_outside_the_uk_are_refused(tmp_path):
    abroad = [[lon + 20, lat - 5] for lon, lat in SQUARE]
    with pytest.raises(BadFile, match=r"outside the UK.*EPSG:4326"):
        import_boundaries(geojson(tmp_path, lsoa(1, abroad)), kind="lsoa")


def test_another_coordinate_system_is_refused_with_the_cure(tmp_path):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    with pytest.raises(BadFile, match=r"3857.*EPSG:4326"):
        import_boundaries(geojson(tmp_path, lsoa(), crs=crs), kind="lsoa")


@pytest.mark.parametrize("said", [True, False])
def test_national_grid_metres_are_converted(tmp_path, said):
    ring = shapely.get_coordinates(on_grid(shapely.Polygon(SQUARE))).tolist()
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
    path = geojson(tmp_path, lsoa(1, ring), **({"crs": crs} if said else {}))
    assert import_boundaries(path, kind="lsoa").from_grid
    kept = Boundary.objects.get().geometry
    assert kept.equals_exact(off_grid(shapely.Polygon(ring)), 1e-9)
    assert kept.centroid.distance(shapely.Polygon(SQUARE).centroid) < 1e-6


def test_a_polygon_that_crosses_itself_is_mended_and_counted(tmp_path):
    done = import_boundaries(geojson(tmp_path, lsoa(1, BOW_TIE), lsoa(2)), kind="lsoa")
    assert (done.rows, done.repaired) == (2, 1)
    mended = Boundary.objects.get(code="E01099001").geometry
    assert mended.is_valid
    assert mended.area > 0


@pytest.mark.parametrize(
    ("properties", "name", "vintage"),
    [
        ({"LSOA11CD": "E01099001", "LSOA11NM": "Millby 001A", "LAD13CD": "E07000150"},
         "Millby 001A", 2011),
        ({"lsoa21_code": "E01099001", "lsoa21_name": "Millby 001A", "ltla24_code": "E06000061"},
         "Millby 001A", 2021),
        ({"LSOA21CD": "E01099001", "LSOA21NMW": "Cymraeg"}, "E01099001", 2021),
        ({"code": "E01099001", "name": "Millby"}, "Millby", 2030),
    ],
)  # fmt: skip
def test_codes_names_and_the_year_are_found_whatever_they_are_called(
    tmp_path, properties, name, vintage
):
    path = geojson(tmp_path, feature(properties), name="small-areas-2030.geojson")
    done = import_boundaries(path, kind="lsoa")
    assert Boundary.objects.get().name == name
    assert done.set.vintage == vintage


def test_police_neighbourhoods_may_have_any_code(tmp_path):
    path = geojson(tmp_path, feature({"id": "SCT109", "name": "Wellingborough East"}))
    import_boundaries(path, kind="neighbourhood")
    assert Boundary.objects.get().code == "SCT109"


def test_the_same_file_again_changes_nothing(tmp_path):
    path = geojson(tmp_path, lsoa())
    first = import_boundaries(path, kind="lsoa")
    again = import_boundaries(path, kind="lsoa")
    assert (first.new, again.new) == (True, False)
    assert (Boundary.objects.count(), Event.objects.count()) == (1, 1)


def test_an_older_release_stays_and_the_newest_counts(tmp_path):
    new = import_boundaries(geojson(tmp_path, lsoa()), kind="lsoa")
    old = feature({"LSOA11CD": "E01099009", "LSOA11NM": "Gone"})
    import_boundaries(geojson(tmp_path, old, name="old.geojson"), kind="lsoa")
    assert set(current_boundaries("lsoa")) == {"E01099001"}
    assert current_set("lsoa") == new.set
    assert BoundarySet.objects.count() == 2


def test_two_files_of_the_newest_release_count_together(tmp_path):
    import_boundaries(geojson(tmp_path, lsoa(1)), kind="lsoa")
    import_boundaries(geojson(tmp_path, lsoa(2), name="b.geojson"), kind="lsoa")
    assert set(current_boundaries("lsoa")) == {"E01099001", "E01099002"}


def test_the_command_reports_as_json_and_refuses_with_2(tmp_path, capsys):
    call_command("import_boundaries", str(geojson(tmp_path, lsoa())), kind="lsoa", json=True)
    report = json.loads(capsys.readouterr().out)
    assert (report["rows"], report["vintage"], report["new"]) == (1, 2021, True)
    with pytest.raises(CommandError, match="Use --kind lsoa") as refusal:
        call_command("import_boundaries", str(geojson(tmp_path, lsoa())), kind="ward")
    assert refusal.value.returncode == 2


@pytest.mark.parametrize(
    ("file", "kind", "rows", "repaired", "vintage"),
    [
        ("lsoa-2021-northamptonshire-rutland.geojson", "lsoa", 468, 0, 2021),
        ("lsoa-2011-northamptonshire.geojson", "lsoa", 422, 1, 2011),
        ("wards-2022-northamptonshire-rutland.geojson", "ward", 72, 0, 2022),
        ("lad-2021-northamptonshire-rutland.geojson", "authority", 3, 0, 2021),
    ],
)
def test_real_boundaries_come_in(shared_data, file, kind, rows, repaired, vintage):
    done = import_boundaries(shared_data / "boundaries" / file, kind=kind)
    assert (done.rows, done.repaired, done.set.vintage) == (rows, repaired, vintage)
