"""Finding places by name, and the base map's lines."""

import pytest
from shapely.geometry import Point
from tests.streets.maps import MILL_LANE, a_map

from studytours.streets import queries
from studytours.streets.models import StreetMap

pytestmark = pytest.mark.django_db


def test_without_a_street_map_nothing_is_found():
    assert queries.find_places("Mill") == []
    assert queries.streets_geojson((-1, 52, 0, 53))["features"] == []


def test_ways_of_one_name_are_one_street_where_they_lie_together(street_map):
    found = [place for place in queries.find_places("mill lane") if place.kind == "street"]
    assert [place.near for place in found] == ["Westham", "Eastham"]
    assert found[0].label == "Mill Lane, Westham"


def test_the_point_of_a_street_lies_on_it(street_map):
    west = queries.find_places("mill lane")[0]
    assert Point(west.lon, west.lat).distance(MILL_LANE.buffer(0.0011)) < 1e-6
    assert west.lat == pytest.approx(52.30, abs=1e-6)


def test_the_street_comes_before_the_bus_stop_named_for_it(street_map):
    kinds = [place.kind for place in queries.find_places("mill")]
    assert kinds.index("street") < kinds.index("bus stop")
    assert "bakery shop" in kinds


def test_bounds_keep_other_places_out(street_map):
    found = queries.find_places("", bounds=(-0.705, 52.305, -0.69, 52.32))
    assert {place.name for place in found} == {"Mill Lane", "Eastham"}


def test_the_limit_holds(street_map):
    assert len(queries.find_places("", limit=2)) == 2


def test_signs_in_the_text_are_only_text(street_map):
    assert queries.find_places("%") == []
    assert queries.find_places("'; drop table") == []


def test_a_newer_map_of_the_same_place_replaces_the_older(street_map):
    a_map(sha256="b" * 64, streets=[{"name": "New Road", "kind": "residential", "line": MILL_LANE}])
    assert not StreetMap.objects.get(pk=street_map.pk).is_current
    assert [place.kind for place in queries.find_places("mill lane")] == ["bus stop"]
    assert [place.kind for place in queries.find_places("new road")] == ["street"]


def test_finding_takes_as_many_queries_for_many_as_for_few(street_map, django_assert_num_queries):
    with django_assert_num_queries(3):
        queries.find_places("bakery")
    with django_assert_num_queries(3):
        queries.find_places("")


def test_a_wide_view_draws_fewer_kinds_of_street(street_map):
    near = queries.streets_geojson((-0.73, 52.29, -0.69, 52.32))["features"]
    wide = queries.streets_geojson((-0.9, 52.2, -0.65, 52.4))["features"]
    assert {line["properties"]["kind"] for line in near} == {"residential", "service", "footway"}
    assert {line["properties"]["kind"] for line in wide} == {"residential"}


def test_a_view_too_full_says_so(street_map, monkeypatch):
    monkeypatch.setattr(queries, "MOST_LINES", 2)
    answer = queries.streets_geojson((-0.73, 52.29, -0.69, 52.32))
    assert answer["truncated"]
    assert len(answer["features"]) == 2
