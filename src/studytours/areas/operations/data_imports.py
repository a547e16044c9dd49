"""Boundaries, figures and street maps that a page received: noted at once, read by the worker."""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import get_valid_filename

from studytours.areas.models import DataImport
from studytours.crime.archive import one_at_a_time
from studytours.crime.operations.imports import Teller, kept_to_the_end
from studytours.streets.operations import import_streets
from studytours.streets.queries import base_map_of

from .boundaries import import_boundaries
from .statistics import import_statistics


@transaction.atomic
def receive_data(file, *, kind, by=None, now=None):
    """Keep an uploaded file until the worker has imported it; return the DataImport."""
    from studytours.areas.tasks import import_data

    ordered = DataImport.objects.create(
        kind=kind, source=file.name[:300], by=by, started_at=now or timezone.now()
    )
    folder = _folder(ordered)
    folder.mkdir(parents=True, exist_ok=True)
    # Its own name, made harmless, because refusals name the file; its end says what it is.
    path = folder / get_valid_filename(Path(file.name).name)[-60:]
    with path.open("wb") as target:
        for chunk in file.chunks():
            target.write(chunk)
    transaction.on_commit(lambda: import_data.enqueue(ordered.pk, str(path)))
    return ordered


def run_data_import(ordered, path):
    """Import the file that was kept, alone, and remove it whatever happens."""
    teller = Teller(ordered)
    try:
        with one_at_a_time(lambda: teller(0, "Waiting for another import to end")):
            _close_broken_off(ordered)
            with kept_to_the_end(ordered) as keeper:
                keeper.begin()
                _note_done(ordered, _read(ordered, path, teller))
    finally:
        _remove_file(ordered)
    return ordered


def _read(ordered, path, teller):
    """Read the file and save what it holds, all or nothing; the report."""
    told = {"by": ordered.by, "progress": teller}
    if ordered.kind == DataImport.Kind.STREETS:
        return _read_streets(path, told)
    if ordered.kind == DataImport.Kind.STATISTICS:
        return import_statistics(path, **told).as_dict()
    return import_boundaries(path, kind=ordered.kind, **told).as_dict()


def _read_streets(path, told):
    now = timezone.now()
    street_map = import_streets(path, now=now, **told)
    return {
        "name": street_map.name,
        "kind": "streets",
        "source": street_map.source,
        "rows": street_map.streets.count(),
        "landmarks": street_map.landmarks.count(),
        "new": street_map.imported_at == now,
        "base_map": base_map_of(street_map) is not None,
    }


def _note_done(ordered, report):
    ordered.state = DataImport.State.DONE
    ordered.progress, ordered.doing = 100, ""
    ordered.report = report
    ordered.ended_at = timezone.now()
    ordered.save()


def _close_broken_off(ordered):
    """Say how imports ended whose process was killed. Only one runs at a time, and it is we."""
    for one in DataImport.objects.filter(state=DataImport.State.RUNNING).exclude(pk=ordered.pk):
        one.state, one.doing = DataImport.State.FAILED, ""
        one.problem = "It was stopped before the end. Send the file again."
        one.ended_at = timezone.now()
        one.save()
        _remove_file(one)


def _folder(ordered):
    return Path(settings.UPLOADS) / f"data-{ordered.pk}"


def _remove_file(ordered):
    shutil.rmtree(_folder(ordered), ignore_errors=True)
