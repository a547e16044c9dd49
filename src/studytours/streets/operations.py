"""The only writes of this context: maps are added whole and replace older ones."""

from itertools import chain

import shapely
from django.db import transaction
from django.utils import timezone
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from studytours.core.operations import record

from . import base_map, graph, importers
from .ground import ground
from .models import Landmark, Street, StreetMap
from .queries import is_whole

# An older map is replaced when at least this share of it lies inside the new one.
SAME_PLACE = 0.5


def import_streets(path, *, by=None, now=None, progress=None):
    """Load an .osm.pbf with its walking network and its base map.

    The same file again answers with the map it made, and makes of it what is missing.
    """
    sha256 = importers.sha256_of(path)
    known = StreetMap.objects.filter(sha256=sha256).first()
    if known and is_whole(sha256):
        return known
    extract = importers.read_extract(path, sha256=sha256, progress=progress)
    if progress:
        progress(60, "Drawing the base map")
    if base_map.is_missing(sha256):
        draw_base_map(sha256, extract.streets, extract.landmarks, ground(path))
    if progress:
        progress(80, f"Saving {len(extract.streets):,} streets")
    return add_street_map(
        name=extract.name,
        source=extract.source,
        licence=importers.LICENCE,
        sha256=sha256,
        streets=extract.streets,
        landmarks=extract.landmarks,
        gates=extract.gates,
        rectangle=extract.box,
        by=by,
        now=now,
    )


def draw_base_map(sha256, streets, landmarks, features=()):
    """The base map of an extract: its streets, its places and other features; True if drawn.

    It is drawn before the rows are written, so that nobody waits for the database meanwhile, and
    nobody sees it until there is a row.
    """
    named = base_map.roads(streets), base_map.places(landmarks)
    return base_map.draw(sha256, chain(features, *named))


@transaction.atomic
def add_street_map(
    *,
    name,
    source,
    licence,
    sha256,
    streets=(),
    landmarks=(),
    gates=(),
    rectangle=None,
    by=None,
    now=None,
):
    """Add a map and its walking network: streets as {name, kind, line, lit, on_foot, steps},
    landmarks as {name, kind, point}, gates as ((lon, lat), what it is: see foot.py).

    Lines and points are Shapely geometries or (lon, lat) pairs. Without a `rectangle` the map
    covers the box round everything in it. A map that is known gets the network it lacks.
    """
    lines = [_geometry(street["line"], LineString) for street in streets]
    if not graph.file_of(sha256).exists() and (walked := graph.build(streets, lines, gates)):
        graph.save(walked, sha256)
    if known := StreetMap.objects.filter(sha256=sha256).first():
        return known
    points = [_geometry(landmark["point"], Point) for landmark in landmarks]
    if rectangle is None:
        rectangle = shapely.box(*shapely.total_bounds([*lines, *points]))
    _retire_older(rectangle)
    street_map = StreetMap.objects.create(
        name=name[:120],
        source=source[:200],
        licence=licence[:200],
        sha256=sha256,
        geometry=rectangle,
        imported_at=now or timezone.now(),
    )
    Street.objects.bulk_create(_streets(street_map, streets, lines), batch_size=500)
    Landmark.objects.bulk_create(_landmarks(street_map, landmarks, points), batch_size=500)
    record(
        "street_map_added",
        about=street_map,
        summary=f"Street map {name} loaded: {len(lines):,} streets and paths.",
        by=by,
        now=now,
        streets=len(lines),
        landmarks=len(points),
    )
    return street_map


def _geometry(value, make):
    return value if isinstance(value, BaseGeometry) else make(value)


def _retire_older(rectangle):
    """An older extract of the same place stays in the database but is no longer shown."""
    for older in StreetMap.objects.filter(is_current=True):
        size = older.geometry.area or 1
        if older.geometry.intersection(rectangle).area >= SAME_PLACE * size:
            older.is_current = False
            older.save(update_fields=["is_current"])


def _streets(street_map, streets, lines):
    return [
        Street(
            street_map=street_map,
            name=street.get("name", "")[:120],
            kind=street["kind"][:30],
            lit=street.get("lit"),
            on_foot=street.get("on_foot", True),
            geometry=line,
        )
        for street, line in zip(streets, lines, strict=True)
    ]


def _landmarks(street_map, landmarks, points):
    return [
        Landmark(
            street_map=street_map,
            name=landmark["name"][:120],
            kind=landmark["kind"][:40],
            geometry=point,
        )
        for landmark, point in zip(landmarks, points, strict=True)
    ]
