"""Recorded crime by map point and month, as arrays: what ranking and suggestions count on."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from studytours.core.geometry import to_grid
from studytours.crime import archive
from studytours.crime.queries import months as months_held
from studytours.crime.sets import types_in

# Both number the points in the same order, so that no text travels with every line.
POINTS = """
    select lat, lon, coalesce(location, '') as location, coalesce(lsoa, '') as lsoa,
           coalesce(max(lsoa_name), '') as lsoa_name
    from crimes where {where}
    group by lat, lon, location, lsoa order by lat, lon, location, lsoa
"""
LINES = """
    with cube as (
        select lat, lon, location, lsoa, month, crime_type, count(*) as n
        from crimes where {where}
        group by lat, lon, location, lsoa, month, crime_type)
    select dense_rank() over (order by lat, lon, location, lsoa) - 1 as point,
           cast(substring(month, 1, 4) as integer) * 12
               + cast(substring(month, 6, 2) as integer) - 1 as month,
           dense_rank() over (order by crime_type) - 1 as type, n
    from cube
"""
TYPES = "select distinct crime_type as type from crimes where {where} order by crime_type"


@dataclass(frozen=True)
class Recorded:
    """Points, and one line for each point × month × type that has crimes.

    lat, lon are NaN for the point that stands for rows without coordinates.
    """

    lat: np.ndarray  # (points,)
    lon: np.ndarray
    location: np.ndarray  # (points,) text
    lsoa: np.ndarray
    lsoa_name: np.ndarray
    months: tuple[str, ...]  # those held, oldest first
    types: tuple[str, ...]
    point: np.ndarray  # (lines,) index of the point
    month: np.ndarray
    type: np.ndarray
    n: np.ndarray

    @cached_property
    def xy(self):
        """(points × 2) metres on the National Grid; infinite without coordinates."""
        x, y = to_grid(self.lon, self.lat)
        return np.where(np.isfinite(self.lon)[:, None], np.column_stack([x, y]), np.inf)

    @cached_property
    def located(self):
        return np.isfinite(self.lon)

    def by_month(self):
        """(points × months) counts."""
        table = np.zeros((len(self.lat), len(self.months)), dtype=np.int64)
        np.add.at(table, (self.point, self.month), self.n)
        return table

    def series(self, inside):
        """(months,) counts at the points of a mask."""
        chosen = inside[self.point]
        counts = np.bincount(self.month[chosen], self.n[chosen], minlength=len(self.months))
        return counts.astype(np.int64)

    def mix(self, inside):
        """[(type, count)] at the points of a mask, largest first."""
        chosen = inside[self.point]
        counts = np.bincount(self.type[chosen], self.n[chosen], minlength=len(self.types))
        return sorted(
            ((name, int(count)) for name, count in zip(self.types, counts, strict=True) if count),
            key=lambda pair: (-pair[1], pair[0]),
        )

    def within(self, lat, lon, radius_m):
        """Mask of the points within so many metres of a place."""
        x, y = to_grid(lon, lat)
        return np.hypot(self.xy[:, 0] - x, self.xy[:, 1] - y) <= radius_m


def recorded(force, crimes="acquisitive"):
    """A force's crimes of a set by point, month and type."""
    names = types_in(crimes)
    where = "true" if names is None else f"crime_type in ({', '.join('?' * len(names))})"
    points, lines, types = (
        archive.ask(sql.format(where=where), names or (), force=force)
        for sql in (POINTS, LINES, TYPES)
    )
    months = tuple(months_held(force))
    column = {month_number(month): index for index, month in enumerate(months)}
    lat, lon = (np.ma.filled(points[name].astype(float), np.nan) for name in ("lat", "lon"))
    return Recorded(
        lat=lat,
        lon=lon,
        location=points["location"],
        lsoa=points["lsoa"],
        lsoa_name=points["lsoa_name"],
        months=months,
        types=tuple(types["type"]),
        point=lines["point"].astype(int),
        month=np.array([column[month] for month in lines["month"].tolist()], dtype=int),
        type=lines["type"].astype(int),
        n=lines["n"].astype(np.int64),
    )


def month_number(month):
    """Months since year 0: "2025-03" → 24302."""
    year, number = month.split("-")
    return int(year) * 12 + int(number) - 1
