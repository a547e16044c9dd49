"""What higher contexts know of areas and the queue of next areas needs, without importing them.

A context registers a function in its `area_facts.py`; each fills its own fields.
"""

from dataclasses import dataclass, replace
from datetime import date

_PROVIDERS = []
RECENT_MONTHS = 24


@dataclass(frozen=True)
class Facts:
    """Of one area. Only what anyone may read counts, so that the order can be checked by anyone."""

    last_walk: date | None = None
    walks: int = 0  # in the last 24 months
    planned: date | None = None  # the next walk
    in_hand: int = 0  # open promises whose date is to come
    last_due: date | None = None  # the last of those dates
    late: int = 0  # open promises whose date has passed
    measures: int = 0  # standing here
    to_check: int = 0  # of those, their check is due


NOTHING_KNOWN = Facts()


def area_facts(provider):
    """Register `provider(areas, today)` → {area pk: {field of Facts: value}}."""
    _PROVIDERS.append(provider)
    return provider


def facts_of(areas, today):
    """Area pk → Facts, with as many queries as there are providers need, however many areas."""
    areas = list(areas)
    found = {area.pk: NOTHING_KNOWN for area in areas}
    for provider in _PROVIDERS:
        for pk, fields in provider(areas, today).items():
            found[pk] = replace(found[pk], **fields)
    return found
