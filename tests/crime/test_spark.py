"""Apache Spark counts what DuckDB counts: the same text on the same Parquet files."""

import os
import shutil
from importlib.util import find_spec

import pytest
from shapely.geometry import box
from tests.crime.streets import as_csv, crime, month_file, unnamed, unplaced, write_zip

from studytours.core.errors import Refused
from studytours.crime import archive, counting
from studytours.crime.counting import LSOAS, POINTS, STREETS, cells, counted
from studytours.crime.cubes import FORCES
from studytours.crime.models import ForceMonth
from studytours.crime.operations import import_crimes

pytestmark = pytest.mark.one_database  # counted from the files

FORCE = "northamptonshire"
LINE = ("place", "month", "type", "n")
WARDS = {"E01027310": "Queensway", "E01027342": "Queensway", "E01018936": "Camborne"}


@pytest.fixture(scope="session")
def spark():
    """That there is one; its absence is loud here and a failure in CI."""
    missing = [
        name
        for name, there in (("pyspark", find_spec("pyspark")), ("Java", shutil.which("java")))
        if not there
    ]
    if missing:
        message = f"APACHE SPARK IS NOT TESTED: {' and '.join(missing)} not installed"
        if os.getenv("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    # Small questions: what Spark does to be fast on large ones would take most of the time.
    os.environ["PYSPARK_SUBMIT_ARGS"] = (
        "--driver-java-options -XX:TieredStopAtLevel=1 --conf spark.sql.shuffle.partitions=2 "
        "--conf spark.sql.codegen.wholeStage=false pyspark-shell"
    )


@pytest.fixture
def both(spark, settings):
    """both(ask) → what DuckDB and Spark answer."""

    def answers(ask):
        for master in ("", "local[2]"):
            settings.SPARK_MASTER = master
            yield ask()

    return answers


@pytest.fixture(scope="module")
def crimes(spark, for_the_module):
    """Two forces; two months with one between them missing; rows without a place and far away."""
    january = [
        *(crime(n, Longitude=f"{-0.71 - n / 900:.6f}") for n in range(40)),
        *(crime(n, **{"Crime type": "Robbery", "Location": "On or near Mill's Lane"})
          for n in range(100, 110)),
        *(crime(n, **{"LSOA code": "E01027342", "LSOA name": "North Northamptonshire 031D"})
          for n in range(200, 205)),
        crime("far", Longitude="-5.3", Latitude="50.2",
              **{"LSOA code": "E01018936", "LSOA name": "Cornwall 001A"}),
        unnamed(), unnamed(), unplaced(300),
    ]  # fmt: skip
    name = "2025-01/2025-01-northamptonshire-street.csv"
    path = write_zip(
        for_the_module / "crimes.zip",
        (name, as_csv(january)),
        month_file("2025-03", 7),
        month_file("2025-01", 3, "kent"),
    )
    import_crimes([path])


@pytest.mark.parametrize(
    "ask",
    [
        lambda: counted(cells(250), force=FORCE, crimes="all"),
        lambda: counted(cells(1000)),
        lambda: counted(POINTS, force=FORCE, crimes="all"),
        lambda: counted(STREETS, force=FORCE),
        lambda: counted(STREETS, force=FORCE).through(WARDS, "lsoa", "town"),
        lambda: counted(LSOAS, force=FORCE, months=["2025-01"]),
        lambda: counted(LSOAS, force=FORCE).through(WARDS),
        lambda: counted(FORCES, crimes="all"),
        lambda: counted(POINTS, force=FORCE, box=(-0.73, 52.3, -0.71, 52.31)),
    ],
    ids=["cells", "large cells", "points", "streets", "streets by town", "LSOAs of one month",
         "wards", "forces", "points in a box"],
)  # fmt: skip
def test_every_kind_of_cube_is_the_same(crimes, in_its_folder, both, ask):
    duckdb, spark = both(ask)
    assert duckdb.total > 0
    assert as_lines(spark) == as_lines(duckdb)
    assert (spark.months, spark.types) == (duckdb.months, duckdb.types)


def as_lines(cube):
    """The cube as text, in its order."""
    columns = [cube.places[name].tolist() for name in cube.places]
    places = list(zip(*columns, strict=True))
    lines = sorted(
        zip(
            cube.place.tolist(),
            cube.month.tolist(),
            cube.type.tolist(),
            cube.n.tolist(),
            strict=True,
        )
    )
    return repr(places), lines  # as text, because no NaN is another


def test_a_drawn_area_is_the_same(crimes, in_its_folder, both):
    drawn = box(-0.73, 52.3, -0.7165, 52.31)
    duckdb, spark = both(lambda: counting.month_counts(polygon=drawn, crimes="all"))
    assert duckdb.counts.sum() > 0
    assert (spark.force, spark.months, spark.types) == (FORCE, duckdb.months, duckdb.types)
    assert spark.counts.tolist() == duckdb.counts.tolist()


def test_only_the_files_of_the_force_are_read(crimes, in_its_folder, both):
    kent = archive.root() / ForceMonth.objects.get(force="kent").file
    whole = kent.read_bytes()
    kent.write_bytes(b"broken")
    try:
        duckdb, spark = both(lambda: counted(LSOAS, force=FORCE, crimes="shoplifting").total)
        assert duckdb == spark == 0
        with pytest.raises(Refused, match="missing or damaged"):
            counted(LSOAS, force="kent")
    finally:
        kent.write_bytes(whole)


def test_nothing_is_left_in_the_archive(crimes, in_its_folder, both):
    list(both(lambda: counted(FORCES, months=["2025-03"])))
    assert not list((archive.root() / ".cubes").iterdir())
