"""The network of a street map lies in a file of its own: whole, named by content, made again."""

import numpy as np
import pytest
from shapely.geometry import Point
from tests.streets.maps import a_map
from tests.streets.test_import import LEEDS, RUTLAND

from studytours.core.errors import Refused
from studytours.streets import graph, network, operations
from studytours.streets.foot import barrier, has_steps
from studytours.streets.straight import StraightLines

pytestmark = pytest.mark.django_db

OAKHAM, UPPINGHAM = (-0.7287, 52.6706), (-0.7219, 52.5885)
HERE = (-0.73, 52.29, -0.69, 52.32)


def test_without_a_street_map_there_are_straight_lines():
    assert network.network_for(HERE) is None
    assert isinstance(network.router_for(HERE), StraightLines)


def test_a_map_of_motorways_has_no_network():
    motorway = {"name": "M1", "kind": "motorway", "line": [(-0.72, 52.3), (-0.71, 52.3)]}
    a_map(streets=[motorway | {"on_foot": False}])
    assert network.network_for(HERE) is None


def test_drawn_streets_give_a_network_where_their_lines_meet(street_map):
    found = network.network_for(HERE)
    assert found.name == "Greatwell"
    ends = found.nearest(-0.72, 52.3), found.nearest(-0.717, 52.3)
    assert [leg.street for leg in found.path(*ends).legs] == ["Mill Lane"]


def test_a_damaged_file_is_refused_with_the_cure(street_map):
    graph.file_of(street_map.sha256).write_bytes(b"PK\x03\x04 half a file")
    with pytest.raises(Refused, match=r"damaged\. Remove it .* import the street map again"):
        network.network_for(HERE)


def test_a_file_that_cannot_be_written_leaves_nothing_behind(street_map, monkeypatch):
    def fails(file, **arrays):
        file.write(b"half")
        raise OSError("No space left on device")

    monkeypatch.setattr(np, "savez_compressed", fails)
    with pytest.raises(OSError, match="No space"):
        a_map(sha256="b" * 64)
    assert not graph.file_of("b" * 64).exists()
    assert [file.name for file in graph.file_of("b" * 64).parent.iterdir()] == ["a" * 64 + ".npz"]
    assert street_map.__class__.objects.count() == 1


def test_a_known_map_whose_network_is_lost_gets_it_again(shared_data):
    street_map = operations.import_streets(shared_data / LEEDS)
    before = graph.load(street_map.sha256)
    graph.file_of(street_map.sha256).unlink()
    assert operations.import_streets(shared_data / LEEDS) == street_map
    again = graph.load(street_map.sha256)
    assert all(np.array_equal(one, other) for one, other in zip(before, again, strict=True))


def test_the_map_that_covers_most_of_a_place_answers_for_it(street_map):
    further = [{"name": "Far Road", "kind": "residential", "line": [(-0.69, 52.29), (-0.6, 52.31)]}]
    a_map(sha256="b" * 64, name="Farwell", streets=further, landmarks=[])
    assert network.network_for((-0.72, 52.295, -0.68, 52.305)).name == "Greatwell"
    assert network.network_for((-0.70, 52.295, -0.60, 52.305)).name == "Farwell"


def test_a_place_at_the_edge_of_a_map_is_not_covered_by_it(street_map):
    assert network.network_for((-0.70, 52.30, -0.60, 52.31)) is None
    assert not network.router_for((-0.70, 52.30, -0.60, 52.31)).along_streets


def test_an_older_map_of_the_same_place_no_longer_answers(street_map):
    a_map(sha256="b" * 64, name="Greatwell today")
    assert [one.name for one in network.networks()] == ["Greatwell today"]


@pytest.fixture(scope="module")
def rutland(for_the_module, shared_data):
    operations.import_streets(shared_data / RUTLAND)


@pytest.mark.one_database
def test_rutland_can_be_walked_from_oakham_to_uppingham(rutland, in_its_folder):
    found = network.network_for((-0.75, 52.58, -0.70, 52.68))
    assert len(found.graph.length) > 11_000
    assert found.graph.length[found.connected].sum() > 0.95 * found.graph.length.sum()
    start, end = (found.nearest(*place, connected=True) for place in (OAKHAM, UPPINGHAM))
    walk = found.path(start, end)
    straight = 1000 * 9.14
    assert straight < walk.length_m < 1.3 * straight
    assert "Brooke Road" in [leg.street for leg in walk.legs]
    assert walk.line.is_simple
    assert walk.line.distance(Point(*UPPINGHAM)) < 0.001
    assert sum(leg.length_m for leg in walk.legs) == pytest.approx(walk.length_m, abs=0.5)


def test_rutlands_gates_and_steps_are_known(rutland, in_its_folder):
    found = network.network_for((-0.75, 52.58, -0.70, 52.68)).graph
    kinds = found.kinds[found.kind]
    assert found.gate.sum() > 100
    assert {"steps", "footway", "path"} <= set(kinds[found.steps])
    assert "residential" not in kinds[found.steps | found.gate]
    assert (found.lit >= 0).mean() < 0.2  # seldom mapped, never guessed


@pytest.mark.parametrize(
    ("tags", "what"),
    [
        ({"barrier": "gate"}, "gate"),
        ({"barrier": "gate", "locked": "yes"}, "shut"),
        ({"barrier": "gate", "access": "private"}, "shut"),
        ({"barrier": "gate", "access": "private", "foot": "yes"}, "gate"),
        ({"barrier": "gate", "foot": "no"}, "shut"),
        ({"barrier": "kissing_gate"}, "stile"),
        ({"barrier": "kissing_gate", "wheelchair": "yes"}, "gate"),
        ({"barrier": "stile"}, "stile"),
        ({"barrier": "lift_gate", "access": "private"}, ""),
        ({"barrier": "bollard", "access": "no"}, ""),
        ({"barrier": "fence"}, ""),
        ({}, ""),
    ],
)
def test_a_gate_is_shut_only_where_it_is_locked_or_private(tags, what):
    assert barrier(tags) == what


@pytest.mark.parametrize(
    ("tags", "turned_back"),
    [
        ({"highway": "steps"}, True),
        ({"highway": "steps", "ramp:wheelchair": "yes"}, False),
        ({"highway": "footway", "wheelchair": "no"}, True),
        ({"highway": "footway"}, False),
    ],
)
def test_steps_turn_a_pram_back_unless_there_is_a_ramp(tags, turned_back):
    assert has_steps(tags) == turned_back
