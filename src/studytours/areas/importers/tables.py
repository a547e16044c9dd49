"""Statistics and lookups: CSV files recognised by their header, checked cell by cell."""

import csv
import hashlib
import io
import re
from dataclasses import dataclass
from pathlib import Path

from studytours.core.errors import BadFile

LSOA = re.compile(r"[EW]01\d{6}|S01\d{6}|N20\d{6}|95\w{6}")
WARD = re.compile(r"[EW]05\d{6}|S13\d{6}|N08\d{6}")
AUTHORITY = re.compile(r"E0[6-9]\d{6}|W06\d{6}|S12\d{6}|N09\d{6}")
LSOA_COLUMN = re.compile(r"lsoa(\d\d)_?(?:code|cd)", re.I)
CURE_FILE = "Download it again, as it is published."
CURE_ROW = "Mend this row, then import the whole file again."
MAX_BYTES = 100_000_000
EXPECTED = (
    "households: lsoa21_code, residents_2021, households_2021; "
    "deprivation: lsoa21_code, IMD_decile, IMD_rank; "
    "population: lsoa11_code, total_population; "
    "lookup: lsoa21_code, ward24_code, ward24_name, ltla24_code, ltla24_name, "
    "or lsoa11_code, lsoa11_name, lsoa21_code, lsoa21_name, change_code"
)


@dataclass(frozen=True)
class StatisticFile:
    kind: str  # households, deprivation, population or lookup
    vintage: int | None
    sha256: str
    rows: dict  # code → values


def read_statistics(path):
    """The table of a CSV file, or BadFile naming the row and the column."""
    path = Path(path)
    if not path.is_file():
        raise BadFile(path, "there is no such file.", cure="Check the name and the folder.")
    if path.stat().st_size > MAX_BYTES:
        raise BadFile(path.name, "is larger than 100 MB.", cure="Cut it down to your counties.")
    raw = path.read_bytes()
    header, lines = _lines(path, raw)
    kind, read, year = _kind(path, header)
    sheet = Sheet(path.name, header)
    rows = {}
    for number, line in enumerate(lines, 2):
        if line:
            read(sheet.at(number, line), rows)
    if not rows:
        raise BadFile(path.name, "there is no row below the header.", cure=CURE_FILE)
    return StatisticFile(kind, year, hashlib.sha256(raw).hexdigest(), rows)


def _lines(path, raw):
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(path.name, "the text is not UTF-8.", cure="Save it as CSV UTF-8.") from error
    reader = csv.reader(io.StringIO(text))
    try:
        lines = list(reader)
    except csv.Error as error:
        why = f"this is not CSV: {error}."
        raise BadFile(path.name, why, row=reader.line_num, cure=CURE_FILE) from error
    if not lines:
        raise BadFile(path.name, "the file is empty.", cure=CURE_FILE)
    return [name.strip() for name in lines[0]], lines[1:]


def _kind(path, header):
    """What the file is, how a row of it is read, and the year it describes."""
    lower = [name.lower() for name in header]
    lsoas = [found for name in header if (found := LSOA_COLUMN.fullmatch(name))]
    years = sorted(2000 + int(found[1]) for found in lsoas)
    dated = [re.fullmatch(r"households_(\d{4})", name) for name in lower]
    dated = [int(found[1]) for found in dated if found]
    in_name = re.search(r"(?<!\d)(20[0-4]\d)(?!\d)", path.name)
    year = int(in_name[1]) if in_name else None
    if len(years) == 2:
        return "lookup", _old_to_new, years[1]
    if len(years) == 1:
        if any(re.fullmatch(r"(ward|wd)\d\d_?(code|cd)", name) for name in lower):
            return "lookup", _ward, years[0]
        if any(re.fullmatch(r"households(_\d{4})?", name) for name in lower):
            return "households", _households, dated[0] if dated else year
        if {"imd_decile", "imd_rank"} <= set(lower):
            return "deprivation", _deprivation, year
        if "total_population" in lower:
            return "population", _population, year
    raise BadFile(
        path.name,
        f"its columns are not known: {', '.join(header[:12])}{' …' if len(header) > 12 else ''}.",
        cure=f"Expected are {EXPECTED}.",
    )


