"""A small street map, made by the real operation."""

from shapely.geometry import LineString, Point

from studytours.streets import operations

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
