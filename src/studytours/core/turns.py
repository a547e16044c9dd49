"""Processes that write to SQLite take turns."""

from contextlib import contextmanager

from django.conf import settings
from django.db import connection

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


@contextmanager
def in_turn():
    """Around a transaction that many want at the same moment.

    SQLite looks every tenth of a second whether the one before it has done, and may be overtaken
    each time. This lock wakes the next at once. It is for speed alone: whoever does not take it
    waits as SQLite does, and inside a transaction it is not needed.
    """
    if fcntl is None or connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with (settings.HOME / "turn.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
