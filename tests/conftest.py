"""What every test may rely on: folders of its own, no network, the shared open data."""

import copy
import os
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import override_settings

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright beside live_server

# A busy machine is slow, not wrong.
hypothesis.settings.register_profile("ours", deadline=None)
hypothesis.settings.load_profile("ours")

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(items):
    """What does not ask for the database (and so may not touch it) need not run on both."""
    for item in items:
        asks = {"db", "transactional_db", "live_server"}.intersection(item.fixturenames)
        if not asks and not item.get_closest_marker("django_db"):
            item.add_marker("one_database")


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
    """Settings that keep what a test writes out of the working data; tasks run at once."""
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
        # Each Client would look at every static file first; nor is what `collectstatic` left ours.
        "WHITENOISE_AUTOREFRESH": True,
        "STATIC_ROOT": folder / "static",
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    }


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    for name, value in folders(tmp_path).items():
        setattr(settings, name, value)


@pytest.fixture(scope="module")
def for_the_module(django_db_setup, django_db_blocker, tmp_path_factory):
    """What a module's fixtures make once lies in this folder and in a database transaction that is
    rolled back at the module's end. Its tests ask for `db` after them, and undo their own changes.
    """
    from studytours.fieldwork.operations import seed_categories

    folder = tmp_path_factory.mktemp("module")
    with (
        django_db_blocker.unblock(),
        override_settings(**folders(folder)),
        transaction.atomic(),
    ):
        seed_categories()  # a test with threads before this one may have emptied every table
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def in_its_folder(for_the_module, db, settings):
    """The test itself works in the module's folder, on the files that lie there."""
    for name, value in folders(for_the_module).items():
        setattr(settings, name, value)


@pytest.fixture(scope="module")
def town_of_the_module(for_the_module):
    from tests.town import Town

    return Town().build()


@pytest.fixture
def town(town_of_the_module, for_the_module, db, settings):
    """The small world of tests/town.py; what a test changes in it is undone after the test."""
    settings.STORAGES = folders(for_the_module)["STORAGES"]
    return copy.deepcopy(town_of_the_module)
