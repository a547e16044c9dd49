"""Who runs the counting text: DuckDB in this process, or Apache Spark on more than one machine.

Both make a view `crimes` of the Parquet files they are given and run the same text on it. Spark
writes what it counted as Parquet again, so that all reading of the small cube is DuckDB's.
"""

from contextlib import contextmanager

import duckdb

COLUMNS = (
    "force varchar, month varchar, lsoa varchar, lsoa_name varchar, lon double, lat double, "
    "location varchar, crime_type varchar, outcome varchar, crime_id varchar, "
    "reported_by varchar, falls_within varchar, context varchar, easting integer, northing integer"
)


class Unreadable(Exception):
    """A Parquet file is missing or damaged."""


def answers(text, values, reads, files, master=""):
    """The text counted over these files, then each read of its `cube`: arrays by column name."""
    # The reads put in order what they need so.
    config = {"memory_limit": "1GB", "preserve_insertion_order": False}
    with duckdb.connect(config=config) as connection:
        if master and files:
            from . import spark  # a second to load, and few have it

            with spark.counted(text, values, files, master) as parts:
                connection.execute(f"create table cube as from {_parquet(parts)}")
        else:
            with _readable():
                _make_view(connection, files)
                connection.execute(f"create table cube as {text}", list(values))
        return tuple(connection.execute(read).fetchnumpy() for read in reads)


@contextmanager
def _readable():
    try:
        yield
    except (duckdb.IOException, duckdb.InvalidInputException) as error:
        raise Unreadable(str(error)) from error


def _make_view(connection, files):
    if files:
        connection.execute(f"create view crimes as from {_parquet(files)}")
    else:
        connection.execute(f"create table crimes ({COLUMNS})")


def _parquet(files):
    """A view takes no parameters; the names are ours, and quoted."""
    names = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
    return f"read_parquet([{names}])"
