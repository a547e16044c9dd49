"""Nothing private is kept by a browser, and nobody fills the disk."""

import pytest
from django.http import HttpResponse

from studytours.core.middleware import MEGABYTE, LimitedBodies


@pytest.mark.parametrize(
    "path", ["/desk/", "/mine/", "/mine/no-such-link/", "/tours/reply/no-such-link/"]
)
def test_no_browser_keeps_what_is_for_one_person(db, client, path):
    assert "no-store" in client.get(path).headers["Cache-Control"]
    assert "private" in client.get(path).headers["Cache-Control"]


def test_public_pages_may_be_kept(db, client):
    assert "no-store" not in client.get("/").headers.get("Cache-Control", "")


@pytest.mark.parametrize(
    ("path", "megabytes"),
    [
        ("/", 6), ("/account/login/", 6), ("/actions/A-0001/", 6), ("/tours/reply/x/", 6),
        ("/desk/crime/upload/", 6), ("/mine/x/", 161),
    ],
)  # fmt: skip
def test_a_stranger_cannot_send_a_body_that_fills_the_disk(db, client, path, megabytes):
    answer = client.post(path, CONTENT_LENGTH=str(megabytes * MEGABYTE))
    assert answer.status_code == 413
    assert b"larger than this page takes" in answer.content
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize(
    ("path", "megabytes", "signed_in"),
    [("/mine/x/", 150, False), ("/desk/crime/upload/", 2000, True), ("/api/field/x", 26, False)],
)
def test_what_a_page_is_for_still_fits(rf, path, megabytes, signed_in):
    request = rf.post(path, CONTENT_LENGTH=str(megabytes * MEGABYTE))
    request.session = {"_auth_user_id": "1"} if signed_in else {}
    assert LimitedBodies(lambda request: HttpResponse("taken"))(request).content == b"taken"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "javascript:alert(1)"])
def test_a_refusal_leads_back_only_to_a_page_of_ours(db, client, elsewhere):
    sizes = {"CONTENT_LENGTH": str(6 * MEGABYTE)}
    answer = client.post("/", headers={"Referer": elsewhere}, **sizes)
    assert elsewhere.encode() not in answer.content
    ours = "http://testserver/actions/"
    assert ours.encode() in client.post("/", headers={"Referer": ours}, **sizes).content
