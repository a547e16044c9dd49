"""Reminders: a week before, on the day, and every week when it is overdue."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from studytours.core.models import Event
from studytours.core.operations import label, record

from ..models import OPEN_STATES, Action
from ._change import today_of
from .owners import tell_owner

WEEK = timedelta(days=7)


def send_reminders(*, now=None):
    """Write the reminders due today → how many of each kind. Running it again adds none."""
    now = now or timezone.now()
    sent = {"soon": 0, "today": 0, "overdue": 0, "no_address": 0}
    for pk in Action.objects.filter(state__in=OPEN_STATES).values_list("pk", flat=True):
        if stage := _remind(pk, now):
            sent[stage] += 1
    return sent


@transaction.atomic
def _remind(pk, now):
    """One action, its row locked, so that two runs at once write one mail."""
    action = Action.objects.select_for_update().get(pk=pk)
    stage = _stage(action, today_of(now))
    if stage is None or _was_reminded(action, stage, now):
        return None
    if tell_owner(action, stage, now=now) is None:
        return "no_address"
    record(
        "action_reminded", about=action, summary=f"{action.ref}: reminder to {action.responsible}",
        now=now, stage=stage, date=action.next_date().isoformat(),
    )  # fmt: skip
    return stage


def _stage(action, today):
    date = action.next_date()
    if action.state not in OPEN_STATES or date is None or date > today + WEEK:
        return None
    if date > today:
        return "soon"
    return "today" if date == today else "overdue"


def _was_reminded(action, stage, now):
    """Has this already been said: today anything, for this date once, when overdue this week?"""
    said = Event.objects.filter(kind="action_reminded", about=label(action))
    today, date = today_of(now), action.next_date().isoformat()
    for event in said.order_by("-at", "-id"):
        days_ago = today - today_of(event.at)
        if days_ago.days <= 0:
            return True
        if event.data["date"] != date:
            continue
        if stage == "overdue":
            if event.data["stage"] != "soon" and days_ago < WEEK:
                return True
        elif event.data["stage"] == stage:
            return True
    return False
