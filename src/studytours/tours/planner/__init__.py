"""The route planner: which stops, by which way, and how good that is."""

from .directions import directions
from .way import way_of

__all__ = ["directions", "route_line", "way_of"]


def route_line(tour):
    """(lon, lat) of the whole way, along streets where a street map covers it."""
    return way_of(tour, list(tour.stops.all())).line
