"""Walkable areas round map points, and how they stand against each other.

A tour of 90 minutes with stops walks about 3 km. A round of 3 km stays within some 500 m of
its middle, so that is the radius; it grows and shrinks with the time there is. Where a street
map is loaded the area is what can be reached on foot: 500 m in a straight line are 650 m along
streets. Elsewhere it is a circle.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from placestats import decayed_counts, shrink, top_k_probability
from studytours.core.errors import Refused
from studytours.core.geometry import off_grid, to_grid
from studytours.crime.counting import PointMonths, own_authority, point_months

from .competing import choose
from .footing import COVERED, footings, on_foot, walkable, without
from .naming import street_of
from .outlook import SEED, ages_of, two_years, yearly_drift

METRES_A_MINUTE = 500 / 90
LEAST_RADIUS, LARGEST_RADIUS = 150, 1500
# So many areas compete for the first ranks.
POOL = 40
# A crime is misplaced when it lies twice as far from the middle of the force's crimes as 95 in
# 100 of them do, and more than 50 km.
USUAL_SHARE, TIMES_AS_FAR, LEAST_AWAY_M = 0.95, 2, 50_000


def radius_for(minutes):
    if not 20 <= minutes <= 300:
        raise Refused(f"A tour of {minutes} minutes is not planned here.", cure="Use 20 to 300.")
    return round(minutes * METRES_A_MINUTE)


def circle(lat, lon, radius_m):
    """The circle as a polygon in longitude/latitude; true to a foot."""
    return off_grid(Point(*to_grid(lon, lat)).buffer(radius_m, quad_segs=32))


@dataclass(frozen=True)
class Catchment:
    """The ground of one walk, and which map points lie on it."""

    lat: float
    lon: float
    radius_m: int
    inside: np.ndarray  # (points,) mask
    outline: BaseGeometry | None = None  # None where it is a whole circle
    street_map: str = ""  # the content of the map it was walked on; "" where it is a circle

    @property
    def walk_m(self):
        """How far along streets it reaches from its middle; None where it is a circle."""
        return on_foot(self.radius_m) if self.street_map else None

    @cached_property
    def geometry(self):
        return circle(self.lat, self.lon, self.radius_m) if self.outline is None else self.outline


@dataclass(frozen=True)
class Survey:
    """The crimes of a force, and the areas with most expected crime, which compete."""

    force: str
    crimes: str
    radius_m: int
    recorded: PointMonths

    @cached_property
    def decayed(self):
        return decayed_counts(self.recorded.by_month(), ages=ages_of(self.recorded.months))

    @cached_property
    def weights(self):
        """(points,) decayed crimes; none without coordinates or placed outside the force."""
        here = self.recorded
        own = own_authority(here.lsoa_name.tolist(), here.by_month().sum(axis=1))
        counts = np.where(here.located & own, self.decayed.counts, 0.0)
        return np.where(_far_away(here.xy, counts), 0.0, counts)

    @cached_property
    def footings(self):
        return footings(self.recorded.lon, self.recorded.lat, self.weights > 0)

    def streets(self, inside):
        """The street of each map point of a mask: as the street map has it, else its publisher."""
        mapped = np.full(len(inside), "", dtype=object)
        for footing in self.footings:
            mapped[footing.points] = footing.street_names()
        published = self.recorded.location[inside]
        names = zip(mapped[inside], published, strict=True)
        return [name or street_of(location) for name, location in names]

    @cached_property
    def pool(self):
        """The Catchments with most expected crime, the most first; no two share any ground."""
        pool = []
        for point, footing in choose(self, POOL):
            lat, lon = float(self.recorded.lat[point]), float(self.recorded.lon[point])
            one = footing and self.along_streets(footing.network, lat, lon)
            pool.append(self._apart(one or self.in_a_circle(lat, lon), pool))
        return tuple(sorted(pool, key=lambda one: -self.weights[one.inside].sum()))

    def _apart(self, one, chosen):
        """Streets of two areas may run back to back: that ground belongs to the first."""
        if not self.footings:
            return one  # circles are chosen apart
        outline = without(one.geometry, [other.geometry for other in chosen])
        if outline is one.geometry:
            return one
        return replace(one, outline=outline, inside=self.within(outline))

    def along_streets(self, network, lat, lon):
        """The Catchment along the streets of a map, or None where no street of it is near."""
        ground = walkable(network, lon, lat, on_foot(self.radius_m))
        if ground is None:
            return None
        inside = self.within(ground)
        return Catchment(lat, lon, self.radius_m, inside, ground, network.sha256)

    def in_a_circle(self, lat, lon):
        inside = self.recorded.within(lat, lon, self.radius_m)
        return Catchment(lat, lon, self.radius_m, inside)

    def catchment(self, lat, lon):
        """The walkable area round any place: along streets where a street map covers it."""
        found = self.in_a_circle(lat, lon)
        near = np.flatnonzero(found.inside & (self.weights > 0))
        for footing in self.footings:
            if np.isin(near, footing.points).sum() >= COVERED * len(near):
                return self.along_streets(footing.network, lat, lon) or found
        return found

    def within(self, polygon):
        """(points,) mask of the map points in a polygon."""
        return shapely.contains_xy(polygon, self.recorded.lon, self.recorded.lat)

    def in_pool(self, values):
        """(areas, …) sums of what the map points in each area of the pool are worth."""
        sums = [values[one.inside].sum(axis=0) for one in self.pool]
        return np.array(sums).reshape(len(sums), *values.shape[1:])

    @cached_property
    def drift(self):
        return yearly_drift(self.in_pool(self.recorded.by_month()), self.recorded.months)

    @property
    def two_years(self):
        return two_years(self.recorded.months)

    def standing(self, extra=None):
        """Posterior of the pool's areas, after them that of a mask that is asked about."""
        counts = self.in_pool(self.weights)
        if extra is not None:
            counts = np.append(counts, self.weights[extra].sum())
        if not counts.sum():
            return None
        exposure = self.decayed.exposure
        others = (counts.sum() - counts) / max(1, len(counts) - 1) / exposure
        usual = np.where(others > 0, others, counts.mean() / exposure)
        return shrink(counts, exposure, usual)

    def chances(self, rates, k):
        """(areas,) the chance of each to be among the k with most next year."""
        draws = np.random.default_rng(SEED)
        return top_k_probability(rates, min(k, len(rates.mean)), rng=draws, drift=self.drift).chance


def _far_away(xy, counts):
    """(points,) whether a point lies so far from the middle of the crimes that it is misplaced."""
    placed = np.flatnonzero(counts)
    if not len(placed):
        return np.zeros(len(counts), bool)
    middle = np.median(np.repeat(xy[placed], np.ceil(counts[placed]).astype(int), axis=0), axis=0)
    away = np.hypot(*(xy - middle).T)
    order = placed[np.argsort(away[placed])]
    passed = np.cumsum(counts[order])
    usual = away[order[np.searchsorted(passed, USUAL_SHARE * passed[-1])]]
    return away > max(LEAST_AWAY_M, TIMES_AS_FAR * usual)


def survey(force, crimes, radius_m):
    return Survey(force, crimes, radius_m, point_months(force, crimes))
