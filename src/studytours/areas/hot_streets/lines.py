"""The line of a street on the street map, found by its name and its map points."""

import re

import numpy as np
import shapely
from shapely.geometry import MultiPoint

from studytours.core.geometry import off_grid, on_grid
from studytours.streets.queries import named_lines

NEAR = 250  # metres from a way of the name to one of the street's map points
STRAIGHT = 3  # metres by which a drawn line may leave the true one
MARGIN = 0.005


def lines_of(names, members, points):
    """For each street its line in longitude and latitude, or None where the map knows none.

    `members` are the indices of each street's points.
    """
    if not len(points.lat):
        return [None] * len(names)
    west, south = points.lon.min() - MARGIN, points.lat.min() - MARGIN
    east, north = points.lon.max() + MARGIN, points.lat.max() + MARGIN
    on_map, ways = named_lines((west, south, east, north))
    ways = on_grid(ways) if len(ways) else ways
    by_name = {}
    for at, name in enumerate(on_map):
        by_name.setdefault(_key(name), []).append(at)
    return [
        _line(ways[by_name.get(_key(name), [])], points.xy[mine])
        for name, mine in zip(names, members, strict=True)
    ]


def _key(name):
    """Signs differ between the publisher and the map: "St. John's Rd" and "St Johns Rd"."""
    return re.sub(r"[^\w ]", "", name).casefold()


def _line(ways, xy):
    if not len(ways):
        return None
    near = ways[shapely.dwithin(ways, MultiPoint(xy), NEAR)]
    if not len(near):
        return None
    joined = shapely.line_merge(shapely.union_all(near))
    return off_grid(shapely.simplify(joined, STRAIGHT))


def parts(line):
    """The single lines of a line, each as (corners × 2) longitudes and latitudes."""
    return [np.asarray(part.coords) for part in getattr(line, "geoms", [line])]
