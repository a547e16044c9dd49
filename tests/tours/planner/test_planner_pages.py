"""The planner's pages: everything by forms, the same by a script, and for who may."""

import json
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from studytours.tours import operations, suggestions
from studytours.tours.models import RoutePlan

from .conftest import HIGH, LOW, MIDDLE, NOW, TOP, WEST, again, stop

JSON = {"Accept": "application/json"}
WISHES = {
    "steps": "avoid", "light": "dusk", "weight_stop": 3, "weight_hot": 3, "weight_measure": 3,
    "weight_action": 3, "weight_request": 4, "weight_shop": 5, "weight_view": 0,
}  # fmt: skip


@pytest.fixture(autouse=True)
def crime(monkeypatch):
    rows = [{"lat": LOW, "lon": -0.7178, "location": "Low Road", "count": 16}]
    monkeypatch.setattr(suggestions, "point_counts", lambda **_: rows)


@pytest.fixture
def desk(client, leader):
    client.force_login(leader)
    return client


def url(name, tour, *more):
    return reverse(name, args=[tour.slug, *more])


def test_an_analyst_reads_and_does_not_propose(client, analyst, walk):
    client.force_login(analyst)
    page = client.get(url("desk_tour_route", walk))
    assert page.status_code == 200 and b">Propose a route</button>" not in page.content
    assert client.post(url("desk_tour_route", walk), WISHES).status_code == 403


def test_a_route_is_wished_for_proposed_and_used_by_forms_alone(desk, walk):
    answer = desk.post(url("desk_tour_route", walk), WISHES, follow=True)
    text = answer.content.decode()
    for words in (
        "2 stops worth 32 points in", "Best possible, proven.", "Near Low Road", "16 recorded",
        "Corner Shop", "A shop on this ground", "Use this route", "back at the meeting point",
        "Along the streets of the map", "Not as wished",
    ):  # fmt: skip
        assert words in text
    plan = again(walk).route_plan
    assert (plan.avoid_steps, plan.light, plan.weights["view"]) == (True, "dusk", 0)
    answer = desk.post(url("desk_route_use", walk), {"at": plan.proposal["at"]}, follow=True)
    assert "The route is used" in answer.content.decode()
    assert walk.stops.count() == 2


def test_what_cannot_be_stands_on_the_page_with_its_cure(desk, walk):
    operations.change_tour(walk, meeting=(52.3004, -0.7120))
    text = desk.post(url("desk_tour_route", walk), WISHES).content.decode()
    assert "The nearest street, Low Road, is 271 metres away" in text and "Move it to a" in text


def test_another_end_needs_a_place(desk, walk):
    text = desk.post(url("desk_tour_route", walk), {**WISHES, "elsewhere": "on"}).content.decode()
    assert "Say where the walk ends" in text
    end = {"elsewhere": "on", "point": f"{TOP}, {WEST}", "end_point": "The top"}
    text = desk.post(url("desk_tour_route", walk), {**WISHES, **end}, follow=True).content.decode()
    assert "to the end at The top" in text


def test_a_tour_that_changed_says_that_its_proposal_is_old(desk, walk):
    desk.post(url("desk_tour_route", walk), WISHES)
    stop(walk, "New", WEST, LOW)
    text = desk.get(url("desk_tour_route", walk)).content.decode()
    assert "The tour was changed since" in text and "Use this route" not in text


def test_stops_that_would_go_are_named_before(desk, walk):
    stop(walk, "Keep me", WEST, TOP)
    answer = desk.post(url("desk_tour_route", walk), {**WISHES, "weight_stop": 0}, follow=True)
    assert "will be removed: Keep me" in answer.content.decode()


def test_a_proof_that_is_under_way_is_told_and_asked_for(desk, walk):
    desk.post(url("desk_tour_route", walk), WISHES)
    RoutePlan.objects.update(proof="waiting")
    page = desk.get(url("desk_tour_route", walk)).content.decode()
    assert "We go on checking" in page and url("desk_route_proof", walk) in page
    assert desk.get(url("desk_route_proof", walk)).json()["waiting"]
    RoutePlan.objects.update(proof="better")
    answer = desk.get(url("desk_route_proof", walk)).json()
    assert answer["better"] and "found a better route" in answer["said"] and not answer["waiting"]
    assert "found a better route" in desk.get(url("desk_tour_route", walk)).content.decode()


