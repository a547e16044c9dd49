"""Saltmere: a town that does not exist, in the middle of the Wash where nobody lives.

Made from nothing but the numbers here, so it is the same every time. Local coordinates are
metres from the town's south-west corner; `lonlat` puts them on the map.
"""

from dataclasses import dataclass

import numpy as np
from shapely.geometry import LineString, Point, Polygon

from studytours.core.geometry import from_grid, to_grid

SEED = 20240806
NAME = "Saltmere"
WIDTH, HEIGHT = 3200, 2400
_CORNER = to_grid(0.262, 52.925)

# Name, centre, half width, half height, spacing of its streets. Homes fill the town between.
DISTRICTS = {
    "Curlew Estate": ((700, 1750), 380, 330, 120),
    "Osier Rows": ((2450, 1700), 330, 300, 110),
    "Priory": ((1580, 1950), 330, 280, 150),
    "Old Town": ((1600, 1200), 420, 330, 130),
    "Mill Rise": ((650, 800), 400, 400, 150),
    "Harbourside": ((1650, 420), 450, 280, 150),
    "Seabank": ((2600, 750), 380, 420, 160),
}
NAMES = {
    "Curlew Estate": "Curlew Avocet Sandpiper Lapwing Plover Dunlin Godwit Redshank Turnstone Knot Whimbrel Greenshank",
    "Osier Rows": "Osier Willow Basket Withy Reed Sallow Rush Sedge Alder Weir Eel Wicker",
    "Priory": "Priory Abbot Cloister Lantern Chantry Refectory Almoner Vestry Garth",
    "Old Town": "Market Cooper Tanner Chandler Weaver Potter Fuller Saddler Draper Glover Butcher Tallow",
    "Mill Rise": "Mill Barley Sheaf Harvest Chaff Meadow Furrow Stook Granary Winnow Orchard Gleaner",
    "Harbourside": "Harbour Anchor Lugger Capstan Oyster Cockle Mooring Halyard Ketch Tiller",
    "Seabank": "Seabank Dune Marram Samphire Thrift Shingle Lagoon Creek Saltpan Groyne Spindrift",
}
MAIN_ROADS = {
    "High Street": [(0, 1210), (900, 1190), (1600, 1200), (2400, 1230), (3200, 1210)],
    "Station Road": [(1600, 0), (1590, 700), (1600, 1200), (1560, 1800), (1580, 2400)],
    "Fen Road": [(0, 2150), (800, 2180), (1580, 2250), (2500, 2130), (3200, 2170)],
    "Quay Street": [(250, 130), (1000, 90), (1650, 120), (2600, 160)],
}
# Places that data.police.uk names by their kind, and what people call them.
SPECIAL = [
    ("Shopping Area", "Market Square shops", (1640, 1240), 5),
    ("Shopping Area", "Market Hall", (1560, 1160), 3),
    ("Supermarket", "Saltmere supermarket", (1850, 1080), 4),
    ("Parking Area", "Station car park", (1500, 250), 4),
    ("Parking Area", "Curlew garages", (760, 1800), 3),
    ("Petrol Station", "Fen Road garage", (2300, 2140), 2),
    ("Park/Open Space", "Priory Park", (1400, 1850), 2),
    ("Sports/Recreation Area", "Mill Rise playing field", (480, 560), 1),
    ("Bus/Coach Station", "Saltmere bus station", (1760, 1300), 2),
    ("Further/Higher Educational Building", "Marsh Gate School", (2800, 1050), 1),
    ("Church", "St Brannock's Church", (1450, 1980), 1),
]
_KINDS = ("Street", "Road", "Close", "Way", "Row", "Lane", "Drive", "Walk")


@dataclass(frozen=True)
class MapPoint:
    """An anonymous map point: where crimes are said to be "on or near"."""

    x: float
    y: float
    location: str
    district: str
    weight: float


def lonlat(x, y):
    """Local metres → longitude and latitude."""
    return from_grid(np.asarray(x) + _CORNER[0], np.asarray(y) + _CORNER[1])


