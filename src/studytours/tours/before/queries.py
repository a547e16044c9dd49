"""What was done on this ground before, for whoever walks it next."""

from django.utils import timezone

from studytours.areas.earlier import SAME_GROUND
from studytours.areas.models import Area
from studytours.areas.queries import profile
from studytours.core.geometry import boxes_touch
from studytours.measures.queries import measures_of

from ..models import Tour


def ground_of(area):
    """The area and the office's other areas on the same ground."""
    here = area.geometry
    others = boxes_touch(Area.objects.exclude(pk=area.pk), *area.bounds)
    return [area] + [
        other for other in others
        if here.intersection(other.geometry).area
        >= SAME_GROUND * min(here.area, other.geometry.area)
    ]  # fmt: skip


def earlier_walks(tour):
    """Walks that took place on this ground before this tour, the last one first."""
    walked = Tour.objects.filter(area__in=ground_of(tour.area), walked_at__lt=tour.starts_at)
    walked = walked.exclude(pk=tour.pk).exclude(state=Tour.State.CANCELLED)
    return list(walked.select_related("area").order_by("-walked_at"))


def measures_here(tour):
    """The measures of this ground, each with `due` and the numbers of the stops that check it."""
    day = timezone.localtime(tour.starts_at).date()
    at = {}
    for stop in tour.stops.prefetch_related("measures"):
        for measure in stop.measures.all():
            at.setdefault(measure.pk, []).append(stop.number)
    found = list(measures_of(tour.area))
    for measure in found:
        measure.due = bool(measure.next_check and measure.next_check <= day)
        measure.at_stops = at.get(measure.pk, [])
    return sorted(found, key=lambda one: (not one.due, one.ref))


def crime_here(area):
    """Half a page: the figures of the last two years, the mix, one caveat; None without data."""
    found = profile(area)
    if not found.months:
        return None
    return {
        "profile": found,
        "months": found.months[-24:],
        "series": found.series[-24:],
        "mix": found.mix[:5],
    }
