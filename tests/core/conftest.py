"""A database that several threads can really use at once."""

import sqlite3
import threading

import pytest
from django.db import connection, connections


@pytest.fixture
def shared_database(transactional_db, tmp_path):
    """PostgreSQL as it is; of SQLite a copy in a file, set up as in production.

    The test runner keeps SQLite in memory, where threads share one page cache and lock whole
    tables: nothing that is true of it is true of a file.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    kept, name = connection.connection, connection.settings_dict["NAME"]
    file = tmp_path / "shared.sqlite3"
    copy = sqlite3.connect(file)
    kept.backup(copy)
    copy.execute("PRAGMA journal_mode=WAL")
    copy.close()
    connection.connection = None
    connection.settings_dict["NAME"] = str(file)
    yield
    connection.close()
    connection.settings_dict["NAME"] = name
    connection.connection = kept


@pytest.fixture
def at_once():
    """Run a function in so many threads, all starting at the same moment; their answers."""

    def run(times, work):
        gate, answers = threading.Barrier(times), [None] * times

        def one(number):
            gate.wait()
            try:
                answers[number] = work(number)
            except Exception as error:
                answers[number] = error
            finally:
                connections.close_all()

        threads = [threading.Thread(target=one, args=(number,)) for number in range(times)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    return run
