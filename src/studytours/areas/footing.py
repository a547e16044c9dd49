"""Which map points lie on the streets of a street map, and what can be walked from each."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely

from studytours.core.geometry import off_grid
from studytours.streets.network import networks
from studytours.streets.reaching import reached
from studytours.streets.straight import DETOUR

# From the middle of a street to the backs of its front gardens: so far a tour looks, and so far
# a map point may lie from a street to count as on it.
BESIDE_M = 40
# No walk begins further than this from a street.
FAR_M = 100
# Ground between streets that is narrower than this belongs to the place too …
BETWEEN_M = 60
# … and so does a gap in its middle smaller than this, a block or a green.
GAP_M2 = 10_000
# A street map covers a place when it has so many of the map points there on its streets.
COVERED = 0.5
# A stretch so short adds nothing to the land along the streets at its ends.
SHORT_M = 25
# Corners that move the outline by less are left out.
PLAIN_M = 4


def on_foot(radius_m):
    """How far along streets is like so many metres in a straight line."""
    return round(DETOUR * radius_m)


@dataclass(frozen=True, eq=False)
class Footing:
    """The map points on the streets of one map."""

    network: object
    points: np.ndarray  # indices into all map points
    edge: np.ndarray
    along: np.ndarray

    @cached_property
    def joined(self):
        return self.network.joined(self.edge, self.along)

    @cached_property
    def xy(self):
        edge, along = self.network.lines[self.edge], self.along
        here = shapely.get_coordinates(shapely.line_interpolate_point(edge, along))
        return np.concatenate([self.network.xy, here])

    @cached_property
    def row(self):
        """Map point → its place among those of this map."""
        return {point: at for at, point in enumerate(self.points.tolist())}

    def reach(self, centres, metres):
        """(from, to): pairs of map points; `to` lies within so many metres on foot of `from`."""
        nodes = self.joined.nodes
        sources = nodes + np.array([self.row[point] for point in centres], dtype=int)
        found = reached(self.joined.matrix, self.xy, sources, metres)[:, nodes:].tocoo()
        return np.asarray(centres)[found.row], self.points[found.col]

    def street_names(self):
        held = self.network.graph
        return held.names[held.name[self.edge]]


def footings(lon, lat, wanted):
    """A Footing for each street map that has some of the wanted map points on its streets."""
    left, found = wanted.copy(), []
    if not left.any():
        return found
    bounds = lon[left].min(), lat[left].min(), lon[left].max(), lat[left].max()
    for network in networks(bounds):
        places = np.flatnonzero(left)
        if not len(places):
            break
        edge, along = on_streets(network, lon[places], lat[places], BESIDE_M)
        on = edge >= 0
        if on.any():
            found.append(Footing(network, places[on], edge[on], along[on]))
            left[places[on]] = False
    return found


def on_streets(network, lon, lat, within_m):
    """(edge, along) of each place: of the streets that all join where one is near, else of any.

    A map point stands for a whole street, so a yard that joins nothing must not catch it.
    """
    edge, along, _ = network.snap(lon, lat, within_m=within_m, connected=True)
    left = np.flatnonzero(edge < 0)
    if len(left):
        edge[left], along[left], _ = network.snap(lon[left], lat[left], within_m=within_m)
    return edge, along


def walkable(network, lon, lat, metres):
    """The ground within so many metres on foot of a place, as a polygon; None far from a street."""
    here = np.array([lon]), np.array([lat])
    for within_m in (BESIDE_M, FAR_M):
        edge, along = (one[0] for one in on_streets(network, *here, within_m))
        if edge >= 0:
            return ground(network.streets_within(edge, along, metres))
    return None


def ground(streets):
    """Streets in metres → the land along them as one clean polygon in longitude/latitude."""
    parts = shapely.get_parts(streets)
    long = parts[shapely.length(parts) > SHORT_M]
    parts = long if len(long) else parts
    parts = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(parts)))
    # Each by itself and then together: far quicker than all at once.
    wide = shapely.buffer(shapely.simplify(parts, PLAIN_M), BESIDE_M + BETWEEN_M / 2, quad_segs=3)
    land = shapely.buffer(shapely.union_all(wide), -BETWEEN_M / 2, quad_segs=3)
    land = max(shapely.get_parts(land), key=lambda part: part.area)
    gaps = [ring for ring in land.interiors if shapely.Polygon(ring).area >= GAP_M2]
    return off_grid(shapely.simplify(shapely.Polygon(land.exterior, gaps), PLAIN_M))


def without(geometry, others):
    """The largest part of a geometry that lies in none of the others; itself if they are apart."""
    overlapping = [other for other in others if geometry.intersects(other)]
    if not overlapping:
        return geometry
    left = geometry.difference(shapely.union_all(overlapping))
    return max(shapely.get_parts(left), key=lambda part: part.area)
