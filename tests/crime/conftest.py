"""A folder to make street files in, and one way to import what was made."""

import pytest
from tests.crime import streets

from studytours.crime import operations


@pytest.fixture
def importing(db, tmp_path):
    """importing(member, …) → the report of importing a zip of these members."""
    made = iter(range(1000))

    def run(*members, **options):
        path = streets.write_zip(tmp_path / f"crimes{next(made)}.zip", *members)
        return operations.import_crimes([path], **options).report

    return run
