"""Shapes in the database, on either of the two, and on the National Grid."""

import pytest
import shapely
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, Polygon

from studytours.core import geometry
from studytours.streets.models import Street, StreetMap

QUEENSWAY = (-0.7175, 52.3042)
lon = st.floats(-7.5, 1.7)
lat = st.floats(50.0, 58.5)


@pytest.fixture
def street_map(db):
    return StreetMap.objects.create(
        name="Test", source="test", licence="test", sha256="0" * 64,
        imported_at=timezone.now(), geometry=shapely.box(-1, 52, 0, 53),
    )  # fmt: skip


def street(street_map, *points, name="Queensway"):
    return Street(street_map=street_map, name=name, kind="residential", geometry=LineString(points))


def test_a_shape_comes_back_as_it_went_in(street_map):
    line = LineString([QUEENSWAY, (-0.7105, 52.3071), (-0.7099, 52.31)])
    made = street(street_map, *line.coords)
    made.save()
    found = Street.objects.get(pk=made.pk)
    assert found.geometry.equals_exact(line, 0)
    assert found.bounds == line.bounds == made.bounds


def test_the_box_is_filled_by_bulk_create_too(street_map):
    Street.objects.bulk_create(
        [street(street_map, (-0.72, 52.30), (-0.71, 52.31), name=f"S{n}") for n in range(3)]
    )
    assert {found.bounds for found in Street.objects.all()} == {(-0.72, 52.30, -0.71, 52.31)}


def test_the_box_follows_a_changed_shape(street_map):
    made = street(street_map, (-0.72, 52.30), (-0.71, 52.31))
    made.save()
    made.geometry = LineString([(-0.80, 52.40), (-0.79, 52.41)])
    made.save()
    assert Street.objects.get().bounds == (-0.80, 52.40, -0.79, 52.41)


def test_boxes_that_touch_are_found_and_others_are_not(street_map):
    street(street_map, (-0.72, 52.30), (-0.71, 52.31), name="near").save()
    street(street_map, (-0.60, 52.30), (-0.59, 52.31), name="far").save()
    touching = geometry.boxes_touch(Street.objects, -0.71, 52.305, -0.70, 52.40)
    assert [found.name for found in touching] == ["near"]


def test_a_missing_shape_is_refused_by_the_database(street_map):
    with pytest.raises(IntegrityError):
        Street.objects.create(street_map=street_map, name="Nowhere", kind="residential")


def test_queensway_is_where_the_ordnance_survey_says():
    # Within two metres of what OSTN15 gives for this place.
    x, y = geometry.to_grid(*QUEENSWAY)
    assert x == pytest.approx(487542, abs=60) and y == pytest.approx(268230, abs=120)


@settings(max_examples=50)
@given(lon, lat)
def test_there_and_back_on_the_grid_is_the_same_place(lon, lat):
    back = geometry.from_grid(*geometry.to_grid(lon, lat))
    assert back == pytest.approx((lon, lat), abs=1e-6)


@settings(max_examples=25)
@given(lon, lat, st.floats(5, 2000))
def test_a_margin_is_so_many_metres_wide_everywhere_in_the_country(lon, lat, metres):
    ring = geometry.on_grid(geometry.buffered(Point(lon, lat), metres))
    assert ring.area == pytest.approx(3.1416 * metres**2, rel=0.01)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"type": "Polygon"},
        {"type": "Circle", "coordinates": [0, 0]},
        {"type": "Polygon", "coordinates": [[["a", "b"], [1, 1], [2, 2]]]},
        {"type": "Polygon", "coordinates": []},
        None,
        "POLYGON EMPTY",
        5,
    ],
)
def test_what_is_not_a_shape_is_refused_in_words(wrong):
    with pytest.raises(ValidationError, match=r"shape|geometry"):
        geometry.from_geojson(wrong)


def test_a_shape_drawn_across_itself_is_mended():
    bow_tie = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
    mended = geometry.from_geojson(bow_tie)
    assert mended.is_valid and mended.area == pytest.approx(0.5)


def test_geojson_goes_out_with_six_decimals():
    out = geometry.to_geojson(Polygon([(0.12345678, 0), (1, 0), (1, 1)]))
    assert out["type"] == "Polygon"
    assert min(x for x, _ in out["coordinates"][0]) == pytest.approx(0.123457, abs=1e-9)
