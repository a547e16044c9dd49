"""Reads an OpenStreetMap extract (.osm.pbf). Nothing here writes."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import osmium
from shapely.geometry import LineString, Point, Polygon, box

from studytours.core.errors import BadFile
from studytours.core.geometry import UK

from .foot import barrier, has_steps, is_lit, may_walk

LICENCE = "Open Database Licence 1.0, © OpenStreetMap contributors"
FETCH_AGAIN = "Fetch the file again, for example from download.geofabrik.de, and import that copy."
LANDMARK_KEYS = (
    "amenity",
    "shop",
    "leisure",
    "tourism",
    "railway",
    "highway",
    "place",
    "office",
)
# Keys that also name things no resident would meet at: only these values count.
ONLY = {
    "railway": {"station", "halt", "tram_stop"},
    "highway": {"bus_stop"},
    "place": {
        "city",
        "town",
        "village",
        "hamlet",
        "suburb",
        "neighbourhood",
        "quarter",
        "square",
    },
    "office": {"government", "charity", "association", "ngo", "employment_agency"},
}
WORDS = {
    "place_of_worship": "church or place of worship", "parking": "car park",
    "fuel": "petrol station",
    "pitch": "sports pitch", "doctors": "doctor’s surgery", "mall": "shopping centre",
    "bicycle_parking": "cycle stand", "fast_food": "takeaway", "kindergarten": "nursery",
    "townhall": "town hall", "halt": "railway station", "station": "railway station",
    "government": "public office", "department_store": "department store",
}  # fmt: skip


@dataclass
class Extract:
    """What one file holds, in memory: a county is some tens of megabytes."""

    name: str
    sha256: str
    source: str
    box: Polygon | None
    streets: list = field(default_factory=list)
    landmarks: list = field(default_factory=list)
    gates: list = field(default_factory=list)  # ((lon, lat), what it is to a walker)


def sha256_of(path):
    """Names the file's content; a file that is not there is refused in plain words."""
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        why = f"This file cannot be read ({error.strerror})."
        raise BadFile(path, why, cure="Check the name and the folder.") from error


def read_extract(path, *, sha256, progress=None):
    """Every street, landmark and gate of an .osm.pbf, or BadFile with the reason and the cure."""
    path = Path(path)
    _check_looks_like_pbf(path)
    try:
        extract = Extract(path.name, sha256, *_header(path))
        _read_objects(path, extract, progress)
    except (RuntimeError, ValueError) as error:
        raise BadFile(
            path.name, f"This street map is damaged: {error}.", cure=FETCH_AGAIN
        ) from error
    _check_is_useful(path, extract)
    return extract


def _check_looks_like_pbf(path):
    with path.open("rb") as file:
        head = file.read(32)
    if not head:
        raise BadFile(path.name, "This file is empty.", cure=FETCH_AGAIN)
    # Every .osm.pbf begins with the length of a blob header of the type "OSMHeader".
    if b"OSMHeader" not in head:
        raise BadFile(
            path.name,
            "This is not an OpenStreetMap extract in the .osm.pbf format.",
            cure="Choose a file whose name ends in .osm.pbf.",
        )


def _header(path):
    with osmium.io.Reader(osmium.io.File(str(path), "pbf")) as reader:
        header = reader.header()
        date = header.get("osmosis_replication_timestamp", "")[:10]
        bounds = header.box()
        rectangle = None
        if bounds.valid():
            low, high = bounds.bottom_left, bounds.top_right
            rectangle = box(low.lon, low.lat, high.lon, high.lat)
    return f"OpenStreetMap{f', {date}' if date else ''}", rectangle


def _read_objects(path, extract, progress):
    wanted = osmium.filter.KeyFilter(*LANDMARK_KEYS, "barrier")
    file = osmium.io.File(str(path), "pbf")
    objects = osmium.FileProcessor(file).with_locations().with_filter(wanted)
    # How far we are can only be guessed from the size: about 190 bytes for each thing we want.
    expected = path.stat().st_size / 190
    for seen, thing in enumerate(objects):
        if progress and seen % 2000 == 0:
            progress(min(60, 60 * seen / expected), "Reading streets and landmarks")
        if thing.is_way() and "highway" in thing.tags:
            _add_street(extract, thing)
        elif thing.is_node() and (what := barrier(thing.tags)):
            extract.gates.append(((thing.location.lon, thing.location.lat), what))
        elif thing.is_node() or (thing.is_way() and thing.is_closed()):
            _add_landmark(extract, thing)


def _points(way):
    return [(node.lon, node.lat) for node in way.nodes if node.location.valid()]


def _add_street(extract, way):
    points = _points(way)
    if len(set(points)) < 2:  # cut off at the edge of the extract until no line was left
        return
    extract.streets.append(
        {
            "name": way.tags.get("name", "").strip(),
            "kind": way.tags["highway"],
            "line": LineString(points),
            "lit": is_lit(way.tags),
            "on_foot": may_walk(way.tags),
            "steps": has_steps(way.tags),
        }
    )


def _add_landmark(extract, thing):
    name, kind = thing.tags.get("name", "").strip(), landmark_kind(thing.tags)
    if not name or not kind:
        return
    if thing.is_node():
        point = Point(thing.location.lon, thing.location.lat)
    else:
        points = _points(thing)
        if len(points) < 4:
            return
        point = Polygon(points).centroid
    extract.landmarks.append({"name": name, "kind": kind, "point": point})


def landmark_kind(tags):
    """In a word a resident would use: "convenience shop", "car park"; "" when it is none."""
    for key in LANDMARK_KEYS:
        value = tags.get(key)
        if not value or value in ("no", "vacant") or value not in ONLY.get(key, {value}):
            continue
        words = WORDS.get(value, value.replace("_", " ").split(";")[0])
        if key == "shop" and value not in ("supermarket", "mall", "department_store"):
            words = "shop" if value == "yes" else f"{words} shop"
        return words
    return ""


def _check_is_useful(path, extract):
    if not extract.streets:
        raise BadFile(
            path.name,
            "This extract holds no streets.",
            cure="Choose an extract of the county or town, with its highways.",
        )
    if not any(box(*UK).intersects(street["line"]) for street in extract.streets):
        raise BadFile(
            path.name,
            "No street of this extract lies in the United Kingdom.",
            cure="Choose an extract of the place where the tours are.",
        )
