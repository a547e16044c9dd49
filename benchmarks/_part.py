"""A benchmark's parts: each runs in a process of its own, so that its memory is its own."""

import importlib.metadata
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time


def machine():
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def version(package):
    """Its installed version, or None; says on standard error how to get it."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        sys.stderr.write(f"The peer {package} is not installed: `pip install {package}`.\n")
        return None


def run(module, *arguments):
    """What the part printed, as a dict."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


def timed(call, runs):
    """(what it returned, {seconds, runs, peak_mb}) after one call to warm up, if runs > 1."""
    seconds = []
    answer = call() if runs > 1 else None
    for _ in range(runs):
        started = time.perf_counter()
        answer = call()
        seconds.append(time.perf_counter() - started)
    kilobytes = 1024**2 if sys.platform == "darwin" else 1024
    return answer, {
        "seconds": round(statistics.median(seconds), 5),
        "runs": [round(one, 5) for one in seconds],
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / kilobytes),
    }
