"""What was done before on the ground of a suggestion: the office's areas there, tours, measures.

Higher contexts add their sentences through the panel "area_notes": (areas) → {area pk: [text]}.
"""

from dataclasses import replace

import shapely

from studytours.core.geometry import boxes_touch
from studytours.core.panels import panels_for

from .models import Area
from .results import EarlierHere

# An area is on the same ground when they share so much of the smaller one.
SAME_GROUND = 0.1


def with_earlier(suggestions):
    """The same Suggestions, each with what was done there: as few questions for many as for one."""
    if not len(suggestions):
        return suggestions
    bounds = shapely.total_bounds([one.geometry for one in suggestions])
    areas = list(boxes_touch(Area.objects.order_by("made_at"), *bounds.tolist()))
    notes = _notes(areas)
    return replace(
        suggestions,
        areas=tuple(
            replace(one, earlier=tuple(_earlier(one, areas, notes))) for one in suggestions
        ),
    )


def _notes(areas):
    found = {area.pk: [] for area in areas}
    for tell in panels_for("area_notes") if areas else ():
        for pk, notes in tell(areas).items():
            found[pk].extend(notes)
    return found


def _earlier(suggestion, areas, notes):
    here = suggestion.geometry
    for area in areas:
        common = here.intersection(area.geometry).area
        if common >= SAME_GROUND * min(here.area, area.geometry.area):
            yield EarlierHere(area.name, area.get_desk_url(), tuple(notes[area.pk]))
