"""Months imported before get the metres of their map points on the National Grid.

A new file stands beside each old one and its row names the new; the old ones, or the new ones if
this is broken off, are leftovers that the next import removes.
"""

from pathlib import Path

import duckdb
import numpy as np
from django.conf import settings
from django.db import migrations

from studytours.core.geometry import to_grid


def add_metres(apps, schema_editor):
    archive = Path(settings.CRIME_ARCHIVE)
    with duckdb.connect(config={"memory_limit": "200MB"}) as connection:
        for month in apps.get_model("crime", "ForceMonth").objects.all():
            old = archive / month.file
            if not old.exists():  # an archive may be left out of a back-up, and imported again
                continue
            if has_metres(connection, old):
                continue
            new = old.with_name(f"{old.stem}-grid.parquet")
            rewrite(connection, old, new)
            month.file = new.relative_to(archive).as_posix()
            month.save(update_fields=["file"])


def has_metres(connection, file):
    names = connection.execute("select name from parquet_schema(?)", [str(file)]).fetchall()
    return ("easting",) in names


def rewrite(connection, old, new):
    points = connection.execute(
        "select distinct lon, lat from read_parquet(?) where lon is not null", [str(old)]
    ).fetchnumpy()
    easting, northing = to_grid(points["lon"], points["lat"])
    metres = {"easting": easting, "northing": northing}
    connection.register(
        "grid", points | {name: np.floor(at).astype(np.int32) for name, at in metres.items()}
    )
    old, new = (str(file).replace("'", "''") for file in (old, new))
    connection.execute(
        f"""copy (
                select crimes.*, easting, northing
                from read_parquet('{old}') as crimes left join grid using (lon, lat)
            ) to '{new}' (format parquet, compression zstd, compression_level 1)"""  # noqa: S608 (names of our own files)
    )


class Migration(migrations.Migration):
    dependencies = [("crime", "0001_initial")]

    operations = [migrations.RunPython(add_metres, migrations.RunPython.noop)]
