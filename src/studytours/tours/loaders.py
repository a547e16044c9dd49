"""Load a tour for the person who asks: 404 for a tour that they may not know of."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from studytours.partners.access import for_roles
from studytours.partners.models import Role

from .models import Stop
from .queries import tours_for

# Staff see every tour, a leader their own; partners have no desk.
see_tours = for_roles(Role.ANALYST, Role.LEADER)


def get_tour(request, slug):
    return get_object_or_404(tours_for(request.user), slug=slug)


def get_stop(request, slug, pk):
    """A stop of a tour that this person may know of."""
    tour = get_tour(request, slug)
    stop = tour.stops.filter(pk=pk).prefetch_related("measures").first()
    if stop is None:
        raise Http404("This stop is not here any more.")
    stop.tour = tour
    return stop


def stops_of(tour):
    """The stops in order, with their measures."""
    return list(Stop.objects.filter(tour=tour).prefetch_related("measures"))
