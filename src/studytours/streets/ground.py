"""What lies between the streets, from an .osm.pbf: buildings, water, green, railways.

Read anew for the base map and handed on one by one: a county's buildings are never all in memory.
No address and no house number is read.
"""

from pathlib import Path

import osmium
from shapely.geometry import LineString

from studytours.core.errors import BadFile

from .base_map import feature
from .importers import FETCH_AGAIN

WATERWAYS = {
    "river": "river", "canal": "river", "stream": "stream", "ditch": "stream", "drain": "stream",
}  # fmt: skip
RAILWAYS = {"rail", "light_rail", "narrow_gauge", "preserved", "tram"}
# A tag and its values → our layer and kind; the first that fits counts.
AREAS = (
    ("natural", {"water"}, "water", "water"),
    ("waterway", {"riverbank", "dock"}, "water", "water"),
    ("landuse", {"reservoir", "basin"}, "water", "water"),
    ("natural", {"wood"}, "green", "wood"),
    ("landuse", {"forest"}, "green", "wood"),
    ("leisure", {"park", "garden", "golf_course", "common", "nature_reserve"}, "green", "park"),
    ("leisure", {"pitch", "playground", "recreation_ground"}, "green", "park"),
    ("landuse", {"grass", "meadow", "recreation_ground", "village_green", "allotments",
                 "cemetery"}, "green", "grass"),
    ("natural", {"grassland", "heath", "scrub"}, "green", "grass"),
)  # fmt: skip
KEYS = ("building", "natural", "waterway", "landuse", "leisure", "railway")


def ground(path):
    """The features of an extract that are not streets, ready for the base map."""
    try:
        yield from _features(path)
    except RuntimeError as error:
        why = f"The shapes of this street map cannot be read: {error}."
        raise BadFile(Path(path).name, why, cure=FETCH_AGAIN) from error


def _features(path):
    write = osmium.geom.GeoJSONFactory()
    file = osmium.io.File(str(path), "pbf")
    things = osmium.FileProcessor(file).with_areas().with_filter(osmium.filter.KeyFilter(*KEYS))
    for thing in things:
        if thing.is_area() and (found := area_of(thing.tags)):
            yield feature(*found, write.create_multipolygon(thing))
        elif thing.is_way() and (found := line_of(thing.tags)):
            # A way may be cut off at the edge of the extract.
            points = [(node.lon, node.lat) for node in thing.nodes if node.location.valid()]
            if len(set(points)) > 1:
                yield feature(*found, LineString(points))


def area_of(tags):
    """(layer, kind) of an area; None for what the map does not show."""
    if tags.get("building", "no") != "no":
        return "buildings", "building"
    return next(
        ((layer, kind) for key, values, layer, kind in AREAS if tags.get(key) in values), None
    )


def line_of(tags):
    """(layer, kind) of a line; None for what the map does not show, as everything in a tunnel."""
    if tags.get("tunnel", "no") != "no":
        return None
    if tags.get("railway") in RAILWAYS:
        return "railways", "rail"
    if kind := WATERWAYS.get(tags.get("waterway")):
        return "waterways", kind
    return None
