"""The folder of the archive: which Parquet files count, and asking them.

Rows of ForceMonth say which file is the one of a force and month; a file that no row names
is a leftover. Readers ask for the forces and months they need and no other file is opened.
"""

import fcntl
import shutil
import tempfile
import time
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from studytours.core.errors import Refused

from . import engines
from .models import ForceMonth


def root():
    """The folder of the archive, made when it is not there."""
    folder = Path(settings.CRIME_ARCHIVE)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def staging_root():
    return root() / ".staging"


@contextmanager
def staging():
    """A folder for one import; gone afterwards, whatever happens."""
    staging_root().mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=staging_root()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def one_at_a_time(waiting=None):
    """Only one import writes at a time. A killed process lets go of the lock by itself."""
    with (root() / ".lock").open("w") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if waiting:
                    waiting()
                time.sleep(0.2)
        yield


def leftovers():
    """Parquet files that no ForceMonth names: of an import that was killed."""
    named = set(ForceMonth.objects.values_list("file", flat=True))
    return [file for file in root().glob("*/*.parquet") if _name(file) not in named]


def _name(file):
    return file.relative_to(root()).as_posix()


def current_files(force=None, months=None):
    """The files that count, in order; of one force and of some months if asked."""
    held = ForceMonth.objects.order_by("force", "month")
    if force is not None:
        held = held.filter(force=force)
    if months is not None:
        held = held.filter(month__in=list(months))
    return tuple(held.values_list("file", flat=True))


def ask(sql, values=(), *, force=None, months=None):
    """Run SQL on the view `crimes` of a force and months: columns as NumPy arrays by name."""
    return cube(sql, values, ["from cube"], force=force, months=months)[0]


def cube(sql, values, reads, *, force=None, months=None):
    """Run SQL on the view `crimes`, and then reads on its answer, which they call `cube`.

    The columns of each read are NumPy arrays by name. Answers are kept while the archive stays
    as it is; they must not be changed.
    """
    files = current_files(force, months)
    asked = sql, tuple(values), tuple(reads)
    try:
        return _answers(*asked, files, settings.SPARK_MASTER)
    except engines.Unreadable as error:
        now = current_files(force, months)
        if now != files:  # an import replaced a month since we looked
            return _answers(*asked, now, settings.SPARK_MASTER)
        raise Refused(
            "A file of the crime archive is missing or damaged.",
            cure="Import the crime files again; nothing else is lost.",
        ) from error


@lru_cache(maxsize=8)
def _answers(sql, values, reads, files, master):
    return engines.answers(sql, values, reads, [root() / file for file in files], master)
