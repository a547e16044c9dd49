"""One at a time changes a tour."""

from ..models import Tour


def lock_tour(tour):
    """Hold the tour until the transaction ends, and read what it says now."""
    tour.refresh_from_db(from_queryset=Tour.objects.select_for_update())