class Sheet:
    """A row with a memory of where it is, so that every refusal can say so."""

    def __init__(self, file, header):
        self.file, self.header = file, header
        self.number, self.line = 1, []

    def at(self, number, line):
        if len(line) != len(self.header):
            why = f"it has {len(line)} cells, the header has {len(self.header)}."
            raise BadFile(self.file, why, row=number, cure=CURE_ROW)
        self.number, self.line = number, line
        return self

    def column(self, pattern):
        """The name of the first column that matches."""
        for name in self.header:
            if re.fullmatch(pattern, name, re.I):
                return name
        raise BadFile(self.file, f"a column like “{pattern}” is missing.", cure=EXPECTED)

    def text(self, pattern):
        return self.line[self.header.index(self.column(pattern))].strip()

    def code(self, pattern, shape):
        return self._checked(pattern, shape.fullmatch, "is not a code of this kind")

    def number_of(self, name, *, low=0, high=None, whole=True):
        cell = self.text(re.escape(name))
        try:
            value = int(cell) if whole else float(cell)
        except ValueError as error:
            kind = "a whole number" if whole else "a number"
            self.refuse(name, f"“{cell}” is not {kind}.", error)
        if not (low is None or value >= low) or not (high is None or value <= high):
            between = f"between {low} and {high}" if high is not None else f"{low} or more"
            self.refuse(name, f"{cell} is not {between}.")
        return value

    def refuse(self, column, why, error=None):
        raise BadFile(self.file, why, row=self.number, field=column, cure=CURE_ROW) from error

    def once(self, code, rows):
        if code in rows:
            why = f"the code {code} is there twice."
            raise BadFile(self.file, why, row=self.number, cure=CURE_ROW)
        return code

    def _checked(self, pattern, good, complaint):
        cell = self.text(pattern)
        if not good(cell):
            self.refuse(self.column(pattern), f"“{cell}” {complaint}.")
        return cell


ANY_LSOA = r"lsoa\d\d_?(code|cd)"


def _households(sheet, rows):
    code = sheet.once(sheet.code(ANY_LSOA, LSOA), rows)
    values = {
        "households": sheet.number_of(sheet.column(r"households(_\d{4})?")),
        "residents": sheet.number_of(sheet.column(r"residents(_\d{4})?")),
    }
    for group in ("tenure", "dwelling"):
        names = [name for name in sheet.header if name.startswith(f"{group}: ")]
        if names:
            values[group] = {name.split(": ", 1)[1]: sheet.number_of(name) for name in names}
    rows[code] = values


def _deprivation(sheet, rows):
    code = sheet.once(sheet.code(ANY_LSOA, LSOA), rows)
    deciles = [name for name in sheet.header if name.endswith("_decile")]
    values = {
        "decile": sheet.number_of(sheet.column("IMD_decile"), low=1, high=10),
        "rank": sheet.number_of(sheet.column("IMD_rank"), low=1),
        "domains": {
            name.removesuffix("_decile"): sheet.number_of(name, low=1, high=10)
            for name in deciles
            if not name.startswith("IMD")
        },
    }
    if "IMD_score" in sheet.header:
        values["score"] = sheet.number_of("IMD_score", whole=False)
    rows[code] = values


def _population(sheet, rows):
    code = sheet.once(sheet.code(ANY_LSOA, LSOA), rows)
    ages = [name for name in sheet.header if name.startswith("age_")]
    rows[code] = {"residents": sheet.number_of("total_population")} | {
        name: sheet.number_of(name) for name in ages
    }


def _ward(sheet, rows):
    code = sheet.once(sheet.code(ANY_LSOA, LSOA), rows)
    rows[code] = {
        "ward_code": sheet.code(r"(ward|wd)\d\d_?(code|cd)", WARD),
        "ward": sheet.text(r"(ward|wd)\d\d_?(name|nm)"),
        "authority_code": sheet.code(r"(ltla|lad)\d\d_?(code|cd)", AUTHORITY),
        "authority": sheet.text(r"(ltla|lad)\d\d_?(name|nm)"),
    }


def _old_to_new(sheet, rows):
    """LSOA 2011 → 2021. A split area has several rows, a merged one shares its new code."""
    old, new = sorted((name for name in sheet.header if LSOA_COLUMN.fullmatch(name)), key=str.lower)
    code = sheet.code(old, LSOA)
    values = rows.setdefault(
        code, {"name": sheet.text(re.sub("code|cd", "(name|nm)", old, flags=re.I)), "to": []}
    )
    became = sheet.code(new, LSOA)
    if became in values["to"]:
        why = f"{code} → {became} is there twice."
        raise BadFile(sheet.file, why, row=sheet.number, cure=CURE_ROW)
    values["to"].append(became)


def kind_of(path):
    """households, deprivation, population or lookup by the header, else None."""
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            header = [name.strip() for name in next(csv.reader(file), [])]
        return _kind(Path(path), header)[0]
    except (BadFile, UnicodeDecodeError, csv.Error):
        return None
