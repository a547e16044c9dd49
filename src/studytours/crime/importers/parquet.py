"""One staged CSV → one Parquet file and its counts, by DuckDB.

Rows that have a Crime ID and are identical in every column are kept once. Identical rows
without an ID are separate incidents at one anonymous map point and all stay. A Crime ID that
repeats with anything different is never a reason to drop a row.
"""

from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from studytours.core.errors import BadFile
from studytours.core.geometry import UK

from .sources import AS_PUBLISHED
from .staging import COLUMNS

# A row is outside its force when its authority (the LSOA's name less its last part) holds less
# than this share of the force's located rows of the month. Each authority a force polices
# holds more (Rutland, the least of Leicestershire: 1.7 %); a neighbour's rows that were placed
# across the border are fewer (Coventry in Warwickshire: 0.6 %). See README.md.
OWN_SHARE = 0.0075

_WEST, _SOUTH, _EAST, _NORTH = UK
_LON_BAD = f"coalesce(try_cast(lon as double) not between {_WEST} and {_EAST}, true)"
_LAT_BAD = f"coalesce(try_cast(lat as double) not between {_SOUTH} and {_NORTH}, true)"
_UNPLACED = "(lon is null and lat is null)"

COUNT = f"""
    select count(*),
           count(*) filter ({_UNPLACED}),
           count(*) filter (month is distinct from ?),
           count(*) filter (crime_type is null),
           count(*) filter (not {_UNPLACED} and {_LON_BAD}),
           count(*) filter (not {_UNPLACED} and {_LAT_BAD})
    from street
"""  # noqa: S608 (only names of our own)

OUTSIDE = r"""
    with lsoa as (
        select lsoa_name, count(*) as n from street where lsoa_name is not null group by 1),
    authority as (
        select regexp_replace(lsoa_name, '\s+\S+$', '') as name, sum(n) as n from lsoa group by 1)
    select coalesce(sum(n), 0) from authority
    where n < ? * (select sum(n) from lsoa)
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
        rows, unplaced = _checked(cursor, file)
        by_type = dict(
            cursor.execute(
                "select crime_type, count(*) from street group by 1 order by 2 desc, 1"
            ).fetchall()
        )
        outside = cursor.execute(OUTSIDE, [OWN_SHARE]).fetchone()[0]
        dropped = cursor.execute(DROP_DUPLICATES).fetchone()[0]
        _write(cursor, file, target)
        return Counts(rows, unplaced, int(outside), by_type, dropped)
    finally:
        cursor.close()


def _read(cursor, file, staged, columns):
    """The CSV as text, column by column; DuckDB guesses nothing."""
    named = ", ".join(f"'{column}': 'varchar'" for column in columns)
    try:
        cursor.execute(
            f"""create temp table street as
                select * from read_csv(?, columns = {{{named}}}, auto_detect = false,
                    header = true, delim = ',', quote = '"', escape = '"', strict_mode = true)
            """,  # noqa: S608 (the names of COLUMNS)
            [str(staged)],
        )
    except duckdb.InvalidInputException as error:
        raise _broken_row(file, error) from error


def _broken_row(file, error):
    """DuckDB's complaint about a line, as ours."""
    lines = str(error).splitlines()
    number = lines[0].rpartition(":")[2].strip()
    why = "this row does not have its twelve columns, or a quotation mark is not closed."
    row = int(number) if number.isdigit() else None
    return BadFile(file.name, why, row=row, cure=AS_PUBLISHED)


def _checked(cursor, file):
    """(rows, rows without coordinates), or the first row that is wrong and why."""
    rows, unplaced, months, types, lons, lats = cursor.execute(COUNT, [file.month]).fetchone()
    if not rows:
        raise BadFile(file.name, "no row follows the header.", cure="Download it again.")
    if months:
        row, value = _first(cursor, "month", "month is distinct from $1", [file.month])
        why = f"“{value or ''}” is not {file.month}, the month in the file's name."
        raise BadFile(file.name, why, row=row, field="Month", cure=AS_PUBLISHED)
    if types:
        row, _ = _first(cursor, "crime_type", "crime_type is null")
        raise BadFile(file.name, "it is empty.", row=row, field="Crime type", cure=AS_PUBLISHED)
    for count, column, bad, title in (
        (lons, "lon", _LON_BAD, "Longitude"),
        (lats, "lat", _LAT_BAD, "Latitude"),
    ):
        if count:
            row, value = _first(cursor, column, f"not {_UNPLACED} and {bad}")
            raise BadFile(
                file.name, _why_not_placed(value), row=row, field=title, cure=AS_PUBLISHED
            )
    return rows, unplaced


def _why_not_placed(value):
    if value is None:
        return "it is empty, but the other coordinate is given."
    try:
        float(value)
    except ValueError:
        return f"“{value}” is not a number."
    return f"{value} is outside the United Kingdom."


def _first(cursor, column, condition, values=()):
    """(row in the file, value) of the first row that fulfils the condition; the header is row 1."""
    return cursor.execute(
        f"select rowid + 2, {column} from street where {condition} order by rowid limit 1",  # noqa: S608
        list(values),
    ).fetchone()


def _write(cursor, file, target):
    """Sorted by LSOA, so that an area's rows lie together."""
    cursor.execute(
        f"""copy (
                select '{file.force}' as force, month, lsoa, lsoa_name,
                       cast(lon as double) as lon, cast(lat as double) as lat, location,
                       crime_type, outcome, crime_id, reported_by, falls_within, context
                from street order by lsoa, location
            ) to '{str(target).replace("'", "''")}'
            (format parquet, compression zstd, compression_level 1)
        """  # noqa: S608 (the force matches sources.STREET, the target is ours)
    )
