"""The queue of next areas at the desk: trying and publishing weights, letting wait, deciding."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from studytours.core.errors import Refused
from studytours.core.forms import form_key
from studytours.core.operations import once
from studytours.partners.access import coordinators, desk

from . import operations
from .forms_queue import ReasonForm, RulesForm, WaitForm
from .models import Area, Decision, Hold, WalkRequest, Weighting
from .queue.criteria import CRITERIA, PRESETS
from .queue.order import current_queue, current_rules, queue_of
from .queue.vintage import replay

ROWS = 15
HISTORY = 10


@desk
@require_safe
def queue(request):
    """The order, by the published weights or by those in the address, which saves nothing."""
    published = current_rules()
    form, tried = _tried(request, published)
    page = {"form": form, "published": published, "tried": tried, "presets": PRESETS}
    try:
        found = queue_of(tried or published)
    except Refused as refusal:
        page |= {"refusal": refusal}
        return render(request, "areas/queue.html", page, status=409)
    page |= {
        "queue": found,
        "page": Paginator(found.rows, ROWS).get_page(request.GET.get("page")),
        "criteria": CRITERIA,
        "reason_form": ReasonForm(),
        "history": Weighting.objects.select_related("by")[:HISTORY],
        "decisions": Decision.objects.select_related("by").defer("places")[:HISTORY],
        "new_requests": WalkRequest.objects.filter(hidden_at=None, answered_at=None).count(),
    }
    return render(request, "areas/queue.html", page, status=400 if form.errors else 200)


def _tried(request, published):
    """The form of the weights, and the rules to try: None shows the published ones."""
    typed = request.GET
    if preset := RulesForm.preset(typed.get("preset")):
        kept = {name: getattr(published, name) for name in ("compete", "crimes", "town")}
        typed = QueryDict(mutable=True)
        typed.update({**kept, **preset})
    elif not any(name.startswith("w_") for name in typed):
        return RulesForm(rules=published), None
    form = RulesForm(typed, rules=published)
    return form, form.rules() if form.is_valid() else None


@coordinators
@require_POST
def publish(request):
    """Publish the weights that were tried, with a reason."""
    published = current_rules()
    form, reason = RulesForm(request.POST, rules=published), ReasonForm(request.POST)
    if not (form.is_valid() and reason.is_valid()):
        said = [*form.errors.values(), *reason.errors.values()]
        messages.error(request, f"Not published. {said[0][0]}")
        return redirect(f"{reverse('desk_queue')}?{_as_query(request.POST)}#weights")
    return redirect(once(form_key(request), lambda: _publish(request, form, reason)))


def _as_query(typed):
    kept = typed.copy()
    for name in ("csrfmiddlewaretoken", "form_key", "reason"):
        kept.pop(name, None)
    return kept.urlencode()


def _publish(request, form, reason):
    asked = {name: form.cleaned_data[name] for name in ("compete", "crimes", "town")}
    operations.publish_weights(
        form.weights(), **asked, reason=reason.cleaned_data["reason"], by=request.user
    )
    messages.success(request, "These weights now count. They are on the public page.")
    return reverse("desk_queue")


def _row(queue, key):
    """The place that a form is about; 404 when it is not in the queue."""
    if row := queue.row(key):
        return row
    raise Http404("This place is not in the queue.")


@coordinators
@require_http_methods(["GET", "HEAD", "POST"])
def wait(request):
    """Let a place wait until a date, with a public reason."""
    row = _row(current_queue(), request.GET.get("place", ""))
    form = WaitForm(request.POST or None)
    if form.is_valid():
        try:
            return redirect(once(form_key(request), lambda: _wait(request, row, form)))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    page = {"row": row, "form": form}
    return render(request, "areas/queue_wait.html", page, status=400 if form.errors else 200)


def _wait(request, row, form):
    hold = operations.let_wait(row.place, **form.cleaned_data, by=request.user)
    messages.success(request, f"{hold.name} waits. Residents can read why.")
    return reverse("desk_queue")


@coordinators
@require_POST
def take_up(request, pk):
    hold = get_object_or_404(Hold, pk=pk)
    operations.take_up_again(hold, by=request.user)
    messages.success(request, f"{hold.name} is in the queue again.")
    return redirect("desk_queue")


@coordinators
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request):
    """Choose a place, with the reason that residents read; what it rests on is kept."""
    found = current_queue()
    row = _row(found, request.GET.get("place", ""))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            return redirect(once(form_key(request), lambda: _decide(request, row, form)))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    page = {"row": row, "form": form, "queue": found}
    return render(request, "areas/queue_decide.html", page, status=400 if form.errors else 200)


def _decide(request, row, form):
    decision = operations.decide(row.place.key, **form.cleaned_data, by=request.user)
    messages.success(request, f"Decided: {decision.name} is next.")
    return decision.get_desk_url()


@coordinators
@require_POST
def withdraw(request, pk):
    decision = get_object_or_404(Decision, pk=pk)
    operations.withdraw_decision(decision, by=request.user)
    messages.success(request, f"Withdrawn. {decision.name} is in the order again.")
    return redirect("desk_queue")


@desk
@require_safe
def decisions(request):
    found = Decision.objects.select_related("by").defer("places")
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    return render(request, "areas/queue_decisions.html", {"page": page})


@desk
@require_safe
def decision(request, pk):
    """One decision as it was written down; with `again`, worked out once more beside it."""
    decision = get_object_or_404(Decision.objects.select_related("by"), pk=pk)
    page = {"decision": decision, "criteria": CRITERIA, "entries": _in_order(decision)}
    page["chosen"] = chosen = decision.chosen_place
    page["months"] = [one["month"] for one in decision.vintage["crime"]]
    page["area"] = Area.objects.filter(pk=chosen["area"]).first()
    # The form of a new area begins with the decision's reason.
    page["make"] = f"{chosen['make']}&{urlencode({'why': decision.reason})}"
    if "again" in request.GET:
        try:
            page["replay"] = replay(decision)
        except Refused as refusal:
            page["refusal"] = refusal
    return render(request, "areas/queue_decision.html", page)


def _in_order(decision):
    """Its places, those that waited last."""
    return sorted(decision.places, key=lambda one: (not one["rank"], one["rank"], -one["total"]))
