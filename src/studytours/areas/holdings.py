"""Which boundaries, figures and street maps are held, and what an import of them brought."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from studytours.streets.models import StreetMap

from .boundaries import current_sets
from .models import BoundarySet, StatisticSet


@dataclass(frozen=True)
class Held:
    """A boundary set, a statistic set or a street map, as one row of a table."""

    what: str
    name: str
    vintage: int | None
    rows: int
    source: str
    imported_at: datetime
    in_use: bool = True


def held():
    """Everything held: boundaries, then figures, then street maps."""
    return [*_boundaries(), *_statistics(), *_street_maps()]


def _boundaries():
    used = {one.pk for kind in BoundarySet.Kind.values for one in current_sets(kind)}
    for one in BoundarySet.objects.annotate(count=Count("boundaries")):
        yield Held(
            f"Boundaries: {one.get_kind_display()}", one.name, one.vintage, one.count,
            one.source, one.imported_at, one.pk in used,
        )  # fmt: skip


def _statistics():
    sets = StatisticSet.objects.annotate(count=Count("rows"))
    for one in sets.order_by("kind", "-vintage", "-imported_at"):
        yield Held(
            one.get_kind_display(), one.name, one.vintage, one.count, "", one.imported_at
        )  # fmt: skip


def _street_maps():
    for one in StreetMap.objects.annotate(count=Count("streets")).order_by("-imported_at"):
        yield Held(
            "Street map", one.name, None, one.count,
            one.source, one.imported_at, one.is_current,
        )  # fmt: skip


def missing():
    """What choosing would be better with and is not held, in words."""
    boundaries = set(BoundarySet.objects.values_list("kind", flat=True).distinct())
    figures = set(StatisticSet.objects.values_list("kind", flat=True).distinct())
    lacking = {
        "boundaries of small areas": BoundarySet.Kind.LSOA not in boundaries,
        "boundaries of wards": BoundarySet.Kind.WARD not in boundaries,
        "households": StatisticSet.Kind.HOUSEHOLDS not in figures,
        "deprivation": StatisticSet.Kind.DEPRIVATION not in figures,
        "a street map": not StreetMap.objects.filter(is_current=True).exists(),
    }
    return [words for words, lacks in lacking.items() if lacks]


def as_sentences(report):
    """The report of a DataImport as people read it, one fact a line."""
    if not report["new"]:
        yield f"This file was here already, as “{report['name']}”. Nothing changed."
    if report["kind"] == "streets":
        landmarks = _count(report["landmarks"], "landmark", "landmarks")
        yield f"{_count(report['rows'], 'street or path', 'streets and paths')}, {landmarks}."
        yield f"Source: {report['source']}."
        if not report.get("base_map", True):
            yield "The base map is plain: tippecanoe, which draws it, does not run on this machine."
        return
    is_boundary = report["kind"] in BoundarySet.Kind.values
    things = ("boundary", "boundaries") if is_boundary else ("row", "rows")
    year = f" of {report['vintage']}" if report["vintage"] else ""
    yield f"{_count(report['rows'], *things)}{year}: {report['name']}."
    if report["repaired"]:
        mended = _count(report["repaired"], "outline that crossed itself was", "outlines that "
                        "crossed themselves were")  # fmt: skip
        yield f"{mended} mended."
    if report["from_grid"]:
        yield "Its coordinates were British National Grid and were turned into degrees."


def _count(number, one, many):
    return f"{number:,} {one if number == 1 else many}"
