"""Recorded crime in the same months as two walks: beside the feelings, never instead of them."""

from dataclasses import dataclass

from django.utils import timezone

from studytours.areas.profiles import lsoas_of, with_former_codes
from studytours.areas.words import FEW, FEW_CRIMES, period
from studytours.crime.caveats import caveats
from studytours.crime.counting import month_counts
from studytours.crime.queries import months as months_held

CRIMES, WHAT = "acquisitive", "thefts, burglaries and robberies"
# A season less tells nothing.
FEWEST_MONTHS, MOST_MONTHS = 3, 12
ONE_CAUSE = (
    "A walk is one of many things that may change recorded crime. These counts do not show that "
    "it did."
)
SEASONS = "The two periods are not the same months of the year, and crime has its seasons."


@dataclass(frozen=True)
class Beside:
    what: str  # which crimes, in words
    rows: list  # (period in words, count), the earlier first
    caveats: list


def crime_beside(earlier, later):
    """Crimes in the area for equally many months before the earlier walk and before the later.

    None where that is less than three months, or where any of them is not held.
    """
    area = later.area
    held = months_held(area.force or None)
    first, last = (_month(tour.walked_at) for tour in (earlier, later))
    if not held:
        return None
    # The earlier walk's own month is the first that can tell of what came after it.
    end = min(last, _index(held[-1]) + 1)
    many = min(MOST_MONTHS, end - first)
    before, after = (_months(until, many) for until in (first, end))
    if many < FEWEST_MONTHS or not set(before + after) <= set(held):
        return None
    place = _place(area)
    asked = {**place, "crimes": CRIMES, "force": area.force or None}
    found = month_counts(**asked, months=before + after)
    by_month = dict(zip(found.months, found.by_month.tolist(), strict=True))
    rows = [
        (period(months), int(sum(by_month.get(month, 0) for month in months)))
        for months in (before, after)
    ]
    said = caveats(found.force or area.force, crimes=CRIMES, months=before + after)
    said = [ONE_CAUSE, *([SEASONS] if many < MOST_MONTHS else []), *said]
    if min(count for _, count in rows) < FEW:
        said.append(FEW_CRIMES)
    return Beside(WHAT, rows, said)


def _place(area):
    lsoas = lsoas_of(area)
    return {"lsoas": with_former_codes(lsoas)} if lsoas else {"polygon": area.geometry}


def _month(moment):
    local = timezone.localtime(moment)
    return 12 * local.year + local.month - 1


def _index(month):
    year, number = month.split("-")
    return 12 * int(year) + int(number) - 1


def _months(until, many):
    """So many months before a month, as the archive names them."""
    return [f"{at // 12}-{at % 12 + 1:02}" for at in range(until - many, until)]
