"""Residents sign up on the public page: no account, no flood, nobody learns who comes."""

import uuid

import pytest
from django.core import mail
from django.urls import reverse
from tests.tours.conftest import NOW

from studytours.core.errors import Gone, Refused, TooMany
from studytours.tours import operations
from studytours.tours.models import Invitation, Tour


def test_a_draft_a_cancelled_and_a_closed_tour_take_nobody(tour):
    with pytest.raises(Refused, match="Signing up here is closed"):
        operations.come_along(tour, now=NOW)
    operations.open_invitations(tour, now=NOW)
    operations.set_places(tour, capacity=None, come_along=False, now=NOW)
    with pytest.raises(Refused, match="Signing up here is closed"):
        operations.come_along(tour, now=NOW)
    operations.cancel_tour(tour, now=NOW)
    with pytest.raises(Gone, match="was cancelled"):
        operations.come_along(tour, now=NOW)
    assert not tour.invitations.exists()


def test_a_script_from_one_address_is_stopped(open_tour):
    for _ in range(20):
        operations.come_along(open_tour, address="192.0.2.1", now=NOW)
    with pytest.raises(TooMany):
        operations.come_along(open_tour, address="192.0.2.1", now=NOW)
    operations.come_along(open_tour, address="192.0.2.2", now=NOW)
    assert open_tour.invitations.count() == 21


def test_a_known_address_gets_its_own_link_once_a_day_and_nobody_learns_of_it(
    open_tour, guest, django_capture_on_commit_callbacks, mailoutbox
):
    ann = guest("ann")
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(3):
            assert operations.come_along(open_tour, email="Ann@example.org", now=NOW) is None
    [letter] = mailoutbox
    assert letter.to == ["ann@example.org"] and f"/tours/reply/{ann.token}/" in letter.body
    assert open_tour.invitations.count() == 1


@pytest.fixture
def page(soon):
    operations.open_invitations(soon)
    return reverse("tour_come", args=[soon.slug])


def form(**changes):
    return {"form_key": str(uuid.uuid4()), **changes}


def test_a_tour_that_takes_nobody_has_no_page(client, soon, page):
    assert "I come along" in client.get(page).content.decode()
    operations.set_places(soon, capacity=None, come_along=False)
    assert client.get(page).status_code == 404
    public = client.get(soon.get_absolute_url()).content.decode()
    assert "Come along" not in public and "Put it in your calendar" in public


def test_without_a_name_the_page_of_the_answer_is_theirs_to_keep(client, soon, page):
    answers = [client.post(page, form(form_key="0" * 8 + str(uuid.UUID(int=7))[8:]))] * 2
    one = Invitation.objects.get()
    assert answers[0].url == reverse("tour_reply", args=[one.token])
    assert (one.name, one.email, one.answer, one.came_along) == ("", "", "yes", True)
    shown = client.get(answers[0].url).content.decode()
    assert "Keep this page" in shown and "We have your answer: coming" in shown


def test_with_an_address_it_is_confirmed_by_mail_with_the_calendar(
    client, soon, page, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(page, form(name="Ann", email="ann@example.org"), follow=True)
    assert "We have sent you an e-mail" in answer.content.decode()
    [letter] = mail.outbox
    assert letter.to == ["ann@example.org"] and "You have a place" in letter.body
    assert "/calendar.ics" in letter.body
    assert 'method="REQUEST"' in letter.message().as_string()


def test_a_form_posted_twice_is_one_person(client, soon, page):
    twice = form(name="Ann")
    places = {client.post(page, twice).url for _ in range(2)}
    assert len(places) == 1 and Invitation.objects.count() == 1


def test_the_page_of_a_full_walk_says_so(client, soon, page):
    operations.set_places(Tour.objects.get(), capacity=1)
    operations.come_along(Tour.objects.get())
    assert "Wait for a place" in client.get(page).content.decode()
