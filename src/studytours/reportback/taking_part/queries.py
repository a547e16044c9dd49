"""What a tour's page shows of answers, and when it asks for them."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from studytours.fieldwork.feelings.compare import comparisons
from studytours.fieldwork.questions.queries import area_rows, public_summaries, whole_area
from studytours.tours.models import Tour

# From then on an answer is about what has become of it.
LATER = timedelta(days=30)


@dataclass(frozen=True)
class Part:
    moments: list  # those with enough answers
    rows: list
    summaries: list
    compared: list  # with other walks


def part_of(tour):
    """How people score the area, and what shops told: once the tour has reported back."""
    if tour.state != Tour.State.REPORTED:
        return Part([], [], [], [])
    moments = [moment for moment in whole_area(tour) if moment.is_enough]
    compared = comparisons(tour, public=True)
    return Part(moments, area_rows(moments), public_summaries(tour), compared)


def moment_of(tour, now=None):
    """before, after or later: what an answer given now is about."""
    if tour.state == Tour.State.INVITING:
        return "before"
    walked = tour.walked_at or tour.starts_at
    return "later" if (now or timezone.now()) > walked + LATER else "after"
