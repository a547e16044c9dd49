"""A tour of Queensway that is six weeks away."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from tests.people import *  # noqa: F403  (fixtures)
from tests.people import NOW

from studytours.measures.operations import register_measure
from studytours.partners.operations import create_organisation, create_person
from studytours.tours.operations import add_stop, plan_tour

# 6pm by British Summer Time.
START = datetime(2026, 4, 15, 17, tzinfo=UTC)


@pytest.fixture
def other_leader(db):
    return create_person(email="otto@example.org", name="Otto", role="leader")


@pytest.fixture
def church(db):
    return create_organisation(name="St Mark's", kind="faith_school")


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
    return plan_tour(
        area=area, title="Next week", starts_at=timezone.now() + timedelta(7),
        meeting_point="Church hall", leader=leader, by=coordinator,
    )  # fmt: skip
