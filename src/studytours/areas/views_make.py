"""Making an area in five ways, and changing its words later. Only drawing needs JavaScript."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from studytours.core.errors import Refused
from studytours.core.forms import form_key
from studytours.core.geometry import to_geojson
from studytours.core.operations import once
from studytours.partners.access import coordinators
from studytours.partners.queries import get_office

from . import operations, queries
from .forms import ChangeForm, CircleForm, CodesForm, DrawnForm, LsoasForm, SuggestionForm
from .kept import kept
from .layers import collection, feature, home_bounds, streets_layer
from .models import Area
from .shapes import circle_shape, outlines, suggested
from .views import outline

WAYS = {
    "circle": CircleForm,
    "wards": CodesForm,
    "lsoas": LsoasForm,
    "drawn": DrawnForm,
    "suggestion": SuggestionForm,
}
WAY_WORDS = {
    "circle": "Round a place",
    "wards": "From wards",
    "lsoas": "From small areas",
    "drawn": "Draw it",
}


@coordinators
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """One form: where it is, what it is called, why here. Looking first saves nothing."""
    typed = request.POST if request.method == "POST" else request.GET
    way = typed.get("from", "circle")
    if way not in WAYS:
        raise Http404(f"There is no way “{way}” to make an area.")
    step = request.POST.get("step", "save") if request.method == "POST" else "ask"
    form = _form(way, typed, bound=step in ("save", "look"))
    looked_at = None
    if form.is_bound and form.is_valid():
        try:
            if step == "save":
                return redirect(once(form_key(request), lambda: _make(form, request)))
            looked_at = _looked_at(form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(
        request,
        "areas/new.html",
        {
            "form": form,
            "way": way,
            "ways": WAY_WORDS,
            "place_fields": [form[name] for name in form.place_fields],
            "looked_at": looked_at,
            "profile": looked_at and queries.profile(looked_at),
            "outline": looked_at and outline(looked_at),
        }
        | _maps(way, typed, looked_at),
        status=400 if form.is_bound and form.errors else 200,
    )


def _form(way, typed, *, bound):
    """Bound when it is to be checked; otherwise filled with what was typed, unjudged."""
    more = {}
    if issubclass(WAYS[way], CodesForm):
        more["boundaries"] = kept(outlines, WAYS[way].kind)
    if bound:
        return WAYS[way](typed, **more)
    initial = {name: typed[name] for name in typed if name != "codes"}
    initial["codes"] = typed.getlist("codes")
    if "form_key" in typed:  # an unticked box sends nothing
        initial["is_public"] = "is_public" in typed
    return WAYS[way](initial=initial, **more)


def _maps(way, typed, looked_at):
    """What the maps of the form show: crime points and boundaries to find one's way by."""
    bounds = kept(home_bounds)
    force = typed.get("force") or get_office().home_force
    what = urlencode({"force": force, "crimes": typed.get("crimes", "acquisitive")})
    guides = [
        streets_layer(bounds),
        {
            "url": f"{reverse('desk_choose_boundaries')}?kind=ward",
            "style": "boundaries",
            "labels": True,
        },
        {"url": f"{reverse('desk_choose_points')}?{what}", "style": "crime"},
    ]
    guides = [layer | {"fit": False} for layer in guides]
    suggestion = {}
    if way == "suggestion":
        guides = [*guides, {"id": "suggested", "style": "area"}]
        geometry, walk_m = _suggested(typed)
        outlined = collection([feature(to_geojson(geometry))])
        suggestion = {"suggested": outlined, "walk_m": walk_m}
    return suggestion | {
        "where_layers": guides,
        "where_bounds": ",".join(f"{side:.4f}" for side in bounds),
        "look_layers": [*guides, {"id": "outline", "style": "area"}] if looked_at else [],
    }


def _suggested(typed):
    """The suggestion that an address describes: its outline, and how far it reaches."""
    try:
        lat, lon, radius = (float(typed.get(name, "")) for name in ("lat", "lon", "radius"))
    except ValueError:
        raise Http404("This suggestion has no place.") from None
    try:
        top = int(typed.get("top") or 0)
        found = suggested(lat, lon, radius, typed.get("force"), typed.get("crimes", ""), top)
    except (ValueError, Refused):
        return circle_shape(lat, lon, radius).geometry, None
    return found.geometry, found.walk_m


def _area_fields(form):
    shape, typed = form.cleaned_data["shape"], form.cleaned_data
    return {
        "name": typed["name"],
        "town": typed["town"],
        "why": typed["why"],
        "geometry": shape.geometry,
        "made_from": shape.made_from,
        "codes": shape.codes,
        "force": shape.force,
        "vintage": shape.vintage,
    }


def _make(form, request):
    area = operations.make_area(
        **_area_fields(form), is_public=form.cleaned_data["is_public"], by=request.user
    )
    messages.success(request, f"{area.name} is now an area. Next: plan a tour.")
    return area.get_desk_url()


def _looked_at(form):
    """An Area that is not saved: enough for its figures."""
    fields = _area_fields(form)
    fields["codes"] = list(fields["codes"])
    fields["vintage"] = fields["vintage"] or {}
    return Area(**fields)


@coordinators
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, slug):
    area = get_object_or_404(Area, slug=slug)
    if request.method == "POST":
        form = ChangeForm(request.POST)
        if form.is_valid():
            words = {name: form.cleaned_data[name] for name in ChangeForm.base_fields}
            operations.change_area(area, **words, by=request.user)
            messages.success(request, "Saved.")
            return redirect(reverse("desk_area", args=[area.slug]))
    else:
        form = ChangeForm(initial={name: getattr(area, name) for name in ChangeForm.base_fields})
    page = {"form": form, "area": area}
    return render(request, "areas/change.html", page, status=400 if form.errors else 200)
