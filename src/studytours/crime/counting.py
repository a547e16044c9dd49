"""Counts of recorded crime as the other contexts ask for them, all read from one cube: cubes.py.

Only the files of the force and months asked for are read. A count is of anonymous map points
(each stands for several homes): it says "near", never "at".
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely

from studytours.core.geometry import to_grid

from . import queries
from .cubes import FORCE_POINTS, FORCES, LSOAS, POINTS, STREETS, Cube, cells, counted
from .importers.parquet import OWN_SHARE

__all__ = [
    "LSOAS", "POINTS", "STREETS", "Cube", "LsoaMonths", "MonthCounts", "PointMonths",
    "cells", "counted", "lsoa_months", "month_counts", "own_lsoas", "place_name",
    "point_counts", "point_months",
]  # fmt: skip


@dataclass(frozen=True)
class LsoaMonths:
    """Counts by LSOA and month of one force.

    `months` are those held; a gap in the archive is no column here, never a zero. `own` says
    which LSOAs lie in an authority that the force polices (see README.md); the others hold
    rows that were placed far away or across the border.
    """

    codes: list
    names: list
    months: list
    counts: np.ndarray  # area × month
    own: np.ndarray  # area


def lsoa_months(force, crimes="acquisitive"):
    """The counts of a set of crimes by LSOA and month."""
    found = counted(LSOAS, force=force, crimes=crimes, over=("month",))
    names, counts = found.places["lsoa_name"].tolist(), found.by_month()
    own = own_authority(names, counts.sum(axis=1))
    return LsoaMonths(found.places["lsoa"].tolist(), names, list(found.months), counts, own)


def own_authority(names, totals):
    """For each LSOA by name: does its authority hold the share that makes it the force's own?"""
    authority = [name.rpartition(" ")[0] for name in names]
    by_authority = Counter()
    for name, total in zip(authority, totals, strict=True):
        by_authority[name] += int(total)
    least = OWN_SHARE * totals.sum()
    return np.array([by_authority[name] >= least for name in authority], dtype=bool)


def own_lsoas(force):
    """The LSOAs in the authorities that a force polices: `counted` by them, no row is far away."""
    found = lsoa_months(force, "all")
    return [code for code, own in zip(found.codes, found.own, strict=True) if own]


def place_name(location):
    """ "On or near Kilnway" → "Kilnway"; the page says "near" by itself."""
    name = (location or "").removeprefix("On or near ").strip()
    return name or "No name given"


def point_counts(*, force=None, bounds=None, crimes="acquisitive", months=None):
    """The anonymous map points with their counts, the highest first.

    Each is a dict: lon, lat, location, lsoa, count, by_type. `bounds` is (west, south, east,
    north).
    """
    found = counted(
        POINTS, force=force, months=months, crimes=crimes, box=bounds, over=("crime_type",)
    )
    lon, lat = (found.places[name].astype(float) for name in ("lon", "lat"))
    counts = found.by_type()
    totals = counts.sum(axis=1)
    highest = np.lexsort((lat, lon, -totals))
    columns = {name: column.tolist() for name, column in found.places.items()}
    return [
        {
            "lon": columns["lon"][at],
            "lat": columns["lat"][at],
            "location": place_name(columns["location"][at]),
            "lsoa": columns["lsoa"][at],
            "count": int(totals[at]),
            "by_type": _largest_first(found.types, counts[at].tolist()),
        }
        for at in highest[np.isfinite(lon[highest])].tolist()
    ]


def _largest_first(types, counts):
    """Type → count of those that have any."""
    some = ((name, count) for name, count in zip(types, counts, strict=True) if count)
    return dict(sorted(some, key=lambda pair: -pair[1]))


class PointMonths(Cube):
    """The Cube of map points. One of them, without coordinates, stands for rows without a place."""

    @property
    def location(self):
        return self.places["location"]

    @property
    def lsoa(self):
        return self.places["lsoa"]

    @property
    def lsoa_name(self):
        return self.places["lsoa_name"]

    @cached_property
    def lat(self):
        return self.places["lat"].astype(float)

    @cached_property
    def lon(self):
        return self.places["lon"].astype(float)

    @cached_property
    def located(self):
        return np.isfinite(self.lon)

    @cached_property
    def xy(self):
        """(points × 2) metres on the National Grid; infinite without coordinates."""
        x, y = to_grid(self.lon, self.lat)
        return np.where(self.located[:, None], np.column_stack([x, y]), np.inf)

    def within(self, lat, lon, radius_m):
        """Mask of the points within so many metres of a place."""
        x, y = to_grid(lon, lat)
        return np.hypot(self.xy[:, 0] - x, self.xy[:, 1] - y) <= radius_m


def point_months(force, crimes="acquisitive"):
    """The counts of a set of crimes by map point, month and type, those without a point too."""
    return counted(POINTS, force=force, crimes=crimes, kind=PointMonths)


@dataclass(frozen=True)
class MonthCounts:
    """Counts of one place by month and type, of one force. A month not held is not here."""

    force: str
    months: list
    types: list
    counts: np.ndarray  # month × type

    @property
    def by_month(self):
        return self.counts.sum(axis=1)

    @property
    def by_type(self):
        """Type → count, the most frequent first."""
        return _largest_first(self.types, self.counts.sum(axis=0).tolist())


def month_counts(*, polygon=None, lsoas=None, force=None, crimes="acquisitive", months=None):
    """Counts by month and type: of LSOAs, of a polygon (lon/lat), or of a whole force.

    With a polygon it counts the anonymous map points within it: a crime on its edge may have
    its point outside. Without `force`, the force with the most rows there is taken.
    """
    asked = {"force": force, "months": months, "crimes": crimes}
    if polygon is None:
        found = counted(FORCES, lsoas=lsoas, **asked)
    else:
        found = counted(FORCE_POINTS, box=polygon.bounds, **asked)
        found = found.only(shapely.contains_xy(polygon, found.places["lon"], found.places["lat"]))
    return _of_one_force(found, force, months)


def _of_one_force(found, force, months):
    """The months and types that this force has there."""
    forces = found.places["force"].astype(str)
    force = force or _busiest(forces[found.place], found.n)
    mine = found.only(forces == force)
    held = [month in set(queries.months(force, months)) for month in found.months]
    some = np.unique(mine.type)
    return MonthCounts(
        force,
        [month for month, is_held in zip(found.months, held, strict=True) if is_held],
        [found.types[at] for at in some],
        mine.months_by_type()[np.array(held, dtype=bool)][:, some],
    )


def _busiest(forces, n):
    names, which = np.unique(forces, return_inverse=True)
    return str(names[np.bincount(which, weights=n).argmax()]) if len(names) else ""
