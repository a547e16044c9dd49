"""The calendar of all walks: what is public, what was called off, and nothing twice."""

from datetime import timedelta

from django.urls import reverse
from icalendar import Calendar

from studytours.tours import operations


def events(answer):
    return {str(one["SUMMARY"]): one for one in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_the_feed_has_what_is_public_and_what_was_called_off(client, town):
    draft = operations.plan_tour(
        area=town.osier, title="Secret plan", starts_at=town.now + timedelta(9),
        meeting_point="Here", now=town.now,
    )  # fmt: skip
    seen = events(client.get("/feeds/tours.ics"))
    assert set(seen) == {town.walked.title, town.open_walk.title, town.coming_tour.title}
    operations.cancel_tour(town.coming_tour, now=town.now)
    operations.cancel_tour(draft, now=town.now)
    seen = events(client.get("/feeds/tours.ics"))
    assert seen[town.coming_tour.title]["STATUS"] == "CANCELLED" and "Secret plan" not in seen
    assert client.get(reverse("tour_calendar", args=[draft.slug])).status_code == 404
    assert client.get(reverse("tour_calendar", args=[town.walked.slug])).status_code == 200


def test_the_feed_is_sent_again_only_when_something_changed(client, town):
    first = client.get("/feeds/tours.ics")
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert "max-age" in first["Cache-Control"]
    known = {"If-None-Match": first["ETag"]}
    assert client.get("/feeds/tours.ics", headers=known).status_code == 304
    operations.change_tour(town.coming_tour, meeting_point="Elsewhere", now=town.now)
    assert client.get("/feeds/tours.ics", headers=known).status_code == 200


def test_the_first_page_and_a_tour_lead_there(client, town):
    assert "/feeds/tours.ics" in client.get("/").content.decode()
    page = client.get(town.coming_tour.get_absolute_url()).content.decode()
    assert reverse("tour_calendar", args=[town.coming_tour.slug]) in page
