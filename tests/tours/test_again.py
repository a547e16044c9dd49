"""A route walked again: on another day, or at dusk as the pair of the walk by day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from studytours.core.errors import Refused
from studytours.measures.operations import remove_measure
from studytours.tours import operations
from studytours.tours.before.signing import signing_of
from studytours.tours.light import clock_change
from studytours.tours.models import Tour

from .conftest import NOW, START

LATER = START + timedelta(days=100)


@pytest.fixture
def walked(tour, landlord, gates):
    """A tour that took place, with everything a tour can have."""
    stop = tour.stops.first()
    operations.change_stop(
        stop, name=stop.name, lat=stop.lat, lon=stop.lon, look_at="Roofs", minutes=12,
        measures=[gates], look_from_here=True, now=NOW,
    )  # fmt: skip
    operations.set_meeting_words(tour, in_rain="Porch", script="Hello.", now=NOW)
    operations.change_tour(tour, step_free=True, introduction="Come along", minutes=120, now=NOW)
    operations.invite(tour, organisation=landlord, now=NOW)
    operations.invite(tour, name="Kim", email="kim@example.org", now=NOW)
    operations.open_invitations(tour, now=NOW)
    for invitation in tour.invitations.all():
        operations.answer_invitation(invitation, "yes", "By wheelchair", now=NOW)
    operations.sign_assessment(tour, name="Amina Price", now=NOW)
    operations.open_walk(tour, now=START)
    operations.close_walk(tour, now=START)
    return tour


def test_a_copy_has_the_route_and_nothing_that_people_said_or_did(walked):
    made = operations.copy_tour(walked, starts_at=LATER, now=NOW)
    fields = ("name", "lat", "lon", "look_at", "minutes", "look_from_here")
    assert list(made.stops.values_list(*fields)) == list(walked.stops.values_list(*fields))
    assert [m.ref for m in made.stops.first().measures.all()] == ["M-0001"]
    same = (
        "area", "title", "minutes", "meeting_point", "meeting_lat", "meeting_lon", "in_rain",
        "script", "introduction", "leader", "step_free",
    )  # fmt: skip
    assert [getattr(made, name) for name in same] == [getattr(walked, name) for name in same]
    assert (made.state, made.join_code, made.summary, made.walked_at) == ("draft", None, "", None)
    assert not made.invitations.exists() and signing_of(made).signed is None


def test_the_same_people_may_be_put_on_the_list_and_hear_nothing_yet(walked, landlord):
    made = operations.copy_tour(walked, starts_at=LATER, invite_again=True, now=NOW)
    rows = made.invitations.values_list("organisation", "name", "email", "answer", "note")
    assert set(rows) == {
        (landlord.pk, "", "", "none", ""), (None, "Kim", "kim@example.org", "none", ""),
    }  # fmt: skip
    assert not made.invitations.exclude(sent_at=None).exists()


def test_guests_whose_address_was_forgotten_are_not_asked_again(walked):
    operations.forget_guests(now=START + timedelta(days=200))
    made = operations.copy_tour(walked, starts_at=LATER, invite_again=True, now=NOW)
    assert [str(one) for one in made.invitations.all()] == ["Greatwell Homes"]


def test_a_measure_that_was_taken_away_is_not_checked_again(walked, gates):
    remove_measure(gates, reason="Gone", now=START)
    made = operations.copy_tour(walked, starts_at=LATER, now=NOW)
    assert not made.stops.first().measures.exists()


def test_a_date_that_has_passed_is_refused(walked):
    with pytest.raises(Refused, match="in the past"):
        operations.copy_tour(walked, starts_at=NOW - timedelta(days=1), now=NOW)
    with pytest.raises(Refused, match="in the past"):
        operations.walk_at_dusk(walked, day=date(2026, 2, 1), now=NOW)
    assert Tour.objects.count() == 1


def test_the_walk_at_dusk_begins_when_it_is_dark_and_knows_its_pair(walked):
    made = operations.walk_at_dusk(walked, day=date(2026, 9, 10), now=NOW)
    assert made.title == "Queensway study tour, at dusk"
    # Dark from 8:09pm by British Summer Time; told as a full five minutes.
    assert made.starts_at == datetime(2026, 9, 10, 19, 10, tzinfo=UTC)
    assert made.by_day == walked and Tour.objects.get(pk=walked.pk).at_dusk == made
    assert made.stops.count() == 2


def test_a_walk_has_one_pair_unless_that_was_cancelled(walked):
    first = operations.walk_at_dusk(walked, day=date(2026, 9, 10), now=NOW)
    with pytest.raises(Refused, match="the walk at dusk already"):
        operations.walk_at_dusk(walked, day=date(2026, 9, 11), now=NOW)
    with pytest.raises(Refused, match="itself a walk at dusk"):
        operations.walk_at_dusk(first, day=date(2026, 9, 11), now=NOW)
    operations.cancel_tour(first, now=NOW)
    second = operations.walk_at_dusk(walked, day=date(2026, 9, 11), now=NOW)
    assert Tour.objects.get(pk=walked.pk).at_dusk == second


def test_where_it_does_not_become_dark_there_is_no_dusk(walked):
    Tour.objects.filter(pk=walked.pk).update(meeting_lat=60.75, meeting_lon=-0.9)  # Shetland
    with pytest.raises(Refused, match="does not become dark"):
        operations.walk_at_dusk(walked, day=date(2026, 6, 21), now=NOW)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 29), "The clocks go forward that day: say so to those who come."),
        (date(2026, 10, 25), "The clocks go back that day: say so to those who come."),
        (date(2026, 3, 28), ""), (date(2026, 3, 30), ""), (date(2026, 7, 1), ""),
    ],
)  # fmt: skip
def test_a_day_on_which_the_clocks_change_is_said(day, words):
    assert clock_change(day) == words


def test_both_are_planned_on_one_page(client, coordinator, soon):
    client.force_login(coordinator)
    url = reverse("desk_tour_again", args=[soon.slug])
    day = timezone.localdate() + timedelta(days=30)
    copy = {"copy-title": "Again", "copy-day": day, "copy-clock": "14:00", "copy": "yes"}
    page = client.post(url, copy, follow=True).content.decode()
    assert "Again is planned for" in page
    page = client.post(url, {"dusk-day": day, "dusk": "yes"}, follow=True).content.decode()
    assert "Next week, at dusk is planned for" in page and "The same route by day" in page
    assert "The same route at dusk" in client.get(soon.get_desk_url()).content.decode()
    page = client.post(url, {"dusk-day": day, "dusk": "yes"}).content.decode()
    assert "the walk at dusk already" in page
    page = client.post(url, copy | {"copy-day": "2020-01-01"}).content.decode()
    assert "cannot be planned in the past" in page
