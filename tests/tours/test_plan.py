"""A plan says when and where, and changes are told to those who were asked."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from tests.walks import open_walk

from studytours.core.errors import Refused
from studytours.core.models import Event
from studytours.core.templatetags.ui import moment
from studytours.tours import operations
from studytours.tours.models import Tour

from .conftest import NOW, START


def a_plan(area, **changes):
    fields = {
        "area": area,
        "title": "Walk",
        "starts_at": START,
        "meeting_point": "Hall",
        "now": NOW,
    }
    return operations.plan_tour(**{**fields, **changes})


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"starts_at": NOW - timedelta(minutes=1)}, "in the past"),
        ({"starts_at": NOW}, "in the past"),
        ({"title": " "}, "title is missing"),
        ({"title": "x" * 121}, "longer than 120"),
        ({"meeting_point": ""}, "meeting point is missing"),
        ({"minutes": 10}, "15 minutes to 8 hours"),
        ({"minutes": 481}, "15 minutes to 8 hours"),
        ({"meeting": (48.85, 2.35)}, "not in Great Britain"),
        ({"meeting": (52.3, None)}, "not in Great Britain"),
    ],
)
def test_a_plan_that_cannot_be_walked_is_refused(area, wrong, says):
    with pytest.raises(Refused, match=says):
        a_plan(area, **wrong)
    assert not Tour.objects.exists()


def test_a_start_without_a_time_zone_is_a_mistake_of_ours(area):
    with pytest.raises(ValueError, match="time zone"):
        a_plan(area, starts_at=datetime(2026, 4, 15, 18))


def test_an_analyst_cannot_lead(area, analyst):
    with pytest.raises(Refused, match="cannot lead"):
        a_plan(area, leader=analyst)


def test_two_tours_of_one_name_have_two_addresses(area):
    slugs = [a_plan(area, title="Queensway walk").slug for _ in range(3)]
    assert slugs == [
        "queensway-walk-april-2026", "queensway-walk-april-2026-2", "queensway-walk-april-2026-3",
    ]  # fmt: skip


def test_a_title_without_letters_still_has_an_address(area):
    assert a_plan(area, title="…").slug == "tour-april-2026"
    assert a_plan(area, title="new").slug != "new"


def test_the_clock_on_the_wall_holds_on_both_sides_of_the_change(area):
    """6pm is 18:00 UTC on 24 October and 17:00 UTC before it; clocks go back on the 25th."""
    before = a_plan(area, starts_at=datetime(2026, 10, 24, 17, tzinfo=UTC))
    after = a_plan(area, starts_at=datetime(2026, 10, 26, 18, tzinfo=UTC))
    assert moment(before.starts_at) == "Saturday 24 October 2026, 6pm"
    assert moment(after.starts_at) == "Monday 26 October 2026, 6pm"


def test_an_unknown_field_is_a_mistake_of_ours(tour):
    with pytest.raises(TypeError, match="state"):
        operations.change_tour(tour, state="reported")


def test_a_change_into_the_past_is_refused_and_changes_nothing(tour):
    with pytest.raises(Refused, match="in the past"):
        operations.change_tour(tour, title="Other", starts_at=NOW - timedelta(1), now=NOW)
    assert Tour.objects.get(pk=tour.pk).title == "Queensway study tour"


def test_the_date_stays_once_the_walk_is_open_but_words_may_change(tour):
    open_walk(tour, now=NOW)
    with pytest.raises(Refused, match="change the date"):
        operations.change_tour(tour, minutes=60, now=NOW)
    operations.change_tour(tour, title="Queensway, second walk", now=NOW)
    assert Tour.objects.get(pk=tour.pk).title == "Queensway, second walk"


def test_a_cancelled_tour_is_not_changed(tour):
    operations.cancel_tour(tour, now=NOW)
    with pytest.raises(Refused, match="cancelled"):
        operations.change_tour(tour, title="Other", now=NOW)


def test_a_new_time_is_told_to_those_who_did_not_say_no(
    tour, landlord, church, django_capture_on_commit_callbacks
):
    no = operations.invite(tour, email="no@example.org", now=NOW)
    operations.invite(tour, organisation=landlord, now=NOW)
    operations.invite(tour, organisation=church, now=NOW)
    operations.open_invitations(tour, now=NOW)
    operations.answer_invitation(no, "no", now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        operations.change_tour(tour, starts_at=START + timedelta(1), now=NOW)
    changed = [message for message in mail.outbox if message.subject.startswith("Changed")]
    assert [message.to for message in changed] == [["g@example.org"]]
    assert "Thursday 16 April 2026, 6pm" in changed[0].body


def test_a_new_title_is_told_to_nobody(tour, landlord, django_capture_on_commit_callbacks):
    operations.invite(tour, organisation=landlord, now=NOW)
    operations.open_invitations(tour, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        operations.change_tour(tour, title="Another name", now=NOW)
    assert mail.outbox == []


def test_a_change_of_nothing_records_nothing(tour):
    operations.change_tour(tour, title=tour.title, meeting=(52.3042, -0.7175), now=NOW)
    assert not Event.objects.filter(kind="tour_changed").exists()
