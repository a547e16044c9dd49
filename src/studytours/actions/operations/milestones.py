"""The steps of a long action."""

from django.db import transaction
from django.utils import timezone

from studytours.core.errors import Refused

from ..models import Milestone
from ..states import MAY_BE_WORKED_ON
from ._change import change, office_only, today_of, voice_of
from .agree import check_dates
from .owners import tell_office


@transaction.atomic
def add_milestone(action, *, title, due, by=None, now=None):
    """One more step with its own date."""
    now = now or timezone.now()
    office_only(by, "add a step")
    _check_open(action)
    check_dates(action.due, [(title, due)], today_of(now))
    change(
        action, kind="action_milestone", summary="a step was added", now=now, by=by,
        words=f"New step: {title.strip()}, by {due:%-d %B %Y}.",
    )  # fmt: skip
    return Milestone.objects.create(action=action, title=title.strip(), due=due)


@transaction.atomic
def change_milestone(milestone, *, title, due, why="", by=None, now=None):
    """Other words or another date for a step that is not reached; a new date gives its reason."""
    now, action = now or timezone.now(), milestone.action
    office_only(by, "change a step")
    _check_open(action)
    if milestone.reached_on:
        raise Refused(f"“{milestone.title}” was reached; it stays as it is.")
    if due != milestone.due and not why.strip():
        raise Refused("Say why the date changes: people were told the old one.")
    check_dates(action.due, [(title, due)], today_of(now) if due != milestone.due else None)
    change(
        action, kind="action_milestone", summary="a step was changed", now=now, by=by,
        words=f"Step “{milestone.title}” is now “{title.strip()}”, by {due:%-d %B %Y}. {why}",
    )  # fmt: skip
    milestone.title, milestone.due = title.strip(), due
    milestone.save(update_fields=["title", "due"])
    return milestone


@transaction.atomic
def reach_milestone(milestone, on, *, by=None, organisation=None, now=None):
    """A step was reached. Saying so twice changes nothing."""
    now, action = now or timezone.now(), milestone.action
    voice_of(action, by=by, organisation=organisation)
    if milestone.reached_on == on:
        return milestone
    _check_open(action)
    if on > today_of(now):
        raise Refused(f"{on:%-d %B %Y} is still to come.", cure="Give the day it was reached.")
    if not Milestone.objects.filter(pk=milestone.pk, reached_on=None).update(reached_on=on):
        raise Refused(f"“{milestone.title}” is already marked as reached.")
    milestone.reached_on = on
    update = change(
        action, kind="action_milestone", summary=f"step reached: {milestone.title}", now=now,
        by=by, organisation=organisation,
        words=f"Step reached: {milestone.title}, on {on:%-d %B %Y}.",
    )  # fmt: skip
    if update.organisation == action.responsible:
        tell_office(action, f"step reached: {milestone.title}", [update.words], now=now)
    return milestone


def _check_open(action):
    if action.state not in MAY_BE_WORKED_ON:
        raise Refused(
            f"{action.ref} is “{action.get_state_display().lower()}”; its steps no longer change."
        )
