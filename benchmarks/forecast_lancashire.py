"""Which ranking foresees Lancashire's crimes: decayed counts beside the methods they replace.

Real recorded crime (acquisitive, December 2019 to December 2025 with its gaps), squares of 250 m,
ten rolling dates, the next twelve months. Each method ranks the same squares from the same past.
`hit_rate` is the mean over the dates in 1, 2 and 5 % of the area, `by_date` that in 5 %;
`seconds` is for all ranking and scoring of one method in a process of its own. `command` is
`studytours check_forecast` from a cold process, with every method.

    python -m benchmarks.forecast_lancashire --json [--cell 250]
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import _part

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
ZIPS = ("police-uk-lancashire-street.zip", "police-uk-lancashire-street-2025.zip")
FORCE, RUNS = "lancashire", 5
OURS = "decayed_counts"
PEERS = ("counts_3", "counts_12", "counts_36", "kde", "gi_star")


def part(method, cell):
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "studytours.config.settings"
    django.setup()
    from placestats import compare_forecasts
    from placestats.forecast.rivals import RIVALS
    from studytours.areas.checking import recorded
    from studytours.areas.outlook import numbers_of
    from studytours.crime.queries import months

    held = months(FORCE)
    x, y, counts = recorded(FORCE, "acquisitive", held)
    options = {"months": numbers_of(held), "cell": cell, "rivals": {method: RIVALS[method]}}
    found, figures = _part.timed(lambda: compare_forecasts(x, y, counts, **options), RUNS)
    hits, limit = found.mean(found.hits).tolist()
    figures |= {"hit_rate": hits, "pei": found.mean(found.pei)[0].tolist()}
    figures["by_date"] = found.hits[0, :, -1].tolist()
    about = {"cells": found.cells, "dates": len(found.start), "shares": found.shares}
    print(json.dumps({"figures": figures, "limit": limit, "about": about}))


def command(cell):
    """The whole command, start and imports included; `processor_seconds` are its own work."""
    asked = [sys.executable, "-m", "studytours", "check_forecast", "--force", FORCE, "--json"]
    seconds, worked = [], []
    for _ in range(RUNS):
        started = time.perf_counter()
        child = subprocess.Popen([*asked, "--cell", str(cell)], stdout=subprocess.PIPE)
        printed = child.stdout.read()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds.append(round(time.perf_counter() - started, 2))
        worked.append(round(used.ru_utime + used.ru_stime, 2))
    return {
        "seconds": statistics.median(seconds),
        "runs": seconds,
        "processor_seconds": statistics.median(worked),
        "verdict": json.loads(printed)["verdict"]["answer"],
    }


def compare(cell):
    with tempfile.TemporaryDirectory() as home:
        os.environ["STUDYTOURS_HOME"] = home
        os.environ.pop("DATABASE_URL", None)
        studytours = [sys.executable, "-m", "studytours"]
        subprocess.run([*studytours, "migrate", "-v0"], check=True)
        paths = [str(SHARED / name) for name in ZIPS]
        subprocess.run(
            [*studytours, "import_crimes", *paths, "--json"], stdout=subprocess.DEVNULL, check=True
        )
        parts = {
            name: _part.run(__spec__.name, "--part", name, "--cell", cell)
            for name in (OURS, *PEERS)
        }
        whole = command(cell)
    figures = {name: one["figures"] for name, one in parts.items()}
    ours = figures.pop(OURS)
    leads = {name: ours["hit_rate"][-1] - one["hit_rate"][-1] for name, one in figures.items()}
    return {
        "name": "forecast_lancashire",
        "machine": _part.machine(),
        "files": ZIPS,
        "cell": cell,
        **parts[OURS]["about"],
        "ours": ours,
        **figures,
        "perfect_foresight": {"hit_rate": parts[OURS]["limit"]},
        "lead_in_largest_share": leads,
        "at_least_as_good_as_every_peer": min(leads.values()) >= 0,
        "command": whole,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="accepted; JSON is all it prints")
    parser.add_argument("--cell", type=int, default=250)
    parser.add_argument("--part", choices=(OURS, *PEERS), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.part:
        part(asked.part, asked.cell)
    else:
        print(json.dumps(compare(asked.cell), indent=2))


if __name__ == "__main__":
    main()
