"""What a record may name: its tour's stops and bounds, the categories, the measures."""

from django.db.models import prefetch_related_objects

from studytours.measures.models import Measure

from .models import Category
from .places import bounds_around


class Known:
    """Of one tour. Everything is asked of the database once, whatever is read against it."""

    def __init__(self, tour, categories=None):
        self.tour = tour
        self.stops = {stop.pk: stop for stop in tour.stops.all()}
        self._categories = all_categories() if categories is None else categories

    def category(self, code):
        return self._categories.get(code)

    def measure(self, ref):
        return Measure.objects.filter(ref=ref).first()

    def bounds(self, metres):
        """(west, south, east, north) of the tour's area with a margin."""
        return bounds_around(self.tour, metres)


def all_categories():
    return Category.objects.in_bulk()


def known_of(tours):
    """{tour's pk: Known} for several tours, in as many queries as for one."""
    tours = list({tour.pk: tour for tour in tours}.values())
    prefetch_related_objects(tours, "stops", "area")
    categories = all_categories()
    return {tour.pk: Known(tour, categories) for tour in tours}
