"""One change of an action: nobody is overwritten, and the history and the event are written."""

from datetime import timedelta

from django.utils import timezone

from studytours.core.errors import Refused
from studytours.core.operations import record

from ..models import Action, Update
from ..states import Voice


def today_of(now):
    """The date in Britain at a moment."""
    return timezone.localdate(now)


def voice_of(action, *, by=None, organisation=None):
    """Who is speaking: the office, or the organisation that is asked. Anyone else is refused."""
    if by is not None:
        if by.is_coordinator:
            return Voice.OFFICE
        organisation = by.organisation
    if organisation is not None and organisation == action.responsible:
        return Voice.OWNER
    raise Refused(
        f"Only {action.responsible} or the office can say how {action.ref} is going.",
        cure="Ask the office to reassign it if it is yours.",
    )


def office_only(by, what):
    """Refuse anyone who signed in and is not a coordinator."""
    if by is not None and not by.is_coordinator:
        raise Refused(f"Only the office can {what}.", cure="Ask the coordinator.")


def change(action, *, kind, summary, now, words="", by=None, organisation=None, **fields):
    """Write the change if the action is still as the caller read it; else say so.

    The conditional UPDATE is the lock: of two people at once the second changes nothing.
    `changed_at` always moves forward, so it serves as the version.
    """
    at = max(now, action.changed_at + timedelta(microseconds=1))
    before = action.state
    fields = {"state": before, **fields, "changed_at": at}
    as_read = Action.objects.filter(pk=action.pk, state=before, changed_at=action.changed_at)
    if not as_read.update(**fields):
        raise Refused(
            f"Somebody else changed {action.ref} while you were writing.",
            cure="Read what they wrote, then send yours again if it still holds.",
        )
    for name, value in fields.items():
        setattr(action, name, value)
    return write_history(
        action, before, kind=kind, summary=summary, words=words, by=by, organisation=organisation
    )


def write_history(action, before, *, kind, summary, words="", by=None, organisation=None, **data):
    """The Update that people read and the Event that other contexts read."""
    update = Update.objects.create(
        action=action,
        at=action.changed_at,
        from_state=before,
        to_state=action.state,
        words=words.strip(),
        organisation=organisation or (by.organisation if by is not None else None),
        by=by,
    )
    record(
        kind, about=action, summary=f"{action.ref}: {summary}", by=by, now=action.changed_at,
        update=update.pk, **data,
    )  # fmt: skip
    return update
