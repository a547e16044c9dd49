"""Residents' requests for a walk, read and moderated at the desk."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from studytours.core.errors import Refused
from studytours.core.forms import form_key
from studytours.core.operations import once
from studytours.partners.access import coordinators

from . import operations
from .forms_queue import AnswerForm, HideForm
from .models import WalkRequest

ROWS = 25


@coordinators
@require_safe
def requests(request):
    """All requests, the latest first; hidden ones only when asked for."""
    hidden = "hidden" in request.GET
    found = WalkRequest.objects.filter(hidden_at__isnull=not hidden)
    page = {
        "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
        "hidden": hidden,
        "hidden_count": WalkRequest.objects.exclude(hidden_at=None).count(),
        "hide_form": HideForm(),
        "answer_form": AnswerForm(),
    }
    return render(request, "areas/requests.html", page)


def _change(request, pk, form, write, said):
    """Do what the form says to one request, and come back to the list."""
    asked = get_object_or_404(WalkRequest, pk=pk)
    if not form.is_valid():
        messages.error(request, f"Nothing was changed. {next(iter(form.errors.values()))[0]}")
        return redirect("desk_requests")

    def change():
        write(asked, **form.cleaned_data, by=request.user)
        messages.success(request, said)
        return reverse("desk_requests")

    try:
        return redirect(once(form_key(request), change))
    except Refused as refusal:
        messages.error(request, f"Nothing was changed. {refusal}")
        return redirect("desk_requests")


@coordinators
@require_POST
def hide(request, pk):
    return _change(
        request, pk, HideForm(request.POST), operations.hide_request, "Hidden. It does not count."
    )


@coordinators
@require_POST
def answer(request, pk):
    return _change(
        request,
        pk,
        AnswerForm(request.POST),
        operations.answer_request,
        "Your answer is in the post. The address is deleted here.",
    )


@coordinators
@require_POST
def show(request, pk):
    operations.show_request(get_object_or_404(WalkRequest, pk=pk), by=request.user)
    messages.success(request, "It counts again.")
    return redirect("desk_requests")
