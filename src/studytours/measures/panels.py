"""What the register adds to the pages of lower contexts."""

from django.template.loader import render_to_string
from django.utils import timezone

from studytours.core.panels import panel

from .models import Measure
from .queries import due_by, measures_of


@panel("desk_area", order=20)
def measures(request, area):
    """The measures of an area, with how each was found and which are due."""
    context = {"area": area, "measures": list(measures_of(area)), "today": timezone.localdate()}
    return render_to_string("measures/panel_area.html", context, request)


@panel("desk_home", order=40)
def due(request, thing):
    """How many measures are due for a check; nothing when none is."""
    count = Measure.objects.filter(due_by(timezone.localdate())).count()
    return render_to_string("measures/panel_home.html", {"count": count}, request) if count else ""
