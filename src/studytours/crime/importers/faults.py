"""What is wrong with a street file, once it is known that something is.

The import itself only asks whether all rows are good, which is quick. Here the rows are read
again as text, to name the first that is not, and why.
"""

import duckdb

from studytours.core.errors import BadFile
from studytours.core.geometry import UK

from .sources import AS_PUBLISHED

_WEST, _SOUTH, _EAST, _NORTH = UK
_PLACED = "not (lon is null and lat is null)"
_LON_BAD = f"coalesce(try_cast(lon as double) not between {_WEST} and {_EAST}, true)"
_LAT_BAD = f"coalesce(try_cast(lat as double) not between {_SOUTH} and {_NORTH}, true)"


def read_csv(columns, coordinate):
    """The CSV in SQL, nothing guessed: coordinates of this type, all other columns text."""
    named = ", ".join(
        f"'{column}': '{coordinate if column in ('lon', 'lat') else 'varchar'}'"
        for column in columns
    )
    return f"""read_csv(?, columns = {{{named}}}, auto_detect = false, header = true,
        delim = ',', quote = '"', escape = '"', strict_mode = true)"""


def refuse(cursor, file, staged, columns):
    """Raise BadFile for the first row of a staged CSV that is wrong."""
    cursor.execute("drop table if exists street")
    try:
        cursor.execute(
            f"create temp table street as from {read_csv(columns, 'varchar')}",
            [str(staged)],
        )
    except duckdb.InvalidInputException as error:
        raise _broken_row(file, error) from error
    if not cursor.execute("select count(*) from street").fetchone()[0]:
        raise BadFile(file.name, "no row follows the header.", cure="Download it again.")
    for title, column, wrong, why in (
        ("Month", "month", f"month is distinct from '{file.month}'", _not_the_month),
        ("Crime type", "crime_type", "crime_type is null", lambda *_: "it is empty."),
        ("Longitude", "lon", f"{_PLACED} and {_LON_BAD}", _not_a_place),
        ("Latitude", "lat", f"{_PLACED} and {_LAT_BAD}", _not_a_place),
    ):
        # The header is row 1.
        found = cursor.execute(
            f"select rowid + 2, {column} from street where {wrong} order by rowid limit 1"  # noqa: S608
        ).fetchone()
        if found:
            row, value = found
            raise BadFile(file.name, why(value, file), row=row, field=title, cure=AS_PUBLISHED)
    raise BadFile(file.name, "its rows cannot be read.", cure=AS_PUBLISHED)


def _broken_row(file, error):
    """DuckDB's complaint about a line, as ours."""
    lines = str(error).splitlines()
    number = lines[0].rpartition(":")[2].strip()
    why = "this row does not have its twelve columns, or a quotation mark is not closed."
    row = int(number) if number.isdigit() else None
    return BadFile(file.name, why, row=row, cure=AS_PUBLISHED)


def _not_the_month(value, file):
    return f"“{value or ''}” is not {file.month}, the month in the file's name."


def _not_a_place(value, _file):
    if value is None:
        return "it is empty, but the other coordinate is given."
    try:
        float(value)
    except ValueError:
        return f"“{value}” is not a number."
    return f"{value} is outside the United Kingdom."
