"""Hot streets: recorded crime by street and by map point, on a map and as a list."""

from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from studytours.core.geometry import to_geojson
from studytours.crime.breaks import breaks
from studytours.crime.caveats import caveats
from studytours.crime.queries import force_label, forces
from studytours.crime.sets import SET_LABELS
from studytours.partners.access import desk
from studytours.partners.queries import get_office

from .forms_streets import StreetsForm
from .hot_streets import hot_streets
from .hot_streets.payload import payload
from .kept import kept
from .layers import collection, feature, steps_of, streets_layer, words_of
from .month_chart import month_chart
from .words import counted_caveats, period

ROWS, FIRST_ROWS = 25, 12
MARGIN = 0.002  # degrees round what is shown: all of it may lie at one point


@desk
@require_safe
def streets(request):
    """The map, the months, and every street with a crime as a row of a table."""
    held = forces()
    if not held:
        return render(request, "areas/choose_empty.html")
    form = _form(request, held)
    asked, spots = form.asked, _spots(form)
    force = asked["force"]
    found = _found(spots, request.GET.get("q", ""))
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    page.object_list = [spots.row(at) for at in page.object_list]
    context = {
        "form": form,
        "asked": asked,
        "q": request.GET.get("q", "")[:80],
        "spots": spots,
        "rows": page,
        "first_rows": [spots.row(at) for at in range(min(FIRST_ROWS, len(spots)))],
        "force_name": force_label(force),
        "crimes_name": SET_LABELS[asked["crimes"]].lower(),
        "period": period(form.months),
        "months_words": f"Recorded crimes by month, {period(form.months)}",
        "chart": _chart(spots, force, asked["crimes"]),
        "caveats": [
            *caveats(force, crimes=asked["crimes"], months=form.months),
            *counted_caveats(spots),
        ],
        "legend": list(enumerate(words_of(steps_of(form.months)))),
        **(_map(asked, spots) if len(spots) else {}),
    }
    return render(request, "areas/streets.html", context)


def _form(request, held):
    return StreetsForm(request.GET, forces=held, home=get_office().home_force)


def _spots(form):
    asked = form.asked
    return kept(
        hot_streets, asked["force"], crimes=asked["crimes"], by=asked["by"], months=form.months
    )


def _found(spots, text):
    return spots.named(text[:80]) if text.strip() else list(range(len(spots)))


def _chart(spots, force, crimes):
    if not sum(spots.all_series):
        return None
    marks = breaks(force, list(spots.all_months), crimes=crimes)
    return month_chart(spots.all_months, spots.all_series, set(spots.months), marks)


def _map(asked, spots):
    """What the map needs; the streets themselves are drawn by the page's own script."""
    west, east = spots.lon.min() - MARGIN, spots.lon.max() + MARGIN
    south, north = spots.lat.min() - MARGIN, spots.lat.max() + MARGIN
    bounds = west, south, east, north
    squares = f"{reverse('desk_streets_squares')}?{urlencode(asked)}"
    return {
        "layers": [
            streets_layer(bounds),
            {"url": squares, "style": "squares", "fit": False, "toggle": "#squares"},
        ],
        "bounds": ",".join(f"{side:.4f}" for side in bounds),
        "spots_url": f"{reverse('desk_streets_spots')}?{urlencode(asked)}",
    }


@desk
@require_safe
@cache_control(private=True, max_age=300)
def spots(request):
    """Every row in columns, for the map; see hot_streets/payload.py."""
    held = forces()
    if not held:
        return JsonResponse({"n": []})
    found = _spots(_form(request, held))
    return JsonResponse(payload(found, steps_of(found.months)))


@desk
@require_safe
@cache_control(private=True, max_age=300)
def squares(request):
    """The squares that stand out, by how sure that is."""
    held = forces()
    standing = _spots(_form(request, held)).standing if held else None
    shapes = standing.shapes() if standing else []
    return JsonResponse(
        collection(feature(to_geojson(shape, digits=5), level=level) for level, shape in shapes)
    )
