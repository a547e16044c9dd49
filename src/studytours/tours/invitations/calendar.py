"""Tours as calendar entries (RFC 5545, RFC 5546).

A tour has one UID for life. SEQUENCE rises with every change of time or place, so that a calendar
knows the newer entry; a cancelled tour is an entry that says so, never one that is gone.
"""

from datetime import UTC, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone

from studytours.partners.queries import get_office

from ..models import Tour

# Summer time as it has been since 1996. A calendar away from Britain needs it to be right.
LONDON = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
"""
PARTSTAT = {"yes": "ACCEPTED", "no": "DECLINED", "wait": "TENTATIVE", "none": "NEEDS-ACTION"}


def calendar_of(tours, *, name=""):
    """The bytes of a calendar to read or follow, the same for the same tours."""
    calendar = _calendar("PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("x-wr-timezone", settings.TIME_ZONE)
        calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for tour in tours:
        calendar.add_component(_event(tour, settings.BASE_URL + tour.get_absolute_url()))
    return calendar.to_ical()


def entry_for(invitation, tour, *, link):
    """The text that goes with an e-mail: asks, changes or, for a cancelled tour, takes back."""
    from icalendar import vCalAddress, vText

    calendar = _calendar("CANCEL" if tour.state == Tour.State.CANCELLED else "REQUEST")
    event = _event(tour, link)
    office = get_office()
    from_whom = office.contact_email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    organiser = vCalAddress(f"mailto:{from_whom}")
    organiser.params["cn"] = vText(office.name)
    event.add("organizer", organiser)
    asked = vCalAddress(f"mailto:{invitation.address}")
    # The answer comes by the link, which nobody at the organiser's address would read out of a
    # calendar's own reply.
    asked.params.update({"rsvp": "FALSE", "partstat": PARTSTAT[invitation.answer]})
    event.add("attendee", asked)
    calendar.add_component(event)
    return calendar.to_ical().decode()


def _calendar(method):
    from icalendar import Calendar, Timezone

    calendar = Calendar()
    calendar.add("prodid", "-//studytours//tours//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(Timezone.from_ical(LONDON.replace("\n", "\r\n")))
    return calendar


def _event(tour, link):
    from icalendar import Event

    event = Event()
    # Not the site's address: that may change.
    event.add("uid", f"tour-{tour.pk}-{tour.made_at.astimezone(UTC):%Y%m%dT%H%M%S%f}@studytours")
    event.add("sequence", tour.calendar_sequence)
    event.add("dtstamp", (tour.calendar_at or tour.made_at).astimezone(UTC))
    event.add("dtstart", _start(tour))
    # A length and not an end: on the night the clocks go back an end may be read two ways.
    event.add("duration", timedelta(minutes=tour.minutes))
    event.add("summary", tour.title)
    event.add("location", tour.meeting_point)
    if tour.meeting_lat is not None:
        event.add("geo", (tour.meeting_lat, tour.meeting_lon))
    event.add("description", f"{tour.introduction}\n\n{link}".strip())
    event.add("url", link)
    cancelled = tour.state == Tour.State.CANCELLED
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    return event


def _start(tour):
    """By the clock on the wall; the hour that comes twice in autumn is said in UTC."""
    local = timezone.localtime(tour.starts_at)
    return tour.starts_at.astimezone(UTC) if local.fold else local
