"""Boundary sets: each file is one release, kept beside the earlier ones."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from studytours.areas.importers.geojson import read_boundaries
from studytours.areas.models import Boundary, BoundarySet
from studytours.core.operations import record


@dataclass(frozen=True)
class Imported:
    """What an import did. `set` is the BoundarySet or StatisticSet."""

    set: object
    kind: str
    rows: int
    new: bool  # False: the same file was there already and nothing changed
    repaired: int = 0
    from_grid: bool = False

    def as_dict(self):
        return {
            "name": self.set.name,
            "kind": self.kind,
            "vintage": self.set.vintage,
            "rows": self.rows,
            "new": self.new,
            "repaired": self.repaired,
            "from_grid": self.from_grid,
        }


def import_boundaries(path, *, kind, by=None, now=None, progress=None):
    """Import a GeoJSON file of boundaries; the same file again changes nothing."""
    # Reading takes longest, and nobody else's writing should wait for it.
    file = read_boundaries(path, kind)
    if progress:
        progress(70, f"Saving {len(file.places):,} boundaries")
    return _save(file, Path(path).name, by, now)


@transaction.atomic
def _save(file, source, by, now):
    there = BoundarySet.objects.filter(sha256=file.sha256).first()
    if there:
        return Imported(there, there.kind, there.boundaries.count(), new=False)
    boundary_set = BoundarySet.objects.create(
        kind=file.kind,
        name=_name(file, source),
        vintage=file.vintage,
        source=source[:300],
        sha256=file.sha256,
        imported_at=now or timezone.now(),
    )
    Boundary.objects.bulk_create(
        [
            Boundary(
                boundary_set=boundary_set,
                code=place.code,
                name=place.name,
                geometry=place.geometry,
                **dict(zip(("west", "south", "east", "north"), place.geometry.bounds, strict=True)),
            )
            for place in file.places
        ],
        batch_size=500,
    )
    summary = f"{len(file.places):,} boundaries imported: {boundary_set.name}"
    record("boundaries_imported", about=boundary_set, summary=summary, by=by, now=now)
    return Imported(boundary_set, file.kind, len(file.places), True, file.repaired, file.from_grid)


def _name(file, source):
    label = BoundarySet.Kind(file.kind).label
    return f"{label} {file.vintage or ''}".strip()[:60] + f", {Path(source).stem}"[:130]
