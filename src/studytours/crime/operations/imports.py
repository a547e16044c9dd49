"""Import recorded crime: all files are good and the archive changes at once, or nothing does."""

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from studytours.core.errors import Refused, TryLater
from studytours.core.operations import record

from .. import archive
from ..importers import parquet, sources, staging
from ..models import CrimeImport, ForceMonth
from ..report import make_report

# A month's file is small: two at a time keep two cores busy and memory low.
WORKERS = 2


def import_crimes(paths, *, by=None, progress=None, now=None, wanted=None):
    """Import street files; return the CrimeImport with its report.

    `paths` are zips, folders and CSVs, a later one winning over an earlier one with the same
    force and month. `progress(percent, doing)` is told how far it is; `wanted` limits the
    import to these (force, month) pairs. Raises Refused after noting why on the CrimeImport.
    """
    paths = [Path(path) for path in paths]
    ordered = order_import(", ".join(path.name for path in paths), by=by, now=now)
    return run_import(ordered, paths, progress=progress, wanted=wanted)


def order_import(source, *, by=None, now=None):
    """A CrimeImport that waits for `run_import`, so that a page can show it at once."""
    return CrimeImport.objects.create(
        source=source[:300],
        by=by if by is not None and by.is_authenticated else None,
        started_at=now or timezone.now(),
    )


def run_import(ordered, paths, *, progress=None, wanted=None):
    """Do what `order_import` noted."""
    teller = Teller(ordered, progress)
    with kept_to_the_end(ordered) as keeper, prepare(ordered, teller):
        keeper.begin()
        import_into_archive(ordered, paths, teller, wanted)
    return ordered


@contextmanager
def prepare(ordered, teller):
    """Alone with the archive, and it is as the last import that ended left it."""
    with archive.one_at_a_time(lambda: teller(0, "Waiting for another import to end")):
        _clear_leftovers(ordered)
        yield


def run_upload(ordered, path):
    """Import a file that a page received, and remove it and its folder whatever happens."""
    try:
        return run_import(ordered, [path])
    finally:
        shutil.rmtree(Path(path).parent, ignore_errors=True)


class Teller:
    """Keeps the progress on the CrimeImport (or DataImport), at most twice a second."""

    def __init__(self, ordered, progress=None):
        self.ordered, self.progress, self.last = ordered, progress, 0.0

    def __call__(self, percent, doing):
        if self.progress:
            self.progress(percent, doing)
        if time.monotonic() - self.last > 0.5:
            self.last = time.monotonic()
            type(self.ordered).objects.filter(pk=self.ordered.pk).update(
                progress=min(int(percent), 99), doing=doing[:200]
            )


class kept_to_the_end:
    """Notes on the CrimeImport or DataImport why it was refused or broke off."""

    def __init__(self, ordered):
        self.ordered = ordered

    def __enter__(self):
        return self

    def begin(self):
        """Its turn has come. Not before: whoever has the lock closes what still says "running"."""
        self._note(state=self.ordered.State.RUNNING, doing="Looking at the files")

    def __exit__(self, kind, error, trace):
        if error is None:
            return
        refused = isinstance(error, Refused)
        state = self.ordered.State.REFUSED if refused else self.ordered.State.FAILED
        self._note(state=state, problem=_in_words(error), doing="", ended_at=timezone.now())

    def _note(self, **changed):
        for name, value in changed.items():
            setattr(self.ordered, name, value)
        self.ordered.save(update_fields=list(changed))


def _in_words(error):
    """What a person reads about an import that did not come to its end."""
    if isinstance(error, Refused | TryLater):
        return str(error)
    if isinstance(error, Exception):
        return (
            f"Something went wrong here, not in the file ({type(error).__name__}: {error}). Try "
            "again, and if it happens again tell whoever looks after this server."
        )
    return "It was stopped before the end."


def _clear_leftovers(ordered):
    """What a killed import left behind. We hold the lock, so no other import is alive."""
    if connection.in_atomic_block:  # its rows may yet be rolled back, and then the files count
        return
    for file in [*archive.staging_root().glob("*/*"), *archive.leftovers()]:
        file.unlink(missing_ok=True)
    for folder in archive.staging_root().glob("*"):
        folder.rmdir()
    CrimeImport.objects.filter(state=CrimeImport.State.RUNNING).exclude(pk=ordered.pk).update(
        state=CrimeImport.State.FAILED,
        problem="It was stopped before the end. Nothing of it was kept.",
        doing="",
        ended_at=timezone.now(),
    )


