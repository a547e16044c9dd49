"""The walking network: the nearest point of a street, distances on foot, the shortest way.

    network_for(bounds) → Network or None          router_for(bounds) → Network or StraightLines
    network.nearest(lon, lat) → Spot               network.between(spots) → metres
    network.distances(spots, limit_m) → sparse     network.path(spot, spot) → Walk

A spot lies on an edge, not only on a node: for a question the spots are joined to the graph as
nodes of their own.
"""

from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
import scipy  # its parts load at first use: commands that walk nowhere start faster
import shapely
from shapely.ops import substring

from studytours.core.geometry import to_grid

from . import graph
from .joining import A_STEP, Base, Joined
from .models import StreetMap
from .reaching import reached
from .straight import StraightLines
from .ways import NO_WISH, Leg, NoWay, Spot, Walk

LIT = {number: lit for lit, number in graph.LIT.items()}
# How many metres one metre seems to be, where steps are avoided or lit streets preferred: a way
# that is lit goes before one of which nobody mapped it, and that before one that is not.
A_STEP_SEEMS = 10.0
SEEMS = {1: 1.0, -1: 1.25, 0: 1.6}


class Network:
    """The graph of one street map, ready for questions. Distances are in metres."""

    along_streets = True

    def __init__(self, held, name="", sha256="", rectangle=None):
        self.graph, self.name, self.sha256, self.rectangle = held, name, sha256, rectangle
        self._trees, self._bases = {}, {}

    @cached_property
    def xy(self):
        """(nodes × 2) metres on the National Grid."""
        held = self.graph
        xy = np.empty((len(held.piece), 2))
        for node, corner in ((held.start, held.first), (held.end, held.last)):
            xy[node] = np.column_stack([held.x[corner], held.y[corner]])
        return xy

    @cached_property
    def lines(self):
        """(edges,) LineStrings on the National Grid."""
        held = self.graph
        counts = held.last - held.first + 1
        edge = np.repeat(np.arange(len(counts)), counts)
        before = np.cumsum(counts) - counts
        corner = np.arange(counts.sum()) - np.repeat(before - held.first, counts)
        return shapely.linestrings(held.x[corner], held.y[corner], indices=edge)

    @cached_property
    def connected(self):
        """(edges,) whether it belongs to the largest connected piece."""
        return self.graph.piece[self.graph.start] == 0

    def covers(self, point):
        """Does the map reach there? Not: is there a street."""
        return self.rectangle.covers(point)

    def _tree(self, connected, step_free):
        """The edges that may be chosen, and a tree to find the nearest of them."""
        if (connected, step_free) not in self._trees:
            wanted = (self.connected | (not connected)) & ~(self.graph.steps & step_free)
            edges = np.flatnonzero(wanted)
            self._trees[connected, step_free] = edges, shapely.STRtree(self.lines[edges])
        return self._trees[connected, step_free]

    def _base(self, step_free, wish=NO_WISH):
        if (step_free, wish) not in self._bases:
            held, weight = self.graph, self._weight(wish)
            edges = np.flatnonzero(~(held.steps & step_free))
            length = held.length if weight is None else held.length * weight
            base = Base.of(held.start, held.end, length, edges, len(held.piece))
            self._bases[step_free, wish] = base
        return self._bases[step_free, wish]

    def _weight(self, wish):
        """(edges,) how many metres one metre of each seems to be; None where all are alike."""
        if wish == NO_WISH:
            return None
        weight = np.ones(len(self.graph.length))
        if wish.prefer_lit:
            weight = np.vectorize(SEEMS.get, otypes=[float])(self.graph.lit)
        return np.where(self.graph.steps & wish.avoid_steps, A_STEP_SEEMS, weight)

    def snap(self, lon, lat, *, within_m=None, connected=False, step_free=False):
        """For many places: (edge, along_m, away_m), each an array; edge −1 beyond `within_m`."""
        points = shapely.points(*to_grid(np.asarray(lon, float), np.asarray(lat, float)))
        edges, tree = self._tree(connected, step_free)
        edge = np.full(len(points), -1)
        along, away = np.zeros(len(points)), np.full(len(points), np.inf)
        if len(edges):
            (place, found), metres = tree.query_nearest(
                points, max_distance=within_m, all_matches=False, return_distance=True
            )
            edge[place], away[place] = edges[found], metres
            along[place] = shapely.line_locate_point(self.lines[edge[place]], points[place])
        return edge, along, away

    def nearest(self, lon, lat, *, connected=False, step_free=False):
        """The nearest Spot; with `connected`, of those from which the other streets are reached."""
        edge, along, away = (
            one[0] for one in self.snap([lon], [lat], connected=connected, step_free=step_free)
        )
        if edge < 0:
            raise NoWay("No street of this map can be walked.", cure="Import another street map.")
        (lon, lat), _ = self._between_marks(edge, along, along)
        return Spot(
            lon=float(lon),
            lat=float(lat),
            away_m=float(away),
            street=self._street(edge),
            connected=bool(self.connected[edge]),
            edge=int(edge),
            along_m=float(along),
        )

    def _joined(self, spots, step_free=False, wish=NO_WISH):
        edge = np.array([spot.edge for spot in spots], dtype=int)
        along = np.array([spot.along_m for spot in spots], dtype=float)
        return self.joined(edge, along, step_free=step_free, wish=wish)

    def joined(self, edge, along, *, step_free=False, wish=NO_WISH):
        """The graph with these points of its edges as nodes after its own."""
        base, weight = self._base(step_free, wish), self._weight(wish)
        return Joined.of(base, self.graph, edge, along, step_free=step_free, weight=weight)

    def distances(self, spots, limit_m, *, step_free=False):
        """(spots × nodes) sparse metres from each spot, where they are at most `limit_m`."""
        joined = self._joined(spots, step_free)
        xy = np.concatenate([self.xy, to_metres(spots)])
        sources = joined.nodes + np.arange(len(spots))
        return reached(joined.matrix, xy, sources, limit_m)[:, : joined.nodes]

    def between(self, spots, *, step_free=False, wish=NO_WISH):
        """(spots × spots) metres; infinite where there is no way."""
        joined = self._joined(spots, step_free, wish)
        sources = joined.nodes + np.arange(len(spots))
        if wish == NO_WISH:
            return scipy.sparse.csgraph.dijkstra(joined.matrix, indices=sources)[:, sources]
        return joined.measured(*_ways_from(joined, sources), sources)

    def path(self, start, end, *, step_free=False, wish=NO_WISH):
        """The shortest Walk; NoWay where the streets do not join, or only by steps."""
        [walk] = self.paths([start, end], step_free=step_free, wish=wish)
        if isinstance(walk, NoWay):
            raise walk
        return walk

    def paths(self, spots, *, step_free=False, wish=NO_WISH):
        """From each spot to the next: a Walk, or the NoWay that says why there is none."""
        joined = self._joined(spots, step_free, wish)
        sources = joined.nodes + np.arange(len(spots) - 1)
        metres, before = _ways_from(joined, sources)
        walks = []
        for number, source in enumerate(sources.tolist()):
            if np.isfinite(metres[number, source + 1]):
                walks.append(self._walk(joined, before[number], source, source + 1))
            else:
                walks.append(self._no_way(spots[number], spots[number + 1], step_free))
        return walks

    def _walk(self, joined, before, source, target):
        passed = [target]
        while passed[-1] != source:
            passed.append(int(before[passed[-1]]))
        passed.reverse()
        stretches = [joined.stretch(*pair) for pair in pairwise(passed)]
        length = sum(abs(to - since) for _, since, to in stretches)
        # A spot at a corner lies on one of the streets there, which need not be on the way.
        stretches = [one for one in stretches if abs(one[1] - one[2]) > A_STEP] or stretches[:1]
        return Walk(float(length), tuple(self._legs(stretches)))

    def _no_way(self, start, end, step_free):
        cut_off = next((spot for spot in (start, end) if not spot.connected), None)
        if cut_off:
            return NoWay(
                f"{cut_off.street or 'A path without a name'} does not join the other streets.",
                cure="Choose a place on a street near it.",
            )
        if step_free:
            return NoWay("Every way between these places has steps.", cure="Allow steps.")
        return NoWay("These two places are not joined by streets.", cure="Choose another place.")

    def _legs(self, stretches):
        """Stretches (edge, from, to) as Legs: those of one street after another are one."""
        run = []
        for stretch in stretches:
            if run and self._sign(run[0][0]) != self._sign(stretch[0]):
                yield self._leg(run)
                run = []
            run.append(stretch)
        if run:
            yield self._leg(run)

    def _sign(self, edge):
        return self.graph.name[edge], self.graph.kind[edge], self.graph.steps[edge]

    def _leg(self, run):
        edges = [edge for edge, _, _ in run]
        corners = [self._between_marks(*stretch) for stretch in run]
        line = np.concatenate([corners[0], *(more[1:] for more in corners[1:])])
        held, lit = self.graph, set(self.graph.lit[edges].tolist())
        return Leg(
            street=self._street(edges[0]),
            kind=str(held.kinds[held.kind[edges[0]]]),
            length_m=float(sum(abs(to - since) for _, since, to in run)),
            line=shapely.LineString(line),
            lit=LIT[lit.pop()] if len(lit) == 1 else None,
            steps=bool(held.steps[edges[0]]),
            gate=bool(held.gate[edges].any()),
        )

    def _street(self, edge):
        return str(self.graph.names[self.graph.name[edge]])

    def _between_marks(self, edge, since, to):
        """Longitudes and latitudes of an edge between two marks in metres, at least two."""
        held = self.graph
        corners = slice(held.first[edge], held.last[edge] + 1)
        lonlat = np.column_stack([held.lon[corners], held.lat[corners]])
        steps = np.hypot(np.diff(held.x[corners]), np.diff(held.y[corners]))
        marks = np.append(0.0, np.cumsum(steps))
        low, high = min(since, to), max(since, to)
        inner = (marks > low) & (marks < high)
        at = np.concatenate([[low], marks[inner], [high]])
        line = np.column_stack([np.interp(at, marks, side) for side in lonlat.T])
        return line if since <= to else line[::-1]

    def streets_within(self, edge, along, limit_m):
        """What of the streets lies within so many metres on foot of a point: lines in metres."""
        held = self.graph
        ends = [held.start[edge], held.end[edge]]
        from_ends = np.array([along, held.length[edge] - along])
        near = reached(self._base(False).matrix, self.xy, ends, limit_m).tocoo()
        metres = np.full(len(self.xy), np.inf)
        np.minimum.at(metres, near.col, near.data + from_ends[near.row])
        left = np.clip(limit_m - metres[held.start], 0, held.length)
        right = np.clip(limit_m - metres[held.end], 0, held.length)
        # On its own edge it goes both ways from where it stands, and comes in again at the ends.
        own = np.clip([along - limit_m, along + limit_m], 0, held.length[edge])
        left[edge] = min(left[edge], own[0])
        right[edge] = min(right[edge], held.length[edge] - own[1])
        whole = (left + right >= held.length) & (left + right > 0)
        parts = [
            self.lines[whole],
            _cut(self.lines, left, ~whole),
            _cut(self.lines, -right, ~whole),
            [substring(self.lines[edge], *own)],
        ]
        return shapely.multilinestrings(np.concatenate(parts))


