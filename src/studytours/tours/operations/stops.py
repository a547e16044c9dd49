"""The stops of a tour: numbers run from 1 without gaps, whatever is added, moved or removed."""

from django.db import transaction
from django.db.models import F

from studytours.core.errors import Refused
from studytours.core.operations import record

from ..models import Stop, Tour
from ..rules import MOST_STOPS, checked_point, checked_text, refuse_unless
from .locks import lock_tour

# Beyond any real number: stops wait there while they are given new numbers.
ASIDE = 10_000


@transaction.atomic
def add_stop(
    tour, *, name, lat=None, lon=None, look_at="", minutes=5, measures=(), look_from_here=False,
    by=None, now=None,
):  # fmt: skip
    """A new stop after the last one."""
    _lock(tour, "add or change stops")
    count = tour.stops.count()
    if count >= MOST_STOPS:
        raise Refused(f"A tour has at most {MOST_STOPS} stops.", cure="Remove one first.")
    stop = Stop(tour=tour, number=count + 1)
    _fill(stop, name, lat, lon, look_at, minutes, look_from_here)
    stop.save()
    _attach(stop, measures)
    record("stop_added", about=tour, summary=f"Stop {stop} was added", by=by, now=now)
    return stop


@transaction.atomic
def change_stop(
    stop, *, name, lat=None, lon=None, look_at="", minutes=5, measures=(), look_from_here=False,
    by=None, now=None,
):  # fmt: skip
    """Say everything about a stop anew; its number stays."""
    _lock(stop.tour, "add or change stops")
    stop = Stop.objects.select_related("tour").get(pk=stop.pk)
    _fill(stop, name, lat, lon, look_at, minutes, look_from_here)
    stop.save()
    _attach(stop, measures)
    record("stop_changed", about=stop.tour, summary=f"Stop {stop} was changed", by=by, now=now)
    return stop


@transaction.atomic
def move_stop(stop, to, *, by=None, now=None):
    """Give a stop another number; those between move up or down by one."""
    _lock(stop.tour, "remove or reorder stops")
    stops = list(stop.tour.stops.all())
    if not 1 <= to <= len(stops):
        raise Refused(f"There is no place {to}: this tour has {len(stops)} stops.")
    moving = next(one for one in stops if one.pk == stop.pk)
    stops.remove(moving)
    stops.insert(to - 1, moving)
    _renumber(stops)
    record("stop_moved", about=stop.tour, summary=f"{stop.name} is now stop {to}", by=by, now=now)
    stop.number = to
    return stop


@transaction.atomic
def remove_stop(stop, *, by=None, now=None):
    """Take a stop away; the later ones move up."""
    _lock(stop.tour, "remove or reorder stops")
    tour, name = stop.tour, stop.name
    Stop.objects.filter(pk=stop.pk).delete()
    _renumber(list(tour.stops.all()))
    record("stop_removed", about=tour, summary=f"Stop {name} was removed", by=by, now=now)


@transaction.atomic
def set_stops(tour, stops, *, by=None, now=None):
    """Replace all stops by these, each a dict of what `add_stop` takes."""
    _lock(tour, "remove or reorder stops")
    tour.stops.all().delete()
    return [add_stop(tour, **stop, by=by, now=now) for stop in stops]


def _lock(tour, step):
    """One at a time changes the stops of a tour; refuses when it may not be done any more."""
    lock_tour(tour)
    cure = "Phones hold these numbers already." if tour.state == Tour.State.WALKING else ""
    refuse_unless(tour, step, cure=cure)


def _fill(stop, name, lat, lon, look_at, minutes, look_from_here):
    if not 0 <= minutes <= 120:
        raise Refused("A stop lasts from 0 to 120 minutes.")
    stop.name = checked_text(name, "name of the stop", 120)
    stop.lat, stop.lon = checked_point(lat, lon)
    stop.look_at = look_at.strip()[:300]
    stop.minutes = minutes
    stop.look_from_here = look_from_here


def _attach(stop, measures):
    for measure in measures:
        if measure.area_id not in (None, stop.tour.area_id):
            raise Refused(f"{measure.ref} {measure.name} is not in the area of this tour.")
    stop.measures.set(measures)


def _renumber(stops):
    """By way of high numbers: the database refuses two stops of one number at every moment."""
    Stop.objects.filter(pk__in=[stop.pk for stop in stops]).update(number=F("number") + ASIDE)
    for number, stop in enumerate(stops, 1):
        Stop.objects.filter(pk=stop.pk).update(number=number)
