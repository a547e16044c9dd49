"""A big evening: 500 phones send ten notes with a photo of 400 kB each, to one server on SQLite.

The server is `studytours serve` (web and worker). The phones are one lean process on the same
machine (benchmarks/_burst_phones.py), which takes its share of the two cores; how much is in the
answer. They begin within `over_seconds` of each other. The peer is the floor: a bare WSGI
application, under granian as ours is, that writes the bytes to a file, has the disk keep them, and
answers.

    python -m benchmarks.burst --json [--phones 500] [--over 0]
"""

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from tests.faults.server import Server

from ._part import machine

NOTES, PHOTO_BYTES = 10, 400_000


class Memory:
    """The highest memory of a family of processes, in MB: what they share counts once."""

    def __init__(self, family):
        self.family, self.peak = family, 0
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *error):
        self.done.set()
        self.thread.join()

    def _watch(self):
        while not self.done.wait(0.5):
            self.peak = max(self.peak, sum(map(kilobytes, self.family())) // 1024)


def kilobytes(pid):
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:  # it has ended meanwhile
        return 0
    return sum(int(row.split()[1]) for row in text.splitlines() if row.startswith("Pss:"))


def burst(server, tokens, folder, over):
    plan = Path(folder) / "burst.json"
    wanted = {"tokens": tokens, "notes": NOTES, "photo_bytes": PHOTO_BYTES, "seconds": over}
    plan.write_text(json.dumps(wanted))
    command = [sys.executable, "-m", "benchmarks._burst_phones", server.address, str(plan)]
    with Memory(server.family) as memory:
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout) | {"peak_mb": memory.peak}


def ours(phones, over):
    with tempfile.TemporaryDirectory() as home:
        server = Server(home)
        (code,) = server.ask("prepare", 1)["codes"]
        tokens = server.ask("tokens", code, phones)
        server.start()
        try:
            result = burst(server, tokens, home, over)
        finally:
            server.stop()
        held = server.ask("held")
    wrong = len(held["wrong"]) + held["told_twice"]
    return result | {
        "received": {"observations": len(held["observations"]), "photos": len(held["photos"])},
        "wrong": wrong,
    }


class Floor(Server):
    """The least that can be done with the bytes."""

    def start(self):
        home = self.environment["STUDYTOURS_HOME"]
        command = [
            sys.executable, "-m", "granian", "benchmarks._burst_floor:application", "--interface",
            "wsgi", "--port", str(self.port), "--workers", "2", "--blocking-threads", "8",
        ]  # fmt: skip
        self.process = subprocess.Popen(
            command, env=self.environment | {"FLOOR": home}, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(2)


def floor(phones, over):
    with tempfile.TemporaryDirectory() as home:
        server = Floor(home)
        server.start()
        try:
            return burst(server, ["none"] * phones, home, over)
        finally:
            server.stop()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--json", action="store_true")
    options.add_argument("--phones", type=int, default=500)
    options.add_argument("--over", type=float, default=0.0, help="seconds in which they begin")
    asked = options.parse_args()
    mine, peer = ours(asked.phones, asked.over), floor(asked.phones, asked.over)
    result = {
        "name": "burst", "machine": machine(), "phones": asked.phones,
        "notes_each": NOTES, "photo_bytes": PHOTO_BYTES, "over_seconds": asked.over,
        "ours": mine, "bare_wsgi_write_fsync": peer,
        "ratio": round(mine["seconds"] / peer["seconds"], 2),
        "limits": {"texts_p95": 1.0, "peak_mb": 500},
    }  # fmt: skip
    sys.stdout.write((json.dumps(result, indent=2) if asked.json else str(result)) + "\n")


if __name__ == "__main__":
    main()
