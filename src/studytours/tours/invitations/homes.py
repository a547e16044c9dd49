"""Letters to homes: addresses go in, letters come out, and nothing of them is kept anywhere."""

import csv
import io
from dataclasses import dataclass

from studytours.core.errors import BadFile, Refused
from studytours.core.spreadsheets import safe

MOST = 5000
LARGEST = 2 * 1024 * 1024
# Headings that an address list may have, the parts of an address in the order of a letter.
PARTS = (
    "name", "address", "address_1", "address_2", "address_3", "address_line_1", "address_line_2",
    "address_line_3", "house", "street", "town", "city", "county", "postcode",
)  # fmt: skip
NEEDED = {"address", "address_1", "address_line_1", "street"}
CURE = "Save the list as CSV in UTF-8, with a row of headings: address, town, postcode."


@dataclass(frozen=True)
class Homes:
    """To whom letters go, each as its lines, and how many were there twice."""

    addresses: list
    duplicates: int = 0


def of_streets(names):
    """One letter for each street, to be copied for its homes."""
    return Homes([("To the people who live in", name) for name in dict.fromkeys(names)])


def of_words(text):
    """Addresses that were typed or pasted: one in a line, its parts between commas."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise Refused("There is no address.", cure="Write one address in each line.")
    return _without_repeats(
        tuple(part.strip() for part in line.split(",") if part.strip()) for line in lines
    )


def of_file(file):
    """Addresses of an uploaded CSV file."""
    name = " ".join(file.name.split())[:80]
    if file.size > LARGEST:
        raise BadFile(name, "It is larger than 2 MB.", cure=f"Send at most {MOST:,} addresses.")
    text = _decoded(name, file.read())
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        headings = [_heading(one) for one in next(rows, [])]
        _check(name, headings)
        return _without_repeats(
            (_address(headings, row) for row in rows if any(cell.strip() for cell in row)), name
        )
    except csv.Error as error:
        raise BadFile(name, f"It is not a CSV file: {error}.", cure=CURE) from error


def _decoded(name, content):
    if not content.strip():
        raise BadFile(name, "It is empty.", cure=CURE)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        raise BadFile(name, "It is not written in UTF-8.", row=row, cure=CURE) from None
    if "\0" in text:
        raise BadFile(name, "It is not a text file.", cure=CURE)
    return text


def _heading(text):
    return "_".join(text.strip().casefold().replace("-", " ").split())


def _check(name, headings):
    if not NEEDED & set(headings):
        there = ", ".join(one for one in headings if one)[:120] or "none"
        raise BadFile(
            name, f"No column holds the address. Its columns: {there}.", row=1,
            cure="Name the column “address”, or “address_line_1”.",
        )  # fmt: skip


def _address(headings, row):
    cells = dict(zip(headings, (" ".join(cell.split()) for cell in row), strict=False))
    return tuple(cells[part] for part in PARTS if cells.get(part))


def _without_repeats(addresses, name="The list"):
    kept, duplicates = {}, 0
    for address in addresses:
        key = tuple(part.casefold() for part in address)
        if not key:
            continue
        if key in kept:
            duplicates += 1
        elif len(kept) == MOST:
            cure = "Make several lists of it."
            raise BadFile(name, f"It has more than {MOST:,} addresses.", cure=cure)
        else:
            kept[key] = address
    if not kept:
        raise BadFile(name, "There is no address in it.", cure=CURE)
    return Homes(list(kept.values()), duplicates)


def for_mailing_house(homes):
    """The addresses as CSV, the byte order mark first so that Excel reads it as UTF-8."""
    widest = max(len(address) for address in homes.addresses)
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(f"line_{number}" for number in range(1, widest + 1))
    for address in homes.addresses:
        writer.writerow(safe(part) for part in address)
    return out.getvalue()
