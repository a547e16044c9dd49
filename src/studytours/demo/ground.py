"""The ground of Saltmere and its recorded crime, read in from files as an office would."""

import hashlib
import json
import tempfile
from datetime import timedelta
from pathlib import Path

import numpy as np
from shapely import union_all
from shapely.geometry import LineString, Point, Polygon, mapping

from studytours.areas import operations as areas
from studytours.crime import operations as crime
from studytours.streets import operations as streets

from . import crimes, geography, roads, townscape

# How poor some districts are (1 the most); the others lie between 4 and 8.
DECILES = {"Curlew Estate": 1, "Osier Rows": 2, "Old Town": 4}
GATES_DAYS_AGO = 500


def add_streets():
    lines = [
        {
            "name": name,
            "kind": kind,
            "lit": None,
            "on_foot": True,
            "line": LineString(geography.place(line)),
        }
        for name, kind, _, line in roads.joined()
    ]
    marks = [
        {"name": known_as, "kind": kind.lower(), "point": Point(geography.place([at])[0])}
        for kind, known_as, at, _ in geography.SPECIAL
    ]
    sha256 = hashlib.sha256(repr(lines).encode()).hexdigest()
    streets.draw_base_map(sha256, lines, townscape.places(), townscape.features())
    streets.add_street_map(
        name="Saltmere (invented)", source="made by `studytours demo`", licence="MIT",
        sha256=sha256, streets=lines, landmarks=marks,
    )  # fmt: skip


def add_boundaries(by):
    """Small areas and wards, and what is known of them."""
    small = geography.small_areas()
    wards = {f"E05{990001 + i:06d}": name for i, name in enumerate(geography.WARDS)}
    with tempfile.TemporaryDirectory() as folder:
        for path in (
            _boundary_file(folder, "lsoa", "LSOA21", _small(small)),
            _boundary_file(folder, "ward", "WD24", _merged(small, wards)),
        ):
            areas.import_boundaries(path, kind=path.name.split("-")[0], by=by)
        for path in _statistic_files(folder, small, wards):
            areas.import_statistics(path, by=by)


def _small(small):
    return {code: (name, polygon) for code, (name, _, polygon) in small.items()}


def _merged(small, wards):
    """Each ward is its small areas put together."""
    return {
        code: (name, union_all([polygon for _, ward, polygon in small.values() if ward == code]))
        for code, name in wards.items()
    }


def _boundary_file(folder, kind, column, shapes):
    features = [
        {
            "type": "Feature",
            "properties": {f"{column}CD": code, f"{column}NM": name},
            "geometry": mapping(Polygon(geography.place(shape.exterior.coords))),
        }
        for code, (name, shape) in shapes.items()
    ]
    path = Path(folder, f"{kind}-2021-saltmere.geojson")
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def _statistic_files(folder, small, wards):
    """Homes and deprivation in the shape of the census and of the Indices of Deprivation."""
    rng = np.random.default_rng(geography.SEED + 3)
    homes = ["lsoa21_code,lsoa21_name,local_authority_name,residents,households"]
    poor = ["lsoa21_code,lsoa21_name,imd_rank,imd_decile"]
    lookup = ["lsoa21_code,lsoa21_name,ward24_code,ward24_name,lad24_code,lad24_name"]
    authority, town = geography.AUTHORITY
    for code, (name, ward, polygon) in small.items():
        households, usual = int(rng.integers(520, 760)), int(rng.integers(4, 9))
        homes.append(f"{code},{name},{town},{int(households * 2.3)},{households}")
        district = geography.nearest_district(polygon.centroid.x, polygon.centroid.y)
        decile = DECILES.get(district, usual)
        poor.append(f"{code},{name},{decile * 3000},{decile}")
        lookup.append(f"{code},{name},{ward},{wards[ward]},{authority},{town}")
    for name, rows in (("households", homes), ("deprivation", poor), ("lookup", lookup)):
        path = Path(folder, f"saltmere-{name}-2021.csv")
        path.write_text("\n".join(rows) + "\n")
        yield path


def add_recorded_crime(now, by):
    gates = now - timedelta(days=GATES_DAYS_AGO)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "saltmere-street.zip")
        path.write_bytes(crimes.archive(now, f"{gates:%Y-%m}"))
        crime.import_crimes([path], by=by, now=now)
