"""The route map as SVG: streets, route, numbered stops, meeting point, scale and north.

Drawn on the National Grid in tenths of a millimetre: a size here is a size on paper.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import affinity

from studytours.core.geometry import boxes_touch, from_grid, on_grid, to_grid
from studytours.streets.models import Street
from studytours.streets.queries import MAIN_ROADS

from . import map_marks as marks
from .map_marks import PRIMARY, path
from .map_names import names

# In large print the paper is half as wide in these units: all on it is twice as large.
USUAL, LARGE = (1760, 1480), (880, 740)
MARGIN_M, LEAST_M = 60, 250
PATHS = {"footway", "path", "steps", "bridleway", "cycleway", "track", "corridor"}
MOST_LINES = 3000
PAPER, CASING, MUTED = "#f6f4ef", "#bdb8ab", "#5c6b73"


@dataclass(frozen=True)
class Sheet:
    """From metres on the grid to the paper."""

    west: float
    north: float
    scale: float  # units a metre
    width: int
    height: int

    def at(self, x, y):
        return (x - self.west) * self.scale, (self.north - y) * self.scale

    def line(self, geometry):
        """The geometry on the paper."""
        return affinity.affine_transform(
            geometry,
            [self.scale, 0, 0, -self.scale, -self.west * self.scale, self.north * self.scale],
        )


def route_map(tour, stops, line, *, large=False):
    """{"svg", "alt", "streets"}: the picture, what it shows in words, whose street map it is."""
    placed = [stop for stop in stops if stop.lat is not None]
    sheet, bounds = _sheet(tour, placed, line, *(LARGE if large else USUAL))
    streets = _streets(bounds)
    # Where something stands: names keep away from it.
    taken = [marks.north_room(sheet), marks.scale_room(sheet)]
    discs = marks.discs(sheet, placed, taken)
    meeting = marks.meeting(sheet, tour, taken)
    route = _route(sheet, line, taken)
    inside = shapely.box(15, 15, sheet.width - 15, sheet.height - 15)
    size = f'width="{sheet.width}" height="{sheet.height}"'
    parts = [
        f'<rect {size} fill="{PAPER}"/>',
        _area(sheet, tour.area) if not placed else "",
        *_roads(sheet, streets),
        *names(_on_paper(sheet, streets), inside, taken),
        route,
        *discs,
        meeting,
        marks.scale_bar(sheet),
        marks.north(sheet),
        f'<rect {size} fill="none" stroke="{CASING}" stroke-width="4"/>',
    ]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {sheet.width} {sheet.height}" '
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


def _sheet(tour, placed, line, width, height):
    """What the paper shows: the route with a margin, never less than a few streets."""
    points = [*line, *((stop.lon, stop.lat) for stop in placed)]
    if points:
        x, y = (np.array(side) for side in to_grid(*np.array(points).T))
    else:
        west, south, east, north = on_grid(tour.area.geometry).bounds
        x, y = np.array([west, east]), np.array([south, north])
    wide = max(np.ptp(x) + 2 * MARGIN_M, LEAST_M)
    high = max(np.ptp(y) + 2 * MARGIN_M, LEAST_M)
    scale = min(width / wide, (height - marks.FOOT) / high)
    west = (x.min() + x.max() - width / scale) / 2
    north = (y.min() + y.max() + (height - marks.FOOT) / scale) / 2
    corners = from_grid(
        np.array([west, west + width / scale]), np.array([north - height / scale, north])
    )
    (w, e), (s, n) = (sorted(side.tolist()) for side in corners)
    return Sheet(float(west), float(north), float(scale), width, height), (w, s, e, n)


def _streets(bounds):
    rows = Street.objects.filter(street_map__is_current=True).select_related("street_map")
    return list(boxes_touch(rows, *bounds).order_by("pk")[:MOST_LINES])


def _width(sheet, kind):
    """The same on every paper: in large print words grow, streets do not."""
    return (44 if kind in MAIN_ROADS else 30) * sheet.width / USUAL[0]


def _roads(sheet, streets):
    """All casings first, then what is white: crossings join. Paths are dashed lines."""
    paper = shapely.box(-50, -50, sheet.width + 50, sheet.height + 50)
    drawn = []
    for street in streets:
        shown = sheet.line(on_grid(street.geometry)).intersection(paper)
        if not shown.is_empty:
            drawn.append((street.kind, _d(shown)))
    for kind, d in drawn:
        if kind in PATHS:
            yield path(d, MUTED, 5, ' stroke-dasharray="14 10" stroke-opacity="0.7"')
    for kind, d in drawn:
        if kind not in PATHS:
            yield path(d, CASING, _width(sheet, kind) + 6)
    for kind, d in drawn:
        if kind not in PATHS:
            yield path(d, "#ffffff", _width(sheet, kind))


def _d(geometry):
    return " ".join(
        "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in part.coords)
        for part in shapely.get_parts(geometry)
        if part.geom_type in ("LineString", "LinearRing")
    )


def _area(sheet, area):
    """The outline of the area, where no stop says where the walk goes."""
    edge = sheet.line(on_grid(area.geometry)).boundary
    return path(_d(edge), PRIMARY, 8, ' stroke-dasharray="24 16"')


def _route(sheet, line, taken):
    if len(line) < 2:
        return ""
    drawn = sheet.line(on_grid(shapely.LineString(line)))
    taken.append(drawn.buffer(12))
    d = _d(drawn)
    return path(d, "#ffffff", 26) + path(d, PRIMARY, 14)


def _on_paper(sheet, streets):
    """{name: lines} of the streets that have one."""
    found = {}
    for street in streets:
        if street.name:
            found.setdefault(street.name, []).append(sheet.line(on_grid(street.geometry)))
    return found
