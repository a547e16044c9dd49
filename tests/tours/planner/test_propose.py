"""A proposed route keeps its promises, says why, and refuses what cannot be."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from tests.streets.maps import a_map
from tests.walks import open_walk

from studytours.areas.operations import ask_for_walk
from studytours.core.errors import Refused
from studytours.core.panels import _PANELS
from studytours.core.templatetags.ui import clock
from studytours.measures.operations import register_measure
from studytours.tours import operations, suggestions
from studytours.tours.models import RoutePlan
from studytours.tours.planner import candidates
from studytours.tours.planner import propose as propose_module
from studytours.tours.planner.candidates import Candidate, candidates_for, worth
from studytours.tours.planner.propose import propose
from studytours.tours.planner.shown import shown_stops
from studytours.tours.planner.times import itinerary, light_words
from studytours.tours.planner.way import way_of
from studytours.tours.tasks import prove_route

from .conftest import EAST, HIGH, LOW, MIDDLE, NOW, TOP, WEST, again, stop


@pytest.fixture(autouse=True)
def crime(monkeypatch):
    """A busy point on Low Road and a quieter one on Top Road."""
    rows = [
        {"lat": LOW, "lon": -0.7178, "location": "Low Road", "count": 16},
        {"lat": TOP, "lon": -0.7160, "location": "Top Road", "count": 4},
    ]
    monkeypatch.setattr(suggestions, "point_counts", lambda **_: rows)
    return rows


def of(tour):
    return propose(tour, list(tour.stops.all()), now=NOW)


def kinds(tour, weights=None):
    found = candidates_for(tour, list(tour.stops.all()), weights, now=NOW)
    return {one.name: (one.kind, one.value) for one in found}


# -- what a route may lead to ------------------------------------------------------------------


def test_the_busiest_point_is_worth_its_whole_weight_and_others_less(walk):
    assert kinds(walk)["Near Low Road"] == ("hot", 12)
    assert kinds(walk)["Near Top Road"] == ("hot", 6)


def test_a_shop_and_a_viewpoint_of_the_street_map_are_offered(walk):
    assert kinds(walk)["Corner Shop"] == ("shop", 8)
    assert kinds(walk)["Church Tower"] == ("view", 4)


def test_a_measure_that_is_due_counts_more_than_one_that_stands(walk, area):
    for name, lon, check in (("Old gate", WEST, "2026-01-01"), ("New gate", EAST, "2027-01-01")):
        register_measure(
            kind="alley_gate", name=name, place="Here", area=area, lat=52.303, lon=lon,
            next_check=check, now=NOW,
        )  # fmt: skip
    assert kinds(walk)["Old gate"] == ("measure", 12)
    assert kinds(walk)["New gate"] == ("measure", 5)


def test_what_residents_asked_for_counts_up_to_three_times(walk):
    for _ in range(4):
        ask_for_walk(lat=HIGH, lon=-0.7181, words="Dark", now=NOW)
    [(kind, value)] = [one for one in kinds(walk).values() if one[0] == "request"]
    assert (kind, value) == ("request", 16)


def test_higher_contexts_add_theirs(walk, monkeypatch):
    extra = Candidate("action", "Mend the lamp", TOP, WEST, 1.0, "A-0007 is overdue")
    monkeypatch.setitem(_PANELS, "route_candidates", [(40, "x", lambda tour: [extra])])
    assert kinds(walk)["Mend the lamp"] == ("action", 12)


def test_a_kind_without_weight_is_left_out(walk):
    found = kinds(walk, {"hot": 0, "shop": 5})
    assert "Near Low Road" not in found and found["Corner Shop"] == ("shop", 20)


def test_what_lies_together_counts_together(walk, crime):
    crime.append({"lat": LOW, "lon": -0.7180, "location": "Low Road", "count": 4})
    found = candidates_for(walk, [], now=NOW)
    low = next(one for one in found if one.name == "Near Low Road")
    assert low.value == 18 and "Also near Low Road: 4 recorded crimes" in low.why


def test_what_is_outside_the_area_is_not_offered(walk, crime):
    crime.append({"lat": 52.2, "lon": -0.7, "location": "Far Away", "count": 99})
    assert "Near Far Away" not in kinds(walk)


def test_anything_with_a_weight_is_worth_a_point():
    faint = Candidate("hot", "Near", 0, 0, 0.01, "1 recorded crime")
    assert (worth(faint, {"hot": 1}), worth(faint, {"hot": 0})) == (1, 0)


# -- what is proposed --------------------------------------------------------------------------


def test_a_route_takes_what_is_worth_most_in_the_time_and_comes_back(walk):
    found = of(walk)
    assert found.along_streets and found.proven
    assert {one["name"] for one in found.stops} == {
        "Near Low Road", "Near Top Road", "Corner Shop", "Church Tower",
    }  # fmt: skip
    assert found.minutes <= walk.minutes and found.how_good == "Best possible, proven"
    assert found.value == sum(one["value"] for one in found.stops) == 30


def test_what_is_left_out_says_what_it_would_add(walk):
    operations.change_tour(walk, minutes=20)
    found = of(walk)
    assert [one["name"] for one in found.stops] == ["Near Low Road"]
    reasons = {one["name"]: why for one, why in found.left_out}
    assert reasons["Near Top Road"].startswith("It would add ")
    assert reasons["Corner Shop"].startswith("Too far: there and back takes 2")


def test_the_times_of_a_proposal_are_those_of_the_way(walk):
    found = of(walk)
    way = way_of(walk, shown_stops(walk, found))
    assert way.metres / (4000 / 60) == pytest.approx(found.walking, abs=0.05)


def test_a_locked_stop_is_always_on_the_route(walk):
    operations.change_tour(walk, minutes=25)
    operations.wish_route(walk, weights={"stop": 0})
    far = stop(walk, "Far corner", EAST, TOP)
    assert "Far corner" not in [one["name"] for one in of(again(walk)).stops]
    operations.lock_stop(far, True)
    found = of(again(walk))
    assert "Far corner" in [one["name"] for one in found.stops] and found.minutes <= 25


def test_another_end_is_kept(walk):
    operations.wish_route(walk, end_point="Shop", end=(LOW, EAST))
    found = of(again(walk))
    assert found.order[-1] == found.end == len(found.travel) - 1


def test_a_proposal_that_is_used_becomes_the_stops_and_keeps_its_own(walk):
    lane = stop(walk, "Lane", WEST, TOP, look_at="Gate", minutes=9)
    note = stop(walk, "Somewhere", None, None)
    found = operations.propose_route(walk, now=NOW)
    assert walk.stops.count() == 2  # nothing is changed yet
    operations.use_proposal(again(walk), at=found.at)
    stops = list(walk.stops.all())
    assert [one.number for one in stops] == list(range(1, len(stops) + 1))
    assert [one.name for one in stops] == [*(one["name"] for one in found.stops), "Somewhere"]
    kept = next(one for one in stops if one.name == "Lane")
    assert (kept.pk, kept.look_at, kept.minutes) == (lane.pk, "Gate", 9)
    assert note.pk in {one.pk for one in stops}
    assert again(walk).route_plan.proposal is None


def test_measures_are_attached_to_the_stop_that_checks_them(walk, area):
    gate = register_measure(
        kind="alley_gate", name="Gate", place="Here", area=area, lat=52.303, lon=WEST, now=NOW
    )
    found = operations.propose_route(walk, now=NOW)
    operations.use_proposal(again(walk), at=found.at)
    assert list(gate.stops.values_list("name", flat=True)) == ["Gate"]


def test_dropping_a_proposal_changes_nothing_else(walk):
    operations.propose_route(walk, now=NOW)
    operations.drop_proposal(walk)
    assert RoutePlan.objects.get(tour=walk).proposal is None and walk.stops.count() == 0


def test_without_a_street_map_the_ways_are_straight(area, tour):
    found = of(tour)
    assert not found.along_streets and found.stops


# -- how good it is ----------------------------------------------------------------------------


@pytest.fixture
def many(walk, crime):
    """Thirty busy points: too many to try every walk."""
    rng = np.random.default_rng(1)
    crime.clear()
    for number in range(30):
        lat, lon = LOW + rng.random() * 0.004, WEST + rng.random() * 0.004
        row = {"lat": lat, "lon": lon, "location": f"Road {number}", "count": number + 1}
        crime.append(row)
    operations.change_tour(walk, minutes=45)
    return walk


def test_a_proof_comes_later_and_is_kept(many, monkeypatch):
    monkeypatch.setattr(candidates, "NEAR_METRES", 20)
    monkeypatch.setattr(propose_module, "SECONDS_EACH", 0.001)  # too short for the bound to meet it
    found = operations.propose_route(many, now=NOW)
    plan = again(many).route_plan
    assert plan.proof == RoutePlan.Proof.WAITING and "% of the best possible" in found.how_good
    prove_route.func(plan.pk, found.at)
    plan.refresh_from_db()
    assert plan.proof in (RoutePlan.Proof.PROVEN, RoutePlan.Proof.BETTER)
    assert found.value <= plan.proposal["value"] == plan.proposal["bound"] <= found.bound


def test_a_proof_of_a_route_that_was_replaced_is_not_kept(walk):
    found = operations.propose_route(walk, now=NOW)
    plan = again(walk).route_plan
    plan.proof = RoutePlan.Proof.WAITING
    plan.save()
    assert operations.prove_proposal(plan, "another moment") is None
    operations.drop_proposal(walk)
    prove_route.func(plan.pk, found.at)
    assert RoutePlan.objects.get(tour=walk).proposal is None


# -- what is refused ---------------------------------------------------------------------------


def test_a_tour_without_a_meeting_point_on_the_map_is_refused(walk):
    operations.change_tour(walk, meeting=None)
    with pytest.raises(Refused, match="meeting point is not on the map"):
        of(walk)


def test_a_meeting_point_off_the_network_says_how_far_the_nearest_street_is(walk):
    operations.change_tour(walk, meeting=(52.3004, -0.7120))
    with pytest.raises(Refused, match=r"meeting point .* Low Road, is 27\d metres away\. Move it"):
        of(walk)


def test_a_meeting_point_on_a_path_that_joins_nothing_is_refused(walk):
    operations.change_tour(walk, meeting=(52.3075, -0.7104))
    with pytest.raises(Refused, match="meeting point is not near a street that can be walked"):
        of(walk)


def test_a_locked_stop_off_the_network_is_named_and_others_are_set_aside(walk):
    island = stop(walk, "Island", -0.7105, 52.3075)
    assert [name for name, _ in of(walk).unreachable] == ["Island"]
    operations.lock_stop(island, True)
    with pytest.raises(Refused, match="“Island” is not near a street"):
        of(walk)


def test_a_locked_stop_too_far_for_the_time_is_named_with_the_minutes_needed(walk):
    operations.change_tour(walk, minutes=15)
    operations.lock_stop(stop(walk, "Far corner", EAST, TOP, minutes=10), True)
    with pytest.raises(Refused, match=r"“Far corner” is locked .* takes 21 minutes.* lasts 15"):
        of(walk)


def test_locked_stops_that_do_not_fit_together_say_what_they_take(walk):
    operations.change_tour(walk, minutes=25)
    for name, lon, lat in (("North-east", EAST, TOP), ("South-west", WEST, LOW)):
        operations.lock_stop(stop(walk, name, lon, lat), True)
    with pytest.raises(Refused, match=r"locked stops do not fit .* takes \d+ minutes.* lasts 25"):
        of(walk)


def test_an_end_too_far_for_the_time_is_refused(tour):
    operations.change_tour(tour, minutes=15)
    operations.wish_route(tour, end_point="Marina", end=(52.3200, MIDDLE))
    with pytest.raises(Refused, match=r"shortest way .* to the end takes 35 minutes.* lasts 15"):
        of(again(tour))


def test_an_end_off_the_map_is_refused(walk):
    operations.change_tour(walk, minutes=15)
    operations.wish_route(walk, end_point="Marina", end=(52.3200, MIDDLE))
    with pytest.raises(Refused, match="end of the walk is not near a street"):
        of(again(walk))


def test_a_stop_that_only_steps_lead_to_is_named(walk, street_map):
    a_map(sha256="b" * 64, streets=[
        {"name": "High Street", "kind": "residential", "line": [(WEST, HIGH), (MIDDLE, HIGH)]},
        {"name": "", "kind": "steps", "line": [(MIDDLE, HIGH), (MIDDLE, TOP)], "steps": True},
        {"name": "Top Road", "kind": "residential", "line": [(MIDDLE, TOP), (WEST, TOP)]},
    ])  # fmt: skip
    operations.change_tour(walk, step_free=True)
    operations.lock_stop(stop(walk, "Above", WEST, TOP), True)
    with pytest.raises(Refused, match=r"No way without steps leads .* “Above”. Allow steps"):
        of(walk)


def test_nothing_to_walk_to_is_said(walk, crime):
    crime.clear()
    operations.wish_route(walk, weights={"shop": 0, "view": 0})
    with pytest.raises(Refused, match="nothing on this ground"):
        of(again(walk))


def test_no_more_stops_than_a_tour_may_have(walk, crime):
    crime.clear()
    for number in range(25):
        stop(walk, f"Stop {number}", WEST + number * 0.00016, HIGH, minutes=0)
    assert len(of(walk).stops) == 25
    found = propose(walk, list(walk.stops.all()), now=NOW)
    assert found.limited and all(one["kind"] == "stop" for one in found.stops)


def test_a_proposal_of_a_tour_that_was_changed_since_is_refused(walk):
    found = operations.propose_route(walk, now=NOW)
    stop(walk, "New", WEST, LOW)
    with pytest.raises(Refused, match="changed since this route was proposed"):
        operations.use_proposal(again(walk), at=found.at)


def test_a_proposal_is_used_once(walk):
    found = operations.propose_route(walk, now=NOW)
    operations.use_proposal(again(walk), at=found.at)
    with pytest.raises(Refused, match="not here any more"):
        operations.use_proposal(again(walk), at=found.at)


def test_a_walk_that_is_open_keeps_its_route(walk):
    lane = stop(walk, "Lane", WEST, LOW)
    open_walk(walk, now=NOW)
    for refused in (
        lambda: operations.propose_route(walk), lambda: operations.wish_route(walk),
        lambda: operations.lock_stop(lane, True),
    ):  # fmt: skip
        with pytest.raises(Refused, match="“walking”"):
            refused()


@pytest.mark.parametrize("weights", [{"hot": 6}, {"hot": -1}, {"murder": 3}])
def test_weights_beyond_the_scale_are_refused(walk, weights):
    with pytest.raises(Refused, match="from 0 to 5"):
        operations.wish_route(walk, weights=weights)


def test_a_stop_without_a_point_cannot_be_locked(walk):
    with pytest.raises(Refused, match="not on the map"):
        operations.lock_stop(stop(walk, "Somewhere", None, None), True)


# -- by the clock ------------------------------------------------------------------------------


def at(tour, *moment):
    tour.starts_at = datetime(*moment, tzinfo=UTC)
    tour.save()
    return tour


def test_times_are_local_on_the_night_when_the_clocks_go_back(walk):
    # 00:50 by summer time; clocks go back at 2am that night.
    at(walk, 2026, 10, 24, 23, 50)
    stop(walk, "Long talk", MIDDLE, HIGH, minutes=120)
    legs = itinerary(walk, list(walk.stops.all()), way_of(walk, list(walk.stops.all())))
    assert [clock(leg.arrives) for leg in legs] == ["12:50am", "1:50am"]
    assert legs[1].arrives - legs[0].arrives == timedelta(minutes=120)


def test_light_is_told_and_measured_against_the_wish(walk):
    at(walk, 2026, 4, 15, 18, 30)  # 7:30pm; sunset at 7:58pm
    ends = walk.starts_at + timedelta(minutes=90)
    words, against = light_words(walk, ends)
    assert words.endswith("ends at 9pm, after sunset.") and not against
    operations.wish_route(walk, light="daylight")
    words, against = light_words(again(walk), ends)
    assert against and "To end in daylight, start at 6:" in words
    at(walk, 2026, 4, 15, 12)
    operations.wish_route(walk, light="dusk")
    words, against = light_words(again(walk), again(walk).starts_at + timedelta(minutes=90))
    assert against and "in daylight. To walk into the dusk, start at " in words
