"""Many requests that read and then write, at the same moment, on the database of a laptop."""

import os
import sqlite3
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import OperationalError, connection, transaction
from django.test import Client

from studytours.partners import operations, queries
from studytours.partners.models import Office, Organisation

THREADS, EACH = 8, 12


@pytest.fixture
def coordinator(shared_database):
    cache.clear()
    return operations.create_person(email="a@example.org", name="A", role="coordinator")


def test_no_request_fails_with_database_is_locked(coordinator, at_once):
    """Whole requests: session, person and office are read, then rows are written."""

    def requests(number):
        client = Client()
        client.force_login(coordinator)
        statuses = []
        for turn in range(EACH):
            form = {"name": f"Organisation {number} {turn}", "kind": "other"}
            statuses.append(client.post("/desk/partners/new/", form).status_code)
            statuses.append(client.post("/desk/settings/", {"name": "Tours"}).status_code)
        return statuses

    answers = at_once(THREADS, requests)
    assert answers == [[302] * (2 * EACH)] * THREADS
    assert Organisation.objects.count() == THREADS * EACH
    assert Office.objects.count() == 1


def read_then_write(number):
    with transaction.atomic():
        office = queries.get_office()
        time.sleep(0.02)
        office.strapline = f"from {number}"
        office.save()


def test_reading_before_writing_waits_for_its_turn(shared_database, at_once):
    operations.set_office(name="Tours")
    assert at_once(THREADS, read_then_write) == [None] * THREADS


@pytest.mark.one_database
def test_it_would_fail_with_the_transactions_that_django_starts_by_default(
    shared_database, at_once
):
    """The reason for `transaction_mode` in the settings, kept true by this test."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no such mode")
    operations.set_office(name="Tours")
    options = connection.settings_dict["OPTIONS"]
    connection.close()
    connection.settings_dict["OPTIONS"] = options | {"transaction_mode": None}
    try:
        answers = at_once(THREADS, read_then_write)
    finally:
        connection.close()
        connection.settings_dict["OPTIONS"] = options
    locked = [error for error in answers if isinstance(error, OperationalError)]
    assert len(locked) >= THREADS / 2
    assert "database is locked" in str(locked[0])


def test_the_settings_ask_for_it():
    options = settings.DATABASES["default"].get("OPTIONS", {})
    if connection.vendor == "sqlite":
        assert options["transaction_mode"] == "IMMEDIATE"
        assert options["timeout"] >= 20


def test_a_database_on_disk_writes_ahead_so_that_readers_never_wait(tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL always does")
    home = {"STUDYTOURS_HOME": str(tmp_path), "STUDYTOURS_ENVIRONMENT": "local"}
    environment = os.environ | home
    environment.pop("DATABASE_URL", None)
    subprocess.run(
        [sys.executable, "-m", "studytours", "migrate", "core", "--verbosity=0"],
        env=environment, check=True, capture_output=True, cwd=tmp_path,
    )  # fmt: skip
    file = sqlite3.connect(tmp_path / "studytours.sqlite3")
    try:
        assert file.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    finally:
        file.close()
