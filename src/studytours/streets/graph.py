"""The walking graph of a street map: junctions, and the ways between them with what is known.

Two ways meet where they share a corner, to the last digit; a bridge shares none with the road
below. So an extract and the drawn streets of a demonstration are read alike.
"""

import tempfile
import zipfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
import scipy  # its parts load at first use: commands that walk nowhere start faster
import shapely
from django.conf import settings

from studytours.core.errors import Refused
from studytours.core.geometry import to_grid

from .foot import GATE, SHUT, STILE

# A gate mapped on the corner where one of these meets a street closes it, not the street.
SIDEWAYS = {"service", "footway", "path", "steps", "track", "bridleway", "cycleway", "corridor"}

LIT = {True: 1, False: 0, None: -1}


class Graph(NamedTuple):
    """Plain arrays, as they lie in the file. An edge is a way between two nodes."""

    lon: np.ndarray  # (corners,) of all edges
    lat: np.ndarray
    x: np.ndarray  # (corners,) metres on the National Grid
    y: np.ndarray
    first: np.ndarray  # (edges,) its corners: first to last, both included
    last: np.ndarray
    start: np.ndarray  # (edges,) the nodes at its ends
    end: np.ndarray
    length: np.ndarray  # (edges,) metres
    name: np.ndarray  # (edges,) index into names
    kind: np.ndarray  # (edges,) index into kinds
    lit: np.ndarray  # (edges,) 1 yes, 0 no, -1 nobody mapped it
    steps: np.ndarray  # (edges,) true where a wheelchair or pram cannot pass
    gate: np.ndarray  # (edges,) true where a gate that opens stands on it
    piece: np.ndarray  # (nodes,) the connected piece it belongs to; 0 is the one with most street
    names: np.ndarray
    kinds: np.ndarray


def build(streets, lines, gates=()):
    """A Graph of the streets a walker may use, or None where there is none.

    streets  {name, kind, lit, on_foot, steps}, the last three where they are known.
    lines    their LineStrings in longitude/latitude.
    gates    ((lon, lat), SHUT | STILE | GATE) of what stands on their corners.
    """
    walked = [
        (street, line)
        for street, line in zip(streets, lines, strict=True)
        if street.get("on_foot", True)
    ]
    if not walked:
        return None
    streets, lines = zip(*walked, strict=True)
    lonlat, way = _corners(lines)
    corner = _numbers(lonlat)
    aside = np.array([street["kind"] in SIDEWAYS for street in streets])[way]
    stands = {
        one: np.isin(corner, _numbers([at for at, what in gates if what == one]))
        for one in (SHUT, STILE, GATE)
    }
    first, last, start, end = _edges(corner, way, aside, stands[SHUT])
    x, y = to_grid(*lonlat.T)
    along = np.append(0.0, np.cumsum(np.hypot(np.diff(x), np.diff(y))))
    length = along[last] - along[first]
    steps, known = _known(streets, way[first])
    narrow = aside[first] & _any_between(stands[STILE], first, last)
    return Graph(
        lon=lonlat[:, 0],
        lat=lonlat[:, 1],
        x=x,
        y=y,
        first=first.astype(np.int32),
        last=last.astype(np.int32),
        start=start,
        end=end,
        length=length,
        steps=steps | narrow,
        gate=aside[first] & _any_between(stands[STILE] | stands[GATE], first, last),
        piece=_pieces(start, end, length),
        **known,
    )


def _corners(lines):
    """(corners × 2) of all lines, none twice in a row, and the number of the line of each."""
    lonlat, way = shapely.get_coordinates(lines, return_index=True)
    moved = (np.diff(lonlat, axis=0) != 0).any(axis=1) | (np.diff(way) != 0)
    keep = np.append(True, moved)
    return lonlat[keep], way[keep]


def _edges(corner, way, aside, shut):
    """First and last corner and both nodes of each edge: ways cut where others join them."""
    _, place, visits = np.unique(corner, return_inverse=True, return_counts=True)
    another = np.diff(way) != 0
    is_end = np.append(True, another) | np.append(another, True)
    cuts = np.flatnonzero(is_end | (visits[place] > 1) | shut)
    first, last = cuts[:-1], cuts[1:]
    same = way[first] == way[last]
    first, last = first[same], last[same]
    aside_here = (np.bincount(place, aside) > 0)[place]
    closed = shut & (aside | ~aside_here)
    return first, last, *_nodes(place, closed, first, last)


def _known(streets, way):
    """What the map says of each edge, by the way it is part of."""
    names, name = _coded([street.get("name", "") for street in streets])
    kinds, kind = _coded([street["kind"] for street in streets])
    lit = np.array([LIT[street.get("lit")] for street in streets], np.int8)
    steps = np.array([street.get("steps", street["kind"] == "steps") for street in streets])
    known = {"name": name[way], "kind": kind[way], "lit": lit[way], "names": names, "kinds": kinds}
    return steps[way], known


def _numbers(lonlat):
    """One whole number for each place: OpenStreetMap's grain, a ten-millionth of a degree."""
    whole = np.rint(np.asarray(lonlat, float).reshape(-1, 2) * 1e7).astype(np.int64)
    return whole[:, 0] * 1_000_000_000 + whole[:, 1]


def _any_between(flags, first, last):
    passed = np.append(0, np.cumsum(flags))
    return passed[last + 1] > passed[first]


def _nodes(place, closed, first, last):
    """Node numbers of both ends. At a shut gate each way has an end of its own."""
    own = place.max() + 1 + np.arange(2 * len(first))
    ends = np.concatenate([first, last])
    number = np.where(closed[ends], own, place[ends])
    nodes = np.unique(number, return_inverse=True)[1].astype(np.int32)
    return nodes[: len(first)], nodes[len(first) :]


def _coded(words):
    known, code = np.unique(np.array(words, dtype=str), return_inverse=True)
    return known, code.astype(np.int32)


def _pieces(start, end, length):
    count = max(start.max(), end.max()) + 1
    joined = scipy.sparse.coo_array((np.ones(len(start)), (start, end)), shape=(count, count))
    _, piece = scipy.sparse.csgraph.connected_components(joined, directed=False)
    metres = np.bincount(piece[start], length, minlength=piece.max() + 1)
    rank = np.empty(len(metres), np.int32)
    rank[np.argsort(-metres, kind="stable")] = np.arange(len(metres))
    return rank[piece]


def file_of(sha256):
    """Where the graph of a street map lies; named by the map's content, so it never changes."""
    return Path(settings.HOME, "streets", f"{sha256}.npz")


def save(graph, sha256):
    """Whole or not at all: written beside its place, then moved there."""
    path = file_of(sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        try:
            np.savez_compressed(part, **graph._asdict())
        except BaseException:
            Path(part.name).unlink()
            raise
    Path(part.name).replace(path)


def load(sha256):
    """The Graph of a street map. A damaged file is refused."""
    try:
        with file_of(sha256).open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            return Graph(**{name: file[name] for name in Graph._fields})
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise Refused(
            "The walking network of a street map is damaged.",
            cure="Remove it from the folder “streets” and import the street map again.",
        ) from error
