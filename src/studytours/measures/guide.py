"""The condition guide: what good, satisfactory, poor and very poor look like.

Five sets of four drawings in field/guide, which phones keep with the app and the desk shows too.
Drawings stand where photos of the place would be better: they show which is worse, not how bad
this one is.
"""

from django.templatetags.static import static
from django.utils.html import format_html

from studytours.core.languages import words_of_the_app

from .models import Condition, Kind

ANYTHING = "other"
SETS = {
    "lighting": (Kind.LIGHTING, Kind.STREET_LIGHTING),
    "gate": (Kind.ALLEY_GATE, Kind.DOOR, Kind.FENCE),
    "bushes": (Kind.PLANTING,),
    "path": (),
    ANYTHING: (),
}


def guide_of(kind):
    """The set of drawings for a kind of measure."""
    return next((name for name, kinds in SETS.items() if kind in kinds), ANYTHING)


def illustrated(kind):
    """The conditions as choices, each with its drawing and what it means."""
    name = guide_of(kind)
    return [
        (code, format_html(
            '<img class="me-guide" src="{}" alt="{}" width="144" height="96">{}'
            ' <span class="govuk-hint">{}</span>',
            static(f"field/guide/{name}-{code}.svg"),
            words_of_the_app(f"guide.{name}.{code}"), label,
            words_of_the_app(f"condition.{code}"),
        ))
        for code, label in Condition.choices
    ]  # fmt: skip
