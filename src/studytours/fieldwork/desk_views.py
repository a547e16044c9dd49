"""The desk's pages of a walk: what has come in, who has joined, what was on paper."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from studytours.core.errors import Refused
from studytours.partners.access import coordinators, leaders
from studytours.tours.loaders import get_tour, see_tours

from . import operations, queries
from .forms import CategoryForm, SavedFileForm
from .loaders import get_led_observation, get_led_tour, sees_private
from .models import Category
from .questions.queries import with_voices
from .taxonomy import MOST_ACTIVE

# Not heard of for so long while the walk is on: no signal, or the page was closed.
SILENT = timedelta(minutes=10)


@see_tours
def findings(request, slug):
    """What has come in, newest first. Refreshes itself while the walk is on."""
    tour = get_tour(request, slug)
    private = sees_private(request.user, tour)
    page = Paginator(queries.findings_of(tour, private=private), 50).get_page(
        request.GET.get("page")
    )
    context = {
        "tour": tour,
        "page": page,
        "rows": with_voices(queries.rows_for_list(tour, page.object_list)),
        "counts": queries.counts(tour),
        "private": private,
        "set_aside": queries.set_aside(tour) if private else [],
        "others": queries.without_finding(tour)[:100] if private else [],
        "waiting_photos": queries.waiting_photos(tour),
    }
    return render(request, "fieldwork/desk_findings.html", context)


@leaders
def phones(request, slug):
    """Who has joined, when each was last heard of, what came from each."""
    tour = get_led_tour(request, slug)
    phones = list(queries.phones(tour))
    context = {
        "tour": tour,
        "phones": phones,
        "behind": queries.still_to_send(phones),
        "silent_before": timezone.now() - SILENT,
        "counts": queries.counts(tour),
        "stops": queries.by_stop(tour),
    }
    return render(request, "fieldwork/desk_phones.html", context)


@leaders
@require_POST
def nudge(request, slug, pk):
    """Ask a phone that still has something to send it."""
    device = get_object_or_404(get_led_tour(request, slug).devices.select_related("tour"), pk=pk)
    try:
        operations.nudge_device(device, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The phone will say so as soon as it has signal.")
    return redirect("desk_phones", slug)


@leaders
@require_POST
def withdraw(request, slug, pk):
    device = get_object_or_404(get_led_tour(request, slug).devices.select_related("tour"), pk=pk)
    operations.withdraw_device(device, by=request.user)
    messages.success(request, "The phone was withdrawn. What it sent stays.")
    return redirect("desk_phones", slug)


@leaders
def saved_file(request, slug):
    """Bring in the file that a phone saved."""
    tour = get_led_tour(request, slug)
    form = SavedFileForm(request.POST or None, request.FILES or None)
    report = None
    if request.method == "POST" and form.is_valid():
        try:
            report = operations.import_saved_file(tour, form.cleaned_data["file"], by=request.user)
        except Refused as refusal:
            form.add_error("file", str(refusal))
    context = {"tour": tour, "form": form, "report": report}
    return render(request, "fieldwork/desk_saved_file.html", context)


@leaders
@require_POST
def take_in(request, uuid):
    observation = get_led_observation(request, uuid)
    finding = operations.take_in(observation, by=request.user)
    messages.success(request, f"Taken in as {finding.ref}.")
    return redirect("desk_findings", observation.tour.slug)


@coordinators
def categories(request):
    context = {"categories": Category.objects.all(), "most": MOST_ACTIVE}
    return render(request, "fieldwork/desk_categories.html", context)


@coordinators
def category(request, code):
    found = get_object_or_404(Category, code=code)
    form = CategoryForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_category(found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"“{found.label}” was saved.")
            return redirect("desk_categories")
    return render(request, "fieldwork/desk_category.html", {"category": found, "form": form})
