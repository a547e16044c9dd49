"""The bike track: steps over years."""

from datetime import date

import pytest

from studytours.actions import operations
from studytours.core.errors import Refused
from studytours.core.models import Message

from .conftest import NOW

LEASE, BUILT = date(2027, 1, 1), date(2029, 6, 1)


@pytest.fixture
def track(world):
    return world.action(
        title="A bike track", due=None, milestones=[("Lease signed", LEASE), ("Built", BUILT)]
    )


def test_a_step_after_the_end_or_in_the_past_is_refused(world, action):
    with pytest.raises(Refused, match="after the end"):
        operations.add_milestone(action, title="Late", due=LEASE, by=world.coordinator, now=NOW)
    with pytest.raises(Refused, match="in the past"):
        operations.add_milestone(
            action, title="Early", due=date(2026, 1, 1), by=world.coordinator, now=NOW
        )


def test_only_the_office_plans_steps(world, track):
    with pytest.raises(Refused, match="Only the office"):
        operations.add_milestone(track, title="Gate", due=LEASE, by=world.partner, now=NOW)


def test_a_step_of_an_ended_action_does_not_change(world, track):
    operations.decline(track, reason="No lease", by=world.coordinator, now=NOW)
    with pytest.raises(Refused, match="no longer change"):
        operations.add_milestone(track, title="Gate", due=LEASE, by=world.coordinator, now=NOW)


def test_a_step_is_not_reached_tomorrow(world, track):
    step = track.milestones.first()
    with pytest.raises(Refused, match="still to come"):
        operations.reach_milestone(step, LEASE, organisation=world.greatwell, now=NOW)
    with pytest.raises(Refused, match="Only Greatwell"):
        operations.reach_milestone(step, NOW.date(), organisation=world.council, now=NOW)


def test_reaching_a_step_moves_the_next_date_and_tells_the_office_once(world, track):
    Message.objects.all().delete()
    step = track.milestones.first()
    for _ in range(2):
        operations.reach_milestone(step, NOW.date(), organisation=world.greatwell, now=NOW)
    assert track.next_date() == BUILT
    assert track.updates.first().words == "Step reached: Lease signed, on 3 June 2026."
    assert Message.objects.count() == 1
    with pytest.raises(Refused, match="already marked"):
        operations.reach_milestone(step, date(2026, 6, 1), organisation=world.greatwell, now=NOW)


def test_another_date_of_a_step_needs_a_reason(world, track):
    step = track.milestones.first()
    with pytest.raises(Refused, match="why the date changes"):
        operations.change_milestone(
            step, title="Lease signed", due=date(2027, 5, 1), by=world.coordinator, now=NOW
        )
    operations.change_milestone(
        step, title="Lease signed", due=date(2027, 5, 1), why="Solicitors",
        by=world.coordinator, now=NOW,
    )  # fmt: skip
    assert track.next_date() == date(2027, 5, 1)
    assert "Solicitors" in track.updates.first().words
