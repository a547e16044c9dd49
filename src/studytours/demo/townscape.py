"""What stands between the streets of Saltmere, for its base map: homes, water, green, a railway."""

import numpy as np
import shapely
from shapely.geometry import LineString, Point, Polygon

from studytours.streets.base_map import feature

from . import geography

TERRACE, DEPTH, GAP, SET_BACK = 34, 9, 9, 12  # metres
# Nothing is built this close to the middle of a street or path.
KEPT_FREE = 7
SEA = Polygon(
    [(-9000, 90), (-200, 70), (900, 40), (1650, 70), (2600, 105), (3400, 60), (9000, 40), (9000, -6000),
     (-9000, -6000)]
)  # fmt: skip
BROOK = LineString([(1180, 2400), (1120, 1900), (1200, 1500), (1130, 900), (1180, 300), (1150, 0)])
RAILWAY = LineString([(3200, 330), (2200, 235), (1500, 200), (700, 250), (0, 420)])
PARKS = {"Priory Park": ((1400, 1850), 95), "Mill Rise playing field": ((480, 560), 80)}
WOODS = (((2980, 2300), 130), ((180, 1480), 110))


def features():
    """Everything but streets, ready for the base map."""
    for layer, kind, shape, name in _shapes():
        placed = shapely.transform(shape, geography.lonlat, interleaved=False)
        yield feature(layer, kind, placed, name)


def places():
    """The names of the town and its districts: {name, kind, point}."""
    names = {geography.NAME: ("town", (1600, 1080))}
    names |= {name: ("suburb", at) for name, (at, *_) in geography.DISTRICTS.items()}
    return [
        {"name": name, "kind": kind, "point": Point(geography.place([at])[0])}
        for name, (kind, at) in names.items()
    ]


def _shapes():
    """(layer, kind, shape in local metres, name) of each."""
    parks = [(_blob(*where), name) for name, where in PARKS.items()]
    woods = [_blob(*where) for where in WOODS]
    taken = [park for park, _ in parks] + woods
    taken += [shape.buffer(15) for shape in (SEA, BROOK, RAILWAY)]
    yield from (("green", "park", park, name) for park, name in parks)
    yield from (("green", "wood", wood, "") for wood in woods)
    yield from (("buildings", "building", home, "") for home in _homes(shapely.union_all(taken)))
    yield "water", "water", SEA, ""
    yield "waterways", "river", BROOK, ""
    yield "railways", "rail", RAILWAY, ""


def _blob(centre, radius):
    """Green with a border that no ruler drew."""
    around = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    reach = radius * (1 + 0.12 * np.sin(3 * around) + 0.08 * np.cos(5 * around))
    return Polygon(np.column_stack([np.cos(around) * reach, np.sin(around) * reach]) + centre)


def _homes(taken):
    """Terraces along both sides of the residential streets, where there is room."""
    lines = [(kind, LineString(line)) for _, kind, _, line in geography.streets()]
    built = np.array(
        [
            _terrace(line, at, side)
            for kind, line in lines
            if kind == "residential"
            for at in np.arange(GAP + TERRACE / 2, line.length - TERRACE / 2, TERRACE + GAP)
            for side in (1, -1)
        ]
    )
    streets = shapely.multilinestrings([line for _, line in lines])
    for shape in (streets, taken):
        shapely.prepare(shape)
    room = ~shapely.dwithin(streets, built, KEPT_FREE) & ~shapely.intersects(taken, built)
    return _without_overlaps(built[room])


def _terrace(line, at, side):
    start, end = (line.interpolate(at + half) for half in (-TERRACE / 2, TERRACE / 2))
    street = LineString([start, end])
    front, back = (street.offset_curve(side * far) for far in (SET_BACK, SET_BACK + DEPTH))
    return Polygon([*front.coords, *reversed(back.coords)])


def _without_overlaps(built):
    """The homes that stand on nothing built before them."""
    tree, kept = shapely.STRtree(built), set()
    for number, home in enumerate(built):
        if not kept.intersection(tree.query(home, predicate="intersects").tolist()):
            kept.add(number)
    return [built[number] for number in sorted(kept)]
