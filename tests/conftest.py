"""What every test may rely on: folders of its own, no network, the shared open data."""

import copy
import os
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import override_settings

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright beside live_server

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data():
    """The folder of real open data; its absence is loud here and a failure in CI."""
    if not SHARED.is_dir():
        message = "THE SHARED OPEN DATA IS ABSENT: tests on real crime data cannot run"
        if os.getenv("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return SHARED


def folders(folder):
    """Settings under which nothing a test writes reaches the working data, and tasks run at once."""
    return {
        "HOME": folder,
        "CRIME_ARCHIVE": folder / "crime",
        "UPLOADS": folder / "uploads",
        "STORAGES": {
            **django_settings.STORAGES,
            "default": {
                "BACKEND": "django.core.files.storage.FileSystemStorage",
                "OPTIONS": {"location": folder / "media"},
            },
        },
        "TASKS": {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}},
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    }


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    for name, value in folders(tmp_path).items():
        setattr(settings, name, value)


@pytest.fixture(scope="module")
def town_of_the_module(django_db_setup, django_db_blocker, tmp_path_factory):
    """tests/town.py built once for a module, in a transaction that is rolled back at its end."""
    from tests.town import Town

    folder = tmp_path_factory.mktemp("town")
    with django_db_blocker.unblock(), override_settings(**folders(folder)):
        outer = transaction.atomic()
        outer.__enter__()
        try:
            yield Town().build(), folder
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


@pytest.fixture
def town(town_of_the_module, db, settings):
    """The small world of tests/town.py; what a test changes in it is undone after the test."""
    town, folder = town_of_the_module
    settings.STORAGES = folders(folder)["STORAGES"]
    return copy.deepcopy(town)
