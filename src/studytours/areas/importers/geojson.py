"""Boundary files: GeoJSON FeatureCollections with whatever property names the publisher chose."""

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, shape

from studytours.core.errors import BadFile, Refused
from studytours.core.geometry import UK, off_grid

# What the official codes of each kind look like; property names differ, codes do not.
CODES = {
    "lsoa": re.compile(r"[EW]01\d{6}|S01\d{6}"),
    "ward": re.compile(r"[EW]05\d{6}|S13\d{6}|N08\d{6}"),
    "authority": re.compile(r"E0[6-9]\d{6}|W06\d{6}|S12\d{6}|N09\d{6}"),
}
OTHER_CODES = {
    "output areas": re.compile(r"[EWS]00\d{6}"),
    "MSOAs": re.compile(r"[EWS]02\d{6}"),
}
KINDS = (*CODES, "neighbourhood")
ON_THE_PAGE = {"lsoa": "small areas", "ward": "wards", "authority": "local authorities"}
GRID = (0, 0, 700_000, 1_300_000)  # British National Grid, metres
CURE_FEATURE = "Mend it or leave it out, then import the whole file again."
CURE_CRS = "Export it as GeoJSON in longitude and latitude (WGS84, EPSG:4326)."
MAX_BYTES = 200_000_000
# A property names the features when at least this share of its values differ.
OWN_CODES = 0.9


@dataclass(frozen=True)
class Place:
    code: str
    name: str
    geometry: MultiPolygon  # or Polygon; longitude/latitude


@dataclass(frozen=True)
class BoundaryFile:
    kind: str
    vintage: int | None
    sha256: str
    places: tuple[Place, ...]
    repaired: int  # polygons that crossed themselves
    from_grid: bool  # came in British National Grid metres


def read_boundaries(path, kind):
    """All places of a boundary file, or BadFile naming the feature."""
    path = Path(path)
    if kind not in KINDS:
        cure = f"Use one of {', '.join(KINDS)}."
        raise Refused(f"“{kind}” is not a kind of boundary.", cure=cure)
    raw = _bytes_of(path)
    data = _collection(path, raw)
    features = data["features"]
    code_key = _code_key(path, kind, features)
    name_key = _name_key(code_key, features)
    geometries, repaired = _geometries(path, features)
    geometries, converted = _in_degrees(path, _crs(path, data.get("crs")), geometries)
    return BoundaryFile(
        kind=kind,
        vintage=_vintage(code_key, path),
        sha256=hashlib.sha256(raw).hexdigest(),
        places=tuple(_places(path, kind, features, (code_key, name_key), geometries)),
        repaired=repaired,
        from_grid=converted,
    )


def _bytes_of(path):
    if not path.is_file():
        raise BadFile(path, "there is no such file.", cure="Check the name and the folder.")
    if path.stat().st_size > MAX_BYTES:
        raise BadFile(path.name, "is larger than 200 MB.", cure="Use generalised boundaries.")
    return path.read_bytes()


def _collection(path, raw):
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError) as error:
        why = f"this is not JSON ({error})." if raw.strip() else "this file is empty."
        raise BadFile(path.name, why, cure=CURE_CRS) from error
    kind = data.get("type") if isinstance(data, dict) else None
    if kind != "FeatureCollection" or not isinstance(data.get("features"), list):
        found = f"a “{kind}”" if kind else "something else"
        why = f"this is {found}, not a GeoJSON FeatureCollection."
        raise BadFile(path.name, why, cure=CURE_CRS)
    if not data["features"]:
        raise BadFile(path.name, "there is no feature in it.", cure=CURE_CRS)
    for number, feature in enumerate(data["features"], 1):
        if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
            why = "this feature has no properties."
            raise BadFile(path.name, why, row=number, cure=CURE_FEATURE)
    return data


def _code_key(path, kind, features):
    """The property that holds the codes: the one whose values all look like codes of this kind."""
    keys = list(features[0]["properties"])
    if kind == "neighbourhood":
        key = next((key for key in keys if re.search(r"code|_id$|^id$|cd$", key, re.I)), None)
        if key:
            return key
    else:
        values = [str(feature["properties"].get(key)) for feature in features[:50] for key in keys]
        for key in keys:
            first = [str(feature["properties"].get(key)) for feature in features[:50]]
            if all(CODES[kind].fullmatch(value) for value in first):
                return key
        _refuse_other_kind(path, kind, values)
    raise BadFile(
        path.name,
        f"no property holds the codes of its features. It has: {', '.join(keys) or 'none'}.",
        cure="Each feature needs its official code, for example LSOA21CD: E01027310.",
    )


def _refuse_other_kind(path, kind, values):
    """Say so when the codes are those of something else: the likeliest mistake."""
    for other, pattern in CODES.items():
        if other != kind and any(pattern.fullmatch(value) for value in values):
            # An LSOA file may name its authority too, so look for LSOAs first (order of CODES).
            raise BadFile(
                path.name,
                f"its codes are not of the kind “{kind}”.",
                cure=f"Use --kind {other}, or on the page choose {ON_THE_PAGE[other]}.",
            )
    for other, pattern in OTHER_CODES.items():
        if any(pattern.fullmatch(value) for value in values):
            raise BadFile(
                path.name,
                f"these are {other}, which are not used here.",
                cure="Use LSOAs, wards or authorities.",
            )


