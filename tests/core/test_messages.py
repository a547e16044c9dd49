"""E-mails through a real SMTP peer: each once, a refused one shown and never in the others' way."""

import socket

import pytest
from aiosmtpd.controller import Controller
from django.db import transaction

from studytours.core.models import Message
from studytours.core.operations import resend_message, send_message, write_message

SENT, FAILED, WAITING = "sent", "failed", "waiting"


class PostOffice:
    """Takes every letter but those for `gone@`."""

    def __init__(self):
        self.letters = []
        self.unknown = {"gone@example.org"}

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.unknown:
            return "550 5.1.1 no such person here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.letters.append((envelope.rcpt_tos, envelope.content.decode()))
        return "250 OK"


@pytest.fixture
def post_office(settings):
    office = PostOffice()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield office
    controller.stop()


def write(name):
    return write_message(
        to=f"{name}@example.org", subject="Broken gate", text="Please mend it.", about="test:1"
    )


def states():
    return dict(Message.objects.values_list("to", "state"))


def test_one_refused_address_of_many_stops_no_other(
    db, post_office, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for name in ("anna", "gone", "ben", "cara"):
            write(name)
    assert [to for to, _ in post_office.letters] == [
        ["anna@example.org"],
        ["ben@example.org"],
        ["cara@example.org"],
    ]
    assert states() == {
        "anna@example.org": SENT,
        "gone@example.org": FAILED,
        "ben@example.org": SENT,
        "cara@example.org": SENT,
    }
    failed = Message.objects.get(state=FAILED)
    assert "no such person here" in failed.error and failed.sent_at is None


def test_a_failed_letter_is_sent_again_on_request_and_a_sent_one_is_not(
    db, post_office, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        anna, gone = write("anna"), write("gone")
    post_office.unknown.clear()
    with django_capture_on_commit_callbacks(execute=True):
        resend_message(anna)
        resend_message(gone)
    assert [to[0] for to, _ in post_office.letters] == ["anna@example.org", "gone@example.org"]
    gone.refresh_from_db()
    assert (gone.state, gone.error, gone.tries) == (SENT, "", 2)


def test_nothing_is_sent_when_its_cause_is_undone(
    db, post_office, django_capture_on_commit_callbacks
):
    with (
        django_capture_on_commit_callbacks(execute=True) as waiting,
        pytest.raises(ZeroDivisionError),
        transaction.atomic(),
    ):
        write("anna")
        _ = 1 / 0
    assert waiting == [] and post_office.letters == [] and states() == {}


def test_no_mail_server_at_all_is_shown_and_nothing_is_lost(
    db, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with django_capture_on_commit_callbacks(execute=True):
        write("anna")
    message = Message.objects.get()
    assert message.state == FAILED and "refused" in message.error.lower()
    assert message.text == "Please mend it."


def test_two_workers_send_one_letter(shared_database, at_once, post_office):
    message = Message.objects.create(
        to="anna@example.org", subject="S", text="T", about="test:1", created_at="2026-06-03T12:00Z"
    )
    assert at_once(4, lambda _: send_message(message)) == [None] * 4
    assert len(post_office.letters) == 1


def test_a_subject_is_one_line_whatever_was_typed(db):
    message = write_message(
        to="anna@example.org", subject="Gate\nBcc: all@example.org", text="", about="test:1"
    )
    assert message.subject == "Gate Bcc: all@example.org"
