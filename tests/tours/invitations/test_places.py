"""Capacity and the waiting list: never more places than there are, first come first served."""

from datetime import timedelta

import pytest
from tests.tours.conftest import NOW, START

from studytours.core.errors import Refused
from studytours.tours import operations
from studytours.tours.models import Invitation
from studytours.tours.queries import places_taken, waiting_list


def yes(invitation, minutes, guests=0):
    now = NOW + timedelta(minutes=minutes)
    return operations.answer_invitation(invitation, "yes", guests=guests, now=now).answer


def answers(tour):
    return {one.name: one.answer for one in tour.invitations.all()}


def test_fewer_places_than_are_given_are_refused(open_tour, guest):
    yes(guest("ann"), 1, guests=2)
    with pytest.raises(Refused, match="3 people have a place already"):
        operations.set_places(open_tour, capacity=2, now=NOW)


def test_a_walk_without_places_is_refused(open_tour):
    with pytest.raises(Refused, match="one place or more"):
        operations.set_places(open_tour, capacity=0, now=NOW)


def test_a_party_larger_than_the_walk_is_refused(open_tour, guest):
    operations.set_places(open_tour, capacity=3, now=NOW)
    with pytest.raises(Refused, match="3 places in all"):
        yes(guest("ann"), 1, guests=3)
    with pytest.raises(Refused, match="up to 10"):
        yes(guest("ben"), 1, guests=11)


def test_who_answers_after_the_last_place_waits_and_moves_up_when_one_withdraws(
    open_tour, guest, django_capture_on_commit_callbacks, mailoutbox
):
    operations.set_places(open_tour, capacity=2, now=NOW)
    ann, ben, cat, dan = (guest(name) for name in ("ann", "ben", "cat", "dan"))
    assert [yes(one, at) for at, one in enumerate((ann, ben, cat, dan))] == [
        "yes", "yes", "wait", "wait",
    ]  # fmt: skip
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        operations.answer_invitation(ann, "no", now=NOW + timedelta(hours=1))
    assert answers(open_tour) == {"ann": "no", "ben": "yes", "cat": "yes", "dan": "wait"}
    [told] = [one for one in mailoutbox if "a place for you" in one.subject]
    assert told.to == ["cat@example.org"] and "You are no longer waiting" in told.body


def test_a_note_that_is_changed_does_not_lose_the_place_in_the_line(open_tour, guest):
    operations.set_places(open_tour, capacity=1, now=NOW)
    yes(guest("ann"), 1)
    ben, cat = guest("ben"), guest("cat")
    yes(ben, 2)
    yes(cat, 3)
    operations.answer_invitation(ben, "yes", "I come by bus", now=NOW + timedelta(minutes=9))
    assert [one.name for one in waiting_list(open_tour)] == ["ben", "cat"]


def test_who_said_no_and_comes_back_is_last_in_the_line(open_tour, guest):
    operations.set_places(open_tour, capacity=1, now=NOW)
    yes(guest("ann"), 1)
    ben, cat = guest("ben"), guest("cat")
    yes(ben, 2)
    yes(cat, 3)
    operations.answer_invitation(ben, "no", now=NOW + timedelta(minutes=4))
    yes(ben, 5)
    assert [one.name for one in waiting_list(open_tour)] == ["cat", "ben"]


def test_nobody_overtakes_a_larger_party(open_tour, guest):
    operations.set_places(open_tour, capacity=3, now=NOW)
    yes(guest("ann"), 1, guests=1)
    assert yes(guest("ben"), 2, guests=1) == "wait"
    assert yes(guest("cat"), 3) == "wait"
    operations.set_places(open_tour, capacity=4, now=NOW)
    assert answers(open_tour) == {"ann": "yes", "ben": "yes", "cat": "wait"}


def test_more_places_move_up_as_many_as_fit(open_tour, guest):
    operations.set_places(open_tour, capacity=1, now=NOW)
    for at, name in enumerate(("ann", "ben", "cat", "dan")):
        yes(guest(name), at)
    operations.set_places(open_tour, capacity=3, now=NOW)
    assert answers(open_tour) == {"ann": "yes", "ben": "yes", "cat": "yes", "dan": "wait"}
    operations.set_places(open_tour, capacity=None, now=NOW)
    assert answers(open_tour)["dan"] == "yes"


def test_more_guests_where_there_is_no_place_leave_the_place_as_it_was(open_tour, guest):
    operations.set_places(open_tour, capacity=2, now=NOW)
    ann = guest("ann")
    yes(ann, 1, guests=1)
    with pytest.raises(Refused, match="Your place is kept as it was, for 2"):
        operations.set_places(open_tour, capacity=3, now=NOW)
        yes(guest("ben"), 2)
        yes(ann, 3, guests=2)
    ann.refresh_from_db()
    assert (ann.answer, ann.guests) == ("yes", 1)


def test_of_two_answers_at_one_moment_one_gets_the_last_place(shared_database, at_once, guest):
    ann, ben = guest("ann"), guest("ben")
    operations.set_places(ann.tour, capacity=1, now=NOW)

    def answer(number):
        invitation = Invitation.objects.select_related("tour").get(pk=(ann, ben)[number].pk)
        return operations.answer_invitation(invitation, "yes", now=NOW).answer

    assert sorted(at_once(2, answer)) == ["wait", "yes"]
    assert places_taken(ann.tour) == 1


def test_the_walk_has_begun_and_nobody_is_moved_up(open_tour, guest):
    operations.set_places(open_tour, capacity=1, now=NOW)
    yes(guest("ann"), 1)
    ben = guest("ben")
    yes(ben, 2)
    with pytest.raises(Refused, match="has begun"):
        operations.answer_invitation(ben, "no", now=START)
    assert answers(open_tour)["ben"] == "wait"
