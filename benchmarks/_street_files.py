"""Invented street files in the shape of data.police.uk, the same ones for the same seed.

Four forces and twelve months: 48 CSVs, sorted by LSOA as published. A fifth of the rows are
anti-social behaviour without a Crime ID, one in seventy has no place, a few are exact copies.
"""

import numpy as np

FORCES = ("avonshire", "borsetshire", "casterbridge", "darrowshire")
MONTHS = tuple(f"2025-{month:02d}" for month in range(1, 13))
HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context\n"
)
TYPES = {
    "Violence and sexual offences": 35,
    "Anti-social behaviour": 20,
    "Shoplifting": 9,
    "Criminal damage and arson": 6,
    "Public order": 6,
    "Other theft": 6,
    "Vehicle crime": 5,
    "Burglary": 4,
    "Drugs": 4,
    "Other crime": 2,
    "Possession of weapons": 1,
    "Robbery": 1,
    "Bicycle theft": 1,
    "Theft from the person": 1,
}
OUTCOMES = (
    "Under investigation",
    "Investigation complete; no suspect identified",
    "Unable to prosecute suspect",
    "Awaiting court outcome",
)
POINTS, LSOAS = 12_000, 800  # of one force
COPIES = 5  # exact copies in a file


def write(folder, rows=2_000_000):
    """So many rows below `folder`; the files, in order."""
    each, more = divmod(rows, len(FORCES) * len(MONTHS))
    files = []
    for number, force in enumerate(FORCES):
        rng = np.random.default_rng(number)
        places = _places(rng, number, force)
        for month in MONTHS:
            file = folder / month / f"{month}-{force}-street.csv"
            file.parent.mkdir(exist_ok=True, parents=True)
            with file.open("w") as target:
                target.write(HEADER)
                target.writelines(_rows(rng, places, force, month, each + (len(files) < more)))
            files.append(file)
    return files


def _places(rng, number, force):
    """(map points as they stand in a row, how much crime each has)."""
    lsoa = np.sort(rng.integers(0, LSOAS, POINTS))
    towns = rng.uniform((-2.4, 51.2), (0.4, 53.4), (25, 2))
    at = towns[rng.integers(0, 25, POINTS)] + rng.normal(0, 0.03, (POINTS, 2))
    streets = rng.integers(0, 4_000, POINTS)
    texts = [
        f"{lon:.6f},{lat:.6f},On or near {_street(street)},{_lsoa(number, force, area)},"
        for (lon, lat), street, area in zip(at, streets, lsoa, strict=True)
    ]
    weight = rng.pareto(1.4, POINTS) + 0.1
    return texts, weight / weight.sum()


def _street(number):
    first = ("Mill", "Church", "Kiln", "Olympic", "Minerva", "Shelley", "Queen", "Station")
    last = ("Lane", "Street", "Way", "Road", "Close", "Court", "Avenue", "Drive", "Place", "Row")
    return f"{first[number % 8]} {last[number // 8 % 10]} {number // 80 or ''}".strip()


def _lsoa(number, force, area):
    """Its code and its name."""
    code = f"E{1_010_000 + number * LSOAS + area:08d}"
    return f"{code},{force.title()} {area // 6 + 1:03d}{'ABCDEF'[area % 6]}"


def _rows(rng, places, force, month, count):
    """The lines of one file, by LSOA; the unplaced ones at its end as they come in real files."""
    texts, weight = places
    kinds = list(TYPES)
    share = np.array(list(TYPES.values())) / sum(TYPES.values())
    police = f"{force.title()} Police"
    unplaced = count // 70
    where = [*np.sort(rng.choice(POINTS, count - unplaced - COPIES, p=weight)), *[-1] * unplaced]
    type_of = rng.choice(len(kinds), len(where), p=share)
    outcome_of = rng.integers(0, len(OUTCOMES), len(where))
    names = rng.bytes(32 * len(where)).hex()
    copied = 0
    for line, (place, kind, outcome) in enumerate(zip(where, type_of, outcome_of, strict=True)):
        is_asb = kinds[kind] == "Anti-social behaviour"
        name = "" if is_asb else names[64 * line : 64 * line + 64]
        middle = ",,No Location,,," if place < 0 else texts[place]
        after = "" if is_asb else OUTCOMES[outcome]
        text = f"{name},{month},{police},{police},{middle}{kinds[kind]},{after},\n"
        yield text
        if copied < COPIES and not is_asb:
            copied += 1
            yield text
