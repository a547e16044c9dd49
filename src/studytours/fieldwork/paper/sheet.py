"""The paper sheet: its letters and rows, and the codes that are the phone's."""

import re
import uuid

from studytours.measures.queries import measures_of

from ..models import Kind, Observation
from ..queries import active_categories

LETTERS = {
    Kind.PROBLEM: "P", Kind.GOOD: "G", Kind.IDEA: "I", Kind.MEASURE_CHECK: "C",
    Kind.EXPERIENCE: "E",
}  # fmt: skip
ROWS = 10
NAMESPACE = uuid.UUID("9d0f5c1e-0000-4000-8000-7061706572aa")


def sheet_of(tour):
    """{"kinds", "categories", "measures"}: each a list of {"code", "label"}."""
    return {
        "kinds": [_row(LETTERS[kind], label) for kind, label in Kind.choices],
        "categories": [
            _row(one.code, one.label + (" (stays private)" if one.is_sensitive else ""))
            for one in active_categories()
        ],
        "measures": [_row(one.ref, f"{one.name}, {one.place}") for one in measures_of(tour.area)],
    }


def _row(code, label):
    return {"code": code, "label": label}


def letter_of(text):
    """The letter of a sheet, A where none is given."""
    text = (text or "").strip().upper()
    return text if re.fullmatch("[A-Z]", text) else "A"


def row_names(letter):
    return [f"{letter}{number}" for number in range(1, ROWS + 1)]


def uuid_of(tour, name):
    """The name of a row's record: the same row of the same tour has the same, so it lands once."""
    return uuid.uuid5(NAMESPACE, f"{tour.slug}/{name}")


def typed_in(tour, names):
    """{name: Observation} of those rows that are here already."""
    by_uuid = {uuid_of(tour, name): name for name in names}
    found = Observation.objects.filter(uuid__in=by_uuid, tour=tour).select_related(
        "category", "stop", "finding"
    )
    return {by_uuid[one.uuid]: one for one in found}
