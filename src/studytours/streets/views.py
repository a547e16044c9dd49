"""The base map's lines, public and kept by browsers; nothing here is about people."""

from django.http import Http404, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from studytours.core.geometry import UK

from . import queries

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
