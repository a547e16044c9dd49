"""A failure with a name becomes its status, in words, for people and for programs."""

import json

import pytest
from django.http import HttpResponse
from django.urls import path

from studytours.core import errors
from studytours.core.errors import BadFile, Gone, Refused, TooMany, TryLater

CASES = {
    "refused": (Refused("That is taken.", cure="Choose another."), 409),
    "bad-file": (BadFile("a.csv", "no such month.", row=3, field="Month"), 400),
    "too-many": (TooMany("Too often.", cure="Wait 10 minutes."), 429),
    "gone": (Gone("That code has ended."), 410),
    "try-later": (TryLater("The council's system does not answer."), 503),
}


def breaks(error):
    def view(request):
        raise error

    return view


def not_ours(request):
    raise ValueError("a mistake of ours")


urlpatterns = [
    *(path(f"{name}/", breaks(error)) for name, (error, _) in CASES.items()),
    *(path(f"api/{name}/", breaks(error)) for name, (error, _) in CASES.items()),
    path("mistake/", not_ours),
    path("", lambda request: HttpResponse("fine"), name="home"),
]
# The page needs the addresses of its header and footer; they lead nowhere here.
urlpatterns += [
    path(f"{name}/", lambda request: HttpResponse(), name=name)
    for name in ("areas", "tours", "actions", "privacy", "accessibility", "account_login")
]
handler500 = "studytours.core.views.server_error"


@pytest.fixture(autouse=True)
def these_addresses(settings):
    settings.ROOT_URLCONF = __name__


@pytest.mark.parametrize("name", CASES)
def test_a_person_reads_what_is_wrong_and_what_helps(db, client, name):
    error, status = CASES[name]
    answer = client.get(f"/{name}/", HTTP_REFERER="http://testserver/form/")
    words = answer.content.decode().replace("&#x27;", "'")
    assert answer.status_code == status
    assert getattr(error, "why", str(error)) in words
    assert getattr(error, "cure", "") in words
    assert 'href="http://testserver/form/"' in words


@pytest.mark.parametrize("name", CASES)
def test_a_program_reads_whether_trying_again_can_help(db, client, name):
    error, status = CASES[name]
    answer = client.get(f"/api/{name}/")
    assert answer.status_code == status
    said = json.loads(answer.content)
    assert said == {"why": str(error), "retry": status in (429, 503)}


def test_a_bad_file_names_file_row_and_column():
    assert str(CASES["bad-file"][0]) == "a.csv, row 3, column “Month”: no such month."


def test_our_own_mistakes_are_not_dressed_up_as_refusals(db, client):
    client.raise_request_exception = False
    answer = client.get("/mistake/")
    assert answer.status_code == 500
    assert b"Sorry, something went wrong" in answer.content
    assert b"a mistake of ours" not in answer.content


def test_every_error_of_the_table_has_its_own_status():
    for name, (error, status) in CASES.items():
        assert errors.status_of(error) == status, name
    assert {type(error) for error, _ in CASES.values()} == set(errors.STATUS)
