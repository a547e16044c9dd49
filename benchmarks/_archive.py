"""An archive of recorded crime made by the real import, for what is measured on it."""

import os
import subprocess
import sys
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
STUDYTOURS = [sys.executable, "-m", "studytours"]


def environment(home):
    """Of a process that works below `home`, on SQLite, counting with DuckDB."""
    own = {**os.environ, "STUDYTOURS_HOME": str(home)}
    return {k: v for k, v in own.items() if k not in ("DATABASE_URL", "STUDYTOURS_SPARK_MASTER")}


def empty(home):
    subprocess.run([*STUDYTOURS, "migrate", "-v0"], env=environment(home), check=True)


def imported(home, path):
    """The Parquet files of an archive below `home` that holds this zip or folder."""
    empty(home)
    command = [*STUDYTOURS, "import_crimes", str(path)]
    subprocess.run(command, env=environment(home), check=True, stdout=subprocess.DEVNULL)
    return sorted((Path(home) / "crime").glob("*/*.parquet"))


def set_up(home):
    """Django in this process, on that archive."""
    os.environ.update(environment(home))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studytours.config.settings")
    import django

    django.setup()
