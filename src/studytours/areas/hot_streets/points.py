"""The map points of a force with their counts by month: each point once, by its newest name."""

from dataclasses import dataclass

import numpy as np

from studytours.crime.counting import lsoa_months, place_name, point_months

from ..naming import ROAD_NUMBER, street_of


@dataclass(frozen=True)
class Points:
    """Points × months of one force and set of crimes. Only what has a place in the force's area."""

    lat: np.ndarray  # (points,)
    lon: np.ndarray
    xy: np.ndarray  # (points × 2) metres on the National Grid
    name: np.ndarray  # (points,) "Kilnway", "Parking Area"
    street: np.ndarray  # (points,) which of them are named for a street or road
    lsoa: np.ndarray
    lsoa_name: np.ndarray
    area: tuple[str, ...]  # the LSOAs of the force's area
    months: tuple[str, ...]
    counts: np.ndarray  # (points × months)
    unplaced: np.ndarray  # (months,) crimes without a map point
    outside: np.ndarray  # (months,) crimes at points outside the force's area


def points_of(force, crimes):
    recorded = point_months(force, crimes)
    table = recorded.by_month()
    area = _area(force)
    # Where no row names an LSOA, nobody can say what lies outside.
    own = recorded.located & (np.isin(recorded.lsoa, area) if area else True)
    rows = np.flatnonzero(own)
    point = np.column_stack([recorded.lat[rows], recorded.lon[rows]])
    where, which = np.unique(point, axis=0, return_inverse=True)
    which = which.reshape(-1)
    counts = np.zeros((len(where), len(recorded.months)), dtype=np.int64)
    np.add.at(counts, which, table[rows])
    newest = rows[_newest(which, table[rows], len(where))]
    location = recorded.location[newest]
    return Points(
        lat=where[:, 0],
        lon=where[:, 1],
        xy=recorded.xy[newest],
        name=np.array([street_of(text) or place_name(text) for text in location], dtype=object),
        street=np.array([_is_street(text) for text in location], dtype=bool),
        lsoa=recorded.lsoa[newest],
        lsoa_name=recorded.lsoa_name[newest],
        area=area,
        months=recorded.months,
        counts=counts,
        unplaced=table[~recorded.located].sum(axis=0),
        outside=table[recorded.located & ~own].sum(axis=0),
    )


def _area(force):
    """The LSOAs of the authorities that the force polices, whatever crimes are asked about."""
    found = lsoa_months(force, "all")
    return tuple(code for code, own in zip(found.codes, found.own, strict=True) if own)


def _newest(which, table, points):
    """For each point the row with the last month in it: a point is renamed now and then."""
    last = ((table > 0) * np.arange(table.shape[1])).max(axis=1, initial=0)
    order = np.argsort(last, kind="stable")
    newest = np.zeros(points, dtype=int)
    newest[which[order]] = order
    return newest


def _is_street(location):
    return bool(street_of(location) or ROAD_NUMBER.fullmatch(place_name(location)))
