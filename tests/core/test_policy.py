"""Headers that every answer carries."""

import pytest
from django.test import Client


def policy(answer):
    parts = answer.headers["Content-Security-Policy"].split("; ")
    return dict(part.split(" ", 1) for part in parts)


@pytest.mark.parametrize("page", ["/healthz", "/account/login/", "/there-is-no-such-page/"])
def test_nothing_comes_from_elsewhere_and_nobody_frames_us(db, client, page):
    answer = client.get(page)
    said = policy(answer)
    assert said["default-src"] == said["script-src"] == said["style-src"] == "'self'"
    assert said["object-src"] == said["base-uri"] == said["frame-ancestors"] == "'none'"
    assert said["form-action"] == "'self'"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_phones_may_use_camera_place_and_microphone_of_our_own_pages(db, client):
    said = client.get("/healthz").headers["Permissions-Policy"]
    assert said == "camera=(self), geolocation=(self), microphone=(self)"


def test_a_form_without_its_secret_gets_a_page_and_not_a_stack_of_code(db):
    answer = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "a@b.org"})
    assert answer.status_code == 403
    assert b"This form is too old" in answer.content


def test_health_answers_when_the_database_does(db, client):
    assert client.get("/healthz").json() == {"ok": True}
