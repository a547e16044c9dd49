"""Testham, imported once for a module; each test has a copy of its crime archive."""

import shutil

import pytest
from tests.areas import pages_world


@pytest.fixture(scope="module")
def testham_of_the_module(for_the_module):
    pages_world.import_world(for_the_module)
    return for_the_module / "crime"


@pytest.fixture
def testham(testham_of_the_module, db, settings):
    """For modules whose tests all start from Testham: its rows are there for the others too."""
    shutil.copytree(testham_of_the_module, settings.CRIME_ARCHIVE)
