"""Where the office walks next, and asking for a walk: what anyone may read and say."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from studytours.areas.forms_queue import AskForm
from studytours.areas.kept import kept
from studytours.areas.layers import home_bounds, streets_layer
from studytours.areas.operations import ask_for_walk
from studytours.areas.places import office_bounds
from studytours.areas.queue.criteria import CRITERIA
from studytours.areas.queue.order import current_queue
from studytours.core.addresses import client_address
from studytours.core.errors import Refused, status_of
from studytours.core.forms import form_key
from studytours.core.operations import once

SHOWN = 20


@require_safe
def next_areas(request):
    """The published weights, the order they give, and why each place is not first."""
    try:
        queue = current_queue().public()
    except Refused as refusal:
        return render(request, "reportback/next.html", {"refusal": refusal})
    page = {
        "queue": queue,
        "rows": queue.rows[:SHOWN],
        "more": max(0, len(queue.rows) - SHOWN),
        "weights": [(one, queue.rules.weights.get(one.key, 0)) for one in CRITERIA],
    }
    return render(request, "reportback/next.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    """Ask for a walk near a place, found by name; no map and no account are needed."""
    step = request.POST.get("step", "send") if request.method == "POST" else "ask"
    ours = kept(office_bounds)
    if step == "send":
        form = AskForm(request.POST, bounds=ours)
    else:
        form = AskForm(initial=request.POST.dict() or request.GET.dict(), bounds=ours)
    status = 200
    if form.is_bound and form.is_valid():
        try:
            return redirect(once(form_key(request), lambda: _ask(request, form)))
        except Refused as refusal:
            form.add_error(None, str(refusal))
            status = status_of(refusal)
    elif form.is_bound:
        status = 400
    bounds = ours or kept(home_bounds)
    page = {
        "form": form,
        "layers": [streets_layer(bounds)],
        "bounds": ",".join(f"{side:.4f}" for side in bounds),
    }
    return render(request, "reportback/ask.html", page, status=status)


def _ask(request, form):
    if not form.cleaned_data["website"]:  # a script is thanked like everyone else
        lat, lon = form.middle
        ask_for_walk(
            lat=lat,
            lon=lon,
            words=form.cleaned_data["words"],
            email=form.cleaned_data["email"],
            address=client_address(request),
        )
    messages.success(request, "Thank you. Your request counts from now on.")
    return reverse("areas_next")
