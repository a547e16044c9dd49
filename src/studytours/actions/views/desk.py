"""The desk's first page, and the list of actions."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from studytours.areas.models import Area
from studytours.core.errors import Refused
from studytours.core.forms import form_key
from studytours.core.models import Message
from studytours.core.operations import once, resend_message
from studytours.partners.access import coordinators, signed_in
from studytours.partners.access import desk as desk_people
from studytours.partners.models import Organisation, Role
from studytours.tours.models import Tour

from .. import operations
from ..csv_export import actions_csv
from ..dashboard import today as what_waits
from ..dashboard import tours_with_open_findings
from ..forms import FilterForm, NewActionForm
from ..models import OPEN_STATES, Action
from ..operations.agree import default_due
from ..queries import actions_of, for_listing, for_person, state_counts

SORTS = {
    "next": ("next_on", "ref"),
    "-next": ("-next_on", "ref"),
    "ref": ("ref",),
    "-ref": ("-ref",),
    "title": ("title",),
    "owner": ("owner__name", "finder__name"),
    "area": ("area__name",),
    "state": ("state",),
    "-changed": ("-changed_at",),
}
PAGE = 50


@signed_in
def desk(request):
    """Where people land after signing in: each role sees what waits for it."""
    person, day = request.user, timezone.localdate()
    if person.role == Role.PARTNER:
        return redirect("mine")
    if person.role == Role.LEADER:
        tours = tours_with_open_findings(Tour.objects.filter(leader=person))
        return render(request, "actions/leader.html", {"tours": tours})
    return render(request, "actions/desk.html", {"today": what_waits(day, person), "day": day})


@coordinators
@require_POST
def resend(request, pk):
    """Try an e-mail again that was not delivered."""
    message = get_object_or_404(Message, pk=pk)
    resend_message(message)
    messages.success(request, f"Trying again: “{message.subject}” to {message.to}.")
    return redirect("desk")


@desk_people
def desk_actions(request):
    """Every action, filtered and sorted; the same list as CSV."""
    day = timezone.localdate()
    form = FilterForm(
        request.GET, organisations=Organisation.objects.all(), areas=Area.objects.all(),
        tours=Tour.objects.all(),
    )  # fmt: skip
    chosen = form.cleaned_data if form.is_valid() else {}
    sort = request.GET.get("sort") if request.GET.get("sort") in SORTS else "next"
    mine_to_read = for_person(Action.objects.all(), request.user)
    actions = filtered(for_listing(mine_to_read), chosen, day)
    actions = actions.prefetch_related("milestones").order_by(*SORTS[sort])
    if request.GET.get("as") == "csv":
        return csv_answer(actions_csv(actions, day), f"actions-{day:%Y-%m-%d}.csv")
    page = Paginator(actions, PAGE).get_page(request.GET.get("page"))
    for action in page:
        action.overdue = action.is_overdue(day)
    return render(
        request, "actions/desk_actions.html",
        {
            "form": form, "page": page, "sort": sort, "counts": state_counts(mine_to_read),
            "query": _query(request, "sort", "page", "as"), "filtered": any(chosen.values()),
        },
    )  # fmt: skip


def filtered(actions, chosen, day):
    """The part of the list that a filter asks for."""
    state = chosen.get("state")
    if state == "open":
        actions = actions.filter(state__in=OPEN_STATES)
    elif state == "overdue":
        actions = actions.filter(state__in=OPEN_STATES, next_on__lt=day)
    elif state:
        actions = actions.filter(state=state)
    if chosen.get("owner"):
        actions = actions.filter(pk__in=actions_of(chosen["owner"]).values("pk"))
    if chosen.get("area"):
        actions = actions.filter(area__slug=chosen["area"])
    if chosen.get("tour"):
        actions = actions.filter(tour__slug=chosen["tour"])
    if text := chosen.get("text"):
        actions = actions.filter(
            Q(title__icontains=text) | Q(detail__icontains=text) | Q(ref__iexact=text)
        )
    return actions


def csv_answer(text, name):
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _query(request, *without):
    query = request.GET.copy()
    for name in without:
        query.pop(name, None)
    return query.urlencode()


@coordinators
def desk_action_new(request):
    """An action that was not agreed on a tour: promised in a letter, found in a meeting."""
    form = NewActionForm(
        request.POST or None, areas=Area.objects.all(),
        organisations=list(Organisation.objects.filter(is_active=True)),
        initial={
            "due": default_due(timezone.now()),
            "area": Area.objects.filter(slug=request.GET.get("area", "")).first(),
        },
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(once(form_key(request), lambda: _agree(request, form)))
        except Refused as error:
            form.add_error(None, str(error))
    return render(request, "actions/new.html", {"form": form})


def _agree(request, form):
    action = operations.agree_action(
        area=form.cleaned_data["area"], by=request.user, **form.arguments()
    )
    messages.success(request, f"{action.ref} agreed with {action.responsible}.")
    return reverse("desk_action", args=[action.ref])
