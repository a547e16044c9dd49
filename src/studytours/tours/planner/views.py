"""The page that proposes a route, its proof, and the route for other programs."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from studytours.core.errors import Refused
from studytours.measures.queries import area_geojson
from studytours.partners.access import leaders
from studytours.partners.models import Role

from .. import operations
from ..loaders import get_tour, see_tours, stops_of
from ..models import RoutePlan
from ..queries import meeting_geojson, route_geojson, stops_geojson
from ..rules import end_of, may
from . import files
from .forms import WishForm, wish_initial
from .proposal import Proposal
from .propose import fingerprint
from .shown import shown_stops
from .times import itinerary, light_words
from .way import plan_of, way_of

Proof = RoutePlan.Proof
# What the page says when the check has ended.
PROOFS = {
    Proof.PROVEN: "No other choice of these stops is worth more within the time.",
    Proof.BETTER: "The check found a better route than the first one.",
    Proof.STOPPED: "We looked as long as the time allowed.",
}


@see_tours
def desk_tour_route(request, slug):
    """Wishes, and what was proposed."""
    tour = get_tour(request, slug)
    if request.method == "POST":
        return _propose(request, tour)
    return _show(request, tour, WishForm(tour=tour, initial=wish_initial(plan_of(tour))))


@leaders
def _propose(request, tour):
    form = WishForm(request.POST, tour=tour)
    if form.is_valid():
        try:
            operations.wish_route(tour, **form.values(), by=request.user)
            operations.propose_route(tour, by=request.user)
            return redirect(reverse("desk_tour_route", args=[tour.slug]) + "#proposal")
        except Refused as error:
            form.add_error(None, str(error))
    return _show(request, tour, form)


def _show(request, tour, form):
    stops, plan = stops_of(tour), plan_of(tour)
    proposal = Proposal.of(plan.proposal if plan else None)
    may_plan = request.user.role != Role.ANALYST and may(tour, "remove or reorder stops")
    context = {
        "tour": tour, "form": form, "stops": stops, "plan": plan, "proposal": proposal,
        "may_plan": may_plan, "end_of_tour": end_of(tour),
    }  # fmt: skip
    if proposal:
        context |= _proposed(tour, stops, plan, proposal)
    return render(request, "tours/planner/desk_tour_route.html", context)


def _proposed(tour, stops, plan, proposal):
    shown = shown_stops(tour, proposal)
    way = way_of(tour, shown)
    legs = itinerary(tour, shown, way)
    light, against = light_words(tour, legs[-1].arrives)
    return {
        "stale": proposal.made_of != fingerprint(tour, stops),
        "waiting": plan.proof == Proof.WAITING, "proof": PROOFS.get(plan.proof, ""),
        "way": way, "rows": list(zip(proposal.stops, legs[:-1], strict=True)), "home": legs[-1],
        "gone": [stop for stop in stops if stop.lat and stop.pk not in {s.pk for s in shown}],
        "spare": int(proposal.spare), "light": light, "light_against": against,
        "shape": area_geojson(tour.area), "route_layer": route_geojson(way.line),
        "stops_layer": stops_geojson(shown), "meeting_layer": meeting_geojson(tour),
    }  # fmt: skip


@see_tours
def desk_route_proof(request, slug):
    """How far the proof is, for a page that waits for it."""
    plan = plan_of(get_tour(request, slug))
    proof = plan.proof if plan else Proof.NONE
    return JsonResponse(
        {
            "waiting": proof == Proof.WAITING,
            "better": proof == Proof.BETTER,
            "said": PROOFS.get(proof, ""),
        }
    )


@require_POST
@leaders
def desk_route_use(request, slug):
    """The proposed stops become the stops of the tour."""
    tour = get_tour(request, slug)
    operations.use_proposal(tour, at=request.POST.get("at", ""), by=request.user)
    messages.success(request, "The route is used. Change it here as you like.")
    return redirect("desk_tour_stops", slug)


@require_POST
@leaders
def desk_route_drop(request, slug):
    operations.drop_proposal(get_tour(request, slug))
    messages.success(request, "The proposal is dropped. The tour stays as it was.")
    return redirect("desk_tour_stops", slug)


@see_tours
def desk_route_gpx(request, slug):
    tour = get_tour(request, slug)
    stops = stops_of(tour)
    response = HttpResponse(files.gpx(tour, stops, way_of(tour, stops)), "application/gpx+xml")
    response["Content-Disposition"] = f'attachment; filename="{tour.slug}.gpx"'
    return response


@see_tours
def desk_route_geojson(request, slug):
    tour = get_tour(request, slug)
    stops = stops_of(tour)
    answer = files.geojson(tour, stops, way_of(tour, stops))
    response = JsonResponse(answer, content_type="application/geo+json")
    response["Content-Disposition"] = f'attachment; filename="{tour.slug}.geojson"'
    return response
