"""Daylight on the day of a tour."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from .daylight import daylight
from .rules import end_of


def middle_of(tour):
    """(lat, lon) of the meeting point, or of the middle of the area."""
    if tour.meeting_lat is not None:
        return tour.meeting_lat, tour.meeting_lon
    west, south, east, north = tour.area.bounds
    return (south + north) / 2, (west + east) / 2


def light_of(tour):
    """Sunset and dusk at the area on the day of the tour, and whether it ends in the dark."""
    light = daylight(timezone.localtime(tour.starts_at).date(), *middle_of(tour))
    return {
        "sunset": light.sunset,
        "dusk": light.dusk,
        "ends_in_the_dark": bool(light.dusk and end_of(tour) > light.dusk),
        "begins_in_the_dark": bool(light.dusk and tour.starts_at > light.dusk),
    }


def dusk_on(tour, day):
    """The moment from which it is dark at a tour's place on a day; None where it never is."""
    return daylight(day, *middle_of(tour)).dusk


def clock_change(day):
    """A sentence for the two days of the year on which clocks change; "" for all others."""
    midnights = [datetime.combine(one, time()) for one in (day, day + timedelta(days=1))]
    before, after = (timezone.make_aware(moment).utcoffset() for moment in midnights)
    if before == after:
        return ""
    way = "forward" if after > before else "back"
    return f"The clocks go {way} that day: say so to those who come."
