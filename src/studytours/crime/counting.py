"""Counting is one aggregate over the view `crimes`: of a place, by month and by crime type.

The SQL is standard (`count`, `max`, `group by`, `in`, `between`), so another engine can run the
same text on the same Parquet files. Only the files of the force and months asked for are read.
A count is of anonymous map points (each stands for several homes): it says "near", never "at".
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely

from studytours.core.geometry import to_grid

from . import queries
from .archive import ask
from .importers.parquet import OWN_SHARE
from .sets import types_in

CUBE = """
    select {by}, max(month) as latest, count(*) as n
    from crimes
    where {where}
    group by {by}
"""


def cube(by, *, force=None, months=None, crimes="acquisitive", where="true", values=(), then=""):
    """Counts by these columns (written as in SQL), as NumPy arrays by name.

    `n` is the count and `latest` the last month that has any. `then` is SQL that reads on from
    the counts, which it calls `cube`.
    """
    types = types_in(crimes)
    if types is not None:
        where += f" and crime_type in ({', '.join('?' * len(types))})"
        values = (*values, *types)
    sql = f"with cube as ({CUBE.format(by=by, where=where)}) {then or f'from cube order by {by}'}"
    return ask(sql, values, force=force, months=months)


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
    found = cube("lsoa, lsoa_name, month", force=force, crimes=crimes, where="lsoa is not null")
    months = queries.months(force)
    codes, rows = np.unique(found["lsoa"].astype(str), return_inverse=True)
    counts = np.zeros((len(codes), len(months)), dtype=np.int64)
    columns = np.searchsorted(months, found["month"].astype(str))
    np.add.at(counts, (rows, columns), found["n"])
    names = _latest_names(found, rows, len(codes))
    own = _own_authority(names, counts.sum(axis=1))
    return LsoaMonths(codes.tolist(), names, months, counts, own)


def _latest_names(found, rows, count):
    """One name for each LSOA: the one in its last month, as codes outlive names."""
    latest = [("", "")] * count
    for row, month, name in zip(rows, found["month"], found["lsoa_name"], strict=True):
        latest[row] = max(latest[row], (month, name))
    return [name for _, name in latest]


def _own_authority(names, totals):
    """For each LSOA: does its authority hold the share that makes it the force's own?"""
    authority = [name.rpartition(" ")[0] for name in names]
    by_authority = Counter()
    for name, total in zip(authority, totals, strict=True):
        by_authority[name] += int(total)
    least = OWN_SHARE * totals.sum()
    return np.array([by_authority[name] >= least for name in authority], dtype=bool)


def place_name(location):
    """ "On or near Kilnway" → "Kilnway"; the page says "near" by itself."""
    name = (location or "").removeprefix("On or near ").strip()
    return name or "No name given"


def point_counts(*, force=None, bounds=None, crimes="acquisitive", months=None):
    """The anonymous map points with their counts, the highest first.

    Each is a dict: lon, lat, location, lsoa, count, by_type. `bounds` is (west, south, east,
    north).
    """
    where, values = "lon is not null", ()
    if bounds is not None:
        where, values = _in_box(bounds)
    found = cube(
        "lon, lat, location, lsoa, crime_type",
        force=force,
        months=months,
        crimes=crimes,
        where=where,
        values=values,
    )
    points = {}
    for lon, lat, location, lsoa, crime_type, latest, n in zip(
        *(column.tolist() for column in found.values()), strict=True
    ):
        point = points.setdefault((lon, lat), _Point(lon, lat))
        point.add(latest, place_name(location), lsoa, crime_type, n)
    return sorted((point.as_dict() for point in points.values()), key=lambda one: -one["count"])


class _Point:
    """One map point while it is summed; its name and LSOA are those of the last month."""

    def __init__(self, lon, lat):
        self.lon, self.lat = lon, lat
        self.latest, self.by_type = ("", "", ""), Counter()

    def add(self, month, location, lsoa, crime_type, n):
        self.latest = max(self.latest, (month, location, lsoa or ""))
        self.by_type[crime_type] += n

    def as_dict(self):
        _, location, lsoa = self.latest
        return {
            "lon": self.lon,
            "lat": self.lat,
            "location": location,
            "lsoa": lsoa,
            "count": self.by_type.total(),
            "by_type": dict(self.by_type.most_common()),
        }


def _in_box(bounds):
    west, south, east, north = map(float, bounds)
    return "lon between ? and ? and lat between ? and ?", (west, east, south, north)


