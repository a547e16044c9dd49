"""Public pages: what, who, by when, what happened. Nothing here is private."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from studytours.actions.models import OPEN_STATES, Action, State, Update
from studytours.areas.queries import profile
from studytours.core.addresses import client_address
from studytours.core.errors import Refused
from studytours.core.forms import form_key
from studytours.core.geometry import to_geojson
from studytours.core.operations import once
from studytours.partners.models import Organisation
from studytours.tours.invitations.queries import attendance_words
from studytours.tours.models import Tour
from studytours.tours.planner import route_line
from studytours.tours.rules import may_come_along

from . import operations, queries
from .forms import VerdictForm
from .taking_part.queries import part_of


def home(request):
    areas = list(queries.public_areas()[:6])
    tours = queries.public_tours()
    return render(
        request,
        "reportback/home.html",
        {
            "numbers": queries.numbers(),
            "areas": areas,
            "tallies": queries.tallies_by_area(areas),
            "coming": tours.filter(state=Tour.State.INVITING).order_by("starts_at")[:3],
            "walking": tours.filter(state=Tour.State.WALKING)[:2],
            "done": queries.work_done(),
        },
    )


def areas(request):
    shown = list(queries.public_areas())
    return render(
        request,
        "reportback/areas.html",
        {"areas": shown, "tallies": queries.tallies_by_area(shown)},
    )


def area(request, slug):
    area = get_object_or_404(queries.public_areas(), slug=slug)
    shown = queries.promises(queries.public_actions().filter(area=area))
    return render(
        request,
        "reportback/area.html",
        {
            "area": area,
            "tours": queries.public_tours().filter(area=area),
            "promises": shown,
            "tally": queries.tally(shown),
            "measures": queries.public_measures(area).prefetch_related("checks"),
            "profile": profile(area),
        },
    )


def area_geojson(request, slug):
    """The outline of an area, for the map."""
    area = get_object_or_404(queries.public_areas(), slug=slug)
    feature = {
        "type": "Feature",
        "geometry": to_geojson(area.geometry, 5),
        "properties": {"label": area.name},
    }
    return JsonResponse({"type": "FeatureCollection", "features": [feature]})


def tours(request):
    page = Paginator(queries.public_tours(), 20).get_page(request.GET.get("page"))
    return render(request, "reportback/tours.html", {"page": page, "now": timezone.now()})


def tour(request, slug):
    tour = get_object_or_404(queries.public_tours(), slug=slug)
    shown = queries.promises(queries.public_actions().filter(tour=tour))
    findings = list(
        queries.public_findings(tour).prefetch_related(
            Prefetch("actions", queryset=queries.public_actions(), to_attr="public_actions")
        )
    )
    photos, seen = queries.photos_of(findings), queries.seen_by(findings)
    for finding in findings:
        finding.photos, finding.seen = photos[finding.pk], seen.get(finding.pk, 1)
    kinds = {"good": [], "idea": [], "seen": [], "declined": []}
    for finding in findings:
        kinds[section_of(finding)].append(finding)
    return render(
        request,
        "reportback/tour.html",
        {
            "tour": tour,
            "stops": tour.stops.all(),
            "promises": shown,
            "tally": queries.tally(shown),
            "sections": kinds,
            "reported": tour.state == Tour.State.REPORTED,
            "come_along": may_come_along(tour),
            "came": attendance_words(tour) if tour.state == Tour.State.REPORTED else "",
            "taking_part": part_of(tour),
            "others": queries.public_tours().filter(area=tour.area).exclude(pk=tour.pk)[:5],
        },
    )


def section_of(finding):
    """Under which heading of the tour page a finding stands."""
    if finding.decision == finding.Decision.DECLINED:
        return "declined"
    return finding.observation.kind if finding.observation.kind in ("good", "idea") else "seen"


def tour_geojson(request, slug):
    """The stops of a tour and the way by them."""
    tour = get_object_or_404(queries.public_tours(), slug=slug)
    stops = [stop for stop in tour.stops.all() if stop.lat is not None]
    points = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [stop.lon, stop.lat]},
            "properties": {"number": stop.number, "label": stop.name},
        }
        for stop in stops
    ]
    line = route_line(tour)
    if len(line) > 1:
        geometry = {"type": "LineString", "coordinates": line}
        points.append({"type": "Feature", "geometry": geometry, "properties": {}})
    return JsonResponse({"type": "FeatureCollection", "features": points})


FILTERS = {
    "open": ("Still to do", {"state__in": OPEN_STATES}),
    "done": ("Done, awaiting check", {"state": State.DONE}),
    "confirmed": ("Confirmed", {"state": State.CONFIRMED}),
}


def actions(request):
    """Who does what by when, over all areas."""
    chosen = queries.public_actions()
    state, owner = request.GET.get("state", ""), request.GET.get("owner", "")
    if state in FILTERS:
        chosen = chosen.filter(**FILTERS[state][1])
    if owner:
        chosen = chosen.filter(owner__slug=owner)
    page = Paginator(chosen, 50).get_page(request.GET.get("page"))
    return render(
        request,
        "reportback/actions.html",
        {
            "page": page,
            "promises": queries.promises(page.object_list),
            "filters": {key: label for key, (label, _) in FILTERS.items()},
            "owners": Organisation.objects.filter(
                actions__in=queries.public_actions().order_by()
            ).distinct(),
            "state": state,
            "owner": owner,
        },
    )


def action(request, ref):
    """One action with its three truths: our decision, the work, the residents' verdict."""
    action = get_object_or_404(queries.public_actions(), ref=ref)
    form = VerdictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(once(form_key(request), lambda: judge(request, action, form)))
        except Refused as error:
            form.add_error(None, str(error))
    [promise] = queries.promises([action])
    findings = queries.answered_by(action)
    photos = queries.photos_of(findings)
    return render(
        request,
        "reportback/action.html",
        {
            "action": action,
            "promise": promise,
            "tour": queries.public_tours().filter(pk=action.tour_id).first(),
            "instead": queries.public_actions().filter(pk=action.superseded_by_id).first(),
            "findings": findings,
            "before": [photo for finding in findings for photo in photos[finding.pk]],
            "history": Update.objects.filter(action=action).select_related("organisation"),
            "can_judge": action.state in operations.JUDGED,
            "form": form,
        },
        status=400 if form.errors else 200,
    )


def judge(request, action: Action, form):
    operations.give_verdict(action, **form.cleaned_data, address=client_address(request))
    messages.success(request, "Thank you. The office and the owner can see what you said.")
    return action.get_absolute_url()


def privacy(request):
    return render(request, "reportback/privacy.html")


def accessibility(request):
    return render(request, "reportback/accessibility.html")
