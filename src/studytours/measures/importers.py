"""Read a CSV file of measures. Nothing is written here; every complaint names row and column."""

import csv
import io
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from studytours.core.errors import BadFile

from .models import Kind

MOST_BYTES = 2_000_000
MOST_ROWS = 5_000
# Column → what it holds, in the order of the template. The page shows this list.
COLUMNS = {
    "kind": f"What it is, one of: {', '.join(Kind.values)}.",
    "name": "What people call it.",
    "count": "How many. Empty is 1.",
    "unit": "What the count counts, where it needs saying: “doors on 287 homes”.",
    "place": "Where, in words.",
    "lat": "Latitude, if known.",
    "lon": "Longitude, if known.",
    "installed_from": "When it was put in: 2023, 2023-04 or 2023-04-18.",
    "installed_to": "When the last one was put in, the same way.",
    "funder": "Who paid.",
    "cost": "In pounds, digits only.",
    "owner": "The organisation that owns it.",
    "maintainer": "The organisation that repairs it.",
    "key_holder": "A role or team that holds the keys, never a person. Not shown in public.",
    "warranty_until": "Day, as 2028-06-30.",
    "legal_order": "The order it stands under, such as a public spaces protection order.",
    "legal_order_ends": "Day, as 2028-06-30.",
    "next_check": "Day, as 2026-03-01. Empty means that it is due now.",
    "public": "yes or no. Empty is yes.",
    "note": "What is assumed, and anything else. Not shown in public.",
}
NEEDED = ("kind", "name", "place")


@dataclass(frozen=True)
class Row:
    """One measure of the file: `fields` for register_measure, organisations by name."""

    file: str
    number: int
    fields: dict
    owner: str = ""
    maintainer: str = ""

    @property
    def identity(self):
        """Two measures of one area are the same when these agree."""
        return self.fields["kind"], self.fields["place"].casefold(), self.fields["installed_from"]

    def wrong(self, column, why, cure=""):
        column = {"is_public": "public"}.get(column, column)
        return BadFile(self.file, why, row=self.number, field=column, cure=cure)


def read_measures(path_or_file):
    """The rows of a path or an uploaded file, or BadFile."""
    name, data = _read(path_or_file)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile(
            name, "This is not a text file in UTF-8.",
            cure="In Excel, save it as “CSV UTF-8 (comma delimited)”.",
        ) from None  # fmt: skip
    if "\0" in text:
        raise BadFile(name, "This is not a text file.", cure="Give a CSV file.")
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        _check_header(name, reader.fieldnames or [])
        rows = [
            _row(name, reader.line_num, cells)
            for cells in reader
            if any(isinstance(cell, list) or (cell or "").strip() for cell in cells.values())
        ]
    except csv.Error as error:
        raise BadFile(
            name, f"This cannot be read as CSV: {error}.", row=reader.reader.line_num,
            cure="Look for a quotation mark that is not closed.",
        ) from error  # fmt: skip
    return _checked_rows(name, rows)


def _read(path_or_file):
    if hasattr(path_or_file, "read"):
        name = Path(getattr(path_or_file, "name", None) or "the file").name
        data = path_or_file.read(MOST_BYTES + 1)
        data = data.encode() if isinstance(data, str) else data
    else:
        name = Path(path_or_file).name
        try:
            with Path(path_or_file).open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        except OSError as error:
            why = f"It cannot be opened: {error.strerror}."
            cure = "Check the name and the folder."
            raise BadFile(path_or_file, why, cure=cure) from error
    if len(data) > MOST_BYTES:
        raise BadFile(name, "This is larger than 2 MB.", cure="Split it, or check that it is CSV.")
    return name, data


def _check_header(name, header):
    if not header:
        raise BadFile(name, "The file is empty.", cure="Begin with the template.")
    for column in NEEDED:
        if column not in header:
            raise BadFile(
                name, "This column is missing.", field=column, row=1,
                cure=f"The first row must name the columns: {', '.join(COLUMNS)}.",
            )  # fmt: skip
    for column in header:
        if column not in COLUMNS:
            raise BadFile(
                name, "This column is not known.", field=column, row=1,
                cure=f"Remove it, or rename it to one of: {', '.join(COLUMNS)}.",
            )  # fmt: skip
        if header.count(column) > 1:
            why = "This column is there twice."
            raise BadFile(name, why, field=column, row=1, cure="Remove one of them.")


def _checked_rows(name, rows):
    if not rows:
        why = "There is no row below the column names."
        raise BadFile(name, why, cure="Write one measure in each row.")
    if len(rows) > MOST_ROWS:
        raise BadFile(name, f"There are more than {MOST_ROWS:,} rows.", cure="Split the file.")
    seen = {}
    for row in rows:
        if first := seen.get(row.identity):
            raise row.wrong(
                "place", f"Row {first.number} has the same kind, place and date.",
                "Add the counts up, or say how the two places differ.",
            )  # fmt: skip
        seen[row.identity] = row
    return rows


def _row(file, number, cells):
    if None in cells:
        raise BadFile(
            file, "This row has more cells than there are columns.", row=number,
            cure="Put a text with commas in quotation marks.",
        )  # fmt: skip
    cells = {column: (cells.get(column) or "").strip() for column in COLUMNS}
    row = Row(file, number, dict(cells), cells["owner"], cells["maintainer"])
    for column in ("owner", "maintainer", "public"):
        del row.fields[column]
    row.fields["count"] = _parsed(row, cells, "count", int, "a whole number") or 1
    if cells["count"] == "0":
        raise row.wrong("count", "The count is 0.", "Leave a measure out that is not there.")
    row.fields["cost"] = _parsed(row, cells, "cost", _pounds, "an amount in pounds: 12500 or 99.50")
    for column in ("lat", "lon"):
        row.fields[column] = _parsed(row, cells, column, float, "a number such as 52.3042")
    for column in ("warranty_until", "legal_order_ends", "next_check"):
        row.fields[column] = _parsed(row, cells, column, date.fromisoformat, "a day: 2028-06-30")
    if row.fields["next_check"] is None:
        del row.fields["next_check"]
    row.fields["is_public"] = _parsed(row, cells, "public", _yes, "yes or no") is not False
    return row


def _parsed(row, cells, column, parse, wanted):
    if not cells[column]:
        return None
    try:
        return parse(cells[column])
    except (ValueError, InvalidOperation, KeyError):
        raise row.wrong(column, f"“{cells[column][:40]}” is not {wanted}.") from None


def _pounds(text):
    amount = Decimal(text.removeprefix("£").replace(",", ""))
    if not amount.is_finite():
        raise ValueError
    return amount


def _yes(text):
    return {"yes": True, "no": False}[text.casefold()]
