"""Changing stops by hand: each works as a form; a page with a script gets the list anew."""

from functools import wraps

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from studytours.core.errors import Refused
from studytours.partners.access import leaders

from .. import operations
from ..loaders import get_stop, get_tour, stops_of
from ..queries import route_geojson, stops_geojson
from ..route import route_summary
from ..rules import end_of, may
from .times import itinerary, light_words
from .way import way_of


def stops_context(tour, stops, *, may_write=True):
    """What the list of stops shows: times on the way, and what may be done."""
    way = way_of(tour, stops)
    legs = itinerary(tour, stops, way)
    light, against = light_words(tour, legs[-1].arrives)
    return {
        "tour": tour, "stops": stops, "route": route_summary(tour, stops),
        "rows": list(zip(stops, legs[:-1], strict=True)), "home": legs[-1],
        "late": legs[-1].arrives > end_of(tour), "light": light, "light_against": against,
        "may_add": may_write and may(tour, "add or change stops"),
        "may_move": may_write and may(tour, "remove or reorder stops"),
    }  # fmt: skip


def _answer(request, tour, words):
    """The list and the way as they are now, or back to the page."""
    if request.headers.get("Accept") != "application/json":
        messages.success(request, words)
        return redirect("desk_tour_stops", tour.slug)
    tour = get_tour(request, tour.slug)
    stops = stops_of(tour)
    context = stops_context(tour, stops)
    return JsonResponse(
        {
            "said": words,
            "list": render_to_string("tours/planner/stops.html", context, request),
            "route": route_geojson(context["route"].line),
            "stops": stops_geojson(stops),
        }
    )


def _refusals(view):
    """A refusal as a sentence for the script; the page of a form has its own."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Refused as error:
            if request.headers.get("Accept") != "application/json":
                raise
            return JsonResponse({"why": str(error)}, status=409)

    return wrapped


@require_POST
@leaders
@_refusals
def desk_stop_move(request, slug, pk):
    """One place up or down, or to a number."""
    stop = get_stop(request, slug, pk)
    to = request.POST.get("to", "")
    operations.move_stop(stop, int(to) if to.isdecimal() else 0, by=request.user)
    return _answer(request, stop.tour, f"{stop.name} is now stop {stop.number}.")


@require_POST
@leaders
@_refusals
def desk_stop_remove(request, slug, pk):
    stop = get_stop(request, slug, pk)
    operations.remove_stop(stop, by=request.user)
    return _answer(request, stop.tour, f"{stop.name} is no longer a stop.")


@require_POST
@leaders
@_refusals
def desk_stop_lock(request, slug, pk):
    """A proposed route always comes to a stop that is locked."""
    stop = get_stop(request, slug, pk)
    operations.lock_stop(stop, request.POST.get("locked") == "yes", by=request.user)
    words = "is locked: a proposed route comes here" if stop.locked else "is not locked any more"
    return _answer(request, stop.tour, f"{stop.name} {words}.")


@require_POST
@leaders
@_refusals
def desk_stop_place(request, slug, pk):
    """Move a stop on the map."""
    stop = get_stop(request, slug, pk)
    try:
        lat, lon = float(request.POST.get("lat", "")), float(request.POST.get("lon", ""))
    except ValueError as error:
        raise Refused("This is not a point.", cure="Give latitude and longitude.") from error
    operations.place_stop(stop, lat, lon, by=request.user)
    return _answer(request, stop.tour, f"{stop.name} was moved.")
