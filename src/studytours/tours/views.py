"""The desk's list of tours, the plan, and the page of one tour."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from studytours.areas.models import Area
from studytours.core.errors import Refused
from studytours.core.forms import form_key
from studytours.core.operations import once
from studytours.measures.queries import area_geojson
from studytours.partners.access import coordinators

from . import operations
from .before.signing import signing_of
from .forms import CancelForm, TourForm, tour_initial
from .invitations.who import answers_and_remits
from .light import clock_change, light_of
from .loaders import get_tour, see_tours, stops_of
from .queries import (
    desk_lists,
    meeting_geojson,
    route_geojson,
    stops_geojson,
)
from .route import route_summary
from .rules import BACK, may
from .tasklist import tasks_of


@see_tours
def desk_tours(request):
    lists = desk_lists(request.user)
    page = Paginator(lists["past"], 25).get_page(request.GET.get("page"))
    context = {"coming": lists["coming"], "debrief": lists["debrief"], "page": page}
    return render(request, "tours/desk_tours.html", context)


@coordinators
def desk_tour_new(request):
    """Choose the area first: the places to choose from depend on it."""
    area = Area.objects.filter(slug=request.GET.get("area", "")).first()
    if area is None:
        return render(request, "tours/desk_tour_area.html", {"areas": Area.objects.all()})
    initial = {"title": f"{area.name} study tour", "clock": "18:00"}
    form = TourForm(request.POST or None, area=area, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(once(form_key(request), lambda: _planned(request, area, form)))
        except Refused as error:
            form.add_error(None, str(error))
    context = {"form": form, "area": area, "shape": area_geojson(area), "heading": "Plan a tour"}
    return render(request, "tours/desk_tour_form.html", context)


def _planned(request, area, form):
    tour = operations.plan_tour(area=area, **form.values(), by=request.user)
    messages.success(request, f"{tour.title} is planned. Now choose the stops.")
    return tour.get_desk_url()


@see_tours
def desk_tour(request, slug):
    """The task list of a tour, with its map and what higher contexts know of it."""
    tour = get_tour(request, slug)
    stops = stops_of(tour)
    route = route_summary(tour, stops)
    context = {
        "tour": tour,
        "stops": stops,
        "route": route,
        "tasks": tasks_of(
            tour, route, answers_and_remits(tour), len(stops), signing_of(tour, stops)
        ),
        "light": light_of(tour),
        "clock_change": clock_change(timezone.localtime(tour.starts_at).date()),
        "can_go_back": tour.state in BACK,
        "can_cancel": may(tour, "cancel"),
        **map_of(tour, stops, route),
    }
    return render(request, "tours/desk_tour.html", context)


def map_of(tour, stops, route):
    """The layers of a tour's map, for the template."""
    return {
        "shape": area_geojson(tour.area),
        "route_layer": route_geojson(route.line),
        "stops_layer": stops_geojson(stops),
        "meeting_layer": meeting_geojson(tour),
    }


@coordinators
def desk_tour_plan(request, slug):
    tour = get_tour(request, slug)
    form = TourForm(request.POST or None, area=tour.area, initial=tour_initial(tour))
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_tour(tour, **form.values(), by=request.user)
            messages.success(request, "The plan is saved.")
            return redirect(tour.get_desk_url())
        except Refused as error:
            form.add_error(None, str(error))
    context = {
        "form": form, "tour": tour, "area": tour.area, "shape": area_geojson(tour.area),
        "heading": "Date and meeting point",
        "tells": tour.invitations.exclude(sent_at=None).count() if may(tour, "invite") else 0,
        "locked": not may(tour, "change the date or the meeting point"),
    }  # fmt: skip
    return render(request, "tours/desk_tour_form.html", context)


@coordinators
def desk_tour_cancel(request, slug):
    """Ask before calling it off, and say what follows."""
    tour = get_tour(request, slug)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.cancel_tour(tour, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "The tour is cancelled. Those who were asked are told.")
        return redirect(tour.get_desk_url())
    told = tour.invitations.exclude(sent_at=None).exclude(answer="no").count()
    context = {"form": form, "tour": tour, "told": told}
    return render(request, "tours/desk_tour_cancel.html", context)


@require_POST
@coordinators
def desk_tour_reopen(request, slug):
    """Take back the last step."""
    tour = get_tour(request, slug)
    operations.reopen(tour, by=request.user)
    messages.success(request, f"The tour is “{tour.get_state_display().lower()}” again.")
    return redirect(tour.get_desk_url())
