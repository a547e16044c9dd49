"""The base map and its lines, public and kept by browsers; nothing here is about people."""

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from studytours.core.geometry import UK
from studytours.core.ranges import ranged_file

from . import queries
from .models import StreetMap

# A wider view than this is a country, not a place to walk.
WIDEST = 3.0


def _etag(request, where):
    maps = queries.current_maps().values_list("sha256", flat=True)
    # A comma would end the tag in If-None-Match.
    return f'"{where.replace(",", "_")}-{"-".join(sorted(sha[:12] for sha in maps))}"'


@require_safe
@cache_control(public=True, max_age=3600)
@condition(etag_func=_etag)
def streets(request, where):
    return JsonResponse(queries.streets_geojson(_bounds(where)))


def _bounds(text):
    """ "w,s,e,n" as four numbers in order and in the UK; anything else is no address of ours."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise Http404("The four sides of the view are w,s,e,n.") from None
    in_order = UK[0] <= west < east <= UK[2] and UK[1] <= south < north <= UK[3]
    if not in_order or east - west > WIDEST or north - south > WIDEST:
        raise Http404("This view is too wide, or not in the United Kingdom.")
    return west, south, east, north


A_YEAR = 365 * 24 * 3600


@require_safe
@cache_control(public=True, max_age=60)
def base_maps(request):
    """Which base maps there are: their address, the box they cover, and whose they are."""
    return JsonResponse({"maps": [_described(one) for one in queries.base_maps()]})


def _described(one):
    street_map = one.street_map
    # Another drawing has another address, so that browsers may keep this one for good.
    address = f"{reverse('base_map', args=[street_map.pk])}?drawn={one.drawn_at}"
    return {
        "url": address,
        "bounds": street_map.bounds,
        "attribution": street_map.attribution,
    }


@require_safe
@cache_control(public=True, max_age=A_YEAR, immutable=True)
def base_map(request, pk):
    """The tiles of a street map. The map asks for the ranges of bytes that hold what is in view."""
    found = queries.base_map_of(get_object_or_404(StreetMap, pk=pk))
    if found is None:
        raise Http404("This street map has no base map.")
    etag = f'"{pk}-{found.drawn_at:x}"'
    return ranged_file(request, found.file, "application/vnd.pmtiles", etag)
