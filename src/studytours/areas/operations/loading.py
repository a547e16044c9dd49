"""Everything usable in a folder, in one go: what `make run DATA=folder` does.

A file that is known already is not read again, so the second time takes a moment.
"""

import hashlib
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from studytours.areas.importers.geojson import kind_of as kind_of_geojson
from studytours.areas.importers.tables import kind_of as kind_of_table
from studytours.areas.models import BoundarySet, Statistic, StatisticSet
from studytours.core.errors import Refused
from studytours.core.models import Event
from studytours.core.operations import record
from studytours.crime.counting import lsoa_months
from studytours.crime.importers.sources import STREET
from studytours.crime.operations import import_crimes
from studytours.crime.queries import forces
from studytours.partners.operations import set_office
from studytours.partners.queries import get_office
from studytours.streets.models import StreetMap
from studytours.streets.operations import import_streets
from studytours.streets.queries import base_map_of, is_whole

from .boundaries import import_boundaries
from .statistics import import_statistics

# Larger files of these kinds are not what we look for and would only cost time.
LARGEST_TEXT = 50_000_000
SUFFIXES = {".pbf", ".zip", ".geojson", ".json", ".csv"}
LOADED = "areas.file_loaded"


@dataclass
class Loaded:
    """What happened to each file, by name."""

    imported: list = field(default_factory=list)  # {"file", "what"}
    already: list = field(default_factory=list)  # names
    left_out: list = field(default_factory=list)  # {"file", "why"}
    left_alone: list = field(default_factory=list)  # names of other files
    home_force: str = ""

    def as_dict(self):
        return {
            "imported": self.imported,
            "already": self.already,
            "left_out": self.left_out,
            "left_alone": self.left_alone,
            "home_force": self.home_force,
        }


def load_data(folder, *, by=None, now=None, progress=None):
    """Import boundaries, figures, street maps and crimes of one force each, from a folder."""
    folder = Path(folder)
    if not folder.is_dir():
        raise Refused(f"There is no folder {folder}.", cure="Name a folder with data files.")
    loaded = Loaded()
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for at, path in enumerate(files):
        if progress:
            progress(100 * at / len(files), path.name)
        _load(path, str(path.relative_to(folder)), loaded, by, now)
    _set_home_force(loaded, by)
    return loaded


def _load(path, name, loaded, by, now):
    """One file: imported, known already, left out with a reason, or left alone."""
    try:
        if path.suffix.lower() not in SUFFIXES:
            loaded.left_alone.append(name)
            return
        sha256 = _sha256(path)
        if _known(sha256):
            loaded.already.append(name)
            return
        job = _job(path, by, now)
        if job is None:
            loaded.left_alone.append(name)
            return
        what = job()
        record(LOADED, about=f"file:{sha256}", summary=f"{name}: {what}", by=by, now=now)
        loaded.imported.append({"file": name, "what": what})
    except Refused as error:
        loaded.left_out.append({"file": name, "why": str(error)})


def _sha256(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _known(sha256):
    """Was this content read before, with all that is made of it today?"""
    if StreetMap.objects.filter(sha256=sha256).exists():
        return is_whole(sha256)
    return (
        Event.objects.filter(kind=LOADED, about=f"file:{sha256}").exists()
        or BoundarySet.objects.filter(sha256=sha256).exists()
        or StatisticSet.objects.filter(sha256=sha256).exists()
    )


def _job(path, by, now):
    """What to do with a file, as a function that says what it did; None to leave it alone."""
    name = path.name.lower()
    if name.endswith(".osm.pbf"):
        return lambda: _streets(import_streets(path, by=by, now=now))
    if name.endswith(".zip"):
        return _crime_job(path, by, now)
    if path.stat().st_size > LARGEST_TEXT:
        return None
    if name.endswith((".geojson", ".json")) and (kind := kind_of_geojson(path)):
        return lambda: _said(import_boundaries(path, kind=kind, by=by, now=now))
    if name.endswith(".csv") and kind_of_table(path):
        return lambda: _said(import_statistics(path, by=by, now=now))
    return None


def _said(done):
    mended = f", {done.repaired} polygon(s) mended" if done.repaired else ""
    return f"{done.rows:,} rows, {done.set.name}{mended}"


def _streets(street_map):
    plain = "" if base_map_of(street_map) else ", on a plain base map"
    return f"street map {street_map}{plain}"


def _crime_job(path, by, now):
    """A zip with street files of one force; with several it is too much to take unasked."""
    found = _forces_in(path)
    if not found:
        return None
    if len(found) > 1:
        raise Refused(
            f"it holds {len(found)} forces, more than one office needs.",
            cure=f"To import it all the same: studytours import_crimes {path}",
        )
    return lambda: _crimes(path, by, now)


def _crimes(path, by, now):
    report = import_crimes([path], by=by, now=now).report
    return f"{report['rows']:,} crimes in {report['force_months']} force-months"


def _forces_in(path):
    try:
        with zipfile.ZipFile(path) as archive:
            names = [Path(name).name for name in archive.namelist()]
    except zipfile.BadZipFile as error:
        raise Refused("it is not a whole zip file.", cure="Download it again.") from error
    return {found["force"] for name in names if (found := STREET.fullmatch(name))}


def _set_home_force(loaded, by):
    """Without a home force: the one whose small areas are best known here."""
    office = get_office()
    if not office.home_force and (held := forces()):
        known = set(
            Statistic.objects.filter(statistic_set__kind=StatisticSet.Kind.HOUSEHOLDS).values_list(
                "code", flat=True
            )
        )
        best = max(held, key=lambda force: _known_crimes(force, known))
        set_office(home_force=best, by=by)
        office = get_office()
    loaded.home_force = office.home_force


def _known_crimes(force, known):
    """Crimes in small areas whose households are known; then all, to break ties."""
    found = lsoa_months(force)
    totals = found.counts.sum(axis=1)
    here = sum(int(n) for code, n in zip(found.codes, totals, strict=True) if code in known)
    return here, int(totals.sum())
