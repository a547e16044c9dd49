"""What fieldwork adds to pages of the desk: a tour's and the settings."""

from django.template.loader import render_to_string

from studytours.core.panels import panel

from .loaders import sees_private
from .queries import counts
from .questions.queries import to_read


@panel("desk_tour", order=30)
def walk(request, tour):
    """How many joined and what came in, with the ways to it."""
    context = {
        "tour": tour,
        "counts": counts(tour),
        "to_read": to_read(tour),
        "private": sees_private(request.user, tour),
    }
    return render_to_string("fieldwork/panel_tour.html", context, request)


@panel("desk_settings", order=10)
def categories(request, thing):
    """The way to what walkers choose from."""
    return render_to_string("fieldwork/panel_settings.html", {}, request)
