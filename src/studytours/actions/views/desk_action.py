"""One action on the desk: all that is known of it, and every change the office can make."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from studytours.core.errors import Refused
from studytours.core.forms import form_key
from studytours.core.models import Event, Message
from studytours.core.operations import label, once
from studytours.partners.access import desk as desk_people
from studytours.partners.models import Organisation

from .. import forms, operations
from ..models import Action, Evidence, Milestone, State
from ..queries import for_listing, for_person, open_request
from ..states import MAY_BE_WORKED_ON, STEPS, Voice
from .mine import NotValid, history


def get_action(request, ref):
    """An action that this person may read: an analyst none that answers a private finding."""
    return get_object_or_404(for_listing(for_person(Action.objects.all(), request.user)), ref=ref)


@desk_people
@never_cache
def desk_action(request, ref):
    """Everyone at the desk reads it; the coordinator changes it."""
    action, bound, link = get_action(request, ref), {}, ""
    if request.method == "POST":
        if not request.user.is_coordinator:
            raise PermissionDenied("Only a coordinator changes actions.")
        if request.POST.get("do") == "link":
            # Shown once and kept nowhere, so there is no page to go back to.
            link = operations.link_for(action, by=request.user)
        else:
            try:
                return _change(request, action)
            except NotValid as error:
                bound = {error.name: error.form}
    context = {**_page(request.user, action, bound), "link": link, "bound": next(iter(bound), "")}
    return render(request, "actions/desk_action.html", context, status=422 if bound else 200)


def _change(request, action):
    """Make one change, once, and go back to the page; NotValid brings its form back."""
    change = CHANGES.get(request.POST.get("do"))
    if change is None:
        raise Http404("No such change.")
    try:
        once(form_key(request), lambda: change(request, action) or request.path)
    except Refused as error:
        messages.error(request, str(error))
    return redirect(request.path)


def _page(person, action, bound):
    """Everything on the page; forms of what the state does not allow are left out."""
    open_now = action.state in MAY_BE_WORKED_ON
    asked = open_request(action)
    made = {name: bound.get(name) or make(action) for name, make in FORMS.items()}
    return {
        "action": action,
        "forms": made,
        "can": {
            "work": open_now,
            "update": action.state != State.SUPERSEDED,
            "confirm": action.state == State.DONE,
            "replace": (State(action.state), State.SUPERSEDED) in STEPS,
        },
        "asked": asked,
        "steps": [
            (step, bound.get(f"step-{step.pk}") or _step_form(step),
             bound.get(f"reach-{step.pk}") or _reached_form(step))
            for step in action.milestones.all()
        ],
        "findings": action.findings.select_related("category"),
        "history": history(action).select_related("by"),
        "pictures": Evidence.objects.filter(update__action=action).order_by("pk"),
        "links": action.links.select_related("organisation").order_by("-made_at")[:5],
        "mails": Message.objects.filter(about=label(action))[:10],
        "residents": Event.objects.filter(about=label(action), kind="verdict_given")[:10],
        "replaces": for_person(action.replaces.all(), person),
        "overdue": action.is_overdue(timezone.localdate()),
    }  # fmt: skip


def organisations():
    return list(Organisation.objects.filter(is_active=True))


def _update_form(action, *data):
    return forms.UpdateForm(*data, action=action, voice=Voice.OFFICE)


def _reassign_form(action, *data):
    return forms.ReassignForm(
        *data, action=action, organisations=organisations(), auto_id="reassign-%s"
    )


def _step_form(step, *data):
    return forms.StepForm(
        *data, initial={"title": step.title, "due": step.due}, auto_id=f"change-{step.pk}-%s"
    )


def _reached_form(step, *data):
    return forms.ReachedForm(*data, auto_id=f"reach-{step.pk}-%s")


FORMS = {
    "update": _update_form,
    "reassign": _reassign_form,
    "reword": lambda action, *data: forms.RewordForm(*data, action=action, auto_id="reword-%s"),
    "new_step": lambda action, *data: forms.NewStepForm(*data, auto_id="new-step-%s"),
    "replace": lambda action, *data: forms.ReplaceForm(*data, auto_id="replace-%s"),
    "answer": lambda action, *data: forms.AnswerForm(*data, auto_id="answer-%s"),
}


def try_form(name, form, run):
    """Run an operation with what the form holds; what is wrong goes onto the form."""
    if not form.is_valid():
        raise NotValid(name, form)
    try:
        return run(form)
    except Refused as error:
        form.add_error(None, str(error))
        raise NotValid(name, form) from error


def _through(name, operation):
    """A change whose form gives the arguments of its operation."""

    def change(request, action):
        form = FORMS[name](action, request.POST, request.FILES)
        try_form(name, form, lambda f: operation(action, **f.arguments(), by=request.user))
        messages.success(request, f"{action.ref} was changed.")

    return change


def _confirm(request, action):
    operations.confirm(action, request.user, words=request.POST.get("words", ""))
    messages.success(request, f"{action.ref} is confirmed as done.")


def _answer(request, action):
    form = FORMS["answer"](action, request.POST)
    agree = request.POST.get("answer") == "yes"
    try_form(
        "answer", form,
        lambda f: operations.answer_request(
            action, agree=agree, words=f.cleaned_data["words"], by=request.user
        ),
    )  # fmt: skip
    messages.success(request, f"{action.responsible} was told.")


def _replace(request, action):
    form = FORMS["replace"](action, request.POST)
    try_form("replace", form, lambda f: _supersede(request, action, f.cleaned_data))
    messages.success(request, f"{action.ref} was replaced.")


def _supersede(request, action, data):
    replacement = Action.objects.filter(ref__iexact=data["ref"].strip()).first()
    if replacement is None:
        raise Refused(f"There is no action “{data['ref']}”.", cure="Give one like A-0012.")
    return operations.supersede(action, replacement, words=data["words"], by=request.user)


def _get_step(request, action):
    pk = request.POST.get("step", "")
    return get_object_or_404(Milestone, action=action, pk=int(pk) if pk.isdecimal() else 0)


def _change_step(request, action):
    step = _get_step(request, action)
    try_form(
        f"step-{step.pk}", _step_form(step, request.POST),
        lambda f: operations.change_milestone(step, **f.arguments(), by=request.user),
    )  # fmt: skip


def _reach_step(request, action):
    step = _get_step(request, action)
    try_form(
        f"reach-{step.pk}", _reached_form(step, request.POST),
        lambda f: operations.reach_milestone(step, f.cleaned_data["on"], by=request.user),
    )  # fmt: skip


def _get_picture(request, action):
    pk = request.POST.get("picture", "")
    found = Evidence.objects.select_related("update__action").filter(update__action=action)
    return get_object_or_404(found, pk=int(pk) if pk.isdecimal() else 0)


def _publish(request, action):
    operations.publish_evidence(
        _get_picture(request, action), request.POST.get("alt", ""), by=request.user
    )
    messages.success(request, "The picture is on the public page.")


def _unpublish(request, action):
    operations.unpublish_evidence(_get_picture(request, action), by=request.user)
    messages.success(request, "The picture is private again.")


CHANGES = {
    "update": _through("update", operations.update_action),
    "reassign": _through("reassign", operations.reassign),
    "reword": _through("reword", operations.reword),
    "new_step": _through("new_step", operations.add_milestone),
    "confirm": _confirm,
    "answer": _answer,
    "replace": _replace,
    "step": _change_step,
    "reach": _reach_step,
    "publish": _publish,
    "unpublish": _unpublish,
}
