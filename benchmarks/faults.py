"""Is anything ever lost? 10,000 observations and 3,000 photos through every fault we can think of.

Real server processes on SQLite (or another database by FAULTS_DATABASE), killed with SIGKILL in the
middle of writes; phones that run the app's own modules, most in Node, some in Chromium; between
them a line that spoils a third of all calls. The same seed gives the same notes, pictures and
faults; how the processes meet each other is the machine's. No peer: the numbers to compare with
are three noughts.

    python -m benchmarks.faults --json [--seed 1] [--observations 10000] [--photos 3000]
"""

import argparse
import json
import os
import sys
import tempfile
import time

from tests.faults import browser
from tests.faults.harness import Plan, run

from ._part import machine

CHROMIUM_PHONES, NOTES_EACH = 8, 12


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--json", action="store_true")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--observations", type=int, default=10_000)
    options.add_argument("--photos", type=int, default=3_000)
    asked = options.parse_args()
    plan = Plan(
        observations=asked.observations, photos=asked.photos, seed=asked.seed, kills=20,
        phones=max(asked.observations // 25, 8), at_once=40,
    )  # fmt: skip
    in_chromium = browser.phones_in_chromium(CHROMIUM_PHONES, NOTES_EACH, asked.seed)
    database = os.getenv("FAULTS_DATABASE")
    with tempfile.TemporaryDirectory() as home:
        began = time.perf_counter()
        seen = run(plan, home, browser=in_chromium, database=database)
        seconds = round(time.perf_counter() - began, 1)
    result = {
        "name": "faults", "machine": machine(), "seed": asked.seed,
        "database": "another" if database else "SQLite", "seconds": seconds, "ours": seen,
        "limits": {"lost": 0, "doubled": 0, "altered": 0},
    }  # fmt: skip
    sys.stdout.write((json.dumps(result, indent=2) if asked.json else str(result)) + "\n")
    return any(seen[name] for name in ("lost", "doubled", "altered", "unsent"))


if __name__ == "__main__":
    sys.exit(main())
