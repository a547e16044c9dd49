"""Walkable areas: circles round map points, and how they stand against each other.

A tour of 90 minutes with stops walks about 3 km. A round of 3 km stays within some 500 m of
its middle, so that is the radius; it grows and shrinks with the time there is.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy  # its parts load at first use: commands that count nothing start faster
from shapely.geometry import Point

from placestats import cover, decayed_counts, shrink, top_k_probability
from studytours.core.errors import Refused
from studytours.core.geometry import off_grid, to_grid
from studytours.crime.counting import PointMonths, point_months

from .outlook import SEED, ages_of, two_years, yearly_drift

METRES_A_MINUTE = 500 / 90
LEAST_RADIUS, LARGEST_RADIUS = 150, 1500
# So many circles compete for the first ranks.
POOL = 40


def radius_for(minutes):
    if not 20 <= minutes <= 300:
        raise Refused(f"A tour of {minutes} minutes is not planned here.", cure="Use 20 to 300.")
    return round(minutes * METRES_A_MINUTE)


def circle(lat, lon, radius_m):
    """The circle as a polygon in longitude/latitude; true to a foot."""
    return off_grid(Point(*to_grid(lon, lat)).buffer(radius_m, quad_segs=32))


@dataclass(frozen=True)
class Survey:
    """The crimes of a force, and its circles with most expected crime, which compete."""

    force: str
    crimes: str
    radius_m: int
    recorded: PointMonths

    @cached_property
    def decayed(self):
        return decayed_counts(self.recorded.by_month(), ages=ages_of(self.recorded.months))

    @cached_property
    def weights(self):
        """(points,) decayed crimes; none at the point without coordinates."""
        return np.where(self.recorded.located, self.decayed.counts, 0.0)

    @cached_property
    def pool(self):
        """Indices of the points whose circles hold most, best first; no two circles overlap."""
        some = np.flatnonzero(self.weights > 0)
        if not len(some):
            return some
        xy = self.recorded.xy[some]
        pairs = scipy.spatial.cKDTree(xy).query_pairs(self.radius_m, output_type="ndarray")
        own = np.arange(len(some))
        rows = np.concatenate([pairs[:, 0], pairs[:, 1], own])
        columns = np.concatenate([pairs[:, 1], pairs[:, 0], own])
        members = scipy.sparse.csr_array(
            (np.ones(len(rows)), (rows, columns)), shape=(len(some), len(some))
        )
        chosen = cover(self.weights[some], members, POOL, centres=xy, apart=2 * self.radius_m)
        return some[chosen.chosen]

    @cached_property
    def pool_masks(self):
        """(circles × points) which points lie in which circle of the pool."""
        masks = [self.inside(*self.middle(point)) for point in self.pool]
        return np.array(masks, dtype=bool).reshape(len(masks), len(self.recorded.lat))

    def middle(self, point):
        return float(self.recorded.lat[point]), float(self.recorded.lon[point])

    def inside(self, lat, lon):
        return self.recorded.within(lat, lon, self.radius_m)

    @cached_property
    def drift(self):
        return yearly_drift(self.pool_masks @ self.recorded.by_month(), self.recorded.months)

    @property
    def two_years(self):
        return two_years(self.recorded.months)

    def standing(self, extra=None):
        """Posterior of the pool's circles, after them that of a mask that is asked about."""
        counts = self.pool_masks @ self.weights
        if extra is not None:
            counts = np.append(counts, self.weights[extra].sum())
        if not counts.sum():
            return None
        exposure = self.decayed.exposure
        others = (counts.sum() - counts) / max(1, len(counts) - 1) / exposure
        usual = np.where(others > 0, others, counts.mean() / exposure)
        return shrink(counts, exposure, usual)

    def chances(self, rates, k):
        """(circles,) the chance of each to be among the k with most next year."""
        draws = np.random.default_rng(SEED)
        return top_k_probability(rates, min(k, len(rates.mean)), rng=draws, drift=self.drift).chance


def survey(force, crimes, radius_m):
    return Survey(force, crimes, radius_m, point_months(force, crimes))
