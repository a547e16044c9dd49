"""The way of a tour follows the streets, and says where it cannot."""

import json
from xml.etree import ElementTree as ET

import pytest

from studytours.tours import operations
from studytours.tours.planner import directions, route_line
from studytours.tours.planner.files import GPX, geojson, gpx
from studytours.tours.planner.way import way_of
from studytours.tours.route import route_summary

from .conftest import EAST, HIGH, LOW, MIDDLE, TOP, WEST, again, stop


def way(tour):
    return way_of(tour, list(tour.stops.all()))


def test_without_a_street_map_it_is_straight_lines_and_says_so(tour):
    found = way(tour)
    assert not found.along_streets
    assert [len(section.line) for section in found.sections] == [4, 4, 4]


def test_a_tour_without_a_meeting_point_begins_at_its_first_stop(walk):
    stop(walk, "Lane", WEST, LOW)
    stop(walk, "Walk", EAST, LOW)
    operations.change_tour(walk, meeting=None)
    found = way(walk)
    assert [section.to.name for section in found.sections] == ["Walk"]


def test_it_goes_round_the_corners_and_back_to_the_meeting_point(walk):
    stop(walk, "Lane", WEST, LOW)
    found = way(walk)
    assert found.along_streets and found.guesses == ()
    assert found.line[0] == found.line[-1] == (MIDDLE, HIGH) and (WEST, HIGH) in found.line
    # 136 metres west, 222 south, and the same back.
    assert found.metres == pytest.approx(2 * (136 + 222), abs=4)


def test_another_end_is_where_it_ends(walk):
    stop(walk, "Lane", WEST, LOW)
    operations.wish_route(walk, end_point="The shop", end=(LOW, EAST))
    assert way(again(walk)).line[-1] == (EAST, LOW)
    assert directions(again(walk))[-1].text == "The walk ends here: The shop"


def test_steps_and_dark_streets_are_counted(walk):
    stop(walk, "Above the steps", MIDDLE, TOP)
    route = route_summary(walk, list(walk.stops.all()))
    assert (route.steps, route.unlit, route.lighting_unknown) == (2, 0, 100)
    operations.change_tour(walk, step_free=True)
    route = route_summary(walk, list(walk.stops.all()))
    assert route.steps == 0 and 25 <= route.unlit <= 50


def test_steps_are_avoided_where_that_is_wished(walk):
    stop(walk, "Above the steps", MIDDLE, TOP)
    operations.wish_route(walk, avoid_steps=True)
    assert way(again(walk)).steps == 0


def test_a_stop_far_from_any_street_is_reached_by_a_guess_that_says_how_far(walk):
    stop(walk, "In the fields", -0.7120, 52.3005)
    [first, _] = way(walk).sections
    assert "The nearest street" in first.guess and "metres away" in first.guess
    assert "Make your way to stop 1" in [one.text for one in directions(walk)]


def test_the_leader_is_told_every_turn(walk):
    stop(walk, "Lane", WEST, LOW)
    stop(walk, "Shop corner", EAST, LOW)
    told = directions(walk)
    assert [(one.text, one.metres) for one in told] == [
        ("Leave Church hall by High Street", 140),
        ("Turn left into Mill Lane", 220),
        ("Stop 1: Lane", 0),
        ("Turn left into Low Road", 270),
        ("Stop 2: Shop corner", 0),
        ("Turn left into Church Walk", 220),
        ("Turn left into High Street", 140),
        ("Back at Church hall", 0),
    ]
    assert [one.stop.number for one in told if one.stop] == [1, 2]


def test_who_comes_back_the_same_way_is_told_to_turn_back(walk):
    stop(walk, "Halfway", (WEST + MIDDLE) / 2, HIGH)
    texts = [one.text for one in directions(walk)]
    assert texts[2] == "Turn back along High Street"


def test_steps_are_named(walk):
    stop(walk, "Above", MIDDLE, TOP)
    assert directions(walk)[0].text == "Leave Church hall by the steps"


def test_a_way_is_found_again_when_a_stop_moves(walk):
    lane = stop(walk, "Lane", WEST, LOW)
    before = route_line(walk)
    operations.place_stop(lane, TOP, EAST)
    assert route_line(walk) != before and (EAST, TOP) in route_line(walk)


def test_gpx_holds_the_stops_and_the_track(walk):
    stop(walk, "Lane & \x0b<gate>", WEST, LOW, look_at="Broken?")
    root = ET.fromstring(gpx(walk, list(walk.stops.all()), way(walk)))
    space = {"g": GPX}
    assert root.get("version") == "1.1"
    names = [one.text for one in root.findall("g:wpt/g:name", space)]
    assert names == ["Meeting point", "1. Lane &  <gate>"]
    track = [(float(p.get("lon")), float(p.get("lat"))) for p in root.iter(f"{{{GPX}}}trkpt")]
    assert tuple(track) == way(walk).line


def test_geojson_holds_the_same(walk):
    stop(walk, "Lane", WEST, LOW)
    operations.wish_route(walk, end_point="The shop", end=(LOW, EAST))
    walk = again(walk)
    made = json.loads(json.dumps(geojson(walk, list(walk.stops.all()), way(walk))))
    assert made["type"] == "FeatureCollection"
    *points, line = made["features"]
    assert [point["properties"]["name"] for point in points] == [
        "Meeting point", "1. Lane", "End of the walk",
    ]  # fmt: skip
    assert line["geometry"]["type"] == "LineString" and line["properties"]["along_streets"]
