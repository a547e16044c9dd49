"""Calendar files, read back by two parsers: ours writes with one, the other knows nothing of it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.core import mail
from django.urls import reverse
from icalendar import Calendar
from tests.tours.conftest import NOW, START

from studytours.core.errors import Refused
from studytours.core.models import Message
from studytours.tours import operations
from studytours.tours.invitations.calendar import calendar_of
from studytours.tours.models import Tour

LONDON = ZoneInfo("Europe/London")


def entry(text):
    """The one event of a calendar file, read by icalendar."""
    [event] = Calendar.from_ical(text).walk("VEVENT")
    return event


def last_entry():
    message = Message.objects.exclude(calendar="").order_by("-pk").first()
    return message.calendar, entry(message.calendar)


def test_another_parser_reads_the_same(tour):
    text = calendar_of([tour]).decode()
    theirs = vobject.readOne(text)
    event = theirs.vevent
    assert event.summary.value == "Queensway study tour"
    assert event.dtstart.value.astimezone(UTC) == START
    assert event.duration.value == timedelta(minutes=90)
    assert theirs.method.value == "PUBLISH" and event.uid.value == str(entry(text)["UID"])


@pytest.mark.parametrize(
    "start",
    [
        datetime(2026, 10, 25, 0, 30, tzinfo=LONDON),  # ends in the hour that comes twice
        datetime(2026, 10, 25, 1, 30, tzinfo=LONDON),  # begins in it, the first time
        datetime(2026, 10, 25, 1, 30, fold=1, tzinfo=LONDON),  # and the second
        datetime(2027, 3, 28, 0, 30, tzinfo=LONDON),  # the clocks go forward on the way
        datetime(2026, 7, 1, 18, tzinfo=LONDON),
        datetime(2026, 12, 1, 18, tzinfo=LONDON),
    ],
)
def test_a_clock_change_moves_nothing(tour, start):
    operations.change_tour(tour, starts_at=start.astimezone(UTC), now=NOW)
    text = calendar_of([tour]).decode()
    for dtstart, length in (
        (entry(text)["DTSTART"].dt, entry(text)["DURATION"].dt),
        (vobject.readOne(text).vevent.dtstart.value, vobject.readOne(text).vevent.duration.value),
    ):
        assert dtstart.astimezone(UTC) == start.astimezone(UTC)
        assert length == timedelta(minutes=90)


def test_a_time_that_the_clocks_leave_out_is_refused_in_the_form(client, coordinator, area):
    client.force_login(coordinator)
    form = {"title": "Night walk", "day": "2027-03-28", "clock": "01:30", "minutes": "60",
            "meeting_point": "Church"}  # fmt: skip
    page = client.post(reverse("desk_tour_new") + "?area=queensway", form).content.decode()
    assert "The clocks go forward in that hour" in page and not Tour.objects.exists()


def test_one_uid_for_life_and_a_sequence_that_rises_with_time_and_place(open_tour, guest):
    guest("ann")
    text, first = last_entry()
    assert Calendar.from_ical(text)["METHOD"] == "REQUEST" and first["SEQUENCE"] == 0
    assert str(first["ATTENDEE"]) == "mailto:ann@example.org"
    operations.change_tour(open_tour, title="Another name", now=NOW)
    assert entry(calendar_of([open_tour]))["SEQUENCE"] == 0
    seen = [first]
    for change in ({"starts_at": START + timedelta(1)}, {"meeting_point": "The school gate"}):
        operations.change_tour(open_tour, **change, now=NOW)
        seen.append(last_entry()[1])
    operations.cancel_tour(open_tour, now=NOW)
    text, cancelled = last_entry()
    assert Calendar.from_ical(text)["METHOD"] == "CANCEL" and cancelled["STATUS"] == "CANCELLED"
    operations.reopen(open_tour, now=NOW)
    again = last_entry()[1]
    assert again["STATUS"] == "CONFIRMED"
    seen += [cancelled, again]
    assert [int(event["SEQUENCE"]) for event in seen] == [0, 1, 2, 3, 4]
    assert len({str(event["UID"]) for event in seen}) == 1


def test_a_site_that_moves_keeps_its_entries(tour, settings):
    before = entry(calendar_of([tour]))["UID"]
    settings.BASE_URL = "https://elsewhere.example"
    assert entry(calendar_of([tour]))["UID"] == before


def test_a_change_that_is_refused_raises_nothing(open_tour):
    with pytest.raises(Refused):
        operations.change_tour(open_tour, starts_at=NOW - timedelta(1), now=NOW)
    open_tour.refresh_from_db()
    assert open_tour.calendar_sequence == 0


def test_a_mail_program_sees_that_the_letter_invites(guest, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        guest("ann")
    [part] = [one for one in mail.outbox[0].message().walk()
              if one.get_content_type() == "text/calendar"]  # fmt: skip
    assert part.get_param("method") == "REQUEST" and part.get_filename() == "study-tour.ics"
    assert entry(part.get_payload(decode=True))["SUMMARY"] == "Queensway study tour"
    assert Message.objects.get().calendar == ""  # its links open things: it is not kept


def test_hostile_words_stay_words(open_tour):
    operations.change_tour(
        open_tour, meeting_point="Hall\r\nATTENDEE:mailto:x@example.org\nMETHOD:CANCEL;,\\", now=NOW
    )
    text = calendar_of([open_tour]).decode()
    event = entry(text)
    assert "ATTENDEE" not in event and Calendar.from_ical(text)["METHOD"] == "PUBLISH"
    assert vobject.readOne(text).vevent.location.value.endswith("METHOD:CANCEL;,\\")


def test_an_invitation_has_its_own_also_of_a_tour_that_is_not_public(client, open_tour, guest):
    ann = guest("ann")
    Tour.objects.update(is_public=False)
    answer = client.get(reverse("tour_reply_calendar", args=[ann.token]))
    assert entry(answer.content)["SUMMARY"] == "Queensway study tour"
    feed = Calendar.from_ical(client.get("/feeds/tours.ics").content)
    assert feed.walk("VEVENT") == []
