"""The one text that counts, and the cube it makes: places × months × crime types.

The text is standard SQL over the view `crimes` (floor, count, group by, in, between), so that
DuckDB and Apache Spark run the same one on the same Parquet files: engines.py. All that
follows is reading the small cube: sums by place, wards through a lookup, points in a shape.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from studytours.core.errors import Refused

from . import queries
from .archive import cube
from .sets import types_in

TEXT = """
    select {columns}, count(*) as n
    from crimes
    where {where}
    group by {expressions}
"""

# The places in order, each with the names it had in its last month: codes outlive names.
PLACES = """
    select {key}{last} from (
        select {key}, max(struct_pack(month{packed})) as last from cube group by {key})
    order by {key}
"""
DISTINCT = "select distinct {columns} from cube order by {columns}"
# Places, months and types are numbered in order, so that no text travels with every line.
LINES = "select {numbers}, n::bigint as n from cube {joins}"
NUMBERED = """
    join (select *, row_number() over (order by {columns}) - 1 as number
          from (select distinct {columns} from cube)) as {name} on {same}
"""
OVER = ("month", "crime_type")


@dataclass(frozen=True)
class By:
    """What is counted: the columns that tell places apart, and those that only name them."""

    key: tuple[str, ...]
    names: tuple[str, ...] = ()
    where: str = "true"  # rows that have such a place
    # How a column is made, where the view does not have it as it is.
    made: dict = field(default_factory=dict)

    def sql(self, column):
        return self.made.get(column, column)


# An anonymous map point; all rows without coordinates are one more, without latitude.
POINTS = By(("lat", "lon"), ("location", "lsoa", "lsoa_name"))
# A street is the name of its map points within an LSOA; names repeat between towns.
STREETS = By(("location", "lsoa"), ("lsoa_name",), "location is not null and lsoa is not null")
LSOAS = By(("lsoa",), ("lsoa_name",), "lsoa is not null")
FORCES = By(("force",))
FORCE_POINTS = By(("force", "lat", "lon"))


def cells(metres):
    """Squares of the National Grid; x and y times `metres` is the lower left corner of one."""
    if not (10 <= metres <= 100_000 and metres == int(metres)):
        raise Refused(
            f"Cells of {metres} metres cannot be counted.",
            cure="Use whole metres from 10 to 100,000.",
        )
    # floor() first: engines differ in how a cast alone rounds.
    made = {
        name: f"cast(floor({column} / {int(metres)}) as integer)"
        for name, column in (("x", "easting"), ("y", "northing"))
    }
    return By(("x", "y"), where="easting is not null", made=made)


@dataclass(frozen=True)
class Cube:
    """Lines that count the crimes of one place, month and type.

    `months` are those held; a gap in the archive is no column here, never a zero.
    """

    key: tuple[str, ...]
    places: dict  # column → (places,) array
    months: tuple[str, ...]
    types: tuple[str, ...]
    place: np.ndarray  # (lines,) index of the place
    month: np.ndarray
    type: np.ndarray
    n: np.ndarray

    def __len__(self):
        """How many places."""
        return len(self.places[self.key[0]])

    @property
    def total(self):
        return int(self.n.sum())

    def by_month(self):
        """(places × months) counts."""
        return self._table(self.place, self.month, (len(self), len(self.months)))

    def by_type(self):
        """(places × types) counts."""
        return self._table(self.place, self.type, (len(self), len(self.types)))

    def months_by_type(self):
        """(months × types) counts of all places."""
        return self._table(self.month, self.type, (len(self.months), len(self.types)))

    def _table(self, row, column, shape):
        sums = np.bincount(row * shape[1] + column, weights=self.n, minlength=shape[0] * shape[1])
        return sums.astype(np.int64).reshape(shape)  # whole below 2⁵³

    def series(self, inside):
        """(months,) counts at the places of a mask."""
        return self.only(inside).months_by_type().sum(axis=1)

    def mix(self, inside):
        """[(type, count)] at the places of a mask, largest first."""
        counts = self.only(inside).months_by_type().sum(axis=0).tolist()
        some = ((name, count) for name, count in zip(self.types, counts, strict=True) if count)
        return sorted(some, key=lambda pair: (-pair[1], pair[0]))

    def only(self, inside):
        """The lines at the places of a mask."""
        return self._lines(inside[self.place])

    def of_types(self, types):
        """The lines of some types; all with None."""
        some = [types is None or name in types for name in self.types]
        return self._lines(np.array(some, dtype=bool)[self.type])

    def _lines(self, chosen):
        lines = {name: getattr(self, name)[chosen] for name in ("place", "month", "type", "n")}
        return replace(self, **lines)

    def through(self, lookup, column="lsoa", into="area"):
        """The same counts with what a lookup makes of a column: wards of LSOAs, streets by town.

        Places that the lookup does not know are left out: compare `total`.
        """
        at = self.key.index(column)
        old = zip(*(self.places[name].tolist() for name in self.key), strict=True)
        new = [
            (*place[:at], lookup[place[at]], *place[at + 1 :]) if place[at] in lookup else None
            for place in old
        ]
        known = sorted(set(new) - {None})
        number = {place: index for index, place in enumerate(known)}
        became = np.array([number.get(place, -1) for place in new], dtype=np.int64)
        key = (*self.key[:at], into, *self.key[at + 1 :])
        places = {name: np.array([one[i] for one in known]) for i, name in enumerate(key)}
        kept = self.only(became >= 0)
        return replace(kept, key=key, places=places, place=became[kept.place])


def counted(
    by, *, force=None, months=None, crimes="acquisitive", lsoas=None, box=None, over=OVER, kind=Cube
):
    """The Cube of a set of crimes by a kind of place.

    Limited, if asked, to a force and to months (no other file is read), to LSOAs, and to a box
    (west, south, east, north) of map points. `over` leaves out months or types nobody wants.
    """
    text, values = question(by, crimes=crimes, lsoas=lsoas, box=box, over=over)
    places, lines, *levels = cube(text, values, _reads(by, over), force=force, months=months)
    level = {name: found[name].astype(str) for name, found in zip(over, levels, strict=True)}
    number = {name: column.astype(np.int64) for name, column in lines.items()}
    none = np.zeros_like(number["n"])
    held = queries.months(force, months) if "month" in over else []
    return kind(
        key=by.key,
        places={name: _plain(column) for name, column in places.items()},
        months=tuple(held),
        types=tuple(level["crime_type"].tolist()) if "crime_type" in over else (),
        place=number["place"],
        month=np.searchsorted(held, level["month"])[number["month"]] if held else none,
        type=number.get("crime_type", none),
        n=number["n"],
    )


def question(by, *, crimes="acquisitive", lsoas=None, box=None, over=OVER):
    """(text, values): what an engine is asked."""
    where, values = _where(by, types_in(crimes), lsoas, box)
    columns = (*by.key, *by.names, *over)
    shown = [f"{by.sql(column)} as {column}" for column in columns]
    if by.names and "month" not in over:
        shown.append("max(month) as month")  # to know the last name of a place
    text = TEXT.format(
        columns=", ".join(shown),
        where=where,
        expressions=", ".join(by.sql(column) for column in columns),
    )
    return text, values


def _where(by, types, lsoas, box):
    """(condition, values) of the text."""
    where, values = [by.where], []
    for column, wanted in (("crime_type", types), ("lsoa", lsoas)):
        if wanted is not None:
            some = sorted(wanted)
            where.append(f"{column} in ({', '.join('?' * len(some)) or 'null'})")
            values += some
    if box is not None:
        west, south, east, north = map(float, box)
        where.append("lon between ? and ? and lat between ? and ?")
        values += [west, east, south, north]
    return " and ".join(where), tuple(values)


def _reads(by, over):
    """What is asked of the cube: its places, its lines, and the values of months and types."""
    key = ", ".join(by.key)
    if by.names:
        yield PLACES.format(
            key=key,
            last="".join(f", last.{name}" for name in by.names),
            packed="".join(f", {name} := coalesce({name}, '')" for name in by.names),
        )
    else:
        yield DISTINCT.format(columns=key)
    numbered = {"place": by.key} | {name: (name,) for name in over}
    yield LINES.format(
        numbers=", ".join(f"{name}s.number as {name}" for name in numbered),
        joins="".join(_numbered(f"{name}s", columns) for name, columns in numbered.items()),
    )
    for name in over:
        yield DISTINCT.format(columns=name)


def _numbered(name, columns):
    # Rows without coordinates are a place as well.
    same = (f"cube.{column} is not distinct from {name}.{column}" for column in columns)
    return NUMBERED.format(name=name, columns=", ".join(columns), same=" and ".join(same))


def _plain(column):
    """Without a mask: NaN for a number that is not there."""
    return np.ma.filled(column, np.nan) if np.ma.isMaskedArray(column) else column
