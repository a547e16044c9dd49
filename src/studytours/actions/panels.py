"""What pages of lower contexts show about actions."""

from collections import defaultdict

from django.template.loader import render_to_string
from django.utils import timezone

from studytours.core.panels import panel
from studytours.fieldwork.loaders import sees_private
from studytours.tours.before.queries import earlier_walks, ground_of
from studytours.tours.planner.candidates import Candidate

from .models import OPEN_STATES, Action, State
from .queries import for_listing, for_person, public, state_counts

FINISHED = (State.DONE, State.CONFIRMED)


@panel("desk_area", order=40)
def actions_of_area(request, area):
    return _list(request, for_person(Action.objects.filter(area=area), request.user), area=area)


@panel("desk_tour", order=40)
def actions_of_tour(request, tour):
    actions = Action.objects.filter(tour=tour)
    if not sees_private(request.user, tour):
        actions = for_person(actions, request.user)
    return _list(request, actions, tour=tour)


@panel("route_candidates", order=40)
def open_actions(tour):
    """Open actions of the area that a walk may look at, where their findings were."""
    open_here = public(Action.objects.filter(area=tour.area, state__in=OPEN_STATES))
    today = timezone.localdate()
    for action in open_here.prefetch_related("findings__observation", "milestones"):
        places = (finding.observation for finding in action.findings.all())
        place = next((one for one in places if one.lat is not None), None)
        if place is None:
            continue
        late = action.is_overdue(today)
        yield Candidate(
            "action", action.title[:120], place.lat, place.lon, 1.0 if late else 0.6,
            f"{action.ref} is overdue" if late else f"{action.ref} is still open",
            f"{action.ref}: what has been done?",
        )  # fmt: skip


def _list(request, actions, **of):
    listed = for_listing(actions).prefetch_related("milestones")
    shown = list(listed.order_by("next_on", "ref")[:30])
    today = timezone.localdate()
    for action in shown:
        action.overdue = action.is_overdue(today)
    context = {"actions": shown, "counts": state_counts(actions), "person": request.user, **of}
    return render_to_string("actions/panel.html", context, request=request)


@panel("tour_before", order=10)
def promised_here(request, tour):
    """Earlier walks of this ground with what became of each promise; other actions open here."""
    tours = earlier_walks(tour)
    seen = for_listing(for_person(Action.objects.all(), request.user))
    promises = defaultdict(list)
    for action in seen.filter(tour__in=tours).exclude(state=State.SUPERSEDED).order_by("ref"):
        promises[action.tour_id].append(action)
    others = seen.filter(area__in=ground_of(tour.area), state__in=OPEN_STATES)
    others = others.exclude(tour__in=tours).exclude(tour=tour).order_by("next_on", "ref")
    context = {
        "walks": [_walk(one, promises[one.pk]) for one in tours],
        "others": list(others[:30]),
        "finished": FINISHED,
    }
    return render_to_string("actions/before.html", context, request=request)


def _walk(tour, promises):
    done = sum(one.state in FINISHED for one in promises)
    partly = sum(one.state == State.UNDER_WAY for one in promises)
    return {
        "tour": tour, "promises": promises, "done": done, "partly": partly,
        "not_done": len(promises) - done - partly,
    }  # fmt: skip
