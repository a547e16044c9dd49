"""The areas the office has chosen, and what is known of each."""

from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from studytours.core.geometry import buffered, to_geojson
from studytours.core.templatetags.ui import month_name
from studytours.crime.queries import forces
from studytours.crime.sets import SET_LABELS
from studytours.partners.access import desk
from studytours.partners.queries import get_office

from . import queries
from .kept import kept
from .layers import STEP_WORDS, collection, feature, point_layer, streets_layer
from .models import Area
from .templatetags.choosing import how_sure, times_in_100

AROUND_METRES = 400


@desk
@require_safe
def areas(request):
    found = Area.objects.select_related("made_by").order_by("name")
    if words := request.GET.get("q", "").strip()[:80]:
        found = found.filter(name__icontains=words) | found.filter(town__icontains=words)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    return render(request, "areas/areas.html", {"page": page, "q": words})


@desk
@require_safe
def area(request, slug):
    """Outline and map points, crime by type and month, homes and people, why it was chosen."""
    area = get_object_or_404(Area.objects.select_related("made_by"), slug=slug)
    profile = queries.profile(area)
    return render(
        request,
        "areas/area.html",
        {
            "area": area,
            "profile": profile,
            "months": list(zip(profile.months, profile.series, profile.all_series, strict=True))[
                -36:
            ],
            "outline": outline(area),
            "layers": area_layers(area),
            "legend": list(enumerate(STEP_WORDS)),
            "rested_on": rested_on(area.vintage),
        },
    )


def rested_on(vintage):
    """What the decision rested on, in words: [(name, text), …]. Old areas may lack a part."""
    rows = []
    if months := vintage.get("months"):
        first, last = month_name(months[0]), month_name(months[-1])
        rows.append(("Months of crime", f"{first} to {last} ({len(months)} held)"))
    if crimes := vintage.get("crimes"):
        total = f", {vintage['total']:,} recorded" if vintage.get("total") is not None else ""
        rows.append(("Crimes", SET_LABELS.get(crimes, crimes) + total))
    if expected := vintage.get("expected"):
        low, high = expected["low"], expected["high"]
        words = f"{expected['mean']:,.0f}, between {low:,.0f} and {high:,.0f}"
        rows.append(("Expected in the year after", words))
    if vintage.get("sure") is not None:
        rows.append(("How sure", f"{how_sure(vintage['sure'])}, {times_in_100(vintage['sure'])}"))
    if vintage.get("households"):
        rows.append(("Households then", f"{vintage['households']:,}"))
    if sets := vintage.get("boundaries"):
        rows.append(("Boundaries", "; ".join(one["name"].split(",")[0] for one in sets)))
    return rows


def outline(area):
    return collection([feature(to_geojson(area.geometry), label=area.name)])


def area_layers(area):
    bounds = buffered(area.geometry, AROUND_METRES).bounds
    return [
        streets_layer(bounds),
        {"id": "outline", "style": "area"},
        {"url": reverse("desk_area_points", args=[area.slug]), "style": "crime", "fit": False},
    ]


@desk
@require_safe
@cache_control(private=True, max_age=300)
def points(request, slug):
    """Map points in the area and round it, acquisitive crime of the last twelve months held."""
    area = get_object_or_404(Area, slug=slug)
    force = area.force or get_office().home_force or next(iter(forces()), "")
    bounds = buffered(area.geometry, AROUND_METRES).bounds
    return JsonResponse(kept(point_layer, force=force, crimes="acquisitive", bounds=bounds))
