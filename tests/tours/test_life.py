"""draft → inviting → walking → debrief → reported, or cancelled; and one step back."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from tests.walks import open_walk

from studytours.core.errors import Refused
from studytours.core.models import Event
from studytours.tours import codes, operations
from studytours.tours.models import Tour
from studytours.tours.operations import steps
from studytours.tours.rules import MAY

from .conftest import NOW, START

STEPS = {
    "open": lambda tour: operations.open_invitations(tour, now=NOW),
    "walk": lambda tour: open_walk(tour, now=START),
    "close": lambda tour: operations.close_walk(tour, now=START + timedelta(hours=2)),
    "report": lambda tour: operations.report_back(tour, summary="We saw much.", now=START),
    "cancel": lambda tour: operations.cancel_tour(tour, reason="Snow", now=NOW),
    "invite": lambda tour: operations.invite(tour, email="a@example.org", now=NOW),
}
WAY = {
    "draft": [], "inviting": ["open"], "walking": ["open", "walk"],
    "debrief": ["open", "walk", "close"], "reported": ["open", "walk", "close", "report"],
    "cancelled": ["cancel"],
}  # fmt: skip
ALLOWED = {
    "draft": {"open", "walk", "cancel", "invite", "close"},
    "inviting": {"open", "walk", "cancel", "invite", "close"},
    "walking": {"close"},
    "debrief": {"report"},
    "reported": {"report"},
    "cancelled": set(),
}
LEADS_TO = {
    "open": "inviting", "walk": "walking", "close": "debrief", "report": "reported",
    "cancel": "cancelled",
}  # fmt: skip


def bring_to(tour, state):
    for step in WAY[state]:
        STEPS[step](tour)
    assert Tour.objects.get(pk=tour.pk).state == state


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", WAY)
def test_a_step_is_taken_or_refused_by_the_table(tour, state, step):
    bring_to(tour, state)
    if step not in ALLOWED[state]:
        with pytest.raises(Refused, match="this tour is"):
            STEPS[step](tour)
        assert Tour.objects.get(pk=tour.pk).state == state
    else:
        STEPS[step](tour)
        assert Tour.objects.get(pk=tour.pk).state == LEADS_TO.get(step, state)
        assert Event.objects.filter(about=f"tours.tour:{tour.pk}").exists()


def test_every_step_of_the_table_names_states_that_exist():
    assert {state for states in MAY.values() for state in states} <= set(Tour.State)


def test_of_two_people_who_open_the_walk_one_is_told(tour):
    mine = Tour.objects.get(pk=tour.pk)
    open_walk(tour, now=START)
    with pytest.raises(Refused, match="walking"):
        operations.open_walk(mine, now=START)
    assert Event.objects.filter(kind="walk_opened").count() == 1


def test_a_walk_cannot_be_opened_after_its_day(tour):
    with pytest.raises(Refused, match="has passed"):
        operations.open_walk(tour, now=START + timedelta(minutes=90, hours=12))
    assert Tour.objects.get(pk=tour.pk).join_code is None


def test_a_walk_on_paper_is_closed_without_being_opened(tour):
    with pytest.raises(Refused):
        operations.close_walk(tour, now=START - timedelta(minutes=1))
    operations.close_walk(tour, now=START + timedelta(days=1))
    assert (tour.state, tour.walked_at) == ("debrief", START)


def test_a_code_lets_in_only_while_the_walk_is_open(tour):
    operations.make_join_code(tour, now=NOW)
    code = tour.join_code
    assert not tour.can_join(NOW)
    open_walk(tour, now=START)
    assert tour.join_code == code
    end = START + timedelta(minutes=90, hours=12)
    assert (tour.join_until, tour.can_join(START), tour.can_join(end)) == (end, True, False)
    operations.close_walk(tour, now=START + timedelta(hours=2))
    assert not tour.can_join(START + timedelta(hours=2))
    assert tour.join_code == code  # kept, so that a late phone is told that it has ended


def test_a_code_has_six_letters_that_cannot_be_mistaken():
    for _ in range(500):
        assert re.fullmatch(r"[^AEIOULSZB01]{6}", codes.new_code())


def test_a_code_in_use_is_not_given_twice(tour, soon, monkeypatch):
    operations.make_join_code(soon)
    drawn = iter([soon.join_code, soon.join_code, "XXXXXX"])
    monkeypatch.setattr(steps, "new_code", lambda: next(drawn))
    operations.make_join_code(tour, now=NOW)
    assert tour.join_code == "XXXXXX"


def test_a_code_is_made_once(tour):
    operations.make_join_code(tour, now=NOW)
    code = tour.join_code
    operations.make_join_code(tour, now=NOW)
    assert tour.join_code == code


@pytest.mark.parametrize("state", ["debrief", "reported", "cancelled"])
def test_a_tour_that_is_over_gets_no_code(tour, state):
    bring_to(tour, state)
    Tour.objects.filter(pk=tour.pk).update(join_code=None)
    with pytest.raises(Refused):
        operations.make_join_code(tour, now=NOW)


def test_reporting_back_needs_words(tour):
    bring_to(tour, "debrief")
    with pytest.raises(Refused, match="summary is missing"):
        operations.report_back(tour, summary=" ", now=NOW)
    assert Tour.objects.get(pk=tour.pk).state == "debrief"


def test_reporting_back_again_mends_the_words_and_keeps_the_date(tour):
    bring_to(tour, "reported")
    first = tour.reported_at
    operations.report_back(tour, summary="Better words", now=START + timedelta(9))
    assert (tour.summary, tour.reported_at) == ("Better words", first)


def test_a_draft_has_no_step_to_go_back(tour):
    with pytest.raises(Refused, match="no step to go back"):
        operations.reopen(tour, now=NOW)


@pytest.mark.parametrize(
    ("state", "back_to"),
    [("walking", "draft"), ("debrief", "walking"), ("reported", "debrief"), ("cancelled", "draft")],
)
def test_one_step_back(tour, state, back_to):
    bring_to(tour, state)
    operations.reopen(tour, now=NOW)
    assert Tour.objects.get(pk=tour.pk).state == back_to


def test_a_reopened_walk_takes_phones_again(tour):
    bring_to(tour, "debrief")
    late = START + timedelta(days=3)
    operations.reopen(tour, now=late)
    assert tour.can_join(late) and tour.walked_at is None


def test_a_walk_on_paper_that_is_reopened_has_a_code(tour):
    operations.close_walk(tour, now=START)
    operations.reopen(tour, now=START)
    assert tour.can_join(START) and len(tour.join_code) == 6


def test_a_cancelled_tour_of_the_past_stays_cancelled(tour):
    bring_to(tour, "cancelled")
    with pytest.raises(Refused, match="has passed"):
        operations.reopen(tour, now=START + timedelta(1))


def test_cancelling_and_taking_it_back_tells_those_who_were_asked(
    tour, landlord, django_capture_on_commit_callbacks
):
    operations.invite(tour, organisation=landlord, now=NOW)
    operations.open_invitations(tour, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        operations.cancel_tour(tour, reason="The hall is flooded.", now=NOW)
        operations.reopen(tour, now=NOW)
    assert tour.state == "inviting"
    assert [message.subject.split(":")[0] for message in mail.outbox] == ["Cancelled", "Changed"]
    assert "The hall is flooded." in mail.outbox[0].body