def place(points):
    """Local points [(x, y), …] → [(lon, lat), …]."""
    lon, lat = lonlat(*np.asarray(points, float).T)
    return [(round(float(a), 6), round(float(b), 6)) for a, b in zip(lon, lat, strict=True)]


def _wavy(start, end, rng):
    """A street that is not quite straight."""
    steps = np.linspace(start, end, 5)
    across = np.array([start[1] - end[1], end[0] - start[0]], float)
    across /= np.hypot(*across)
    steps[1:-1] += rng.normal(0, 7, 3)[:, None] * across
    return [(float(x), float(y)) for x, y in steps]


def streets():
    """Every street and path: [(name, kind, district, [(x, y), …])]."""
    rng = np.random.default_rng(SEED)
    made = [(name, "secondary", "", line) for name, line in MAIN_ROADS.items()]
    for district, ((cx, cy), half_w, half_h, gap) in DISTRICTS.items():
        names = iter([f"{n} {_KINDS[i % 8]}" for i, n in enumerate(NAMES[district].split())])
        xs = np.arange(cx - half_w, cx + half_w + 1, gap * 2)
        ys = np.arange(cy - half_h, cy + half_h + 1, gap)
        for y in ys:
            line = _wavy((cx - half_w, y), (cx + half_w, y), rng)
            made.append((next(names, ""), "residential", district, line))
        for x in xs:
            line = _wavy((x, cy - half_h), (x, cy + half_h), rng)
            made.append((next(names, ""), "residential", district, line))
        for y in ys[:-1] + gap / 2:  # alleys behind the back gardens
            line = _wavy((cx - half_w * 0.8, y), (cx + half_w * 0.8, y), rng)
            made.append(("", "footway", district, line))
    return made


def map_points():
    """Map points along the named streets every 90 metres or so, and at the special places."""
    made = []
    for name, kind, district, line in streets():
        if not name or kind == "footway":
            continue
        line = LineString(line)
        for along in np.arange(35, line.length, 95):
            at = line.interpolate(along)
            made.append(MapPoint(at.x, at.y, name, district or "Old Town", 1.0))
    for location, _, (x, y), weight in SPECIAL:
        made.append(MapPoint(x, y, location, nearest_district(x, y), float(weight)))
    return made


def nearest_district(x, y):
    return min(DISTRICTS, key=lambda d: Point(DISTRICTS[d][0]).distance(Point(x, y)))


COLUMNS, ROWS = 5, 4  # of small areas


def small_areas():
    """Twenty small areas (LSOA), five to a ward: {code: (name, ward code, polygon)}."""
    rng = np.random.default_rng(SEED + 1)
    xs, ys = np.meshgrid(
        np.linspace(0, WIDTH, COLUMNS + 1), np.linspace(0, HEIGHT, ROWS + 1), indexing="ij"
    )
    jitter = rng.normal(0, 45, (2, COLUMNS + 1, ROWS + 1))
    xs[1:-1, 1:-1] += jitter[0, 1:-1, 1:-1]
    ys[1:-1, 1:-1] += jitter[1, 1:-1, 1:-1]
    made = {}
    for row in range(ROWS):
        for column in range(COLUMNS):
            corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)]
            polygon = Polygon([(xs[c, r], ys[c, r]) for c, r in corners])
            number = row * COLUMNS + column
            name = f"{NAME} {row + 1:03d}{'ABCDE'[column]}"
            made[f"E01{990001 + number:06d}"] = (name, f"E05{990001 + row:06d}", polygon)
    return made


WARDS = ["Harbour and Quay", "Market", "Mill and Seabank", "Curlew and Priory"]
AUTHORITY = ("E06990001", NAME)


def small_area_of(x, y, areas):
    """The code of the small area that a local point lies in."""
    for code, (_, _, polygon) in areas.items():
        if polygon.covers(Point(x, y)):
            return code
    return min(areas, key=lambda code: areas[code][2].distance(Point(x, y)))
