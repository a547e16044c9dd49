"""Apache Spark as the engine that counts. Optional: the extra `spark`, and Java.

It is handed the files by name, so it opens those of the force and months asked for and no
others. All its machines must see the archive's folder under the same path.
"""

import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from studytours.core.errors import TryLater

from .engines import Unreadable

# How Spark names a file that is not there or is no Parquet.
_UNREADABLE = ("PATH_NOT_FOUND", "CANNOT_READ_FILE_FOOTER", "FAILED_READ_FILE")


@contextmanager
def counted(text, values, files, master):
    """The Parquet files with the answer of the text; they are gone after the block."""
    folder = Path(settings.CRIME_ARCHIVE) / ".cubes"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as made:
        target = Path(made) / "cube"
        try:
            # A session of its own: views of questions asked at the same time do not mix.
            session = _spark(master).newSession()
            session.read.parquet(*map(_url, files)).createOrReplaceTempView("crimes")
            session.sql(text, args=list(values)).write.parquet(_url(target))
        except (PySparkException, Py4JError) as error:
            if any(name in str(error) for name in _UNREADABLE):
                raise Unreadable(str(error)) from error
            raise TryLater(f"Apache Spark at {master} did not count.") from error
        yield sorted(target.glob("*.parquet"))


def _spark(master):
    """The one Spark of this process, started at its first question."""
    # Its own guess is whatever `python3` is first in the path.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    start = SparkSession.builder.master(master).appName("studytours")
    if master.startswith("local"):
        # Nobody else is to reach it, and a laptop's name may lead nowhere.
        start = start.config("spark.driver.host", "127.0.0.1")
    for option in ("spark.ui.enabled", "spark.ui.showConsoleProgress"):
        start = start.config(option, "false")
    spark = start.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def _url(path):
    """A file of this machine, whatever file system Spark takes paths to be of."""
    return f"file://{path}"
