"""When the walk is where, by the clock of the day, and what the light is like."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.utils import timezone

from studytours.core.templatetags.ui import clock

from ..daylight import daylight
from ..models import RoutePlan
from ..route import METRES_A_MINUTE
from .way import plan_of


@dataclass(frozen=True)
class Leg:
    """The walk to a stop, or to the end."""

    stop: object  # None for the end
    metres: int
    minutes: int
    arrives: datetime
    guess: str  # why it is only a straight line


def itinerary(tour, stops, way):
    """A Leg for every stop in order and for the end. A stop without a point takes no walking.

    Times are moments, so a change of the clocks on the way is told rightly.
    """
    sections = {section.to.pk if section.to else None: section for section in way.sections}
    passed, legs = 0.0, []
    for stop in (*stops, None):
        section = sections.get(stop.pk if stop else None)
        metres = section.metres if section else 0.0
        passed += metres / METRES_A_MINUTE
        arrives = tour.starts_at + timedelta(minutes=ceil(passed))
        guess = section.guess if section else ""
        minutes = ceil(metres / METRES_A_MINUTE)
        legs.append(Leg(stop, round(metres / 10) * 10, minutes, arrives, guess))
        passed += stop.minutes if stop else 0
    return legs


def light_words(tour, ends_at):
    """(sentence, whether it goes against the wish) about the light on the way."""
    lat, lon = tour.meeting_lat, tour.meeting_lon
    if lat is None:
        west, south, east, north = tour.area.bounds
        lat, lon = (south + north) / 2, (west + east) / 2
    light = daylight(timezone.localtime(tour.starts_at).date(), lat, lon)
    if light.sunset is None:
        return "", False
    plan = plan_of(tour)
    wish = plan.light if plan else RoutePlan.Light.ANY
    sunset, end = clock(light.sunset), clock(ends_at)
    if ends_at <= light.sunset:
        words = f"Sunset is at {sunset}. The walk ends at {end}, in daylight."
        against = wish == RoutePlan.Light.DUSK
        if against:
            start = light.sunset + timedelta(minutes=20) - (ends_at - tour.starts_at)
            words += f" To walk into the dusk, start at {clock(start)} or later."
        return words, against
    begins = f"begins after that and ends at {end}"
    if tour.starts_at <= light.sunset:
        begins = f"ends at {end}, after sunset"
    words = f"Sunset is at {sunset}. The walk {begins}."
    against = wish == RoutePlan.Light.DAYLIGHT
    if against:
        start = light.sunset - (ends_at - tour.starts_at)
        words += f" To end in daylight, start at {clock(start)} or earlier."
    return words, against
