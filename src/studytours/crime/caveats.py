"""What must be said beside a count, in plain sentences."""

from django.db.models import Sum

from . import queries
from .breaks import breaks
from .forces import police_of
from .models import ForceMonth
from .months import in_words, run_in_words
from .sets import types_in

ENOUGH_MONTHS = 36
MAP_POINTS = (
    "A crime is shown at an anonymous map point near it, which stands for eight addresses or "
    "more, or for none. It is never the place of the crime."
)
SHOPLIFTING = (
    "More recorded shoplifting often means that shops report more of it, so a rise can be good "
    "news."
)


def caveats(force, *, crimes="acquisitive", months=None):
    """The sentences that belong beside counts of a force; `months` limits them to these."""
    held = [month for month in queries.months(force) if months is None or month in set(months)]
    if not held:
        return [f"No recorded crime of {police_of(force)} has been imported yet."]
    return [
        _covered(force, held),
        *_missing(force, held),
        *_few_months(held),
        MAP_POINTS,
        *_no_coordinates(force, held),
        *_shoplifting(types_in(crimes)),
        *(one.words for one in breaks(force, held, crimes=crimes) if one.kind != "missing"),
    ]


def _covered(force, held):
    months = "1 month" if len(held) == 1 else f"{len(held)} months"
    return (
        f"The counts are of crimes recorded by {police_of(force)} in {months}: "
        f"{run_in_words(held[0], held[-1])}."
    )


def _missing(force, held):
    gaps = [month for month in queries.missing_months(force) if held[0] <= month <= held[-1]]
    if gaps:
        yield f"These months are missing and are not counted as zero: {in_words(gaps)}."


def _few_months(held):
    if len(held) < ENOUGH_MONTHS:
        yield (
            f"A choice should rest on {ENOUGH_MONTHS} months, and these are {len(held)}: places "
            "that look worst are there partly by chance, and may look better next year with "
            "nothing done."
        )


def _no_coordinates(force, held):
    sums = ForceMonth.objects.filter(force=force, month__in=held).aggregate(
        rows=Sum("rows"), unplaced=Sum("no_coordinates")
    )
    if sums["unplaced"]:
        share = 100 * sums["unplaced"] / sums["rows"]
        yield (
            f"{sums['unplaced']:,} of {sums['rows']:,} crimes ({share:.1f} %) were published "
            "without a place, so no map and no area counts them."
        )


def _shoplifting(types):
    if types is None or "Shoplifting" in types:
        yield SHOPLIFTING
