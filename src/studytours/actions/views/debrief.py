"""The debrief: decide on every finding and agree who does what, before people leave."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from studytours.core.errors import Refused
from studytours.core.forms import form_key
from studytours.core.operations import once
from studytours.fieldwork import operations as fieldwork
from studytours.fieldwork.models import Finding
from studytours.partners.access import leaders
from studytours.tours.models import Tour

from .. import operations
from ..debrief import debrief_of
from ..forms import AgreeForm
from ..models import Confidence
from ..operations.agree import default_due

# What the links on the screen may ask for.
VIEWS = ("stop", "category", "open", "private")


def get_tour_for_debrief(request, slug):
    """Any tour for a coordinator, their own for a leader."""
    tour = get_object_or_404(Tour.objects.select_related("area", "leader"), slug=slug)
    if not request.user.is_coordinator and tour.leader_id != request.user.pk:
        raise Http404("Not this person's tour.")
    return tour


@leaders
def debrief(request, slug):
    """One screen: findings on the left, who does what by when on the right."""
    tour = get_tour_for_debrief(request, slug)
    bound, status = None, 200
    if request.method == "POST":
        finding = get_object_or_404(
            Finding.objects.select_related("tour__area", "observation", "merged_into"),
            tour=tour, ref=request.POST.get("finding", ""),
        )  # fmt: skip
        decide = DECISIONS.get(request.POST.get("do"))
        if decide is None:
            raise Http404("No such decision.")
        try:
            return redirect(
                once(
                    form_key(request),
                    lambda: _anchor(request, decide(request, finding)),
                )
            )
        except Refused as error:
            messages.error(request, f"{finding.ref}: {error}")
            return redirect(_anchor(request, finding))
        except NotValid as error:
            bound, status = error.form, 422
    return render(request, "actions/debrief.html", _screen(request, tour, bound), status=status)


def _anchor(request, finding):
    """Back to where one was on the screen."""
    chosen = {name: request.GET[name] for name in ("by", "show") if request.GET.get(name) in VIEWS}
    query = f"?{urlencode(chosen)}" if chosen else ""
    return f"{request.path}{query}#{finding.ref}"


class NotValid(Exception):
    """The form to show again, with what was typed and what is wrong."""

    def __init__(self, form):
        self.form = form


def _screen(request, tour, bound):
    shown = debrief_of(tour)
    due = default_due(timezone.now())
    for card in shown.cards:
        if bound is not None and bound.finding.ref == card.finding.ref:
            card.form = bound
        elif card.is_open or card.waits_for_action:
            card.form = agree_form(card.finding, shown.organisations, card.suggested, due)
    by = "category" if request.GET.get("by") == "category" else "stop"
    only_open = request.GET.get("show") == "open"
    private = request.GET.get("show") == "private"
    return {
        "tour": tour, "debrief": shown, "by": by, "only_open": only_open, "bound": bound,
        "groups": shown.groups(by, only_open, private), "private": private,
        "promises": shown.promises(private),
    }  # fmt: skip


def agree_form(finding, organisations, suggested, due, data=None):
    """The form on a finding's card; a rule's suggestion is marked as assumed."""
    form = AgreeForm(
        data, organisations=organisations, suggested=suggested, auto_id=f"{finding.ref}-%s",
        initial={
            "title": finding.title, "due": due,
            "owner": suggested[0].pk if suggested else None,
            "confidence": Confidence.ASSUMED if suggested else Confidence.AGREED,
        },
    )  # fmt: skip
    form.finding = finding
    return form


def _agree(request, finding):
    card = debrief_of(finding.tour)
    suggested = next((c.suggested for c in card.cards if c.finding.pk == finding.pk), [])
    form = agree_form(finding, card.organisations, suggested, None, request.POST)
    if not form.is_valid():
        raise NotValid(form)
    try:
        action = operations.agree_action(
            area=finding.tour.area, tour=finding.tour, findings=[finding], by=request.user,
            **form.arguments(),
        )  # fmt: skip
    except Refused as error:
        form.add_error(None, str(error))
        raise NotValid(form) from error
    messages.success(request, f"{action.ref} agreed with {action.responsible}.")
    return finding


def _on_the_spot(request, finding):
    organisations = {str(o.pk): o for o in debrief_of(finding.tour).organisations}
    owner = organisations.get(request.POST.get("owner"))
    if owner is None:
        raise Refused("Say which organisation did it.")
    spot = finding
    if not finding.observation.done_now:
        spot = finding.merged.exclude(observation__done_now="").first() or finding
    operations.done_on_the_spot(
        finding, owner, title=request.POST.get("title", ""), by=request.user,
        words=spot.observation.done_now,
    )  # fmt: skip
    return finding


def _merge(request, finding):
    ref = request.POST.get("into", "").strip().split(" ")[0].upper()
    into = Finding.objects.filter(tour=finding.tour, ref=ref).first()
    if into is None:
        raise Refused(f"There is no finding “{ref}” on this tour.", cure="Give one like F-0012.")
    fieldwork.merge(finding, into, by=request.user)
    return into


def _reason(request):
    return request.POST.get("reason", "").strip()


def _accept(request, finding):
    return fieldwork.accept(finding, by=request.user)


def _decline(request, finding):
    return fieldwork.decline(finding, _reason(request), by=request.user)


def _keep_private(request, finding):
    return fieldwork.keep_private(finding, by=request.user, reason=_reason(request))


def _reopen(request, finding):
    return fieldwork.reopen(finding, by=request.user)


def _vote(request, finding):
    return fieldwork.vote(finding, by=request.user)


# Each decision gives the finding to go back to.
DECISIONS = {
    "agree": _agree,
    "spot": _on_the_spot,
    "merge": _merge,
    "accept": _accept,
    "decline": _decline,
    "private": _keep_private,
    "reopen": _reopen,
    "vote": _vote,
}


@leaders
def agree_together(request, slug):
    """One action for several findings that were ticked on the screen."""
    tour = get_tour_for_debrief(request, slug)
    refs = (request.POST if request.method == "POST" else request.GET).getlist("finding")
    findings = list(
        Finding.objects.filter(tour=tour, ref__in=refs).select_related("tour__area", "observation")
    )
    if not findings:
        messages.error(request, "Tick the findings first, then make one action for them.")
        return redirect("desk_debrief", slug)
    shown = debrief_of(tour)
    card = shown.card(findings[0].ref)
    form = agree_form(
        findings[0], shown.organisations, card.suggested if card else [],
        default_due(timezone.now()), request.POST or None,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(
                once(
                    form_key(request),
                    lambda: _agree_all(request, tour, findings, form),
                )
            )
        except Refused as error:
            form.add_error(None, str(error))
    return render(
        request, "actions/agree_together.html",
        {"tour": tour, "findings": findings, "form": form},
    )  # fmt: skip


def _agree_all(request, tour, findings, form):
    action = operations.agree_action(
        area=tour.area, tour=tour, findings=findings, by=request.user, **form.arguments()
    )
    messages.success(request, f"{action.ref} agreed with {action.responsible}.")
    return f"{reverse('desk_debrief', args=[tour.slug])}#{findings[0].ref}"


@leaders
def read_back(request, slug):
    """Who does what by when, to read out and to print."""
    tour = get_tour_for_debrief(request, slug)
    shown = debrief_of(tour)
    return render(request, "actions/read_back.html", {"tour": tour, "promises": shown.promises()})
