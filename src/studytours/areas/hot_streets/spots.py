"""Streets, or single map points, with what was recorded near them: the rows of the page."""

from dataclasses import dataclass

import numpy as np

from studytours.core.errors import Refused
from studytours.crime.months import months_between

from ..boundaries import NOTHING, district_of, figures_of
from ..outlook import two_years
from ..results import Trend
from .groups import streets_of
from .lines import lines_of
from .points import points_of
from .standing_out import StandingOut, standing_out

WAYS = ("street", "point")


@dataclass(frozen=True)
class Spot:
    """One row. It is near a place, never a home."""

    rank: int
    name: str
    place: str  # its ward and town: "Castle, Northampton"
    lat: float  # of its busiest map point
    lon: float
    points: int  # map points that had a crime in the period
    count: int
    share: float  # of all crimes counted, 0 to 1
    series: tuple[int | None, ...]  # by month of the period, None for a month not held
    trend: Trend | None
    stands_out: int  # 0, or how many of standing_out.LEVELS its busiest square reaches


@dataclass(frozen=True)
class Spots:
    """All rows as columns, the most crimes first."""

    force: str
    crimes: str
    by: str
    months: tuple[str, ...]  # of the period, those held
    name: list
    place: list
    lat: np.ndarray
    lon: np.ndarray
    points: np.ndarray
    count: np.ndarray
    series: np.ndarray  # (rows × months)
    before: np.ndarray | None  # the 12 months before the last 12; None with a gap in them
    last: np.ndarray | None
    level: np.ndarray
    line: list  # of the street map, or None
    standing: StandingOut | None
    all_months: tuple[str, ...]  # every month held
    all_series: tuple[int, ...]  # what is on this map, by month
    unplaced: int  # in the period, without a map point
    outside: int  # in the period, at a map point outside the force's area

    def __len__(self):
        return len(self.name)

    @property
    def total(self):
        return int(self.count.sum())

    def row(self, at):
        return Spot(
            rank=at + 1,
            name=self.name[at],
            place=self.place[at],
            lat=float(self.lat[at]),
            lon=float(self.lon[at]),
            points=int(self.points[at]),
            count=int(self.count[at]),
            share=float(self.count[at] / self.total),
            series=tuple(
                dict(zip(self.months, self.series[at].tolist(), strict=True)).get(month)
                for month in months_between(self.months[0], self.months[-1])
            ),
            trend=self.trend(at),
            stands_out=int(self.level[at]),
        )

    def trend(self, at):
        return None if self.last is None else Trend(int(self.last[at]), int(self.before[at]))

    def named(self, text):
        """The numbers of the rows whose name or place holds these words."""
        wanted = text.casefold().split()
        return [
            at
            for at, words in enumerate(zip(self.name, self.place, strict=True))
            if all(word in " ".join(words).casefold() for word in wanted)
        ]


def hot_streets(force, *, crimes="acquisitive", by="street", months=None):
    """Every street or map point of a force with a crime in these months; by default the last 12."""
    if by not in WAYS:
        raise Refused(f"“{by}” is not a way to count.", cure=f"Use {' or '.join(WAYS)}.")
    points = points_of(force, crimes)
    chosen = _columns(points.months, months)
    counts = points.counts[:, chosen].sum(axis=1)
    group = streets_of(points) if by == "street" else np.arange(len(counts))
    members = _members(group, counts)
    standing = standing_out(points, counts)
    table = _summed(points.counts, members)
    busiest = np.array([mine[0] for mine in members], dtype=int)
    name, place = points.name[busiest].tolist(), _places(points, busiest)
    years = two_years(points.months[: chosen[-1] + 1]) if len(chosen) else None
    before, last = (table[:, year].sum(axis=1) for year in years) if years else (None, None)
    return Spots(
        force=force,
        crimes=crimes,
        by=by,
        months=tuple(points.months[at] for at in chosen),
        name=name,
        place=place,
        lat=points.lat[busiest],
        lon=points.lon[busiest],
        points=np.array([len(mine) for mine in members], dtype=int),
        count=table[:, chosen].sum(axis=1),
        series=table[:, chosen],
        before=before,
        last=last,
        level=_levels(standing, points, members),
        line=lines_of(name, members, points) if by == "street" else [None] * len(name),
        standing=standing,
        all_months=points.months,
        all_series=tuple(points.counts.sum(axis=0).tolist()),
        unplaced=int(points.unplaced[chosen].sum()),
        outside=int(points.outside[chosen].sum()),
    )


def _columns(held, months):
    """The numbers of these months among those held."""
    wanted = set(held[-12:] if months is None else months)
    return np.array([at for at, month in enumerate(held) if month in wanted], dtype=int)


def _members(group, counts):
    """The points of each group that have a crime, the busiest first; the fullest group first."""
    some = np.flatnonzero(counts)
    some = some[np.argsort(-counts[some], kind="stable")]
    totals = np.bincount(group, counts)
    some = some[np.argsort(-totals[group[some]], kind="stable")]
    found = {}
    for at in some.tolist():
        found.setdefault(group[at], []).append(at)
    return list(found.values())


def _summed(table, members):
    summed = np.zeros((len(members), table.shape[1]), dtype=np.int64)
    rows = np.repeat(np.arange(len(members)), [len(mine) for mine in members])
    np.add.at(summed, rows, table[np.concatenate(members)] if members else table[:0])
    return summed


def _places(points, busiest):
    """The ward and town of each row, else the authority that the crime file names."""
    known = figures_of(set(points.lsoa[busiest].tolist()))
    rows = zip(points.lsoa[busiest], points.lsoa_name[busiest], strict=True)
    return [_place(known.get(code, NOTHING), name) for code, name in rows]


def _place(figures, lsoa_name):
    parts = [figures.ward, figures.town]
    return ", ".join(dict.fromkeys(filter(None, parts))) or district_of(lsoa_name)


def _levels(standing, points, members):
    """The highest level that a square with one of the points reaches."""
    if standing is None:
        return np.zeros(len(members), dtype=int)
    at_points = standing.at(points.xy)
    return np.array([at_points[mine].max() for mine in members], dtype=int)
