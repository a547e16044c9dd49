"""What fieldwork adds to a tour's page at the desk."""

from django.template.loader import render_to_string

from studytours.core.panels import panel

from .loaders import sees_private
from .queries import counts


@panel("desk_tour", order=30)
def walk(request, tour):
    """How many joined and what came in, with the ways to it."""
    context = {"tour": tour, "counts": counts(tour), "private": sees_private(request.user, tour)}
    return render_to_string("fieldwork/panel_tour.html", context, request)
