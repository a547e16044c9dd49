"""Statistic sets: households, deprivation, population, lookups between codes."""

from pathlib import Path

from django.db import transaction
from django.utils import timezone

from studytours.areas.importers.tables import read_statistics
from studytours.areas.models import Statistic, StatisticSet
from studytours.core.operations import record

from .boundaries import Imported


def import_statistics(path, *, by=None, now=None, progress=None):
    """Import a CSV of figures or a lookup; the same file again changes nothing."""
    file = read_statistics(path)
    if progress:
        progress(50, f"Saving {len(file.rows):,} rows")
    return _save(file, Path(path).stem, by, now)


@transaction.atomic
def _save(file, stem, by, now):
    there = StatisticSet.objects.filter(sha256=file.sha256).first()
    if there:
        return Imported(there, there.kind, there.rows.count(), new=False)
    statistic_set = StatisticSet.objects.create(
        kind=file.kind,
        name=f"{StatisticSet.Kind(file.kind).label}, {stem}"[:200],
        vintage=file.vintage,
        sha256=file.sha256,
        imported_at=now or timezone.now(),
    )
    Statistic.objects.bulk_create(
        [
            Statistic(statistic_set=statistic_set, code=code, values=values)
            for code, values in file.rows.items()
        ],
        batch_size=500,
    )
    summary = f"{len(file.rows):,} rows imported: {statistic_set.name}"
    record("statistics_imported", about=statistic_set, summary=summary, by=by, now=now)
    return Imported(statistic_set, file.kind, len(file.rows), new=True)
