"""Choosing: where recorded crime points, how sure that is, and why."""

from django.core.paginator import Paginator
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from shapely import unary_union

from studytours.core.errors import Refused
from studytours.core.geometry import to_geojson
from studytours.crime.queries import force_label, forces
from studytours.crime.sets import SET_LABELS
from studytours.partners.access import desk
from studytours.partners.queries import get_office

from . import queries
from .forms import ChooseForm
from .holdings import missing
from .kept import kept, state_of_the_data
from .layers import STEP_WORDS, boundary_layer, collection, feature, point_layer, streets_layer
from .models import BoundarySet

ROWS = 25


@desk
@require_safe
def choose(request):
    """The suggested areas on a map and as a list, and the ranking they come from."""
    held = forces()
    if not held:
        return render(request, "areas/choose_empty.html")
    form = ChooseForm(request.GET, forces=held, home=get_office().home_force)
    asked = form.asked
    page = {"form": form, "asked": asked, "force_name": force_label(asked["force"])}
    try:
        suggestions, ranking = _answers(asked)
    except Refused as refusal:
        return render(request, "areas/choose.html", page | {"refusal": refusal}, status=409)
    page |= {
        "suggestions": queries.with_earlier(suggestions),
        "ranking": ranking,
        "rows": Paginator(ranking.rows, ROWS).get_page(request.GET.get("page")),
        "crimes_name": SET_LABELS[asked["crimes"]].lower(),
        "caveats": list(dict.fromkeys([*suggestions.caveats, *ranking.caveats])),
        "missing": missing(),
        "layers": _layers(asked, suggestions),
        "legend": list(enumerate(STEP_WORDS)),
    }
    return render(request, "areas/choose.html", page)


def _answers(asked):
    state = state_of_the_data()
    return _suggested(asked, state), kept(
        queries.rank_areas,
        asked["force"],
        crimes=asked["crimes"],
        kind=asked["kind"],
        by=asked["by"],
        state=state,
    )


def _suggested(asked, state=None):
    return kept(
        queries.suggest_areas,
        force=asked["force"],
        crimes=asked["crimes"],
        count=asked["count"],
        minutes=asked["minutes"],
        state=state,
    )


def _layers(asked, suggestions):
    """The map's layers, from the ground up. Only the suggestions decide what is in view."""
    around = unary_union([one.geometry for one in suggestions])
    streets = [] if around.is_empty else [streets_layer(around.bounds)]
    boundaries = {"kind": "ward" if asked["kind"] == "ward" else "lsoa"}
    what = urlencode({name: asked[name] for name in ("force", "crimes")})
    same = urlencode(asked)
    return [
        *streets,
        {"url": f"{reverse('desk_choose_boundaries')}?{urlencode(boundaries)}",
         "style": "boundaries", "fit": False},
        {"url": f"{reverse('desk_choose_points')}?{what}", "style": "crime", "fit": False},
        {"url": f"{reverse('desk_choose_suggestions')}?{same}", "style": "area"},
    ]  # fmt: skip


@desk
@require_safe
@cache_control(private=True, max_age=300)
def points(request):
    """The map points of a force with their counts; none where no crime is imported."""
    held = forces()
    if not held:
        return JsonResponse(collection([]))
    asked = _asked(request, held)
    return JsonResponse(kept(point_layer, force=asked["force"], crimes=asked["crimes"]))


@desk
@require_safe
@cache_control(private=True, max_age=300)
def boundaries(request):
    kind = request.GET.get("kind", "lsoa")
    if kind not in BoundarySet.Kind.values:
        raise Http404(f"There are no boundaries of the kind “{kind}”.")
    return JsonResponse(kept(boundary_layer, kind))


@desk
@require_safe
@cache_control(private=True, max_age=300)
def suggestions(request):
    """The outlines of the suggested areas, numbered as in the list beside the map."""
    held = forces()
    if not held:
        return JsonResponse(collection([]))
    return JsonResponse(collection(_outline(one) for one in _suggested(_asked(request, held))))


def _asked(request, held):
    return ChooseForm(request.GET, forces=held, home=get_office().home_force).asked


def _outline(area):
    return feature(
        to_geojson(area.geometry, digits=5),
        number=area.rank,
        label=f"{area.rank}. {area.name}",
        href=f"#suggestion-{area.rank}",
    )