def _name_key(code_key, features):
    """The property beside the code that holds the name: LSOA21NM for LSOA21CD."""
    keys = list(features[0]["properties"])
    beside = [
        re.sub(r"CD$", "NM", code_key),
        re.sub(r"cd$", "nm", code_key),
        re.sub(r"code", "name", code_key, flags=re.I),
    ]
    named = [key for key in keys if key in beside and key != code_key]
    named += [key for key in keys if re.search(r"name$|NM$|nm$", key)]
    return named[0] if named else code_key


def _vintage(code_key, path):
    """The year of the boundaries: from LSOA21CD or lsoa21_code, else from the file's name."""
    if found := re.search(r"[A-Za-z](\d{2})(?=_?c)", code_key, re.I):
        return 2000 + int(found[1])
    if found := re.search(r"(?<!\d)(20[0-4]\d)(?!\d)", path.name):
        return int(found[1])
    return None


def _geometries(path, features):
    """The polygons, mended where they cross themselves, and how many were mended."""
    geometries, repaired = [], 0
    for number, feature in enumerate(features, 1):
        try:
            geometry = shape(feature.get("geometry"))
        except Exception as error:
            why = "its geometry cannot be read or is missing."
            raise BadFile(path.name, why, row=number, cure=CURE_FEATURE) from error
        if geometry.geom_type not in ("Polygon", "MultiPolygon") or geometry.is_empty:
            why = f"this feature is a {geometry.geom_type}, not a polygon."
            raise BadFile(path.name, why, row=number, cure=CURE_FEATURE)
        if not geometry.is_valid:
            geometry, repaired = _only_polygons(shapely.make_valid(geometry)), repaired + 1
            if geometry.is_empty:
                why = "its polygon encloses nothing."
                raise BadFile(path.name, why, row=number, cure=CURE_FEATURE)
        geometries.append(geometry)
    return geometries, repaired


def _only_polygons(geometry):
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]
    parts += [
        inner
        for part in shapely.get_parts(geometry)
        if part.geom_type == "MultiPolygon"
        for inner in part.geoms
    ]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _crs(path, crs):
    """4326, 27700 or None (not said) from the old `crs` member; others are refused."""
    if crs is None:
        return None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else str(crs)
    if re.search(r"CRS84|4326|4258", name):
        return 4326
    if "27700" in name:
        return 27700
    raise BadFile(path.name, f"its coordinates are in “{name}”.", cure=CURE_CRS)


def _in_degrees(path, crs, geometries):
    """Longitude/latitude. British National Grid is converted, anything else refused."""
    bounds = shapely.total_bounds(geometries)
    if crs != 27700 and _inside(bounds, UK):
        return geometries, False
    # Degrees beyond the UK must not pass as metres near the grid's origin.
    metres = crs == 27700 or np.abs(bounds).max() > 1000
    if metres and crs != 4326 and _inside(bounds, GRID):
        return [off_grid(geometry) for geometry in geometries], True
    if _inside(bounds[[1, 0, 3, 2]], UK):
        why = "latitude and longitude seem to be swapped."
        raise BadFile(path.name, why, cure="Longitude comes first in GeoJSON.")
    shown = ", ".join(f"{value:,.6g}" for value in bounds)
    raise BadFile(path.name, f"its coordinates ({shown}) lie outside the UK.", cure=CURE_CRS)


def _inside(bounds, box):
    west, south, east, north = bounds
    return west >= box[0] and south >= box[1] and east <= box[2] and north <= box[3]


def _places(path, kind, features, keys, geometries):
    code_key, name_key = keys
    seen = {}
    pattern = CODES.get(kind)
    for number, (feature, geometry) in enumerate(zip(features, geometries, strict=True), 1):
        properties = feature["properties"]
        code = str(properties.get(code_key) or "").strip()
        if not code or len(code) > 12 or (pattern and not pattern.fullmatch(code)):
            why = f"“{code}” is not a code."
            raise BadFile(path.name, why, row=number, field=code_key, cure=CURE_FEATURE)
        if code in seen:
            why = f"the code {code} was already used by feature {seen[code]}."
            raise BadFile(path.name, why, row=number, field=code_key, cure=CURE_FEATURE)
        seen[code] = number
        yield Place(code, str(properties.get(name_key) or code).strip()[:120], geometry)


def kind_of(path):
    """lsoa, ward or authority when each feature is a polygon with a code of its own, else None."""
    try:
        features = _collection(Path(path), Path(path).read_bytes())["features"]
    except BadFile:
        return None
    shapes = {(feature.get("geometry") or {}).get("type") for feature in features}
    if not shapes & {"Polygon", "MultiPolygon"}:
        return None
    # In this order: an LSOA often names its authority too, but shares it with others.
    for kind, pattern in CODES.items():
        for key in features[0]["properties"]:
            codes = [str(feature["properties"].get(key)) for feature in features]
            if all(map(pattern.fullmatch, codes)) and len(set(codes)) >= OWN_CODES * len(codes):
                return kind
    return None
