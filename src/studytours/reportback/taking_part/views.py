"""Two forms on a tour's page, for anyone and without an account."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from studytours.core.addresses import client_address
from studytours.core.errors import Refused, status_of
from studytours.core.forms import form_key
from studytours.core.operations import once
from studytours.fieldwork.models import Form
from studytours.fieldwork.operations import answer_from_the_web
from studytours.fieldwork.questions.forms import AreaForm, NoteForm

from ..queries import public_tours
from .queries import moment_of

READ_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@READ_OR_POST
def feel(request, slug):
    """The whole area from 1 to 7: before a walk, or months later."""
    tour = get_object_or_404(public_tours(), slug=slug)
    context = {"tour": tour, "moment": moment_of(tour)}
    return _asked(request, tour, AreaForm, _keep_area, "reportback/feel.html", context)


@READ_OR_POST
def tell(request, slug):
    """Tell the office something that nobody else reads."""
    tour = get_object_or_404(public_tours(), slug=slug)
    return _asked(request, tour, NoteForm, _keep_note, "reportback/tell.html", {"tour": tour})


def _asked(request, tour, form_class, keep, template, context):
    form = form_class(request.POST or None)
    status = 400 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            return redirect(once(form_key(request), lambda: keep(request, tour, form)))
        except Refused as refusal:
            form.add_error(None, str(refusal))
            status = status_of(refusal)
    return render(request, template, context | {"form": form}, status=status)


def _keep_area(request, tour, form):
    address = client_address(request)
    answers = form.answers(moment_of(tour))
    answer_from_the_web(tour, form=Form.WHOLE_AREA, answers=answers, address=address)
    if about := form.about_you():
        answer_from_the_web(tour, form=Form.ABOUT_YOU, answers=about)
    messages.success(request, "Thank you. Your answers count from now on.")
    return tour.get_absolute_url()


def _keep_note(request, tour, form):
    said = form.cleaned_data
    if not said["website"]:  # a script is thanked like everyone else
        answer_from_the_web(
            tour, form=Form.NOTE, answers={"contact": said["contact"]}, words=said["words"],
            address=client_address(request),
        )  # fmt: skip
    messages.success(request, "Thank you. Only the coordinator reads it.")
    return tour.get_absolute_url()
