"""Street files as data.police.uk publishes them, small and made to order."""

import csv
import hashlib
import io
import zipfile

HEADER = [
    "Crime ID",
    "Month",
    "Reported by",
    "Falls within",
    "Longitude",
    "Latitude",
    "Location",
    "LSOA code",
    "LSOA name",
    "Crime type",
    "Last outcome category",
    "Context",
]
FORCE = "northamptonshire"


def crime(number, **changed):
    """One row as a dict; `number` makes its Crime ID."""
    row = dict.fromkeys(HEADER, "")
    row |= {
        "Crime ID": hashlib.sha256(str(number).encode()).hexdigest(),
        "Month": "2025-01",
        "Reported by": "Northamptonshire Police",
        "Falls within": "Northamptonshire Police",
        "Longitude": "-0.716963",
        "Latitude": "52.303489",
        "Location": "On or near Kilnway",
        "LSOA code": "E01027310",
        "LSOA name": "North Northamptonshire 033B",
        "Crime type": "Burglary",
        "Last outcome category": "Under investigation",
    }
    return row | changed


def unnamed(**changed):
    """A row of anti-social behaviour, which never has a Crime ID."""
    return crime(0, **({"Crime ID": "", "Crime type": "Anti-social behaviour"} | changed))


def unplaced(number, **changed):
    nowhere = dict.fromkeys(("Longitude", "Latitude", "LSOA code", "LSOA name"), "")
    return crime(number, **(nowhere | {"Location": "No Location"} | changed))


def as_csv(rows, header=HEADER):
    """The bytes of a street file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, header, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def month_file(month="2025-01", rows=3, force=FORCE):
    """(name in the zip, bytes) of a month with so many burglaries, or with these rows."""
    if isinstance(rows, int):
        rows = [crime(f"{force}{month}{n}", Month=month) for n in range(rows)]
    return f"{month}/{month}-{force}-street.csv", as_csv(rows)


def write_zip(path, *members):
    """A zip of (name, bytes) members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path
