"""The archive on the desk: what it holds, new files, downloads, past imports."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from studytours.core.forms import form_key
from studytours.core.operations import once
from studytours.partners.access import coordinators, desk
from studytours.partners.queries import get_office

from . import operations, queries
from .forms import DownloadForm, UploadForm
from .models import CrimeImport
from .report import as_sentences


@desk
@require_safe
def crime(request):
    return _page(request)


@coordinators
@require_POST
def upload(request):
    form = _upload_form(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, upload=form)
    return _once(
        request, lambda: operations.receive_upload(form.cleaned_data["file"], by=request.user)
    )


@coordinators
@require_POST
def download(request):
    form = _download_form(request.POST)
    if not form.is_valid():
        return _page(request, download=form)
    return _once(request, lambda: operations.request_download(**form.cleaned_data, by=request.user))


@desk
@require_safe
def one_import(request, pk):
    found = get_object_or_404(CrimeImport.objects.select_related("by"), pk=pk)
    alive = found.state in (CrimeImport.State.WAITING, CrimeImport.State.RUNNING)
    shown = {"import": found, "alive": alive, "states": STATE_COLOURS}
    if found.report:
        by_type = found.report["by_type"].items()
        shown["sentences"] = list(as_sentences(found.report))
        # PostgreSQL keeps JSON without the order of its keys.
        shown["types"] = sorted(by_type, key=lambda pair: -pair[1])
    return render(request, "crime/import.html", shown)


# How a state looks; its word says the same.
STATE_COLOURS = {
    CrimeImport.State.WAITING: "grey",
    CrimeImport.State.RUNNING: "blue",
    CrimeImport.State.DONE: "green",
    CrimeImport.State.REFUSED: "orange",
    CrimeImport.State.FAILED: "red",
}


def _page(request, upload=None, download=None):
    shown = {
        "forces": queries.archive_summary(),
        "rows": queries.total_rows(),
        "imports": queries.recent_imports(),
        "states": STATE_COLOURS,
    }
    if request.user.is_coordinator:
        shown["upload"] = upload or _upload_form()
        shown["download"] = download or _download_form()
    status = 400 if upload or download else 200
    return render(request, "crime/archive.html", shown, status=status)


def _upload_form(*data):
    return UploadForm(*data, auto_id="upload_%s")


def _download_form(*data):
    return DownloadForm(*data, initial={"force": get_office().home_force}, auto_id="download_%s")


def _once(request, order):
    """Order it the first time this form arrives; a second click leads to the same import."""

    def make():
        return reverse("desk_crime_import", args=[order().pk])

    return HttpResponseRedirect(once(form_key(request), make))
