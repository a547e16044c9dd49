"""The page to walk a route again: on another day, or at dusk as the pair of the walk by day."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from studytours.core.errors import Refused
from studytours.core.forms import form_key
from studytours.core.operations import once
from studytours.core.templatetags.ui import moment
from studytours.partners.access import coordinators

from .. import operations
from ..light import clock_change, light_of
from ..loaders import get_tour
from .forms import CopyForm, DuskForm


@coordinators
def desk_tour_again(request, slug):
    tour = get_tour(request, slug)
    start = timezone.localtime(tour.starts_at)
    at_dusk = "dusk" in request.POST
    initial = {"title": tour.title, "clock": start.time()}
    copy = CopyForm(None if at_dusk else request.POST or None, initial=initial, prefix="copy")
    dusk = DuskForm(request.POST if at_dusk else None, prefix="dusk")
    form, make = (dusk, _at_dusk) if at_dusk else (copy, _copied)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(once(form_key(request), lambda: make(request, tour, form)))
        except Refused as error:
            form.add_error(None, str(error))
    context = {"tour": tour, "copy": copy, "dusk": dusk, "light": light_of(tour)}
    return render(request, "tours/desk_tour_again.html", context)


def _copied(request, tour, form):
    return _told(request, operations.copy_tour(tour, **form.values(), by=request.user))


def _at_dusk(request, tour, form):
    day = form.cleaned_data["day"]
    return _told(request, operations.walk_at_dusk(tour, day=day, by=request.user))


def _told(request, made):
    """Where to go, after saying when it is, and that the clocks change if they do."""
    change = clock_change(timezone.localtime(made.starts_at).date())
    words = f"{made.title} is planned for {moment(made.starts_at)}. {change}".strip()
    messages.success(request, words)
    return made.get_desk_url()
