"""What an organisation does with its own actions: by link without sign-in, or signed in."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from studytours.core.addresses import client_address
from studytours.core.errors import Refused
from studytours.core.forms import form_key
from studytours.core.operations import count_try, once
from studytours.fieldwork import operations as fieldwork
from studytours.fieldwork.models import Finding
from studytours.fieldwork.queries import photos_by_finding, private_findings
from studytours.partners.access import signed_in

from .. import operations
from ..forms import DisputeForm, ReachedForm, UpdateForm
from ..models import OPEN_STATES, Evidence
from ..queries import action_by_token, actions_of, for_listing, open_request
from ..states import MAY_BE_WORKED_ON, Voice
from .pictures import jpeg

TRIES, MINUTES = 30, 15


def get_link(request, token):
    """The link behind a token; guessing is slowed down."""
    try:
        return action_by_token(token)
    except Http404:
        count_try(
            f"mine:{client_address(request)}", limit=TRIES, minutes=MINUTES,
            why="Too many links that do not exist were tried from this connection.",
        )  # fmt: skip
        raise


@never_cache
def mine_link(request, token):
    """One action, for whoever holds its link."""
    link = get_link(request, token)
    if request.method == "POST":
        count_try(
            f"mine-post:{link.pk}", limit=60, minutes=60,
            why="This link was used very often in the last hour.",
        )  # fmt: skip
    else:
        operations.note_link_used(link)
    return _owner_page(
        request, link.action, {"organisation": link.organisation},
        pictures=lambda name, key: reverse(f"mine_{name}", args=[token, key]),
        page=request.path, token=token,
    )  # fmt: skip


@signed_in
@never_cache
def mine_action(request, ref):
    """One action of one's own organisation."""
    action = get_object_or_404(_own_actions(request), ref=ref)
    addresses = {
        "photo": lambda uuid: reverse("mine_action_photo", args=[ref, uuid]),
        "evidence": lambda pk: reverse("evidence", args=[pk]),
    }
    return _owner_page(
        request, action, {"by": request.user},
        pictures=lambda name, key: addresses[name](key), page=request.path,
    )  # fmt: skip


def _own_actions(request):
    if request.user.organisation_id is None:
        raise Http404("No organisation.")
    return for_listing(actions_of(request.user.organisation))


@signed_in
def mine(request):
    """All that is asked of one's organisation."""
    organisation = request.user.organisation
    actions, measures = [], []
    if organisation is not None:
        actions = list(_own_actions(request).prefetch_related("milestones").order_by("next_on"))
        measures = (
            (organisation.measures_owned.all() | organisation.measures_kept.all())
            .filter(removed_on=None).distinct().select_related("area")
        )  # fmt: skip
    today = timezone.localdate()
    for action in actions:
        action.overdue = action.is_overdue(today)
    return render(
        request, "actions/mine.html",
        {
            "organisation": organisation, "measures": measures,
            "open": [a for a in actions if a.state in OPEN_STATES],
            "ended": [a for a in actions if a.state not in OPEN_STATES],
        },
    )  # fmt: skip


def _owner_page(request, action, speaker, *, pictures, page, token=""):
    """Show the action and take what its owner says. `speaker` goes to the operations as it is."""
    bound = {}
    if request.method == "POST":
        do = OWNER_CAN.get(request.POST.get("do"))
        if do is None or action.state not in MAY_BE_WORKED_ON:
            raise Http404("Nothing to say here.")
        try:
            location = once(form_key(request), lambda: do(request, action, speaker) or page)
            return redirect(location)
        except NotValid as error:
            bound = {error.name: error.form}
    context = {
        "action": action,
        "asked": open_request(action),
        "history": history(action),
        "steps": [(step, bound.get(f"reach-{step.pk}") or reached_form(step))
                  for step in action.milestones.all()],
        "form": bound.get("update") or update_form(action),
        "dispute": bound.get("dispute") or dispute_form(action),
        "disputing": "dispute" in bound,
        "seen": seen_pictures(action, pictures),
        "said": shown_findings().filter(actions=action),
        "evidence": [
            (picture, pictures("evidence", picture.pk))
            for picture in Evidence.objects.filter(update__action=action).order_by("pk")
        ],
        "is_open": action.state in MAY_BE_WORKED_ON,
        "overdue": action.is_overdue(timezone.localdate()),
        "by_link": bool(token),
    }  # fmt: skip
    return render(request, "actions/mine_action.html", context, status=422 if bound else 200)


