"""One staged CSV → one Parquet file and its counts, by DuckDB.

Rows that have a Crime ID and are identical in every column are kept once. Identical rows
without an ID are separate incidents at one anonymous map point and all stay. A Crime ID that
repeats with anything different is never a reason to drop a row.

Each map point is written with its metres on the British National Grid as well, so that cells
of any size can be counted later without measuring again.
"""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np

from studytours.core.geometry import UK, to_grid

from . import faults
from .staging import COLUMNS

# A row is outside its force when its authority (the LSOA's name less its last part) holds less
# than this share of the force's located rows of the month. Each authority a force polices
# holds more (Rutland, the least of Leicestershire: 1.7 %); a neighbour's rows that were placed
# across the border are fewer (Coventry in Warwickshire: 0.6 %). See README.md.
OWN_SHARE = 0.0075

_WEST, _SOUTH, _EAST, _NORTH = UK
_UNPLACED = "(lon is null and lat is null)"

COUNT = f"""
    select crime_type, count(*),
           count(*) filter ({_UNPLACED}),
           count(*) filter (month is distinct from ?
               or not ({_UNPLACED} or coalesce(
                   lon between {_WEST} and {_EAST} and lat between {_SOUTH} and {_NORTH}, false)))
    from street group by 1 order by 2 desc, 1
"""  # noqa: S608 (only names of our own)

LSOAS = "select lsoa_name, count(*) from street where lsoa_name is not null group by 1"

# Rows that are identical in every column share this number; few others do.
PRINTS = """
    select hash(crime_id, lsoa, location, lon, lat, crime_type, outcome) as print
    from street where crime_id is not null
"""
# Only rows whose ID repeats can be identical, and those are few.
DROP_DUPLICATES = f"""
    delete from street where rowid in (
        select rowid from (
            select rowid, row_number() over (
                partition by {", ".join(COLUMNS.values())} order by rowid) as copy
            from street semi join (
                select crime_id from street where crime_id is not null
                group by crime_id having count(*) > 1) using (crime_id))
        where copy > 1)
"""  # noqa: S608 (only names of our own)


@dataclass(frozen=True)
class Counts:
    """What one force-month holds. All but the last are of the rows as they came."""

    rows: int
    no_coordinates: int
    outside_force: int
    by_type: dict = field(default_factory=dict)
    exact_duplicates_dropped: int = 0


def connect(spill: Path):
    """A DuckDB for importing: small, and spilling to `spill` before it grows.

    One thread in each connection: a month's file is too small to share out, so files are.
    """
    return duckdb.connect(
        config={"memory_limit": "200MB", "threads": 1, "temp_directory": str(spill)}
    )


def convert(connection, file, staged, columns, target):
    """Check and count the staged CSV of a StreetFile and write it as Parquet."""
    cursor = connection.cursor()
    try:
        _read(cursor, file, staged, columns)
        by_type, unplaced = _counted(cursor, file, staged, columns)
        outside = _outside(cursor.execute(LSOAS).fetchall())
        dropped = cursor.execute(DROP_DUPLICATES).fetchone()[0] if _any_alike(cursor) else 0
        _write(cursor, file, target)
        return Counts(sum(by_type.values()), unplaced, outside, by_type, dropped)
    finally:
        cursor.close()


def _read(cursor, file, staged, columns):
    """The rows as the table `street`, or the refusal of the first that cannot be read."""
    try:
        cursor.execute(
            f"create temp table street as from {faults.read_csv(columns, 'double')}",
            [str(staged)],
        )
    except (duckdb.InvalidInputException, duckdb.ConversionException):
        faults.refuse(cursor, file, staged, columns)


def _counted(cursor, file, staged, columns):
    """(rows by type, rows without coordinates), or the refusal of the first row that is wrong."""
    found = cursor.execute(COUNT, [file.month]).fetchall()
    by_type = {crime_type: rows for crime_type, rows, _, _ in found}
    if not found or None in by_type or any(wrong for *_, wrong in found):
        faults.refuse(cursor, file, staged, columns)
    return by_type, sum(unplaced for _, _, unplaced, _ in found)


def _outside(lsoas):
    """How many of the rows are in authorities that hold too few to be the force's own."""
    by_authority = Counter()
    for name, rows in lsoas:
        by_authority[name.rpartition(" ")[0] or name] += rows
    least = OWN_SHARE * by_authority.total()
    return sum(rows for rows in by_authority.values() if rows < least)


def _any_alike(cursor):
    """Is any row with a Crime ID perhaps like another?"""
    prints = cursor.execute(PRINTS).fetchnumpy()["print"]
    return len(np.unique(prints)) < len(prints)


def _measured(cursor):
    """(rows,) whole metres on the National Grid, true to two; zero where there is no place."""
    places = cursor.execute("select lon, lat from street").fetchnumpy()
    lon, lat = (np.ma.filled(places[name], np.nan) for name in ("lon", "lat"))
    points, of_row = np.unique(lon + 1j * lat, return_inverse=True)  # each is measured once
    metres = np.nan_to_num(to_grid(points.real, points.imag), posinf=0.0)
    return dict(
        zip(("easting", "northing"), np.floor(metres).astype(np.int32)[:, of_row], strict=True)
    )


def _write(cursor, file, target):
    """In the order of the file, which is by LSOA, so that an area's rows lie together."""
    cursor.register("metres", _measured(cursor))
    # An enum of one value is written without looking at every row again.
    force, month = (f"'{text}'::enum('{text}')" for text in file.key)
    placed = ("if(lon is null, null, easting)", "if(lon is null, null, northing)")
    cursor.execute(
        f"""copy (
                select {force} as force, {month} as month, lsoa, lsoa_name, lon, lat, location,
                       crime_type, outcome, crime_id, reported_by, falls_within, context,
                       {placed[0]} as easting, {placed[1]} as northing
                from street positional join metres
            ) to '{str(target).replace("'", "''")}'
            (format parquet, compression zstd, compression_level 1)
        """  # noqa: S608 (force and month match the patterns of sources, the target is ours)
    )
    cursor.unregister("metres")
