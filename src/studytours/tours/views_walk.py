"""The day itself: poster, join code on a shared screen, opening and closing, reporting back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from studytours.core.errors import Refused
from studytours.core.forms import form_key
from studytours.core.operations import once
from studytours.partners.access import coordinators, leaders
from studytours.partners.models import Role

from . import operations
from .before.signing import signing_of
from .forms import ReportForm
from .loaders import get_tour, see_tours
from .packs.join import join_address, qr_svg
from .planner import directions
from .rules import may


@see_tours
def desk_tour_qr(request, slug):
    """The join address as a QR code: an SVG picture, black on white, with its quiet zone."""
    tour = get_tour(request, slug)
    if not tour.join_code:
        raise Http404("This tour has no join code yet.")
    response = HttpResponse(qr_svg(tour), content_type="image/svg+xml")
    response["Cache-Control"] = "private, max-age=300"
    return response


@see_tours
def desk_tour_poster(request, slug):
    """An A4 page to print; until there is a code, a button that makes it."""
    tour = get_tour(request, slug)
    if not tour.join_code:
        return render(request, "tours/desk_tour_code.html", {"tour": tour})
    return render(request, "tours/poster.html", {"tour": tour, "address": join_address(tour)})


@require_POST
@leaders
def desk_tour_code(request, slug):
    operations.make_join_code(get_tour(request, slug), by=request.user)
    return redirect("desk_tour_poster", slug)


@see_tours
def desk_tour_walk(request, slug):
    """For a shared screen: the code in large letters, and the buttons to open and close."""
    tour = get_tour(request, slug)
    context = {
        "tour": tour,
        "address": join_address(tour) if tour.join_code else "",
        "may_lead": request.user.role != Role.ANALYST,
        "can_open": may(tour, "open the walk"),
        "directions": directions(tour),
        "signing": signing_of(tour),
    }
    return render(request, "tours/desk_tour_walk.html", context)


@require_POST
@leaders
def desk_walk_open(request, slug):
    tour = operations.open_walk(get_tour(request, slug), by=request.user)
    messages.success(request, f"{tour.title} is open. Phones can join now.")
    return redirect("desk_tour_walk", slug)


@require_POST
@leaders
def desk_walk_close(request, slug):
    tour = operations.close_walk(get_tour(request, slug), by=request.user)
    messages.success(request, f"{tour.title} is closed. Now agree who does what.")
    return redirect(tour.get_desk_url())


@coordinators
def desk_tour_report(request, slug):
    """The words of the public page, and the button that publishes them."""
    tour = get_tour(request, slug)
    form = ReportForm(request.POST or None, initial={"summary": tour.summary})
    if request.method == "POST" and form.is_valid():
        try:
            key = form_key(request)
            return redirect(once(key, lambda: _reported(request, tour, form)))
        except Refused as error:
            form.add_error(None, str(error))
    return render(request, "tours/desk_tour_report.html", {"tour": tour, "form": form})


def _reported(request, tour, form):
    operations.report_back(tour, summary=form.cleaned_data["summary"], by=request.user)
    messages.success(request, f"{tour.title} is reported back. Everyone can read it.")
    return tour.get_desk_url()
