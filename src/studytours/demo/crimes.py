"""Three years of invented recorded crime in the shape of data.police.uk, with known truths in it.

Planted: Curlew Estate has far more burglary and vehicle crime than its homes explain; Market
Square has shop theft; Station car park has bicycle theft; and in Osier Rows burglary falls by
almost half from the month its alley gates were fitted. A method that cannot find these is wrong.
"""

import csv
import hashlib
import io
import zipfile

import numpy as np

from . import geography

FORCE = "saltmere"
REPORTED_BY = "Saltmere Police (invented)"
GATES_EFFECT = 0.55  # of burglary remains in Osier Rows after the gates
# A year's crimes of a town of 28,000, by type.
YEARLY = {
    "Violence and sexual offences": 820, "Anti-social behaviour": 560, "Criminal damage and arson": 170,
    "Public order": 150, "Shoplifting": 230, "Other theft": 150, "Vehicle crime": 150, "Burglary": 130,
    "Drugs": 80, "Other crime": 55, "Robbery": 34, "Possession of weapons": 26, "Bicycle theft": 36,
    "Theft from the person": 16,
}  # fmt: skip
HOT = {
    ("Curlew Estate", "Burglary"): 3.4, ("Curlew Estate", "Vehicle crime"): 3.8,
    ("Curlew Estate", "Anti-social behaviour"): 2.2, ("Curlew Estate", "Robbery"): 2.5,
    ("Osier Rows", "Burglary"): 3.6, ("Osier Rows", "Criminal damage and arson"): 1.6,
    ("Harbourside", "Bicycle theft"): 3.0, ("Harbourside", "Vehicle crime"): 1.6,
    ("Old Town", "Shoplifting"): 6.0, ("Old Town", "Violence and sexual offences"): 2.0,
    ("Old Town", "Theft from the person"): 4.0, ("Old Town", "Other theft"): 1.8,
}  # fmt: skip
OUTCOMES = [
    "Investigation complete; no suspect identified", "Unable to prosecute suspect",
    "Under investigation", "Awaiting court outcome", "Local resolution",
]  # fmt: skip
COLUMNS = [
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location",
    "LSOA code", "LSOA name", "Crime type", "Last outcome category", "Context",
]  # fmt: skip


def months_before(now, count=36, lag=2):
    """The last `count` months that a release would hold now, oldest first: ["2023-09", …]."""
    last = now.year * 12 + now.month - 1 - lag
    return [f"{m // 12}-{m % 12 + 1:02d}" for m in range(last - count + 1, last + 1)]


def weights(points, kind):
    """How likely a crime of this type is at each map point (sums to 1)."""
    heat = np.array([p.weight * HOT.get((p.district, kind), 1.0) for p in points])
    if kind == "Shoplifting":
        shops = ("Shopping Area", "Supermarket", "Petrol Station")
        heat = np.array([p.weight * 40 if p.location in shops else 0.02 for p in points])
    if kind == "Bicycle theft":
        heat *= np.array([12 if "Station" in p.location else 1 for p in points])
    return heat / heat.sum()


def rows_of_month(month, index, points, codes, areas, gates_from, rng):
    """The rows of one month. Some have no place, some repeat, as in the real files."""
    lon, lat = geography.lonlat([p.x for p in points], [p.y for p in points])
    season = 1 + 0.12 * np.sin((int(month[5:]) - 4) / 12 * 2 * np.pi)
    rows = []
    for kind, yearly in YEARLY.items():
        rate = yearly / 12 * season * weights(points, kind)
        if kind == "Burglary" and month >= gates_from:
            rate = rate * [GATES_EFFECT if p.district == "Osier Rows" else 1 for p in points]
        for at, number in enumerate(rng.poisson(rate)):
            for copy in range(number):
                text = f"{month}{kind}{at}{copy}{index}"
                identity = hashlib.sha256(text.encode()).hexdigest()
                asb = kind == "Anti-social behaviour"
                code = codes[at]
                rows.append([
                    "" if asb else identity, month, REPORTED_BY, REPORTED_BY,
                    f"{lon[at]:.6f}", f"{lat[at]:.6f}", f"On or near {points[at].location}",
                    code, areas[code][0], kind, "" if asb else OUTCOMES[int(rng.integers(5))], "",
                ])  # fmt: skip
    for row in rows[:: max(len(rows) // 3, 1)]:  # about one in eighty has no place
        row[4], row[5], row[6], row[7], row[8] = "", "", "No Location", "", ""
    return rows


def archive(now, gates_from):
    """The whole series as the bytes of a zip in the bulk layout of data.police.uk."""
    rng = np.random.default_rng(geography.SEED + 2)
    points, areas = geography.map_points(), geography.small_areas()
    codes = [geography.small_area_of(p.x, p.y, areas) for p in points]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bundle:
        for index, month in enumerate(months_before(now)):
            text = io.StringIO()
            writer = csv.writer(text)
            writer.writerow(COLUMNS)
            writer.writerows(rows_of_month(month, index, points, codes, areas, gates_from, rng))
            # A fixed time: the same day gives the same bytes.
            name = zipfile.ZipInfo(f"{month}/{month}-{FORCE}-street.csv", (2020, 1, 1, 0, 0, 0))
            bundle.writestr(name, text.getvalue(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
