"""Residents say whether it is fixed: without account, after the work, never drowned."""

import uuid

import pytest

from studytours.actions.models import Action
from studytours.core.errors import Refused, TooMany
from studytours.reportback.models import Verdict
from studytours.reportback.operations import give_verdict


@pytest.fixture
def mended(town):
    return Action.objects.get(title__startswith="Mend the latch")


def test_work_that_is_not_done_cannot_be_judged(town):
    action = Action.objects.filter(state="under_way").first()
    with pytest.raises(Refused, match="once the owner has reported it as done"):
        give_verdict(action, answer="fixed")


def test_an_answer_that_is_not_offered_is_refused(mended):
    with pytest.raises(Refused):
        give_verdict(mended, answer="rubbish")


def test_a_script_from_one_address_is_stopped(mended):
    for _ in range(20):
        give_verdict(mended, answer="fixed", address="192.0.2.7")
    with pytest.raises(TooMany):
        give_verdict(mended, answer="fixed", address="192.0.2.7")
    give_verdict(mended, answer="fixed", address="192.0.2.8")


def test_a_script_is_counted_by_its_own_address_and_not_by_the_proxys(client, mended, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    page, answer = mended.get_absolute_url(), {"answer": "fixed"}
    for _ in range(20):
        client.post(page, answer, headers={"X-Forwarded-For": "2.2.2.2"})
    stopped = client.post(page, answer, headers={"X-Forwarded-For": "2.2.2.2"})
    assert "Many answers came from this connection" in stopped.content.decode()
    other = client.post(page, answer, headers={"X-Forwarded-For": "3.3.3.3"})
    assert other.status_code == 302


def test_a_form_without_an_answer_says_what_is_missing(client, mended):
    response = client.post(mended.get_absolute_url(), {"words": "Still broken"})
    assert response.status_code == 400
    assert (
        "Is it fixed?" in response.content.decode() and "Still broken" in response.content.decode()
    )


def test_a_form_posted_twice_counts_once(client, mended):
    form = {"answer": "came_back", "words": "Lock stolen again", "form_key": str(uuid.uuid4())}
    before = Verdict.objects.count()
    for _ in range(2):
        assert client.post(mended.get_absolute_url(), form).status_code == 302
    assert Verdict.objects.count() == before + 1
    assert "1 say it came back" in client.get(mended.get_absolute_url()).content.decode()


def test_strangers_words_are_not_published(client, mended):
    give_verdict(mended, answer="not_fixed", words="Ask Mr Jones at number 4")
    assert "Mr Jones" not in client.get(mended.get_absolute_url()).content.decode()
