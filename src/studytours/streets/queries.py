"""Reads over streets and landmarks: names to choose from, lines to draw."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import shapely
from django.db.models import Case, IntegerField, Value, When
from shapely.geometry import MultiLineString, Point

from studytours.core.geometry import boxes_touch, to_geojson

from . import base_map, graph
from .models import Landmark, Street, StreetMap

SETTLEMENTS = (
    "city",
    "town",
    "village",
    "suburb",
    "hamlet",
    "neighbourhood",
    "quarter",
)
BUS_STOP = "bus stop"
# Ways of one name further apart than this (in degrees, some 250 m) are different streets.
APART = 0.0012
# From how wide a view (in degrees of longitude) on a kind of way is left out of the base map.
MAIN_ROADS = (
    "motorway", "motorway_link", "trunk", "trunk_link", "primary", "primary_link", "secondary",
)  # fmt: skip
STREETS = (*MAIN_ROADS, "secondary_link", "tertiary", "unclassified", "residential",
           "living_street", "pedestrian")  # fmt: skip
MOST_LINES = 8000


@dataclass(frozen=True)
class Place:
    """A place a person can name: a street or a landmark, with a point on it."""

    name: str
    kind: str
    lat: float
    lon: float
    # The village or part of town it lies in, to tell one High Street from the next.
    near: str = ""

    @property
    def label(self):
        return f"{self.name}, {self.near}" if self.near else self.name


def current_maps():
    return StreetMap.objects.filter(is_current=True)


@dataclass(frozen=True)
class BaseMap:
    """The tiles of a street map: where they lie, what they cover, when they were drawn."""

    street_map: StreetMap
    file: Path
    drawn_at: int  # nanoseconds


def base_maps():
    """The base maps of the street maps that count now."""
    return [found for one in current_maps().order_by("pk") if (found := base_map_of(one))]


def base_map_of(street_map):
    """None where no base map was drawn."""
    file = base_map.file_of(street_map.sha256)
    return BaseMap(street_map, file, file.stat().st_mtime_ns) if file.exists() else None


def is_whole(sha256):
    """Is there all that is made of an extract today: its walking network and its base map?"""
    return graph.file_of(sha256).exists() and not base_map.is_missing(sha256)


def find_places(text="", bounds=None, limit=50):
    """Streets and landmarks whose name contains `text`, in `bounds` (w, s, e, n), best match first.

    Ways of one name that lie together are one street; its point is on the line.
    """
    text = " ".join(text.split())[:80]
    streets = _named(Street.objects.exclude(name=""), text, bounds)
    landmarks = _named(Landmark.objects.all(), text, bounds)
    if text == "":
        landmarks = landmarks.exclude(kind=BUS_STOP)
    # A street is several ways: read more rows than are wanted, never the whole county.
    found = _grouped(streets[: limit * 12])
    found += [_place(mark.name, mark.kind, mark.geometry) for mark in landmarks[:limit]]
    found.sort(key=lambda place: _rank(place, text))
    return _with_settlements(found[:limit])


def _named(rows, text, bounds):
    rows = rows.filter(street_map__is_current=True)
    if bounds:
        rows = boxes_touch(rows, *bounds)
    if text:
        begins = Case(
            When(name__istartswith=text, then=Value(0)),
            default=Value(1),
            output_field=IntegerField(),
        )
        rows = rows.filter(name__icontains=text).order_by(begins, "name", "pk")
    else:
        rows = rows.order_by("name", "pk")
    return rows


def _rank(place, text):
    """What begins with the words first; a bus stop after the street it is named for."""
    name = place.name.lower()
    return not name.startswith(text.lower()), place.kind == BUS_STOP, name, place.kind


def _grouped(streets):
    by_name = {}
    for street in streets:
        by_name.setdefault(street.name, []).append(street)
    return [
        _street_place(name, group) for name, ways in by_name.items() for group in _together(ways)
    ]


def _together(ways):
    """Split ways of one name into groups that lie within a short walk of each other."""
    groups = []
    for way in ways:
        near = [group for group in groups if any(_close(way, other) for other in group)]
        merged = [way, *(other for group in near for other in group)]
        groups = [group for group in groups if group not in near] + [merged]
    return groups


def _close(one, other):
    return shapely.dwithin(one.geometry, other.geometry, APART)


def _street_place(name, ways):
    line = MultiLineString([way.geometry for way in ways])
    longest = max(ways, key=lambda way: way.geometry.length)
    # The middle of the street, moved onto the line.
    point = line.interpolate(line.project(line.centroid))
    return _place(name, _street_word(longest.kind), point)


def _place(name, kind, point):
    return Place(name, kind, round(point.y, 6), round(point.x, 6))


def _street_word(kind):
    paths = ("footway", "path", "steps", "bridleway", "cycleway", "track")
    return "path" if kind in paths else "street"


def _with_settlements(places):
    """Add the nearest village or part of town, in one query for all places."""
    if not places:
        return []
    west, east = min(p.lon for p in places) - 0.05, max(p.lon for p in places) + 0.05
    south, north = min(p.lat for p in places) - 0.03, max(p.lat for p in places) + 0.03
    towns = Landmark.objects.filter(street_map__is_current=True, kind__in=SETTLEMENTS)
    towns = list(boxes_touch(towns, west, south, east, north))
    tree = shapely.STRtree([town.geometry for town in towns])
    named = []
    for place in places:
        at = tree.nearest(Point(place.lon, place.lat)) if towns else None
        near = towns[at].name if at is not None else ""
        named.append(replace(place, near="" if near == place.name else near))
    return named


def settlement_near(lon, lat):
    """The nearest city, town or village that the street map names within some 3 km, or ""."""
    towns = Landmark.objects.filter(street_map__is_current=True, kind__in=SETTLEMENTS[:3])
    towns = list(boxes_touch(towns, lon - 0.05, lat - 0.03, lon + 0.05, lat + 0.03))
    here = Point(lon, lat)
    return min(towns, key=lambda town: town.geometry.distance(here)).name if towns else ""


def named_lines(bounds):
    """(names, lines) of the ways with a name in (w, s, e, n), as two arrays of equal length."""
    rows = Street.objects.filter(street_map__is_current=True).exclude(name="")
    rows = list(boxes_touch(rows, *bounds).order_by("pk").values_list("name", "geometry"))
    return np.array([name for name, _ in rows]), np.array([line for _, line in rows], dtype=object)


def streets_geojson(bounds):
    """The base map's lines in (w, s, e, n), fewer and simpler the wider the view."""
    width = bounds[2] - bounds[0]
    rows = boxes_touch(Street.objects.filter(street_map__is_current=True), *bounds)
    if width > 0.3:
        rows = rows.filter(kind__in=MAIN_ROADS)
    elif width > 0.1:
        rows = rows.filter(kind__in=STREETS)
    rows = rows.order_by("pk")[: MOST_LINES + 1]
    rows = list(rows.values_list("name", "kind", "geometry"))
    lines = shapely.simplify([geometry for _, _, geometry in rows], width / 4000)
    return {
        "type": "FeatureCollection",
        "attribution": " · ".join(sorted({one.attribution for one in current_maps()})),
        # More lines than a phone should draw: the map asks again when the view is closer.
        "truncated": len(rows) > MOST_LINES,
        "features": [
            {
                "type": "Feature",
                "geometry": to_geojson(line, digits=5),
                "properties": {"kind": kind, "name": name} if name else {"kind": kind},
            }
            for (name, kind, _), line in list(zip(rows, lines, strict=True))[:MOST_LINES]
        ],
    }
