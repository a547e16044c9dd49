"""Two forms on a tour's page, for anyone and without an account."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from studytours.core.addresses import client_address
from studytours.core.errors import Refused, TooMany, status_of
from studytours.core.forms import form_key
from studytours.core.languages import spoken, words_for
from studytours.core.operations import once
from studytours.fieldwork.models import Form
from studytours.fieldwork.operations import answer_from_the_web
from studytours.fieldwork.questions.forms import AreaForm, NoteForm

from ..queries import public_tours
from .queries import moment_of

READ_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@READ_OR_POST
@spoken
def feel(request, slug):
    """The whole area from 1 to 7: before a walk, or months later."""
    tour = get_object_or_404(public_tours(), slug=slug)
    words = words_for(request)
    context = words | {
        "tour": tour,
        "title": words["t"]["feel.title"].format(area=tour.area),
        "lead": words["t"][f"feel.{moment_of(tour)}"],
    }
    return _asked(request, tour, AreaForm, _keep_area, "reportback/feel.html", context)


@READ_OR_POST
@spoken
def tell(request, slug):
    """Tell the office something that nobody else reads."""
    tour = get_object_or_404(public_tours(), slug=slug)
    context = words_for(request) | {"tour": tour}
    return _asked(request, tour, NoteForm, _keep_note, "reportback/tell.html", context)


def _asked(request, tour, form_class, keep, template, context):
    form = form_class(context, request.POST or None)
    status = 400 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            return redirect(once(form_key(request), lambda: keep(request, tour, form)))
        except Refused as refusal:
            waits = isinstance(refusal, TooMany)
            form.add_error(None, form.t["form.wait"] if waits else str(refusal))
            status = status_of(refusal)
    return render(request, template, context | {"form": form}, status=status)


def _keep_area(request, tour, form):
    address = client_address(request)
    answers = form.answers(moment_of(tour))
    answer_from_the_web(tour, form=Form.WHOLE_AREA, answers=answers, address=address)
    if about := form.about_you():
        answer_from_the_web(tour, form=Form.ABOUT_YOU, answers=about)
    return _thanked(request, form, "feel.thanks", tour)


def _thanked(request, form, key, tour):
    """The tour's page, where thanks are said in the language that was spoken here."""
    messages.success(request, form.t[key], extra_tags=get_language())
    return tour.get_absolute_url()


def _keep_note(request, tour, form):
    said = form.cleaned_data
    if not said["website"]:  # a script is thanked like everyone else
        answer_from_the_web(
            tour, form=Form.NOTE, answers={"contact": said["contact"]}, words=said["words"],
            address=client_address(request),
        )  # fmt: skip
    return _thanked(request, form, "private.thanks", tour)
