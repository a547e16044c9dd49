"""The rows of a tour's risk assessment: the last version, or the office's template, with facts."""

from .facts import facts_of
from .template import office_words


def rows_for(tour, stops, signing):
    """The rows to go on from, with what the plan says today about each hazard."""
    rows = signing.latest.rows if signing.latest else office_words().hazards
    facts = facts_of(tour, stops)
    return [{**row, "here": facts.get(row["key"], [])} for row in rows]
