"""The figures of a place that come from recorded crime and from the census: counted, not judged."""

from dataclasses import dataclass

import numpy as np
import scipy  # its parts load at first use: commands that count nothing start faster
import shapely

from placestats import decayed_counts
from studytours.areas.boundaries import successors
from studytours.areas.homes import homes_of_each
from studytours.areas.naming import GENERIC
from studytours.areas.outlook import ages_of, two_years
from studytours.crime.counting import place_name, point_months
from studytours.crime.months import next_month
from studytours.crime.sets import types_in

# All thefts, to see how many are near shops whatever crimes are ranked.
THEFTS = "acquisitive+retail"
# Map points named by what is there that lie among homes all the same.
AMONG_HOMES = {"park/open space", "no location"}


@dataclass(frozen=True)
class Shape:
    """Where to count: by LSOA codes, or by the map points in a geometry (WKB in hexadecimal)."""

    lsoas: tuple[str, ...]
    wkb: str
    elsewhere: bool = False  # in another force

    @classmethod
    def of(cls, place):
        wkb = "" if place.lsoas else shapely.to_wkb(place.geometry, hex=True)
        return cls(place.lsoas, wkb, place.elsewhere)

    @property
    def geometry(self):
        return shapely.from_wkb(self.wkb)


@dataclass(frozen=True)
class Crimes:
    """Of each place, in the order of the shapes; None where nothing can be said."""

    yearly: tuple  # crimes a year, recent months counting more
    recorded: tuple  # in the last 12 months counted
    near_homes: tuple  # share of all thefts that were not at shops, car parks or stations
    last: tuple  # crimes of the last 12 months (or 6) …
    before: tuple  # … and of as many before them
    of_all: tuple  # the same of the whole force: (last, before)
    compared: int  # months in each of the two; 0 where the months held allow no comparison


def crimes_in(force, crimes, shapes, months=None):
    """Counts at the map points of each shape; only of these months where they are named."""
    if not force:
        nothing = (None,) * len(shapes)
        return Crimes(nothing, nothing, nothing, nothing, nothing, (0, 0), 0)
    found = point_months(force, _widest(crimes))
    held = list(found.months)
    column = [held.index(month) for month in months or held]
    months = [held[at] for at in column]
    inside = _members(found, shapes)
    ranked = found.of_types(types_in(crimes)).by_month()[:, column]
    series = inside @ ranked
    thefts = found.of_types(types_in(THEFTS)).by_month()[:, column].sum(axis=1)
    shop = np.array([_is_centre(name) for name in found.location], dtype=bool)
    lifted = found.of_types(types_in("shoplifting")).by_month()[:, column].sum(axis=1)
    at_shops = np.where(shop, thefts, lifted)
    yearly = decayed_counts(series, ages=ages_of(months)).per_year
    last, before = two_periods(months)
    whole = ranked.sum(axis=0)
    counted = [not shape.elsewhere for shape in shapes]
    return Crimes(
        yearly=_plain(yearly, counted),
        recorded=_plain(series[:, -12:].sum(axis=1), counted),
        near_homes=_shares(inside @ at_shops, inside @ thefts),
        last=_plain(series[:, last].sum(axis=1), counted),
        before=_plain(series[:, before].sum(axis=1), counted),
        of_all=(int(whole[last].sum()), int(whole[before].sum())),
        compared=len(last),
    )


def _widest(crimes):
    """One reading of the archive for everything, where the sets allow it."""
    types = types_in(crimes)
    return THEFTS if types and set(types) <= set(types_in(THEFTS)) else "all"


def _members(found, shapes):
    """(shapes × points) sparse: which points belong to which shape."""
    by_code, became = {}, successors()
    for point, code in enumerate(found.lsoa.tolist()):
        by_code.setdefault(code, []).append(point)
    rows, columns = [], []
    for row, shape in enumerate(shapes):
        if shape.lsoas:
            now = set(shape.lsoas)
            former = {old for old, new in became.items() if now.issuperset(new)}
            points = [point for code in now | former for point in by_code.get(code, ())]
        else:
            points = np.flatnonzero(shapely.contains_xy(shape.geometry, found.lon, found.lat))
        rows += [row] * len(points)
        columns += list(points)
    ones = np.ones(len(rows), dtype=np.int64)
    return scipy.sparse.csr_array(
        (ones, (rows, columns)), shape=(len(shapes), len(found.lat)), dtype=np.int64
    )


def _is_centre(location):
    """Is the map point named for shops, parking, a station and the like?"""
    name = place_name(location).casefold()
    return name in GENERIC and name not in AMONG_HOMES


def two_periods(months):
    """Columns of the last 12 months and of the 12 before; of 6 and 6 where only a year is held."""
    if years := two_years(months):
        return years[1], years[0]
    wanted = [next_month(months[-1], -age) for age in range(11, -1, -1)]
    if any(month not in months for month in wanted):
        return [], []
    columns = [months.index(month) for month in wanted]
    return columns[6:], columns[:6]


def _shares(at_shops, thefts):
    return tuple(
        1 - some / every if every else None
        for some, every in zip(at_shops.tolist(), thefts.tolist(), strict=True)
    )


def _plain(values, counted):
    """Python's own numbers; None where they were not counted."""
    return tuple(
        value if is_counted else None
        for value, is_counted in zip(values.tolist(), counted, strict=True)
    )


def homes_at(shapes):
    """Homes of each shape."""
    return homes_of_each(
        [dict.fromkeys(shape.lsoas, 1.0) if shape.lsoas else shape.geometry for shape in shapes]
    )
