"""The only write of this context: what a resident says about work that was reported."""

from django.db import transaction
from django.utils import timezone

from studytours.actions.models import State
from studytours.core.errors import Refused
from studytours.core.operations import count_try, record

from .models import Verdict

JUDGED = (State.DONE, State.CONFIRMED)


def give_verdict(action, *, answer, words="", now=None, address=None):
    """Keep a resident's verdict on an action that was reported as done.

    No account is needed; one address may give at most twenty an hour, so that a household or a
    library can speak but a script cannot drown them.
    """
    if action.state not in JUDGED:
        raise Refused(
            "You can say whether it is fixed once the owner has reported it as done.",
            cure="Until then, tell the coordinator. The address is at the bottom of the page.",
        )
    if answer not in Verdict.Answer.values:
        raise Refused("Choose one of the answers.")
    if address:
        count_try(
            f"verdict:{address}", limit=20, minutes=60,
            why="Many answers came from this connection.", now=now,
        )  # fmt: skip
    with transaction.atomic():
        verdict = Verdict.objects.create(
            action=action, answer=answer, words=words.strip()[:500], at=now or timezone.now()
        )
        record(
            "verdict_given",
            about=action,
            summary=f"A resident said of {action.ref}: {verdict.get_answer_display()}",
            now=now,
            answer=answer,
        )
        return verdict
