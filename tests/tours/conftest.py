"""Queensway, its people, and a tour that is six weeks away."""

from datetime import UTC, datetime, timedelta

import pytest
from shapely.geometry import box

from studytours.areas.operations import make_area
from studytours.measures.operations import register_measure
from studytours.partners.operations import create_organisation, create_person
from studytours.tours.operations import add_stop, plan_tour

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
# 6pm by British Summer Time.
START = datetime(2026, 4, 15, 17, tzinfo=UTC)


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
def other_leader(db):
    return create_person(email="otto@example.org", name="Otto", role="leader")


@pytest.fixture
def landlord(db):
    return create_organisation(name="Greatwell Homes", kind="landlord", email="g@example.org")


@pytest.fixture
def church(db):
    return create_organisation(name="St Mark's", kind="faith_school")


@pytest.fixture
def partner(landlord):
    return create_person(email="pat@example.org", name="Pat", role="partner", organisation=landlord)


@pytest.fixture
def area(db, coordinator):
    return make_area(
        name="Queensway", geometry=box(-0.725, 52.300, -0.710, 52.308), made_from="drawn",
        why="Residents asked.", by=coordinator, now=NOW,
    )  # fmt: skip


@pytest.fixture
def gates(area):
    return register_measure(
        kind="alley_gate", name="Kilnway gates", place="Alleys behind Kilnway", area=area,
        lat=52.3035, lon=-0.7170, now=NOW,
    )  # fmt: skip


@pytest.fixture
def tour(area, leader, coordinator):
    made = plan_tour(
        area=area, title="Queensway study tour", starts_at=START, meeting_point="Church hall",
        meeting=(52.3042, -0.7175), leader=leader, by=coordinator, now=NOW,
    )  # fmt: skip
    add_stop(made, name="Kilnway garages", lat=52.3035, lon=-0.7170, by=coordinator, now=NOW)
    add_stop(made, name="Olympic Way bridge", lat=52.3053, lon=-0.7192, by=coordinator, now=NOW)
    return made


@pytest.fixture
def soon(area, leader, coordinator):
    """A tour by the real clock, for pages that look at it."""
    from django.utils import timezone

    return plan_tour(
        area=area, title="Next week", starts_at=timezone.now() + timedelta(7),
        meeting_point="Church hall", leader=leader, by=coordinator,
    )  # fmt: skip
