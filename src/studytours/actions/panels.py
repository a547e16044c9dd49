"""What pages of lower contexts show about actions."""

from django.template.loader import render_to_string
from django.utils import timezone

from studytours.core.panels import panel
from studytours.fieldwork.loaders import sees_private

from .models import Action
from .queries import for_listing, for_person, state_counts


@panel("desk_area", order=40)
def actions_of_area(request, area):
    return _list(request, for_person(Action.objects.filter(area=area), request.user), area=area)


@panel("desk_tour", order=40)
def actions_of_tour(request, tour):
    actions = Action.objects.filter(tour=tour)
    if not sees_private(request.user, tour):
        actions = for_person(actions, request.user)
    return _list(request, actions, tour=tour)


def _list(request, actions, **of):
    listed = for_listing(actions).prefetch_related("milestones")
    shown = list(listed.order_by("next_on", "ref")[:30])
    today = timezone.localdate()
    for action in shown:
        action.overdue = action.is_overdue(today)
    context = {"actions": shown, "counts": state_counts(actions), "person": request.user, **of}
    return render_to_string("actions/panel.html", context, request=request)
