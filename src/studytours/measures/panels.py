"""What the register adds to the pages of lower contexts."""

from django.template.loader import render_to_string
from django.utils import timezone

from studytours.core.panels import panel

from .queries import measures_of


@panel("desk_area", order=20)
def measures(request, area):
    """The measures of an area, with how each was found and which are due."""
    context = {"area": area, "measures": list(measures_of(area)), "today": timezone.localdate()}
    return render_to_string("measures/panel_area.html", context, request)
