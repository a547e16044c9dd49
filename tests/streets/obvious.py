"""Walking distances the slow, obvious way: every corner is a node, and Dijkstra with a heap."""

import heapq
import math
from itertools import pairwise

from studytours.core.geometry import to_grid


def distance(streets, start, end):
    """Metres between two Spots along lines of (lon, lat) corners; infinite where none leads."""
    links = {}
    segments = {tuple(sorted(pair)) for line in streets for pair in pairwise(line)}
    for one, other in segments:
        _link(links, one, other)
    for name, spot in (("start", start), ("end", end)):
        at = spot.lon, spot.lat
        one, other = min(segments, key=lambda segment: _away(at, *segment))
        links[name] = {}
        for corner in (one, other):
            links[name][corner] = links[corner][name] = _metres(at, corner)
        if name == "end" and {one, other} <= links["start"].keys():
            links["start"]["end"] = _metres((start.lon, start.lat), at)
    return _dijkstra(links, "start", "end")


def _link(links, one, other):
    links.setdefault(one, {})[other] = links.setdefault(other, {})[one] = _metres(one, other)


def _dijkstra(links, start, end):
    done, waiting = set(), [(0.0, str(start), start)]
    while waiting:
        metres, _, here = heapq.heappop(waiting)
        if here == end:
            return metres
        if here in done:
            continue
        done.add(here)
        for there, more in links[here].items():
            heapq.heappush(waiting, (metres + more, str(there), there))
    return math.inf


def _metres(one, other):
    return math.dist(to_grid(*one), to_grid(*other))


def _away(at, one, other):
    """How much longer the way over `at` is than the segment: 0 on it."""
    return _metres(one, at) + _metres(at, other) - _metres(one, other)
