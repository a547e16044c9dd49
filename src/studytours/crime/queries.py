"""What the archive holds: forces, their months, and the months that are not there."""

from collections import Counter

from django.db.models import Count, Max, Min, Sum

from .forces import force_label
from .models import CrimeImport, ForceMonth
from .months import gaps, in_words
from .months import next_month as next_month


def forces():
    """The forces of which anything is held."""
    return list(ForceMonth.objects.order_by("force").values_list("force", flat=True).distinct())


def months(force=None, among=None):
    """The months held of a force (or of any), first to last; only those `among` some if asked."""
    held = ForceMonth.objects.order_by("month").values_list("month", flat=True).distinct()
    if force is not None:
        held = held.filter(force=force)
    if among is not None:
        held = held.filter(month__in=list(among))
    return list(held)


def missing_months(force):
    """The gaps between a force's first and last month held."""
    held = months(force)
    return gaps(held) if held else []


def span(force):
    """First and last month held and how many, for reports."""
    return ForceMonth.objects.filter(force=force).aggregate(
        first=Min("month"), last=Max("month"), months=Count("pk")
    )


def archive_summary():
    """One dict a force: months, gaps, rows held, rows without coordinates, types."""
    held = {}
    for one in ForceMonth.objects.order_by("force", "month"):
        held.setdefault(one.force, []).append(one)
    return [_force_summary(force, rows) for force, rows in held.items()]


def _force_summary(force, rows):
    by_type = Counter()
    for one in rows:
        by_type.update(one.by_type)
    missing = gaps([one.month for one in rows])
    return {
        "force": force,
        "label": force_label(force),
        "first": rows[0].month,
        "last": rows[-1].month,
        "months": len(rows),
        "missing": missing,
        "missing_in_words": in_words(missing),
        "rows": sum(one.rows - one.exact_duplicates_dropped for one in rows),
        "no_coordinates": sum(one.no_coordinates for one in rows),
        "outside_force": sum(one.outside_force for one in rows),
        "by_type": dict(by_type.most_common()),
        "by_month": [one.rows - one.exact_duplicates_dropped for one in rows],
    }


def recent_imports(count=20):
    """The last imports, newest first."""
    return CrimeImport.objects.select_related("by")[:count]


def total_rows():
    """Rows held of all forces."""
    held = ForceMonth.objects.aggregate(rows=Sum("rows"), less=Sum("exact_duplicates_dropped"))
    return (held["rows"] or 0) - (held["less"] or 0)
