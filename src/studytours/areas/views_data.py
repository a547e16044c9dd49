"""Boundaries, census and street maps on the desk: what is held, a new file, past imports."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from studytours.core.operations import once
from studytours.crime.views import STATE_COLOURS
from studytours.partners.access import coordinators, desk

from . import operations
from .forms_data import DataForm
from .holdings import as_sentences, held
from .models import DataImport

RECENT = 20


@desk
@require_safe
def data(request):
    return _page(request)


@coordinators
@require_POST
def upload(request):
    form = DataForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form)

    def receive():
        typed = form.cleaned_data
        ordered = operations.receive_data(typed["file"], kind=typed["kind"], by=request.user)
        return reverse("desk_area_data_import", args=[ordered.pk])

    return HttpResponseRedirect(once(request.POST.get("form_key"), receive))


@desk
@require_safe
def one_import(request, pk):
    found = get_object_or_404(DataImport.objects.select_related("by"), pk=pk)
    shown = {
        "import": found,
        "alive": found.state in (DataImport.State.WAITING, DataImport.State.RUNNING),
        "states": STATE_COLOURS,
        "sentences": list(as_sentences(found.report)) if found.report else [],
    }
    return render(request, "areas/data_import.html", shown)


def _page(request, form=None):
    shown = {
        "held": held(),
        "imports": DataImport.objects.select_related("by")[:RECENT],
        "states": STATE_COLOURS,
    }
    if request.user.is_coordinator:
        shown["form"] = form or DataForm()
    return render(request, "areas/data.html", shown, status=400 if form else 200)
