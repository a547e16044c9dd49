"""What fieldwork adds to pages of the desk: a tour's and the settings."""

from django.template.loader import render_to_string

from studytours.core.panels import panel

from .feelings.compare import comparisons
from .loaders import sees_private
from .paper.sheet import sheet_of
from .queries import by_stop, counts, phones, still_to_send
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


@panel("desk_tour", order=35)
def feelings(request, tour):
    """How it felt at the same stops on another walk, once both are over."""
    found = comparisons(tour)
    context = {"tour": tour, "found": found}
    return render_to_string("fieldwork/feelings/panel.html", context, request) if found else ""


@panel("pack_sheet", order=10)
def recording_sheet(tour):
    """The codes of the paper sheet, which are the phone's: data for the printed pack."""
    return sheet_of(tour)


@panel("desk_walk", order=10)
def phones_of(request, tour):
    """On the shared screen: how many phones joined, what has come in, who still has something."""
    if not (tour.join_code and sees_private(request.user, tour)):
        return ""
    context = {
        "tour": tour, "counts": counts(tour), "behind": still_to_send(phones(tour)),
        "stops": by_stop(tour),
    }  # fmt: skip
    return render_to_string("fieldwork/panel_walk.html", context, request)


@panel("desk_settings", order=10)
def categories(request, thing):
    """The way to what walkers choose from."""
    return render_to_string("fieldwork/panel_settings.html", {}, request)
