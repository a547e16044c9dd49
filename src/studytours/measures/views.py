"""Pages of the register: the desk's list and the public page of one measure."""

import csv
from datetime import datetime, time
from pathlib import Path

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from studytours.areas.layers import home_bounds, streets_layer
from studytours.areas.models import Area
from studytours.core.errors import Refused
from studytours.core.forms import form_key
from studytours.core.operations import once
from studytours.partners.access import coordinators, desk

from . import operations
from .forms import CheckForm, FilterForm, ImportForm, MeasureForm, RemoveForm, refusal_onto
from .importers import COLUMNS
from .models import Measure
from .queries import area_geojson, due_by, measures_geojson, measures_with_last_check

EXAMPLE = Path(__file__).parent / "examples" / "queensway.csv"
FULL = Measure.objects.select_related("area", "owner", "maintainer")


def measure(request, ref):
    """What anyone may know of a measure. Never who holds the keys."""
    found = get_object_or_404(FULL, ref=ref.upper(), is_public=True)
    context = {"measure": found, "checks": found.checks.all(), "is_due": _is_due(found)}
    return render(request, "measures/measure.html", context)


def _is_due(measure):
    return bool(measure.next_check and measure.next_check <= timezone.localdate())


@desk
def desk_measures(request):
    form = FilterForm(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    today = timezone.localdate()
    rows = measures_with_last_check().filter(removed_on__isnull=wanted.get("due") != "removed")
    if wanted.get("area"):
        rows = rows.filter(area=wanted["area"])
    if wanted.get("kind"):
        rows = rows.filter(kind=wanted["kind"])
    if wanted.get("due") == "yes":
        rows = rows.filter(due_by(today))
    page = Paginator(rows.order_by("area__name", "ref"), 50).get_page(request.GET.get("page"))
    there_are_some = bool(page.object_list) or Measure.objects.exists()
    context = {"form": form, "page": page, "today": today, "there_are_some": there_are_some}
    return render(request, "measures/desk_measures.html", context)


@coordinators
def desk_measure_new(request):
    area = Area.objects.filter(slug=request.GET.get("area", "")).first()
    form = MeasureForm(request.POST or None, initial={"area": area})
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(once(form_key(request), lambda: _registered(request, form)))
        except Refused as error:
            refusal_onto(form, error)
    return _form_page(request, form, area, "Add a measure")


def _form_page(request, form, area, heading):
    """With a map of the area, or of where the office works when there is none yet."""
    context = {
        "form": form,
        "area": area,
        "shape": _outline(area),
        "streets": streets_layer(home_bounds())["url"],
        "heading": heading,
    }
    return render(request, "measures/desk_measure_form.html", context)


def _outline(area):
    return area_geojson(area) if area else None


def _registered(request, form):
    made = operations.register_measure(**form.values(), by=request.user)
    messages.success(request, f"{made.ref} {made.name} is in the register.")
    return reverse("desk_measure", args=[made.ref])


@desk
def desk_measure(request, ref):
    """Everything the register knows of one measure, and its log."""
    found = get_object_or_404(FULL, ref=ref)
    context = {
        "measure": found,
        "checks": found.checks.all(),
        "form": CheckForm(found),
        "shape": _outline(found.area),
        "map_points": measures_geojson([found]) if found.lat is not None else None,
        "is_due": _is_due(found),
    }
    return render(request, "measures/desk_measure.html", context)


@coordinators
def desk_measure_change(request, ref):
    found = get_object_or_404(FULL, ref=ref)
    # The form may fill the object it is given; the operation compares with what is stored.
    form = MeasureForm(request.POST or None, instance=get_object_or_404(FULL, ref=ref))
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_measure(found, **form.values(), by=request.user)
            messages.success(request, f"{found.ref} is saved.")
            return redirect("desk_measure", ref)
        except Refused as error:
            refusal_onto(form, error)
    return _form_page(request, form, found.area, f"Change {ref}")


@coordinators
def desk_measure_check(request, ref):
    """Record a check now."""
    found = get_object_or_404(FULL, ref=ref)
    form = CheckForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(once(form_key(request), lambda: _checked(request, found, form)))
        except Refused as error:
            refusal_onto(form, error)
    return render(request, "measures/desk_measure_check.html", {"form": form, "measure": found})


def _checked(request, found, form):
    values = dict(form.cleaned_data)
    # A day without an hour: midday, or now when that is earlier, so that order within a day holds.
    midday = timezone.make_aware(datetime.combine(values.pop("on"), time(12)))
    today = timezone.localdate(midday) == timezone.localdate()
    operations.record_check(
        found, **values, at=timezone.now() if today else midday, by=request.user
    )
    messages.success(request, f"The check of {found.ref} is in its log.")
    return reverse("desk_measure", args=[found.ref])


@coordinators
def desk_measure_remove(request, ref):
    """Ask why, say what follows, then mark as removed."""
    found = get_object_or_404(FULL, ref=ref)
    form = RemoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.remove_measure(found, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"{found.ref} is marked as removed. Its log stays.")
        return redirect("desk_measure", ref)
    return render(request, "measures/desk_measure_remove.html", {"form": form, "measure": found})


@require_POST
@coordinators
def desk_measure_restore(request, ref):
    found = get_object_or_404(FULL, ref=ref)
    operations.restore_measure(found, by=request.user)
    messages.success(request, f"{found.ref} stands again and is due for a check.")
    return redirect("desk_measure", ref)


@coordinators
def desk_measures_import(request):
    area = Area.objects.filter(slug=request.GET.get("area", "")).first()
    form = ImportForm(request.POST or None, request.FILES or None, initial={"area": area})
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(once(form_key(request), lambda: _imported(request, form)))
        except Refused as error:
            form.add_error("file", str(error))
    context = {"form": form, "columns": COLUMNS.items()}
    return render(request, "measures/desk_measures_import.html", context)


def _imported(request, form):
    area = form.cleaned_data["area"]
    done = operations.import_measures(form.cleaned_data["file"], area=area, by=request.user)
    messages.success(request, done.in_words())
    return reverse("desk_measures") + (f"?area={area.slug}" if area else "")


@coordinators
def example(request):
    """The measures of the real Queensway estate, ready to import."""
    response = HttpResponse(EXAMPLE.read_bytes(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="queensway.csv"'
    return response


@coordinators
def template(request):
    """An empty CSV file with the column names and one example."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="measures-template.csv"'
    example = {
        "kind": "alley_gate", "name": "Alley gates", "count": 4, "place": "Alleys behind Mill Lane",
        "installed_from": "2024-03", "owner": "Mill Lane Housing", "public": "yes",
    }  # fmt: skip
    writer = csv.DictWriter(response, COLUMNS)
    writer.writeheader()
    writer.writerow(example)
    return response
