"""Reminders: a week before, on the day, weekly when overdue, never twice on a day."""

import json
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command

from studytours.actions import operations
from studytours.core.models import Message

from .conftest import DUE, LONDON, NOW


def on(day):
    return datetime(day.year, day.month, day.day, 7, 0, tzinfo=LONDON)


def written(day):
    """Subjects written by the reminders of a day."""
    before = set(Message.objects.values_list("pk", flat=True))
    operations.send_reminders(now=on(day))
    return [m.subject for m in Message.objects.exclude(pk__in=before)]


def test_nothing_is_written_long_before_or_after_it_is_done(world, action):
    assert written(DUE - timedelta(days=8)) == []
    operations.update_action(action, to_state="done", organisation=world.greatwell, now=NOW)
    assert written(DUE + timedelta(days=30)) == []


def test_each_reminder_is_written_once_even_when_run_daily(world, action):
    sent = {}
    for days in range(-9, 23):
        for _ in range(2):
            if subjects := written(DUE + timedelta(days=days)):
                sent.setdefault(days, []).extend(subjects)
    title = "Cut back the hedge"
    assert sent == {
        -7: [f"A-0001 is due soon: {title}"],
        0: [f"A-0001 is due today: {title}"],
        **{days: [f"A-0001 is overdue: {title}"] for days in (7, 14, 21)},
    }


def test_a_missed_run_is_made_up_for(world, action):
    assert written(DUE - timedelta(days=3)) == ["A-0001 is due soon: Cut back the hedge"]
    assert written(DUE + timedelta(days=2)) == ["A-0001 is overdue: Cut back the hedge"]


def test_the_next_step_is_what_counts(world):
    step = DUE + timedelta(days=100)
    action = world.action(due=None, milestones=[("Lease", DUE), ("Built", step)])
    assert written(DUE) == ["A-0001 is due today: Cut back the hedge"]
    operations.reach_milestone(
        action.milestones.first(), DUE, organisation=world.greatwell, now=on(DUE)
    )
    assert written(DUE + timedelta(days=8)) == []
    assert len(written(step)) == 1


def test_an_owner_without_address_is_counted(world):
    world.action(owner=world.office)
    assert operations.send_reminders(now=on(DUE))["no_address"] == 1


@pytest.mark.django_db
def test_the_command_prints_one_object(capsys):
    call_command("send_reminders", json=True)
    assert json.loads(capsys.readouterr().out) == {
        "soon": 0, "today": 0, "overdue": 0, "no_address": 0, "asked_again": 0, "reminded": 0,
    }  # fmt: skip
