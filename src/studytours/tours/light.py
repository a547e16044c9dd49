"""Daylight on the day of a tour."""

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
