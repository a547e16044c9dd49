"""The page of the pack with its choices, and the PDF itself."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..before.signing import signing_of
from ..loaders import get_tour, see_tours
from .content import content_of
from .parts import PARTS, chosen, how_many
from .typesetting import typeset


@see_tours
@require_safe
def desk_tour_pack(request, slug):
    """What can be printed, whole or a part of it, in usual or large print."""
    tour = get_tour(request, slug)
    context = {
        "tour": tour,
        "parts": [(name, *words) for name, words in PARTS.items()],
        "signing": signing_of(tour),
        "stop_count": tour.stops.count(),
    }
    return render(request, "tours/desk_tour_pack.html", context)


@see_tours
@require_safe
def desk_tour_pack_pdf(request, slug):
    """The pack as PDF. It holds names of those who come, so it is nobody else's to keep."""
    tour = get_tour(request, slug)
    parts = chosen(request.GET.getlist("part"))
    large = request.GET.get("large") == "1"
    sheets = how_many(request.GET.get("sheets"))
    pdf = typeset(content_of(tour, parts, large=large, sheets=sheets))
    response = HttpResponse(pdf, content_type="application/pdf")
    name = "-".join([tour.slug, parts[0] if len(parts) == 1 else "pack", *["large"] * large])
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
