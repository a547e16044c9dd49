"""How often something may be tried."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from studytours.core.errors import TooMany
from studytours.core.models import Tries
from studytours.core.operations import count_try

NOON = datetime(2026, 6, 3, 12, tzinfo=UTC)


def attempt(after=0, key="code 1", limit=3):
    count_try(key, limit=limit, minutes=10, why="Too often.", now=NOON + timedelta(minutes=after))


def test_one_try_too_many_is_refused_with_the_cure(db):
    for _ in range(3):
        attempt()
    with pytest.raises(TooMany) as refused:
        attempt()
    assert (refused.value.why, refused.value.cure) == (
        "Too often.",
        "Wait 10 minutes and try again.",
    )


def test_waiting_helps_and_trying_on_does_not_make_the_wait_longer(db):
    for _ in range(3):
        attempt()
    for minute in (3, 6, 9, 10):
        with pytest.raises(TooMany):
            attempt(after=minute)
    attempt(after=10.1)


def test_another_key_has_its_own_count(db):
    for _ in range(3):
        attempt()
    attempt(key="code 2")


def test_a_very_long_key_is_counted_too(db):
    for _ in range(3):
        attempt(key="x" * 500)
    with pytest.raises(TooMany):
        attempt(key="x" * 500)


def test_a_thousand_tries_at_once_let_no_more_through_than_the_limit(shared_database, at_once):
    def tries(_):
        passed = 0
        for _ in range(25):
            try:
                attempt(limit=20)
                passed += 1
            except TooMany:
                pass
        return passed

    answers = at_once(8, tries)
    assert sum(answers) == 20
    assert Tries.objects.get().count == 20


def test_a_try_inside_a_transaction_that_is_undone_is_not_counted(db):
    """Why callers count first and look afterwards, not inside one atomic block."""
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        attempt()
        _ = 1 / 0
    assert not Tries.objects.exists()
