"""What a record may name: its tour's stops and bounds, the categories, the measures."""

from django.db.models import prefetch_related_objects

from studytours.measures.models import Measure

from .models import Category
from .places import bounds_around


class Known:
    """Of one tour. Stops and categories are there already; few records name a measure."""

    def __init__(self, tour, categories):
        self.tour = tour
        self.stops = {stop.pk: stop for stop in tour.stops.all()}
        self.categories = categories

    def measure(self, ref):
        return Measure.objects.filter(ref=ref).first()

    def bounds(self, metres):
        """(west, south, east, north) of the tour's area with a margin."""
        return bounds_around(self.tour, metres)


def known_of(tours):
    """{tour's pk: Known} for several tours, in as many queries as for one."""
    tours = list({tour.pk: tour for tour in tours}.values())
    prefetch_related_objects(tours, "stops", "area")
    categories = Category.objects.in_bulk()
    return {tour.pk: Known(tour, categories) for tour in tours}