def _ways_from(joined, sources):
    """What the ways from each source to every node count, and the node before."""
    return scipy.sparse.csgraph.dijkstra(joined.matrix, indices=sources, return_predecessors=True)


def _cut(lines, metres, wanted):
    """The first metres of some lines, or the last where they are negative."""
    some = np.flatnonzero(wanted & (abs(metres) > 0.01))
    return [
        substring(line, 0, length) if length > 0 else
        substring(line, length, line.length)
        for line, length in zip(lines[some], metres[some], strict=True)
    ]  # fmt: skip


def to_metres(spots):
    """(spots × 2) on the National Grid."""
    x, y = to_grid([spot.lon for spot in spots], [spot.lat for spot in spots])
    return np.column_stack([x, y])


@lru_cache(maxsize=4)
def _network(path, sha256, name, rectangle):
    return Network(graph.load(sha256), name, sha256, rectangle)


def has_network(sha256):
    """Can the streets of this map be walked? One that was imported long ago may have none."""
    return graph.file_of(sha256).exists()


def maps_with_network():
    """The street maps in use that have one."""
    maps = StreetMap.objects.filter(is_current=True).order_by("-imported_at")
    return [one for one in maps if has_network(one.sha256)]


def networks(bounds=None):
    """The networks of the maps in use; those that touch `bounds`, what covers most of it first."""
    maps = maps_with_network()
    if bounds is not None:
        asked = shapely.box(*bounds)
        maps = [one for one in maps if one.geometry.intersects(asked)]
        maps.sort(key=lambda one: -one.geometry.intersection(asked).area)
    # A file never changes once it is there.
    return [_network(graph.file_of(one.sha256), one.sha256, one.name, one.geometry) for one in maps]


def network_for(bounds):
    """The Network of the street map that covers (w, s, e, n), its middle at least, or None."""
    west, south, east, north = bounds
    middle = shapely.Point((west + east) / 2, (south + north) / 2)
    return next((one for one in networks(bounds) if one.covers(middle)), None)


def router_for(bounds):
    """The Router for a place: its streets, or straight lines where none are loaded."""
    return network_for(bounds) or StraightLines()
