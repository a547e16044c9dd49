"""Pages of the stops. Everything works with buttons; the map is a second way."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from studytours.core.errors import Refused
from studytours.core.forms import form_key
from studytours.core.operations import once
from studytours.partners.access import leaders
from studytours.partners.models import Role

from . import operations
from .forms import StopForm, stop_initial
from .loaders import get_stop, get_tour, see_tours, stops_of
from .planner.changes import stops_context
from .route import route_summary
from .suggestions import suggested_stops
from .views import map_of


@see_tours
def desk_tour_stops(request, slug):
    """The stops in order, and three ways to add one."""
    tour = get_tour(request, slug)
    if request.method == "POST":
        return _add(request, tour)
    return _show(request, tour, StopForm(area=tour.area))


@leaders
def _add(request, tour):
    form = StopForm(request.POST, area=tour.area)
    if form.is_valid():
        try:
            return redirect(once(form_key(request), lambda: _added(request, tour, form)))
        except Refused as error:
            form.add_error(None, str(error))
    return _show(request, tour, form)


def _added(request, tour, form):
    stop = operations.add_stop(tour, **form.values(), by=request.user)
    messages.success(request, f"{stop} was added.")
    return reverse("desk_tour_stops", args=[tour.slug])


def _show(request, tour, form):
    stops = stops_of(tour)
    known = stops_context(tour, stops, may_write=request.user.role != Role.ANALYST)
    hot, due = suggested_stops(tour, stops) if known["may_add"] else ([], [])
    context = {
        **known, "form": form, "hot": hot, "due": due, **map_of(tour, stops, known["route"]),
    }  # fmt: skip
    return render(request, "tours/desk_tour_stops.html", context)


@require_POST
@leaders
def desk_stop_suggested(request, slug):
    """Add a suggested stop with one click. The suggestion is made anew, not taken from the form."""
    tour = get_tour(request, slug)
    stops = stops_of(tour)
    hot, due = suggested_stops(tour, stops)
    wanted = request.POST.get("name", "")
    chosen = next((one for one in (*hot, *due) if one.name == wanted), None)
    if chosen is None:
        raise Refused("This suggestion is not open any more.", cure="It may be a stop already.")
    stop = operations.add_stop(
        tour, name=chosen.name, lat=chosen.lat, lon=chosen.lon, look_at=chosen.look_at,
        measures=[chosen.measure] if chosen.measure else [], by=request.user,
    )  # fmt: skip
    messages.success(request, f"{stop} was added.")
    return redirect("desk_tour_stops", slug)


@leaders
def desk_stop(request, slug, pk):
    """Change one stop."""
    stop = get_stop(request, slug, pk)
    form = StopForm(request.POST or None, area=stop.tour.area, initial=stop_initial(stop))
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_stop(stop, **form.values(), by=request.user)
            messages.success(request, f"Stop {stop.number} is saved.")
            return redirect("desk_tour_stops", slug)
        except Refused as error:
            form.add_error(None, str(error))
    stops = stops_of(stop.tour)
    context = {
        "form": form, "stop": stop, "tour": stop.tour,
        **map_of(stop.tour, stops, route_summary(stop.tour, stops)),
    }  # fmt: skip
    return render(request, "tours/desk_stop.html", context)
