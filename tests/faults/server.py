"""Real server processes in a home of their own: started, killed in the middle of a write, started
again. And, in a process of its own, what they hold in the end."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """`studytours serve`: the web server and the worker, as a deployment runs them."""

    def __init__(self, home, *, port=None, threads=None, database=None):
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.threads = threads
        # SQLite in that home, unless another database is named.
        elsewhere = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.environment = elsewhere | ({"DATABASE_URL": database} if database else {})
        self.environment |= {
            "STUDYTOURS_HOME": str(home),
            "STUDYTOURS_URL": self.address,
            "DJANGO_SETTINGS_MODULE": "studytours.config.settings",
        }
        self.process = None
        self.kills = 0

    def ask(self, part, *arguments):
        """What a part of `inside` printed, run in a process with the server's settings."""
        command = [sys.executable, "-m", "tests.faults.inside", part, *map(str, arguments)]
        done = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, check=True)
        return json.loads(done.stdout)

    def start(self):
        threads = ["--threads", str(self.threads)] if self.threads else []
        command = [sys.executable, "-m", "studytours", "serve", "--port", str(self.port), *threads]
        self.process = subprocess.Popen(
            command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(1200):
            try:
                urllib.request.urlopen(f"{self.address}/healthz", timeout=5).read()
                return self
            except OSError:
                time.sleep(0.05)
        raise TimeoutError("The server did not start.")

    def family(self):
        """The process and all that came from it."""
        found, look = [], [self.process.pid]
        while look:
            pid = look.pop()
            found.append(pid)
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                look += [int(child) for child in task.read_text().split()]
        return found

    def kill(self):
        """Everything at once and without a word, as when the machine's memory runs out."""
        self.kills += 1
        for pid in self.family():
            os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            family = self.family()
            self.process.terminate()
            self.process.wait(40)
            for pid in family:  # one that was told to stop while it was still starting
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
