"""Queensway: its landlord, and the people at the desk. Measures and tours begin with these."""

from datetime import UTC, datetime

import pytest
from shapely.geometry import box

from studytours.areas.operations import make_area
from studytours.partners.operations import create_organisation, create_person

__all__ = ["analyst", "area", "coordinator", "landlord", "leader", "partner"]

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


@pytest.fixture
def coordinator(db):
    return create_person(email="amina@example.org", name="Amina", role="coordinator")


@pytest.fixture
def analyst(db):
    return create_person(email="ana@example.org", name="Ana", role="analyst")


@pytest.fixture
def leader(db):
    return create_person(email="lee@example.org", name="Lee", role="leader")


@pytest.fixture
def landlord(db):
    return create_organisation(name="Greatwell Homes", kind="landlord", email="g@example.org")


@pytest.fixture
def partner(landlord):
    return create_person(email="pat@example.org", name="Pat", role="partner", organisation=landlord)


@pytest.fixture
def area(db, coordinator):
    return make_area(
        name="Queensway", geometry=box(-0.725, 52.300, -0.710, 52.308), made_from="drawn",
        why="Residents asked.", by=coordinator, now=NOW,
    )  # fmt: skip
