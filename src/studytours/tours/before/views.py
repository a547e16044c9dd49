"""Before you go: the ground, the script, the risk assessment and its signature."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from studytours.core.errors import Refused
from studytours.partners.access import coordinators, leaders
from studytours.partners.models import Role

from .. import operations
from ..light import light_of
from ..loaders import get_tour, see_tours, stops_of
from ..rules import may
from .assessment import rows_for
from .forms import MeetingForm, OfficeScriptForm, SignForm, hazard_forms, rows_of
from .queries import crime_here, measures_here
from .signing import signing_of
from .template import office_words, script_of


@see_tours
def desk_tour_before(request, slug):
    """One page for the evening before, made to be read on a phone."""
    tour = get_tour(request, slug)
    context = {
        "tour": tour,
        "light": light_of(tour),
        "script": script_of(tour),
        "signing": signing_of(tour),
        "measures": measures_here(tour),
        "crime": crime_here(tour.area),
        "may_write": request.user.role != Role.ANALYST and may(tour, "change the words"),
    }
    return render(request, "tours/desk_tour_before.html", context)


@leaders
def desk_tour_words(request, slug):
    """Where to stand when it rains, and what the leader says."""
    tour = get_tour(request, slug)
    initial = {"in_rain": tour.in_rain, "script": tour.script}
    form = MeetingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            operations.set_meeting_words(tour, **form.cleaned_data, by=request.user)
            messages.success(request, "The words are saved.")
            return redirect("desk_tour_before", slug)
        except Refused as error:
            form.add_error(None, str(error))
    context = {"tour": tour, "form": form, "office_script": office_words().script}
    return render(request, "tours/desk_tour_words.html", context)


@see_tours
def desk_tour_risks(request, slug):
    """The risk assessment: to read, to change, to sign."""
    tour = get_tour(request, slug)
    if request.method == "POST":
        return _save_risks(request, tour)
    return _show_risks(request, tour)


@leaders
def _save_risks(request, tour):
    stops = stops_of(tour)
    rows, sign = hazard_forms(None, request.POST), SignForm(request.POST)
    if not (rows.is_valid() and sign.is_valid()):
        return _show_risks(request, tour, rows, sign)
    here = {row["key"]: row["here"] for row in rows_for(tour, stops, signing_of(tour, stops))}
    said = [{**row, "here": here.get(row["key"], [])} for row in rows_of(rows)]
    try:
        if "sign" in request.POST:
            name = sign.cleaned_data["name"]
            signed = operations.sign_assessment(tour, name=name, rows=said, by=request.user)
            messages.success(request, f"Signed by {signed.signed_name}. The walk can be opened.")
        else:
            operations.write_assessment(tour, rows=said, by=request.user)
            messages.success(request, "Saved. It still has to be signed.")
    except Refused as error:
        sign.add_error(None, str(error))
        return _show_risks(request, tour, rows, sign)
    return redirect("desk_tour_risks", tour.slug)


def _show_risks(request, tour, forms=None, sign=None):
    stops = stops_of(tour)
    signing = signing_of(tour, stops)
    rows = rows_for(tour, stops, signing)
    may_write = request.user.role != Role.ANALYST and may(tour, "write the risk assessment")
    forms = forms or hazard_forms(rows)
    facts = {row["key"]: row["here"] for row in rows}
    context = {
        "tour": tour, "signing": signing, "rows": rows, "forms": forms, "may_write": may_write,
        "cards": [(form, facts.get(form["key"].value() or "", [])) for form in forms],
        "sign": sign or SignForm(initial={"name": request.user.name}),
        "versions": tour.assessments.order_by("-version").defer("rows", "plan"),
    }  # fmt: skip
    return render(request, "tours/desk_tour_risks.html", context)


@see_tours
def desk_tour_risks_version(request, slug, version):
    """One version as it was written, and who signed it."""
    tour = get_tour(request, slug)
    assessment = get_object_or_404(tour.assessments, version=version)
    context = {"tour": tour, "assessment": assessment, "rows": assessment.rows}
    return render(request, "tours/desk_tour_risks_version.html", context)


@coordinators
def desk_walk_words(request):
    """The office's script and its template of a risk assessment."""
    words = office_words()
    script = OfficeScriptForm(request.POST or None, initial={"script": words.script})
    rows = hazard_forms(words.hazards, request.POST or None)
    if request.method == "POST" and script.is_valid() and rows.is_valid():
        try:
            operations.set_office_words(
                script=script.cleaned_data["script"], hazards=rows_of(rows), by=request.user
            )
            messages.success(request, "Saved. Risk assessments from now on begin with this.")
            return redirect("desk_walk_words")
        except Refused as error:
            script.add_error(None, str(error))
    context = {"script": script, "forms": rows, "cards": [(form, []) for form in rows]}
    return render(request, "tours/desk_walk_words.html", context)
