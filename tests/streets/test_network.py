"""Walking along streets: distances, ways, and the places that cannot be reached."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString
from tests.streets import obvious

from studytours.core.geometry import to_grid
from studytours.streets import graph
from studytours.streets.foot import GATE, SHUT, STILE
from studytours.streets.network import Network
from studytours.streets.straight import StraightLines
from studytours.streets.ways import NoWay, Router, Wish

STEP = 0.001


def corner(column, row):
    """A corner of a chequered town: some 68 metres east by 111 metres north."""
    return round(-0.72 + column * STEP, 6), round(52.3 + row * STEP, 6)


def a_network(*streets, gates=()):
    """From (name, kind, corners) or (name, kind, corners, more)."""
    rows = [
        {"name": name, "kind": kind, **(more[0] if more else {})}
        for name, kind, _, *more in streets
    ]
    lines = [LineString([corner(*at) for at in corners]) for _, _, corners, *_ in streets]
    return Network(graph.build(rows, lines, [(corner(*at), what) for at, what in gates]))


def at(network, column, row, **options):
    return network.nearest(*corner(column, row), **options)


MILL_LANE = ("Mill Lane", "residential", [(0, 0), (1, 0), (2, 0)])
CHURCH_ROAD = ("Church Road", "residential", [(2, 0), (2, 1), (2, 2)])
ALLEY = ("", "footway", [(0, 0), (0, 2), (2, 2)])


def test_there_is_no_network_without_a_street_to_walk():
    assert graph.build([], []) is None
    motorway = {"name": "M1", "kind": "motorway", "on_foot": False}
    assert graph.build([motorway], [LineString([corner(0, 0), corner(1, 0)])]) is None


def test_a_path_that_joins_nothing_is_told():
    network = a_network(MILL_LANE, CHURCH_ROAD, ("Island Path", "path", [(5, 5), (6, 5)]))
    spot = at(network, 5, 5)
    assert (spot.street, spot.connected) == ("Island Path", False)
    with pytest.raises(NoWay, match=r"Island Path does not join .* Choose a place on a street"):
        network.path(spot, at(network, 0, 0))
    assert at(network, 5, 5, connected=True).street == "Church Road"
    assert network.between([spot, at(network, 0, 0)])[0, 1] == math.inf


def test_without_steps_there_may_be_a_longer_way_or_none():
    steps = ("", "steps", [(0, 0), (1, 1), (2, 2)], {"steps": True})
    network = a_network(MILL_LANE, CHURCH_ROAD, steps)
    ends = at(network, 0, 0), at(network, 2, 2)
    assert [leg.kind for leg in network.path(*ends).legs] == ["steps"]
    around = network.path(*ends, step_free=True)
    assert [leg.street for leg in around.legs] == ["Mill Lane", "Church Road"]
    assert network.between(ends, step_free=True)[0, 1] == pytest.approx(around.length_m)
    with pytest.raises(NoWay, match="has steps"):
        lonely = a_network(MILL_LANE, ("", "steps", [(2, 0), (2, 2)], {"steps": True}))
        lonely.path(at(lonely, 0, 0), at(lonely, 2, 2), step_free=True)


def test_the_nearest_spot_without_steps_is_not_on_them():
    network = a_network(MILL_LANE, ("", "steps", [(2, 0), (2, 2)]))
    assert at(network, 2, 1).street == ""
    assert at(network, 2, 1, step_free=True).street == "Mill Lane"


def test_a_spot_lies_between_corners_where_the_street_is_nearest():
    network = a_network(("Long Road", "residential", [(0, 0), (10, 0)]))
    spot = network.nearest(-0.7163, 52.3004)
    assert (spot.lon, spot.lat) == (pytest.approx(-0.7163, abs=1e-5), pytest.approx(52.3, abs=1e-5))
    assert spot.away_m == pytest.approx(44.5, abs=1)
    assert spot.street == "Long Road"


def test_two_spots_on_one_street_are_as_far_apart_as_they_lie():
    network = a_network(("Long Road", "residential", [(0, 0), (10, 0)]))
    one, other = network.nearest(-0.719, 52.3), network.nearest(-0.716, 52.3)
    (leg,) = network.path(one, other).legs
    assert leg.length_m == pytest.approx(math.dist(to_grid(-0.719, 52.3), to_grid(-0.716, 52.3)))
    assert network.path(one, one).length_m == 0


def test_a_street_that_only_turns_back_on_itself_can_be_walked_either_way():
    ring = ("The Ring", "residential", [(2, 0), (3, 0), (3, 1), (2, 1), (2, 0)])
    network = a_network(MILL_LANE, ring)
    near_its_end = network.nearest(corner(2, 0)[0], 52.3005)
    walk = network.path(at(network, 0, 0), near_its_end)
    assert walk.length_m == pytest.approx(136.5 + 55.6, abs=2)


def test_a_bridge_does_not_meet_the_road_below():
    below = ("Low Road", "residential", [(0, 1), (2, 1)])
    above = ("High Bridge", "residential", [(1, 0), (1, 2)])
    network = a_network(below, above)
    assert not np.isfinite(network.between([at(network, 0, 1), at(network, 1, 0)])[0, 1])


def test_of_two_ways_between_the_same_corners_the_shorter_is_taken():
    bow = ("Bow Street", "residential", [(0, 0), (0, -1), (2, -1), (2, 0)])
    network = a_network(MILL_LANE, bow, CHURCH_ROAD)
    assert network.path(at(network, 0, 0), at(network, 2, 2)).legs[0].street == "Mill Lane"


def test_the_legs_are_named_in_order_and_their_lines_join():
    network = a_network(MILL_LANE, CHURCH_ROAD)
    walk = network.path(at(network, 2, 2), at(network, 0, 0))
    assert [leg.street for leg in walk.legs] == ["Church Road", "Mill Lane"]
    assert walk.legs[0].line.coords[-1] == walk.legs[1].line.coords[0] == corner(2, 0)
    assert walk.line.coords[0] == corner(2, 2)
    assert walk.line.coords[-1] == corner(0, 0)
    assert all(leg.lit is None for leg in walk.legs)


def test_light_is_known_only_where_it_was_mapped():
    network = a_network(
        ("Mill Lane", "residential", [(0, 0), (1, 0)], {"lit": True}),
        ("Mill Lane", "residential", [(1, 0), (2, 0)]),
        ("Church Road", "residential", [(2, 0), (2, 2)], {"lit": False}),
    )
    walk = network.path(at(network, 0, 0), at(network, 2, 2))
    assert [leg.lit for leg in walk.legs] == [None, False]


def test_a_shut_gate_ends_the_way_and_an_open_one_is_told():
    shut = a_network(MILL_LANE, CHURCH_ROAD, ALLEY, gates=[((0, 2), SHUT)])
    open_ = a_network(MILL_LANE, CHURCH_ROAD, ALLEY, gates=[((0, 2), GATE)])
    ends = corner(0, 1), corner(1, 2)
    around = shut.path(*(shut.nearest(*end) for end in ends))
    through = open_.path(*(open_.nearest(*end) for end in ends))
    assert [leg.street for leg in around.legs] == ["", "Mill Lane", "Church Road", ""]
    assert around.length_m > 2 * through.length_m
    assert [(leg.street, leg.gate) for leg in through.legs] == [("", True)]


def test_a_stile_is_no_way_for_a_pram():
    network = a_network(MILL_LANE, CHURCH_ROAD, ALLEY, gates=[((0, 2), STILE)])
    ends = (at(network, *place, step_free=True) for place in ((0, 0), (2, 2)))
    walk = network.path(*ends, step_free=True)
    assert [leg.street for leg in walk.legs] == ["Mill Lane", "Church Road"]


def test_a_gate_at_the_corner_of_a_street_closes_the_drive_not_the_street():
    drive = ("", "service", [(1, 0), (1, 2), (2, 2)])
    network = a_network(MILL_LANE, CHURCH_ROAD, drive, gates=[((1, 0), SHUT)])
    walk = network.path(at(network, 0, 0), at(network, 1, 1))
    assert [leg.street for leg in walk.legs] == ["Mill Lane", "Church Road", ""]


def test_distances_end_at_the_limit():
    network = a_network(("Long Road", "residential", [(0, 0), (1, 0)]), MILL_LANE, CHURCH_ROAD)
    found = network.distances([at(network, 0, 0)], 150)
    assert found.shape == (1, len(network.graph.piece))
    assert found.max() == pytest.approx(136.5, abs=1)


def test_streets_within_a_walk_are_cut_where_it_ends():
    network = a_network(MILL_LANE, CHURCH_ROAD, ("Far Road", "residential", [(8, 8), (9, 9)]))
    spot = network.nearest(-0.7185, 52.3)
    lines = network.streets_within(spot.edge, spot.along_m, 50)
    assert lines.length == pytest.approx(100, abs=0.1)  # Mill Lane ends 34 m east, then turns
    assert network.streets_within(spot.edge, spot.along_m, 5000).length == pytest.approx(
        136.5 + 222.4, abs=2
    )


def test_straight_lines_stand_in_where_there_are_no_streets():
    router = StraightLines()
    one, other = router.nearest(*corner(0, 0)), router.nearest(*corner(2, 0))
    assert router.between([one, other])[0, 1] == pytest.approx(1.3 * 136.5, abs=2)
    assert router.path(one, other).length_m == router.between([one, other])[0, 1]
    assert not router.along_streets


def test_both_answer_the_questions_of_a_router():
    assert isinstance(StraightLines(), Router)
    assert isinstance(a_network(MILL_LANE), Router)


# A street is a walk over the corners of the chequered town.
turns = st.lists(st.sampled_from([(0, 1), (1, 0), (0, -1), (-1, 0)]), min_size=1, max_size=6)
starts = st.tuples(st.integers(0, 4), st.integers(0, 4))
places = st.tuples(st.floats(-1, 6), st.floats(-1, 6))


@st.composite
def towns(draw):
    streets = []
    for number, (start, way) in enumerate(
        draw(st.lists(st.tuples(starts, turns), min_size=1, max_size=6))
    ):
        corners = [start]
        for east, north in way:
            corners.append((corners[-1][0] + east, corners[-1][1] + north))
        streets.append((f"Street {number}", "residential", corners))
    return streets, a_network(*streets)


@given(towns(), places, places)
@settings(max_examples=60)
def test_distances_match_the_obvious_way(town, one, other):
    streets, network = town
    start, end = at(network, *one), at(network, *other)
    lines = [[corner(*where) for where in corners] for _, _, corners in streets]
    expected = obvious.distance(lines, start, end)
    assert network.between([start, end])[0, 1] == pytest.approx(expected, abs=0.02)


@given(towns(), st.lists(places, min_size=3, max_size=5))
@settings(max_examples=60)
def test_distances_are_those_of_a_walk(town, where):
    """Symmetric, never longer by way of a third place, and as long as the path says."""
    _, network = town
    spots = [at(network, *place) for place in where]
    metres = network.between(spots)
    assert np.array_equal(metres, metres.T) or np.allclose(metres, metres.T)
    assert (metres.diagonal() == 0).all()
    for by in range(len(spots)):
        assert (metres <= metres[:, [by]] + metres[[by], :] + 1e-6).all()
    if np.isfinite(metres[0, 1]):
        walk = network.path(spots[0], spots[1])
        assert walk.length_m == pytest.approx(metres[0, 1])
        assert sum(leg.length_m for leg in walk.legs) == pytest.approx(metres[0, 1], abs=0.03)
        straight = math.dist(*(to_grid(spot.lon, spot.lat) for spot in spots[:2]))
        assert walk.length_m >= straight - 0.01


@given(towns(), st.lists(places, min_size=1, max_size=4), st.floats(10, 400))
@settings(max_examples=40)
def test_a_limit_only_leaves_out_what_is_further(town, where, limit):
    """Looking at one box at a time gives what looking everywhere gives."""
    _, network = town
    spots = [at(network, *place) for place in where]
    some, all_ = (network.distances(spots, metres).toarray() for metres in (limit, 1e6))
    reached = network.distances(spots, limit)
    entries = np.zeros(reached.shape, bool)
    entries[reached.nonzero()] = True
    assert np.array_equal(some > 0, (all_ > 0) & (all_ <= limit))
    assert np.allclose(some[entries], all_[entries])


STRAIGHT_ON = ("Dark Lane", "residential", [(0, 0), (2, 0)], {"lit": False})
ROUND_ABOUT = ("Lamp Street", "residential", [(0, 0), (1, 0.5), (2, 0)], {"lit": True})


def test_a_lit_way_is_preferred_where_it_is_not_much_longer():
    network = a_network(STRAIGHT_ON, ROUND_ABOUT)
    ends = at(network, 0, 0), at(network, 2, 0)
    assert network.path(*ends).legs[0].street == "Dark Lane"
    lit = network.path(*ends, wish=Wish(prefer_lit=True))
    assert lit.legs[0].street == "Lamp Street"
    assert network.between(ends, wish=Wish(prefer_lit=True))[0, 1] == pytest.approx(lit.length_m)


def test_steps_are_avoided_but_taken_where_nothing_else_leads_there():
    steps = ("", "steps", [(0, 0), (0, 2)], {"steps": True})
    around = ("Ramp Road", "residential", [(0, 0), (3, 0), (3, 2), (0, 2)])
    ends = (0, 0), (0, 2)
    network = a_network(steps, around)
    walk = network.path(*(at(network, *end) for end in ends), wish=Wish(avoid_steps=True))
    assert [leg.steps for leg in walk.legs] == [False]
    only = a_network(steps, ("Ramp Road", "residential", [(0, 2), (3, 2)]))
    walk = only.path(*(at(only, *end) for end in ends), wish=Wish(avoid_steps=True))
    assert [leg.steps for leg in walk.legs] == [True]


def test_many_ways_at_once_are_the_ways_one_by_one():
    network = a_network(MILL_LANE, CHURCH_ROAD, ("Island Path", "path", [(5, 5), (6, 5)]))
    spots = [at(network, *end) for end in ((0, 0), (2, 2), (1, 0), (5, 5))]
    first, second, none = network.paths(spots)
    assert first.length_m == network.between(spots)[0, 1]
    assert second.line.equals(network.path(spots[1], spots[2]).line)
    assert "Island Path does not join" in str(none)
