"""The codes of the paper sheet, the same as the phone's."""

from studytours.measures.queries import measures_of

from ..models import Kind
from ..queries import active_categories

LETTERS = {
    Kind.PROBLEM: "P", Kind.GOOD: "G", Kind.IDEA: "I", Kind.MEASURE_CHECK: "C",
    Kind.EXPERIENCE: "E",
}  # fmt: skip


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