class NotValid(Exception):
    def __init__(self, name, form):
        self.name, self.form = name, form


def update_form(action, data=None, files=None):
    return UpdateForm(data, files, action=action, voice=Voice.OWNER)


def dispute_form(action, data=None):
    return DisputeForm(data, action=action, auto_id="dispute-%s")


def reached_form(step, data=None):
    return ReachedForm(data, auto_id=f"step-{step.pk}-%s")


def _try(name, form, run):
    """Run an operation with what the form holds; what it refuses goes onto the form."""
    if not form.is_valid():
        raise NotValid(name, form)
    try:
        return run()
    except Refused as error:
        form.add_error(None, str(error))
        raise NotValid(name, form) from error


def _update(request, action, speaker):
    form = update_form(action, request.POST, request.FILES)
    _try("update", form, lambda: operations.update_action(action, **form.arguments(), **speaker))
    messages.success(request, f"Thank you. {action.ref} was updated and the office was told.")


def _dispute(request, action, speaker):
    form = dispute_form(action, request.POST)
    _try("dispute", form, lambda: operations.dispute(action, **form.arguments(), **speaker))
    messages.success(request, "The office was told. Until it answers, the action stays with you.")


def _reach(request, action, speaker):
    step = get_object_or_404(action.milestones, pk=_number(request.POST.get("step")))
    form = reached_form(step, request.POST)
    _try(
        f"reach-{step.pk}", form,
        lambda: operations.reach_milestone(step, form.cleaned_data["on"], **speaker),
    )  # fmt: skip
    messages.success(request, f"“{step.title}” is marked as reached.")


OWNER_CAN = {"update": _update, "dispute": _dispute, "reach": _reach}


def _number(text):
    return int(text) if text and text.isdecimal() else 0


def history(action):
    return action.updates.select_related("organisation").prefetch_related("evidence")


def seen_pictures(action, pictures):
    """[(Photo, address)] of what people saw: never of a private or sensitive finding."""
    return [
        (photo, pictures("photo", photo.uuid))
        for photo in shown_photos(action)
        if not photo.problem
    ]


def shown_findings():
    """What its owner may read of what people saw: nothing private or sensitive."""
    return Finding.objects.exclude(pk__in=private_findings())


def shown_photos(action):
    """Photos behind an action that its owner may see, those of merged findings included."""
    direct = shown_findings().filter(actions=action)
    tours = {}
    merged = Q(pk__in=direct) | Q(merged_into__in=direct)
    for finding in shown_findings().filter(merged).select_related("merged_into"):
        tours.setdefault(finding.tour_id, []).append(finding)
    return [
        photo
        for findings in tours.values()
        for photos in photos_by_finding(findings).values()
        for photo in photos
    ]


@never_cache
def mine_photo(request, token, uuid):
    """A picture of what people saw, for whoever holds the link."""
    return _photo(get_link(request, token).action, uuid)


@signed_in
@never_cache
def mine_action_photo(request, ref, uuid):
    """The same for a signed-in partner."""
    return _photo(get_object_or_404(_own_actions(request), ref=ref), uuid)


def _photo(action, uuid):
    photo = next((photo for photo in shown_photos(action) if photo.uuid == uuid), None)
    if photo is None:
        raise Http404("No such photo.")
    fieldwork.make_picture(photo)
    if photo.problem:
        raise Http404("No picture could be made of it.")
    return jpeg(photo.shown, "private, no-store")


@never_cache
def mine_evidence(request, token, pk):
    """A picture of the work on this action, for whoever holds the link."""
    link = get_link(request, token)
    picture = get_object_or_404(Evidence, pk=pk, update__action=link.action)
    return jpeg(picture.shown, "private, no-store")
