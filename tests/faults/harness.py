"""Phones, a bad line and a server that dies: nothing lost, nothing doubled, nothing changed."""

import base64
import io
import json
import random
import subprocess
import threading
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from .server import Server

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Plan:
    """How much is sent, and how bad the line is. Everything else follows from the seed."""

    observations: int
    photos: int
    phones: int
    kills: int
    at_once: int = 24
    share: float = 0.35  # of the calls are spoilt
    walks: int = 2
    seed: int = 1

    def kill_at(self):
        """After so many calls the server dies; the last quarter is left for arriving."""
        last = int((self.observations + self.photos) * 0.75)
        return sorted(random.Random(self.seed).sample(range(20, last), self.kills))


def picture():
    file = io.BytesIO()
    Image.linear_gradient("L").resize((96, 64)).save(file, "JPEG")
    return base64.b64encode(file.getvalue()).decode()


class Phones:
    """The walkers of phones.mjs, and the line that a browser's phones use too."""

    def __init__(self, plan, server, codes, ledger):
        self.server, self.ledger = server, ledger
        wanted = {
            "server": server.address, "codes": codes, "seed": plan.seed, "share": plan.share,
            "observations": plan.observations, "photos": plan.photos, "phones": plan.phones,
            "at_once": plan.at_once, "kills": plan.kill_at(), "picture": picture(),
            "ledger": str(ledger),
        }  # fmt: skip
        self.process = subprocess.Popen(
            ["node", "tests/faults/phones.mjs", json.dumps(wanted)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.line = json.loads(self.process.stdout.readline())["line"]
        self.walked = threading.Event()
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()

    def _listen(self):
        for said in self.process.stdout:
            if "kill" in said:
                self.server.kill()
                self.server.start()
            else:
                self.walked.set()
        self.walked.set()  # it ended, well or not

    def wait(self, seconds):
        if not self.walked.wait(seconds):
            raise TimeoutError("The phones did not come to an end.")

    def close(self):
        self.process.stdin.close()
        if self.process.wait(60):
            raise RuntimeError("The phones failed; see above.")
        return json.loads(self.ledger.read_text())

    def end(self):
        self.process.kill()
        self.process.wait()
        self.listener.join(60)
        self.process.stdin.close()
        self.process.stdout.close()


def run(plan, home, *, browser=None, database=None, seconds=3600):
    """What was sent, what is held, and where the two differ. `browser(phones, codes)` may add a
    ledger of its own: phones in a real browser, on the same line."""
    server = Server(home, database=database)
    codes = server.ask("prepare", plan.walks)["codes"]
    with ExitStack() as after:
        after.callback(server.stop)
        server.start()
        phones = Phones(plan, server, codes, Path(home) / "ledger.json")
        after.callback(phones.end)
        seen = browser(phones, codes) if browser else {}
        phones.wait(seconds)
        ledger = phones.close()
    if ledger["saved"] != len(ledger["observations"]):
        raise AssertionError("A phone has lost a note by itself.")
    for kind in ("observations", "photos"):
        ledger[kind] |= seen.get(kind, {})
    ledger["faults"] |= seen.get("faults", {}) | {"server_killed": server.kills}
    return verdict(ledger, server.ask("held"))


def verdict(ledger, held):
    """Three numbers that must be nought, and what was done to the phones."""
    kinds = ("observations", "photos")
    return {
        "observations": len(ledger["observations"]),
        "photos": len(ledger["photos"]),
        "lost": sum(len(ledger[kind].keys() - held[kind].keys()) for kind in kinds),
        "doubled": sum(len(held[kind].keys() - ledger[kind].keys()) for kind in kinds)
        + held["told_twice"],
        "altered": len(held["wrong"])
        + sum(
            held[kind][name] != ledger[kind][name]
            for kind in kinds
            for name in ledger[kind].keys() & held[kind].keys()
        ),
        "unsent": ledger["unsent"],
        "faults": ledger["faults"],
        "calls": ledger["calls"],
        "held": {
            name: held[name]
            for name in (
                "findings", "clocks_noted", "notes_without_event", "files_without_a_row",
                "left_after_clearing", "half_files", "pictures_not_made",
            )
        },
    }  # fmt: skip
