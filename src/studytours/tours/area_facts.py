"""What the queue of next areas asks of tours: when an area was walked, and when it will be."""

from collections import defaultdict
from datetime import timedelta

from django.utils import timezone

from studytours.areas.facts import RECENT_MONTHS, area_facts

from .models import Tour

DAYS_A_MONTH = 365.25 / 12
COMING = (Tour.State.INVITING, Tour.State.WALKING)


@area_facts
def walks(areas, today):
    """The last walk, how many of late, and the next one: of tours that anyone may see."""
    found = defaultdict(dict)
    recent = today - timedelta(days=RECENT_MONTHS * DAYS_A_MONTH)
    tours = Tour.objects.filter(area__in=areas, is_public=True).order_by("starts_at")
    rows = tours.exclude(state=Tour.State.CANCELLED).values_list(
        "area", "state", "walked_at", "starts_at"
    )
    for area, state, walked_at, starts_at in rows:
        facts, start = found[area], timezone.localtime(starts_at).date()
        if state in COMING and start >= today - timedelta(days=1):
            facts.setdefault("planned", start)
        elif walked_at is not None:
            walked = timezone.localtime(walked_at).date()
            facts["last_walk"] = max(walked, facts.get("last_walk", walked))
            facts["walks"] = facts.get("walks", 0) + (walked >= recent)
    return found
