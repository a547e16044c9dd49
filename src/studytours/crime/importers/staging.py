"""One CSV copied to the staging folder, while its bytes are hashed and checked."""

import codecs
import csv
import hashlib
import zipfile
import zlib

from studytours.core.errors import BadFile

from .sources import AGAIN, AS_PUBLISHED

CHUNK = 1024 * 1024

# The name in the file → the name in the archive.
COLUMNS = {
    "Crime ID": "crime_id",
    "Month": "month",
    "Reported by": "reported_by",
    "Falls within": "falls_within",
    "Longitude": "lon",
    "Latitude": "lat",
    "Location": "location",
    "LSOA code": "lsoa",
    "LSOA name": "lsoa_name",
    "Crime type": "crime_type",
    "Last outcome category": "outcome",
    "Context": "context",
}


def stage(file, target):
    """Copy a StreetFile to `target`; return its sha256 and its columns in their order."""
    digest, text = hashlib.sha256(), Utf8Check(file)
    first = b""
    with target.open("wb") as copy:
        for chunk in _chunks(file):
            digest.update(chunk)
            text.check(chunk)
            first = first or chunk
            copy.write(chunk)
    text.check(b"", final=True)
    return digest.hexdigest(), _columns(file.name, first)


def _chunks(file):
    """The bytes of a file; a damaged zip is named as such."""
    try:
        with file.open() as source:
            while chunk := source.read(CHUNK):
                yield chunk
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise BadFile(file.name, "this part of the zip is damaged.", cure=AGAIN) from error
    except (RuntimeError, NotImplementedError) as error:
        raise BadFile(
            file.name, f"it cannot be unpacked: {error}.", cure="Make the zip without a password."
        ) from error


class Utf8Check:
    """Bytes in, nothing out; names the row of the first byte that is not UTF-8."""

    def __init__(self, file):
        self.file, self.before = file, 0
        self.decoder = codecs.getincrementaldecoder("utf-8")()

    def check(self, chunk, final=False):
        begun, _ = self.decoder.getstate()
        if begun or final or not chunk.isascii():  # most of a street file is
            try:
                self.decoder.decode(chunk, final)
            except UnicodeDecodeError as error:
                raise self._refusal(error, self.before - len(begun) + error.start) from error
        self.before += len(chunk)

    def _refusal(self, error, at):
        return BadFile(
            self.file.name,
            f"byte 0x{error.object[error.start]:02X} is not UTF-8 text (the file may have "
            "been saved as Latin-1 or “Windows” text).",
            row=1 + self._lines_before(at),
            cure="Save it as “CSV UTF-8”, or use it as data.police.uk publishes it.",
        )

    def _lines_before(self, at):
        """Counted only now, because most files are good."""
        lines = 0
        with self.file.open() as source:
            while chunk := source.read(min(CHUNK, at)):
                lines, at = lines + chunk.count(b"\n"), at - len(chunk)
        return lines


def _columns(name, first):
    """Our column names in the order of the header, or what is wrong with the header."""
    header = first.split(b"\n", 1)[0].decode("utf-8-sig", errors="replace").strip()
    if not header:
        raise BadFile(name, "this file is empty.", cure=AGAIN)
    given = next(csv.reader([header]))
    missing = [column for column in COLUMNS if column not in given]
    strange = [column for column in given if column not in COLUMNS]
    if missing:
        why = "this column is missing."
        if strange:
            why += f" There is “{strange[0]}” instead."
        raise BadFile(name, why, row=1, field=missing[0], cure=AS_PUBLISHED)
    if strange or len(given) != len(COLUMNS):
        extra = strange[0] if strange else next(c for c in given if given.count(c) > 1)
        raise BadFile(name, "this column is one too many.", row=1, field=extra, cure=AS_PUBLISHED)
    return [COLUMNS[column] for column in given]
