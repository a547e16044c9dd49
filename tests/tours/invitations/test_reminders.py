"""Who is silent is asked once more, who comes is reminded; each once, however often it runs."""

from datetime import timedelta

import pytest
from django.core import mail
from tests.tours.conftest import NOW, START

from studytours.tours import operations


@pytest.fixture
def asked(open_tour, guest):
    coming, _, no = guest("ann"), guest("ben"), guest("cat")
    operations.answer_invitation(coming, "yes", guests=1, now=NOW)
    operations.answer_invitation(no, "no", now=NOW)
    return open_tour


def run(days_before, django_capture, times=1):
    mail.outbox.clear()
    with django_capture(execute=True):
        for _ in range(times):
            operations.remind_invited(now=START - timedelta(days=days_before))
    return sorted((one.to[0], one.subject.split("?")[0].split(":")[0]) for one in mail.outbox)


def test_a_silent_one_is_asked_a_week_before_and_never_again(
    asked, django_capture_on_commit_callbacks
):
    capture = django_capture_on_commit_callbacks
    assert run(8, capture) == []
    assert run(7, capture, times=3) == [("ben@example.org", "Can you come on 15 April 2026")]
    assert run(6, capture) == []


def test_who_comes_is_reminded_the_day_before(asked, django_capture_on_commit_callbacks):
    capture = django_capture_on_commit_callbacks
    run(7, capture)
    assert run(1, capture, times=2) == [("ann@example.org", "See you soon")]
    assert run(0.1, capture) == []


def test_a_morning_that_was_missed_is_made_up_for(asked, django_capture_on_commit_callbacks):
    assert run(0.4, django_capture_on_commit_callbacks) == [
        ("ann@example.org", "See you soon"),
        ("ben@example.org", "Can you come on 15 April 2026"),
    ]


def test_who_was_only_just_asked_is_left_in_peace(open_tour, django_capture_on_commit_callbacks):
    operations.invite(open_tour, email="late@example.org", now=START - timedelta(days=8))
    operations.open_invitations(open_tour, now=START - timedelta(days=7, hours=9))
    assert run(7, django_capture_on_commit_callbacks) == []
    assert len(run(5, django_capture_on_commit_callbacks)) == 1


def test_the_office_says_how_many_days_and_whether_at_all(
    asked, django_capture_on_commit_callbacks
):
    operations.set_places(asked, capacity=None, ask_again_days=0, remind_days=3, now=NOW)
    assert run(5, django_capture_on_commit_callbacks) == []
    assert run(3, django_capture_on_commit_callbacks) == [("ann@example.org", "See you soon")]


def test_a_new_date_is_a_new_day_to_remind_of(asked, django_capture_on_commit_callbacks):
    run(1, django_capture_on_commit_callbacks)
    operations.change_tour(asked, starts_at=START + timedelta(days=20), now=START - timedelta(1))
    assert ("ann@example.org", "See you soon") in run(-19, django_capture_on_commit_callbacks)


def test_a_cancelled_tour_reminds_nobody(asked, django_capture_on_commit_callbacks):
    operations.cancel_tour(asked, now=NOW)
    assert run(1, django_capture_on_commit_callbacks) == []
