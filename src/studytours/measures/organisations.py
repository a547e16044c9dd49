"""Find the organisation a file names; make it when it is new, refuse it when it looks misspelt."""

from difflib import get_close_matches

from studytours.partners.models import Organisation
from studytours.partners.operations import create_organisation


def organisation_finder(*, by=None, now=None):
    """A function (row, field) → Organisation or None, that remembers which it made in `.made`."""
    known = {one.name.casefold(): one for one in Organisation.objects.all()}
    made = []

    def find(row, field):
        name = getattr(row, field)
        if not name:
            return None
        if found := known.get(name.casefold()):
            return found
        if near := get_close_matches(name.casefold(), known, n=1, cutoff=0.88):
            raise row.wrong(
                field, f"“{name}” is not among the organisations.",
                f"Did you mean “{known[near[0]].name}”? Write it the same way.",
            )  # fmt: skip
        created = create_organisation(name=name, kind=Organisation.Kind.OTHER, by=by, now=now)
        made.append(created)
        known[name.casefold()] = created
        return created

    find.made = made
    return find
