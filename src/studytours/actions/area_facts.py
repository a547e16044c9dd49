"""What the queue of next areas asks of actions: which promises of an area are in hand or late."""

from collections import defaultdict

from studytours.areas.facts import area_facts

from .models import OPEN_STATES, Action
from .queries import public, with_next_date


@area_facts
def promises(areas, today):
    """Open promises that anyone may read: those whose date is to come, and those that are late."""
    found = defaultdict(lambda: {"in_hand": 0, "late": 0, "last_due": None})
    still_open = public(Action.objects.filter(area__in=areas, state__in=OPEN_STATES))
    for area, due in with_next_date(still_open).values_list("area", "next_on").order_by("next_on"):
        facts = found[area]
        if due is not None and due < today:
            facts["late"] += 1
        else:
            facts["in_hand"] += 1
            facts["last_due"] = due or facts["last_due"]
    return found
