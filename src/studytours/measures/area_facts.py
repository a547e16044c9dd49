"""What the queue of next areas asks of measures: how many stand, and how many are to be checked."""

from django.db.models import Count

from studytours.areas.facts import area_facts

from .models import Measure
from .queries import due_by


@area_facts
def measures(areas, today):
    standing = Measure.objects.filter(area__in=areas, removed_on=None, is_public=True)
    rows = standing.order_by().values("area").annotate(
        measures=Count("pk"), to_check=Count("pk", filter=due_by(today))
    )  # fmt: skip
    return {row.pop("area"): row for row in rows}
