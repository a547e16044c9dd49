"""What tours add to the pages of lower contexts."""

from collections import defaultdict

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format

from studytours.core.panels import panel

from .models import Tour
from .queries import desk_lists, tours_for, with_counts


@panel("desk_area", order=10)
def tours(request, area):
    """The tours of an area, the latest first."""
    found = with_counts(tours_for(request.user).filter(area=area)).order_by("-starts_at")
    context = {"area": area, "tours": list(found[:50])}
    return render_to_string("tours/panel_area.html", context, request)


@panel("desk_home", order=10)
def coming(request, thing):
    """The next tours; those being walked or debriefed stand above it on the desk's first page."""
    coming = desk_lists(request.user)["coming"]
    planned = [tour for tour in coming if tour.state != Tour.State.WALKING]
    context = {"coming": planned[:5], "any": Tour.objects.exists()}
    return render_to_string("tours/panel_home.html", context, request)


@panel("desk_settings", order=20)
def words_for_every_walk(request, thing):
    """The way to the office's script and its risk assessment."""
    return render_to_string("tours/panel_settings.html", {}, request)


@panel("area_notes", order=10)
def walked(areas):
    """When each area was walked, the last walk first, and which walk is planned."""
    notes = defaultdict(list)
    tours = Tour.objects.filter(area__in=areas).exclude(state=Tour.State.CANCELLED)
    for tour in tours.order_by("-starts_at"):
        planned = tour.walked_at is None
        day = date_format(timezone.localtime(tour.walked_at or tour.starts_at), "j F Y")
        notes[tour.area_id].append(f"walk planned for {day}" if planned else f"walked on {day}")
    return notes
