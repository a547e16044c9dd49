"""The desk's pages of what people answered: the whole area, shop visits, private notes."""

from pathlib import Path

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from studytours.core.ranges import ranged_file
from studytours.partners.access import coordinators, leaders
from studytours.tours.loaders import get_tour, see_tours

from .. import operations
from ..loaders import get_led_observation, get_led_tour, get_led_voice, sees_private
from . import queries
from .forms import SummaryForm


@see_tours
@require_safe
def answers(request, slug):
    """How people score the whole area, before, after and months later."""
    tour = get_tour(request, slug)
    moments = queries.whole_area(tour)
    enough = [moment for moment in moments if moment.is_enough]
    context = {
        "tour": tour,
        "moments": moments,
        "enough": enough,
        "rows": queries.area_rows(enough),
        "people": queries.about_people(tour),
        "private": sees_private(request.user, tour),
        "fewest": queries.FEWEST,
    }
    return render(request, "fieldwork/desk_answers.html", context)


@leaders
@require_safe
def shops(request, slug):
    """What shops told, in private, each with the summary that the public may read."""
    tour = get_led_tour(request, slug)
    visits = [
        (visit, SummaryForm(initial={"words": visit.summary.words if visit.summary else ""},
                            auto_id=f"{visit.record.pk}-%s"))
        for visit in queries.shop_visits(tour)
    ]  # fmt: skip
    return render(request, "fieldwork/desk_shops.html", {"tour": tour, "visits": visits})


@coordinators
@require_POST
def summary(request, uuid):
    """Keep the public words of one shop visit; empty words take them back."""
    observation = get_led_observation(request, uuid)
    form = SummaryForm(request.POST)
    form.is_valid()
    kept = operations.summarise(observation, form.cleaned_data.get("words", ""), by=request.user)
    messages.success(request, "The summary is saved." if kept else "There is no summary any more.")
    return redirect("desk_shops", observation.tour.slug)


@coordinators
@require_safe
def notes(request, slug):
    """What was told to the coordinator alone, on the walk and afterwards."""
    tour = get_tour(request, slug)
    context = {"tour": tour, "notes": queries.private_notes(tour)}
    return render(request, "fieldwork/desk_notes.html", context)


@leaders
@require_safe
def voice(request, uuid):
    """A spoken note, to be heard here and kept nowhere. Safari plays only what it gets in parts."""
    found = get_led_voice(request, uuid)
    try:
        path = Path(found.original.path)
    except NotImplementedError:  # kept on another machine
        response = FileResponse(found.original.open("rb"), content_type=found.content_type)
    else:
        response = ranged_file(request, path, found.content_type, f'"{found.sha256}"')
    response.headers["Cache-Control"] = "private, no-store"
    return response