@dataclass(frozen=True)
class Ready:
    """A force-month that is checked: already held, or written to the staging folder."""

    file: sources.StreetFile
    sha256: str
    counts: parquet.Counts
    parquet: Path | None = None


def import_into_archive(ordered, paths, teller, wanted=None):
    """Check and convert every file in the staging folder, then switch to them all at once."""
    with archive.staging() as folder, sources.opened(paths, wanted) as found:
        held = {
            (one.force, one.month): one
            for one in ForceMonth.objects.filter(force__in={force for force, _ in found.files})
        }
        ready = _make_ready(list(found.files.values()), held, folder, teller)
        teller(99, "Putting the months into the archive")
        _switch(ordered, ready, held, lambda: make_report(found, ready, held))


def _make_ready(files, held, folder, teller):
    """Each file checked and converted, two at a time; the first that is bad stops it all."""
    total = sum(file.size for file in files) or 1
    done, ready = 0, []
    with parquet.connect(folder) as database, ThreadPoolExecutor(WORKERS) as pool:
        jobs = [pool.submit(_convert, database, file, held.get(file.key), folder) for file in files]
        try:
            for file, job in zip(files, jobs, strict=True):
                ready.append(job.result())
                done += file.size
                teller(98 * done / total, f"Read {file.force} {file.month}")
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return ready


def _convert(database, file, held, folder):
    """One StreetFile → Ready. Runs in a thread: touches files only, never our database."""
    staged = folder / f"{file.month}-{file.force}.csv"
    sha256, columns = staging.stage(file, staged)
    if held and held.sha256 == sha256 and (archive.root() / held.file).exists():
        ready = Ready(file, sha256, _counts_of(held))
    else:
        target = staged.with_suffix(".parquet")
        counts = parquet.convert(database, file, staged, columns, target)
        ready = Ready(file, sha256, counts, target)
    staged.unlink()
    return ready


def _counts_of(held):
    return parquet.Counts(
        held.rows,
        held.no_coordinates,
        held.outside_force,
        held.by_type,
        held.exact_duplicates_dropped,
    )


def _switch(ordered, ready, held, report):
    """Move the new files in, let the rows name them, and only then remove the old ones."""
    fresh = [one for one in ready if one.parquet]
    before = {one.file for one in held.values()}
    moved = {}
    try:
        for one in fresh:
            moved[one.file.key] = _move_in(one)
        with transaction.atomic():
            _write_rows(ordered, fresh, moved)
            _note_done(ordered, report(), len(fresh))
    except BaseException:
        _remove(set(moved.values()) - before)
        raise
    replaced = {held[key].file for key in moved if key in held}
    transaction.on_commit(lambda: _remove(replaced - set(moved.values())))


def _move_in(ready):
    """The new file at its own new place in the archive; the name, relative to the archive."""
    name = f"{ready.file.force}/{ready.file.month}-{ready.sha256[:8]}.parquet"
    target = archive.root() / name
    target.parent.mkdir(exist_ok=True)
    ready.parquet.replace(target)
    return name


def _write_rows(ordered, fresh, names):
    for one in fresh:
        ForceMonth.objects.filter(force=one.file.force, month=one.file.month).delete()
    ForceMonth.objects.bulk_create(
        ForceMonth(
            force=one.file.force,
            month=one.file.month,
            file=names[one.file.key],
            sha256=one.sha256,
            crime_import=ordered,
            **asdict(one.counts),
        )
        for one in fresh
    )


def _note_done(ordered, report, changed):
    ordered.state = CrimeImport.State.DONE
    ordered.progress, ordered.doing = 100, ""
    ordered.report = report
    ordered.ended_at = timezone.now()
    ordered.save()
    record(
        "crimes_imported",
        about=ordered,
        summary=f"Recorded crime imported: {ordered.source}",
        by=ordered.by,
        force_months=changed,
    )


def _remove(names):
    for name in names:
        (archive.root() / name).unlink(missing_ok=True)
