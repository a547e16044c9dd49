"""Who is asked, who answered, and that nobody is written to twice."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from studytours.core.errors import Gone, Refused
from studytours.core.models import Message
from studytours.partners.operations import change_organisation
from studytours.tours import operations
from studytours.tours.models import Invitation
from studytours.tours.queries import answer_counts

from .conftest import NOW, START


@pytest.fixture
def invited(tour, landlord, church):
    operations.invite(tour, organisation=landlord, now=NOW)
    operations.invite(tour, organisation=church, now=NOW)
    operations.invite(tour, name="Joy", email="Joy@Example.org ", now=NOW)
    return tour


def test_nobody_is_not_invited(tour):
    with pytest.raises(Refused, match="Give an organisation"):
        operations.invite(tour, name="Joy", now=NOW)


def test_an_organisation_that_is_no_longer_active_is_refused(tour, church):
    church.is_active = False
    with pytest.raises(Refused, match="no longer active"):
        operations.invite(tour, organisation=church, now=NOW)


def test_the_same_one_twice_is_on_the_list_once(invited, landlord):
    operations.invite(invited, organisation=landlord, now=NOW)
    operations.invite(invited, email="joy@example.org", now=NOW)
    assert invited.invitations.count() == 3


def test_no_letter_goes_out_after_the_day(invited):
    with pytest.raises(Refused, match="has passed"):
        operations.open_invitations(invited, now=START)
    assert not Message.objects.exists()


def test_each_is_written_to_once_with_a_link_of_their_own(
    invited, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        operations.open_invitations(invited, now=NOW)
        operations.open_invitations(invited, now=NOW)
        operations.invite(invited, email="late@example.org", now=NOW)
        operations.open_invitations(invited, now=NOW)
    assert sorted(message.to[0] for message in mail.outbox) == [
        "g@example.org", "joy@example.org", "late@example.org",
    ]  # fmt: skip
    tokens = set(Invitation.objects.values_list("token", flat=True))
    assert len(tokens) == 4 and all(len(token) == 43 for token in tokens)
    for message in mail.outbox:
        assert sum(f"/tours/reply/{token}/" in message.body for token in tokens) == 1
        assert "Wednesday 15 April 2026, 6pm" in message.body and "Church hall" in message.body


def test_a_mail_server_that_refuses_one_does_not_stop_the_others(
    invited, django_capture_on_commit_callbacks, monkeypatch
):
    send = EmailBackend.send_messages

    def refuses_one(backend, messages):
        if messages[0].to == ["g@example.org"]:
            raise OSError("550 no such mailbox")
        return send(backend, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", refuses_one)
    with django_capture_on_commit_callbacks(execute=True):
        operations.open_invitations(invited, now=NOW)
    assert [message.to for message in mail.outbox] == [["joy@example.org"]]
    failed = Message.objects.get(state="failed")
    assert (failed.to, failed.error) == ("g@example.org", "550 no such mailbox")


def test_an_organisation_that_gets_an_address_later_is_written_to_then(
    invited, church, django_capture_on_commit_callbacks
):
    operations.open_invitations(invited, now=NOW)
    assert answer_counts(invited)["unsent"] == 0
    change_organisation(church, email="vicar@example.org")
    assert answer_counts(invited)["unsent"] == 1
    with django_capture_on_commit_callbacks(execute=True):
        operations.open_invitations(invited, now=NOW)
    assert [message.to for message in mail.outbox] == [["vicar@example.org"]]


def test_one_who_was_written_to_is_not_taken_off(invited, landlord, church):
    operations.open_invitations(invited, now=NOW)
    with pytest.raises(Refused, match="Tell them yourself"):
        operations.withdraw_invitation(invited.invitations.get(organisation=landlord), now=NOW)
    operations.withdraw_invitation(invited.invitations.get(organisation=church), now=NOW)
    assert invited.invitations.count() == 2


def test_an_answer_is_yes_or_no(invited):
    with pytest.raises(Refused, match="yes or no"):
        operations.answer_invitation(invited.invitations.first(), "maybe", now=NOW)


def test_answers_end_when_the_walk_begins(invited):
    one = invited.invitations.first()
    with pytest.raises(Gone, match="has begun"):
        operations.answer_invitation(one, "yes", now=START)
    operations.cancel_tour(invited, now=NOW)
    with pytest.raises(Gone, match="was cancelled"):
        operations.answer_invitation(invited.invitations.first(), "yes", now=NOW)


def test_a_mind_may_be_changed_and_someone_else_be_named(invited):
    one = invited.invitations.first()
    operations.answer_invitation(one, "yes", "I bring two", now=NOW)
    operations.answer_invitation(one, "no", instead="the lighting team", now=NOW + timedelta(1))
    one.refresh_from_db()
    assert (one.answer, one.note) == ("no", "Ask instead: the lighting team.")
    assert one.answered_at == NOW + timedelta(1)