_POINT = "lat, lon, location, lsoa"
# Points, months and types are numbered in order, so that no text travels with every line.
_POINTS = f"""
    select {_POINT}, max(lsoa_name) as lsoa_name from cube group by {_POINT} order by {_POINT}
"""  # noqa: S608  (our own constants)
_KINDS = "select distinct month, crime_type from cube"
_LINES = f"""
    select dense_rank() over (order by {_POINT}) - 1 as point,
           dense_rank() over (order by month) - 1 as month,
           dense_rank() over (order by crime_type) - 1 as type, n
    from cube
"""  # noqa: S608


@dataclass(frozen=True)
class PointMonths:
    """Map points, and lines that count the crimes of one point, month and type.

    lat, lon are NaN for the point that stands for rows without coordinates. `months` are those
    held; a gap in the archive is no column here, never a zero.
    """

    lat: np.ndarray  # (points,)
    lon: np.ndarray
    location: np.ndarray  # (points,) text
    lsoa: np.ndarray
    lsoa_name: np.ndarray
    months: tuple[str, ...]
    types: tuple[str, ...]
    point: np.ndarray  # (lines,) index of the point
    month: np.ndarray
    type: np.ndarray
    n: np.ndarray

    @cached_property
    def xy(self):
        """(points × 2) metres on the National Grid; infinite without coordinates."""
        x, y = to_grid(self.lon, self.lat)
        return np.where(self.located[:, None], np.column_stack([x, y]), np.inf)

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


def point_months(force, crimes="acquisitive"):
    """The counts of a set of crimes by map point, month and type, those without a point too."""
    points, kinds, lines = (
        cube(f"{_POINT}, lsoa_name, month, crime_type", force=force, crimes=crimes, then=then)
        for then in (_POINTS, _KINDS, _LINES)
    )
    months = queries.months(force)
    column = np.searchsorted(months, np.unique(kinds["month"].astype(str)))
    lat, lon = (np.ma.filled(points[name].astype(float), np.nan) for name in ("lat", "lon"))
    location, lsoa, lsoa_name = (
        np.ma.filled(points[name], "") for name in ("location", "lsoa", "lsoa_name")
    )
    return PointMonths(
        lat=lat,
        lon=lon,
        location=location,
        lsoa=lsoa,
        lsoa_name=lsoa_name,
        months=tuple(months),
        types=tuple(np.unique(kinds["crime_type"].astype(str)).tolist()),
        point=lines["point"].astype(int),
        month=column[lines["month"]],
        type=lines["type"].astype(int),
        n=lines["n"].astype(np.int64),
    )


_SERIES = "force, month, crime_type"


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
        totals = zip(self.types, self.counts.sum(axis=0).tolist(), strict=True)
        return dict(sorted(totals, key=lambda pair: -pair[1]))


def month_counts(*, polygon=None, lsoas=None, force=None, crimes="acquisitive", months=None):
    """Counts by month and type: of LSOAs, of a polygon (lon/lat), or of a whole force.

    With a polygon it counts the anonymous map points within it: a crime on its edge may have
    its point outside. Without `force`, the force with the most rows there is taken.
    """
    if polygon is not None:
        return _of_polygon(polygon, force, crimes, months)
    where, values = "true", ()
    if lsoas is not None:
        values = tuple(sorted(lsoas))
        where = f"lsoa in ({', '.join('?' * len(values)) or 'null'})"
    found = cube(_SERIES, force=force, months=months, crimes=crimes, where=where, values=values)
    return _as_month_counts(found, slice(None), force, months)


def _of_polygon(polygon, force, crimes, months):
    where, values = _in_box(polygon.bounds)
    found = cube(
        f"{_SERIES}, lon, lat",
        force=force,
        months=months,
        crimes=crimes,
        where=where,
        values=values,
    )
    inside = shapely.contains_xy(polygon, found["lon"], found["lat"])
    return _as_month_counts(found, inside, force, months)


def _as_month_counts(found, chosen, force, months):
    """The rows chosen, of one force, as a matrix."""
    forces, n = found["force"][chosen].astype(str), found["n"][chosen]
    force = force or _busiest(forces, n)
    held = [m for m in queries.months(force) if months is None or m in set(months)]
    mine = forces == force
    types, columns = np.unique(found["crime_type"][chosen][mine].astype(str), return_inverse=True)
    rows = np.searchsorted(held, found["month"][chosen][mine].astype(str))
    counts = np.zeros((len(held), len(types)), dtype=np.int64)
    np.add.at(counts, (rows, columns), n[mine])
    return MonthCounts(force, held, types.tolist(), counts)


def _busiest(forces, n):
    names, which = np.unique(forces, return_inverse=True)
    return str(names[np.bincount(which, weights=n).argmax()]) if len(names) else ""
