"""The route map as SVG: streets, route, numbered stops, meeting point, scale and north.

Drawn on the National Grid in tenths of a millimetre, so that a size here is a size on paper.
"""

from dataclasses import dataclass
from math import ceil

import numpy as np
import shapely
from shapely import affinity

from studytours.core.geometry import boxes_touch, from_grid, on_grid, to_grid
from studytours.streets.models import Street
from studytours.streets.queries import MAIN_ROADS

from .map_names import INK, names

WIDTH, HEIGHT = 1760, 1480
MARGIN_M, LEAST_M = 60, 250
PATHS = {"footway", "path", "steps", "bridleway", "cycleway", "track", "corridor"}
MOST_LINES = 3000
PRIMARY, PAPER, CASING, MUTED = "#0b6e6e", "#f6f4ef", "#bdb8ab", "#5c6b73"
DISC = 36
# Along the lower edge stands the scale, at the upper right the arrow to the north.
FOOT = 100
ARROW = shapely.box(WIDTH - 120, 10, WIDTH - 20, 160)
BARS = (50, 100, 200, 250, 500, 1000, 2000, 5000)


@dataclass(frozen=True)
class Sheet:
    """From metres on the grid to the paper."""

    west: float
    north: float
    scale: float  # tenths of a millimetre a metre

    def at(self, x, y):
        return (x - self.west) * self.scale, (self.north - y) * self.scale

    def line(self, geometry):
        """The geometry on the paper."""
        return affinity.affine_transform(
            geometry,
            [self.scale, 0, 0, -self.scale, -self.west * self.scale, self.north * self.scale],
        )


def route_map(tour, stops, line):
    """{"svg", "alt", "streets"}: the picture, what it shows in words, whose street map it is."""
    placed = [stop for stop in stops if stop.lat is not None]
    sheet, bounds = _sheet(tour, placed, line)
    streets = _streets(bounds)
    # Where something stands: names keep away from it.
    taken = [ARROW, shapely.box(0, HEIGHT - FOOT, 560, HEIGHT)]
    discs = _discs(sheet, placed, taken)
    meeting = _meeting(sheet, tour, taken)
    route = _route(sheet, line, taken)
    inside = shapely.box(15, 15, WIDTH - 15, HEIGHT - 15)
    parts = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>',
        _area(sheet, tour.area) if not placed else "",
        *_roads(sheet, streets),
        *names(_on_paper(sheet, streets), inside, taken),
        route,
        meeting,
        *discs,
        _scale_bar(sheet),
        _north(),
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="none" stroke="{CASING}" stroke-width="4"/>',
    ]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="Source Sans 3, Noto Sans Arabic, Noto Sans Hebrew">{"".join(parts)}</svg>'
    )
    attributions = {street.street_map.attribution for street in streets}
    return {"svg": svg, "alt": _in_words(tour, placed), "streets": " · ".join(sorted(attributions))}


def _in_words(tour, placed):
    """For those who cannot see the map."""
    way = ", ".join(f"{stop.number} {stop.name}" for stop in placed)
    if not placed:
        return f"Map of {tour.area.name}. No stop is marked on it."
    start = f" from {tour.meeting_point}" if tour.meeting_lat is not None else ""
    return f"Map of the route{start} by way of the stops {way}."


def _sheet(tour, placed, line):
    """What the paper shows: the route with a margin, never less than a few streets."""
    points = [*line, *((stop.lon, stop.lat) for stop in placed)]
    if points:
        x, y = (np.array(side) for side in to_grid(*np.array(points).T))
    else:
        west, south, east, north = on_grid(tour.area.geometry).bounds
        x, y = np.array([west, east]), np.array([south, north])
    wide = max(np.ptp(x) + 2 * MARGIN_M, LEAST_M)
    high = max(np.ptp(y) + 2 * MARGIN_M, LEAST_M)
    scale = min(WIDTH / wide, (HEIGHT - FOOT) / high)
    west = (x.min() + x.max() - WIDTH / scale) / 2
    north = (y.min() + y.max() + (HEIGHT - FOOT) / scale) / 2
    corners = from_grid(
        np.array([west, west + WIDTH / scale]), np.array([north - HEIGHT / scale, north])
    )
    (w, e), (s, n) = (sorted(side.tolist()) for side in corners)
    return Sheet(float(west), float(north), float(scale)), (w, s, e, n)


def _streets(bounds):
    rows = Street.objects.filter(street_map__is_current=True).select_related("street_map")
    return list(boxes_touch(rows, *bounds).order_by("pk")[:MOST_LINES])


def _width(kind):
    if kind in MAIN_ROADS:
        return 44
    return 10 if kind in PATHS else 30


def _roads(sheet, streets):
    """All casings first, then what is white: crossings join. Paths are dashed lines."""
    paper = shapely.box(-50, -50, WIDTH + 50, HEIGHT + 50)
    drawn = []
    for street in streets:
        shown = sheet.line(on_grid(street.geometry)).intersection(paper)
        if not shown.is_empty:
            drawn.append((street.kind, _d(shown)))
    for kind, d in drawn:
        if kind in PATHS:
            yield _path(d, MUTED, 5, ' stroke-dasharray="14 10" stroke-opacity="0.7"')
    for kind, d in drawn:
        if kind not in PATHS:
            yield _path(d, CASING, _width(kind) + 6)
    for kind, d in drawn:
        if kind not in PATHS:
            yield _path(d, "#ffffff", _width(kind))