def test_a_proposal_may_be_dropped(desk, walk):
    desk.post(url("desk_tour_route", walk), WISHES)
    desk.post(url("desk_route_drop", walk))
    assert again(walk).route_plan.proposal is None


def test_the_stops_page_says_when_the_walk_is_where(desk, walk):
    stop(walk, "Lane", WEST, LOW)
    text = desk.get(url("desk_tour_stops", walk)).content.decode()
    assert "360 metres, 6 minutes to here" in text and "6:06pm" in text
    assert "The walk ends at <strong>6:16pm</strong>" in text


@pytest.mark.parametrize("headers", [{}, JSON])
def test_a_stop_is_moved_locked_and_removed_by_form_and_by_script(desk, walk, headers):
    lane, top = stop(walk, "Lane", WEST, LOW), stop(walk, "Top", WEST, TOP)
    changes = [
        ("desk_stop_move", {"to": "2"}), ("desk_stop_lock", {"locked": "yes"}),
        ("desk_stop_place", {"lat": str(HIGH), "lon": str(WEST)}), ("desk_stop_remove", {}),
    ]  # fmt: skip
    for name, fields in changes:
        answer = desk.post(url(name, walk, lane.pk), fields, headers=headers)
        assert answer.status_code == (200 if headers else 302)
        if headers and name == "desk_stop_place":
            made = answer.json()
            assert made["said"] == "Lane was moved." and "Top" in made["list"]
            assert [WEST, HIGH] in made["route"]["features"][0]["geometry"]["coordinates"]
            assert made["stops"]["features"][1]["properties"]["number"] == 2
    assert list(walk.stops.all()) == [top]


def test_the_script_reads_why_a_change_was_refused(desk, walk):
    lane = stop(walk, "Lane", WEST, LOW)
    where = url("desk_stop_place", walk, lane.pk)
    for wrong in ({"lat": "north"}, {"lat": "1", "lon": "1"}, {"lat": "nan", "lon": "nan"}):
        answer = desk.post(where, wrong, headers=JSON)
        assert answer.status_code == 409 and answer.json()["why"]
    answer = desk.post(url("desk_stop_move", walk, lane.pk), {"to": "9"}, headers=JSON)
    assert "no place 9" in answer.json()["why"]
    assert walk.stops.get().lat == LOW


def test_the_leader_reads_the_way_turn_by_turn(desk, walk):
    stop(walk, "Lane", WEST, LOW)
    text = desk.get(url("desk_tour_walk", walk)).content.decode()
    assert "Leave Church hall by High Street, 140 metres" in text
    assert "Turn left into Mill Lane, 220 metres" in text


def test_gpx_and_geojson_are_downloads(desk, walk):
    stop(walk, "Lane", WEST, LOW)
    gpx = desk.get(url("desk_route_gpx", walk))
    assert gpx["Content-Type"] == "application/gpx+xml"
    assert gpx["Content-Disposition"] == f'attachment; filename="{walk.slug}.gpx"'
    assert ET.fromstring(gpx.content).tag.endswith("gpx")
    made = desk.get(url("desk_route_geojson", walk))
    assert made["Content-Type"] == "application/geo+json"
    assert json.loads(made.content)["features"][-1]["geometry"]["type"] == "LineString"


def test_the_public_page_draws_the_way_along_the_streets(client, walk):
    stop(walk, "Lane", WEST, LOW)
    operations.invite(walk, name="Kim", email="kim@example.org")
    operations.open_invitations(walk, now=NOW)
    line = client.get(reverse("tour_geojson", args=[walk.slug])).json()["features"][-1]
    assert [MIDDLE, HIGH] in line["geometry"]["coordinates"]
    assert [WEST, HIGH] in line["geometry"]["coordinates"]


def test_a_page_takes_the_same_queries_for_one_stop_and_for_ten(desk, walk):
    taken = []
    for count in (1, 9):
        for number in range(count):
            stop(walk, f"Stop {number}", WEST, LOW + number * 0.0001)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            desk.get(url("desk_tour_walk", walk))
        taken.append(len(queries))
    assert taken[0] == taken[1]
