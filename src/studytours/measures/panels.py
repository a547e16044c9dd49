"""What the register adds to the pages of lower contexts."""

from collections import defaultdict

from django.template.loader import render_to_string
from django.utils import timezone

from studytours.core.panels import panel

from .models import Measure
from .queries import measures_of


@panel("desk_area", order=20)
def measures(request, area):
    """The measures of an area, with how each was found and which are due."""
    context = {"area": area, "measures": list(measures_of(area)), "today": timezone.localdate()}
    return render_to_string("measures/panel_area.html", context, request)


@panel("area_notes", order=20)
def standing(areas):
    """What stands in each area against crime."""
    notes = defaultdict(list)
    for measure in Measure.objects.filter(area__in=areas, removed_on=None):
        many = f" ({measure.count:,})" if measure.count > 1 else ""
        notes[measure.area_id].append(f"{measure.name}{many}")
    return notes
