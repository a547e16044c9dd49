"""Where the street files are: in zips, in folders, or given one by one.

A file is known by its name, `YYYY-MM-<force>-street.csv`. Nothing of a name inside a zip is
ever used as a path on our disk, and what a zip may unpack to is limited before it is read.
"""

import re
import zipfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from studytours.core.errors import BadFile, Refused

STREET = re.compile(r"(?P<month>.+?)-(?P<force>[a-z][a-z-]{1,58}[a-z])-street\.csv")
MONTH = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")

# The whole of data.police.uk for three years is about 5,000 members and 5 GB; a CSV of it
# shrinks eight times or so, a zip bomb a thousand times.
MAX_MEMBERS = 20_000
MAX_UNPACKED = 20 * 1024**3
MAX_ONE_FILE = 1024**3
MAX_RATIO = 100

LAYOUT = "Keep street files as YYYY-MM/YYYY-MM-force-street.csv, in at most one folder more."
AS_PUBLISHED = "Use the file as data.police.uk publishes it."
AGAIN = "Download it again."


@dataclass(frozen=True)
class StreetFile:
    """One CSV of one force and month; `open()` gives its bytes."""

    name: str
    force: str
    month: str
    size: int
    open: callable

    @property
    def key(self):
        return self.force, self.month


@dataclass
class Found:
    """The street files of all paths, one for each force-month, and what was passed over."""

    files: dict = field(default_factory=dict)
    ignored: int = 0
    superseded: list = field(default_factory=list)
    forces: set = field(default_factory=set)

    def add(self, files):
        """Files of one path. A later path wins; within one path two copies are refused."""
        here = {}
        for file in files:
            self.forces.add(file.force)
            if file.key in here:
                raise BadFile(
                    file.name,
                    f"the same force and month is in {here[file.key].name}.",
                    cure="Remove one of the two.",
                )
            here[file.key] = file
        self.superseded += [self.files[key].name for key in here if key in self.files]
        self.files.update(here)


@contextmanager
def opened(paths, wanted=None):
    """Find the street files of all paths; zips stay open until the end of the block.

    `wanted` limits them to these (force, month) pairs.
    """
    if not paths:
        raise Refused("No file was given.", cure="Name a zip, a folder or a street CSV.")
    found = Found()
    with ExitStack() as stack:
        for path in map(Path, paths):
            entries = list(_entries(path, stack))
            files = [_street_file(path, *entry) for entry in entries]
            streets = [file for file in files if file]
            found.ignored += len(files) - len(streets)
            if not streets:
                raise BadFile(path.name, "no street file is in it.", cure=LAYOUT)
            _check_sizes(path, streets)
            found.add(streets)
        if wanted is not None:
            found.files = {key: file for key, file in found.files.items() if key in wanted}
        yield found


def _entries(path, stack):
    """(name inside, size, open, packed size) of every file of a path."""
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.is_file():
                name = file.relative_to(path).as_posix()
                yield name, file.stat().st_size, lambda file=file: file.open("rb"), None
    elif not path.exists():
        raise BadFile(path, "there is no such file.", cure="Check the name and the folder.")
    elif path.suffix.lower() == ".csv":
        if not path.name.endswith("-street.csv"):
            raise BadFile(path.name, "the name is not YYYY-MM-force-street.csv.", cure=LAYOUT)
        yield path.name, path.stat().st_size, lambda: path.open("rb"), None
    else:
        yield from _zip_entries(path, stack)


def _zip_entries(path, stack):
    archive = stack.enter_context(_open_zip(path))
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MAX_MEMBERS:
        why = f"{len(members):,} files are in it; the most is {MAX_MEMBERS:,}."
        raise BadFile(path.name, why, cure="Use the file as data.police.uk publishes it.")
    for member in members:
        yield (
            member.filename,
            member.file_size,
            lambda member=member: archive.open(member),
            member.compress_size,
        )


def _open_zip(path):
    """The zip, or what is wrong with it in words."""
    try:
        return zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        with path.open("rb") as file:
            begins_as_zip = file.read(4) == b"PK\x03\x04"
        if begins_as_zip:
            raise BadFile(path.name, "this zip is cut short or damaged.", cure=AGAIN) from error
        raise BadFile(
            path.name, "this is not a zip.", cure="Give a zip, a folder or a street CSV."
        ) from error


def _street_file(path, inside, size, opener, packed):
    """The StreetFile of an entry, or None for a file that is none of our business."""
    parts = PurePosixPath(inside.replace("\\", "/")).parts
    name = parts[-1]
    if not name.endswith("-street.csv") or name.startswith(".") or "__MACOSX" in parts:
        return None
    shown = path.name if parts == (path.name,) else f"{path.name}/{inside}"
    if ".." in parts or inside.startswith("/"):
        raise BadFile(shown, "the path leads out of the zip.", cure=AS_PUBLISHED)
    if len(parts) > 3:
        raise BadFile(shown, "this file is too many folders deep.", cure=LAYOUT)
    match = STREET.fullmatch(name)
    if not match:
        raise BadFile(shown, "the name is not YYYY-MM-force-street.csv.", cure=LAYOUT)
    if not MONTH.fullmatch(match["month"]):
        raise BadFile(
            shown, f"“{match['month']}” in the name is not a month.", cure="Name it YYYY-MM."
        )
    if packed is not None and size > 1024**2 and size > MAX_RATIO * max(packed, 1):
        raise BadFile(
            shown,
            f"it would unpack to {size / max(packed, 1):,.0f} times its size: no real file does.",
            cure=AS_PUBLISHED,
        )
    return StreetFile(shown, match["force"], match["month"], size, opener)


def _check_sizes(path, files):
    """Refuse what would fill the disk, before anything is unpacked."""
    if big := next((file for file in files if file.size > MAX_ONE_FILE), None):
        raise BadFile(big.name, f"it holds {big.size / 1024**3:,.1f} GB.", cure=AS_PUBLISHED)
    total = sum(file.size for file in files)
    if total > MAX_UNPACKED:
        raise BadFile(
            path.name,
            f"it would unpack to {total / 1024**3:,.0f} GB; the most is "
            f"{MAX_UNPACKED / 1024**3:,.0f} GB.",
            cure="Import it in parts.",
        )
