"""E-mail through GOV.UK Notify: against a server that speaks its API."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from studytours.core.models import Message
from studytours.core.operations import resend_message, write_message

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"


class Notify(BaseHTTPRequestHandler):
    """Takes every e-mail but those to `gone@`, as a key that may write to few people only."""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, self.headers["Authorization"], body))
        if body["email_address"] in self.server.unknown:
            said = "Can’t send to this recipient using a team-only API key"
            self.answer(
                400, {"status_code": 400, "errors": [{"error": "BadRequestError", "message": said}]}
            )
        else:
            self.answer(201, {"id": "740e5834-3a29-46b4-9a6f-16142fde533a"})

    def answer(self, status, said):
        content = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args):
        pass


@pytest.fixture
def notify(settings):
    server = HTTPServer(("127.0.0.1", 0), Notify)
    server.asked, server.unknown = [], {"gone@example.org"}
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.EMAIL_BACKEND = "studytours.core.notify.NotifyBackend"
    settings.NOTIFY_KEY = f"tours-{SERVICE}-{SECRET}"
    settings.NOTIFY_TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"
    settings.NOTIFY_URL = f"http://127.0.0.1:{server.server_port}"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def write(name):
    return write_message(
        to=f"{name}@example.org", subject="Will you come?", text="Yes or no?", about="test:1",
        calendar="BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n",
    )  # fmt: skip


def test_one_that_is_refused_is_kept_with_the_words_and_stops_no_other(
    db, notify, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        anna, gone, ben = write("anna"), write("gone"), write("ben")
    states = dict(Message.objects.values_list("to", "state"))
    assert states == {anna.to: "sent", gone.to: "failed", ben.to: "sent"}
    error = Message.objects.get(state="failed").error
    assert error == "GOV.UK Notify: 400 Can’t send to this recipient using a team-only API key"
    notify.unknown.clear()
    with django_capture_on_commit_callbacks(execute=True):
        resend_message(gone)
        resend_message(anna)
    assert [body["email_address"] for _, _, body in notify.asked] == [
        "anna@example.org", "gone@example.org", "ben@example.org", "gone@example.org",
    ]  # fmt: skip


def test_it_is_asked_in_its_own_way(db, notify, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        write("anna")
    [(path, authorization, body)] = notify.asked
    assert path == "/v2/notifications/email" and authorization.startswith("Bearer ")
    assert SECRET not in authorization
    assert body == {
        "email_address": "anna@example.org",
        "template_id": "f33517ff-2a88-4f6e-b855-c550268ce08a",
        "personalisation": {"subject": "Will you come?", "text": "Yes or no?"},
    }


def test_no_answer_at_all_is_shown_and_nothing_is_lost(
    db, settings, notify, django_capture_on_commit_callbacks
):
    settings.NOTIFY_URL = "http://127.0.0.1:1"
    with django_capture_on_commit_callbacks(execute=True):
        write("anna")
    message = Message.objects.get()
    assert (message.state, message.text) == ("failed", "Yes or no?")
    assert "GOV.UK Notify: 503" in message.error
