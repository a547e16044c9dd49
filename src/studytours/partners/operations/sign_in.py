"""Tries at signing in are counted in the database, so every web process knows of them."""

from django.db import transaction

from studytours.core.models import Tries
from studytours.core.operations import count_try

WAIT = 15  # minutes


def count_sign_in(email, *, now=None):
    """Count one password typed for this address; too many stop even the right one."""
    count_try(
        _key("password", email),
        limit=10,
        minutes=WAIT,
        why="A password was typed too often for this e-mail address.",
        now=now,
    )


def count_code_request(email, *, now=None):
    """Count one code or link asked for; the same answer whether we know the address or not."""
    count_try(
        _key("code", email),
        limit=6,
        minutes=WAIT,
        why="A code was asked for too often for this e-mail address.",
        now=now,
    )


@transaction.atomic
def sign_in_worked(email):
    """Forget the tries: the person who signed in was the right one."""
    Tries.objects.filter(key=_key("password", email)).delete()


def _key(what, email):
    return f"sign-in {what} {email.strip().lower()}"[:120]