def _path(d, colour, width, more=""):
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width}" '
        f'stroke-linecap="round" stroke-linejoin="round"{more}/>'
    )


def _d(geometry):
    return " ".join(
        "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in part.coords)
        for part in shapely.get_parts(geometry)
        if part.geom_type in ("LineString", "LinearRing")
    )


def _area(sheet, area):
    """The outline of the area, where no stop says where the walk goes."""
    edge = sheet.line(on_grid(area.geometry)).boundary
    return _path(_d(edge), PRIMARY, 8, ' stroke-dasharray="24 16"')


def _route(sheet, line, taken):
    if len(line) < 2:
        return ""
    drawn = sheet.line(on_grid(shapely.LineString(line)))
    taken.append(drawn.buffer(12))
    d = _d(drawn)
    return _path(d, "#ffffff", 26) + _path(d, PRIMARY, 14)


def _on_paper(sheet, streets):
    """{name: lines} of the streets that have one."""
    found = {}
    for street in streets:
        if street.name:
            found.setdefault(street.name, []).append(sheet.line(on_grid(street.geometry)))
    return found


def _discs(sheet, placed, taken):
    """A numbered disc a stop. One that would hide another stands aside, joined by a line."""
    found = []
    for stop in placed:
        x, y = sheet.at(*to_grid(stop.lon, stop.lat))
        cx, cy = _free(x, y, taken)
        taken.append(shapely.Point(cx, cy).buffer(DISC + 6))
        if (cx, cy) != (x, y):
            found.insert(0, _path(f"M{x:.0f} {y:.0f}L{cx:.0f} {cy:.0f}", INK, 6))
            found.insert(1, f'<circle cx="{x:.0f}" cy="{y:.0f}" r="10" fill="{INK}"/>')
        found.append(
            f'<circle cx="{cx:.0f}" cy="{cy:.0f}" r="{DISC}" fill="{PRIMARY}" stroke="#ffffff" '
            f'stroke-width="7"/><text x="{cx:.0f}" y="{cy + 15:.0f}" text-anchor="middle" '
            f'font-size="44" font-weight="700" fill="#ffffff">{stop.number}</text>'
        )
    return found


def _free(x, y, taken):
    """The place nearest to (x, y) where a disc covers nothing that stands there."""
    for away in range(0, 600, DISC):
        for turn in range(8 if away else 1):
            cx = x + away * np.cos(turn * np.pi / 4)
            cy = y + away * np.sin(turn * np.pi / 4)
            inside = DISC < cx < WIDTH - DISC and DISC < cy < HEIGHT - DISC
            here = shapely.Point(cx, cy).buffer(DISC)
            if inside and not any(here.intersects(one) for one in taken):
                return (x, y) if not away else (cx, cy)
    return x, y


def _meeting(sheet, tour, taken):
    """A flag with a word: never told from a stop by colour alone."""
    if tour.meeting_lat is None:
        return ""
    x, y = sheet.at(*to_grid(tour.meeting_lon, tour.meeting_lat))
    wide, high = 190, 58
    side = 1 if x + wide < WIDTH else -1
    down = 1 if y < 170 else -1
    left, top = (x if side > 0 else x - wide), (y + down * 130 if down < 0 else y + 72)
    taken.append(shapely.box(left, top, left + wide, top + high))
    return (
        _path(f"M{x:.0f} {y:.0f}L{x:.0f} {top if down < 0 else top + high:.0f}", INK, 8)
        + f'<rect x="{left:.0f}" y="{top:.0f}" width="{wide}" height="{high}" fill="#ffc845" '
        f'stroke="{INK}" stroke-width="5"/>'
        f'<text x="{left + wide / 2:.0f}" y="{top + 41:.0f}" text-anchor="middle" font-size="36" '
        f'font-weight="700" fill="{INK}">We meet</text>'
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="13" fill="{INK}"/>'
    )


def _scale_bar(sheet):
    """A round number of metres, at most a quarter of the width."""
    metres = max((m for m in BARS if m * sheet.scale < WIDTH / 4), default=BARS[0])
    long, y = metres * sheet.scale, HEIGHT - 46
    words = f"{metres} m" if metres < 1000 else f"{metres // 1000} km"
    back = 24 + ceil(long) + 40 + 19 * len(words)
    return (
        f'<rect x="16" y="{y - 44}" width="{back}" height="74" fill="#ffffff" fill-opacity="0.9"/>'
        f'<path d="M40 {y - 14}v28M40 {y}H{40 + long:.0f}M{40 + long:.0f} {y - 14}v28" '
        f'stroke="{INK}" stroke-width="6" fill="none"/>'
        f'<text x="{58 + long:.0f}" y="{y + 12}" font-size="36" fill="{INK}">{words}</text>'
    )


def _north():
    x = WIDTH - 70
    return (
        f'<rect x="{x - 44}" y="16" width="88" height="136" fill="#ffffff" fill-opacity="0.9"/>'
        f'<path d="M{x} 28l26 66l-26 -16l-26 16z" fill="{INK}"/>'
        f'<text x="{x}" y="140" text-anchor="middle" font-size="40" font-weight="700" '
        f'fill="{INK}">N</text>'
    )
