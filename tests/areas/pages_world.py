"""A small invented county for the tests of pages: six small areas in two wards, a year of crime.

Everything comes in by the real operations. Small area 1 has the fewest crimes, 6 the most.
"""

import json

from studytours.areas import operations as areas
from studytours.crime.operations import import_crimes
from studytours.partners.operations import create_organisation, create_person

HEAD = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
STREETS = ("Kilnway", "Minerva Way", "Olympic Way", "Queensway", "Shelley Road", "Supermarket")
CODES = [f"E0100000{n}" for n in range(1, 7)]
WARDS = ["E05000001", "E05000002"]
MONTHS = [f"2025-{n:02d}" for n in range(1, 13)]
LAT = 52.30


def west_of(number):
    """Small areas lie side by side, a hundredth of a degree (some 680 m) wide."""
    return -0.74 + 0.01 * number


def middle(number):
    return LAT + 0.005, west_of(number) + 0.005


def import_world(folder):
    """Crimes, small areas and wards of Testham."""
    import_crimes([_crime_folder(folder)])
    for kind, code, name, features in (
        ("lsoa", "LSOA21CD", "LSOA21NM", [(c, f"Testham 00{n}A", n, 1)
                                         for n, c in enumerate(CODES, 1)]),
        ("ward", "WD22CD", "WD22NM", [(WARDS[0], "Kiln & Queen's", 1, 3),
                                      (WARDS[1], "East Testham", 4, 3)]),
    ):  # fmt: skip
        path = folder / f"{kind}-2022.geojson"
        path.write_text(json.dumps(_boundaries(code, name, features)))
        areas.import_boundaries(path, kind=kind)


def _crime_folder(folder):
    for month in MONTHS:
        file = folder / "crimes" / month / f"{month}-testshire-street.csv"
        file.parent.mkdir(parents=True)
        file.write_text("\n".join([HEAD, *_rows(month)]) + "\n")
    return folder / "crimes"


def _rows(month):
    for number, (code, street) in enumerate(zip(CODES, STREETS, strict=True), 1):
        lat, lon = middle(number)
        for crime in range(number * 2):
            kind = ("Burglary", "Shoplifting")[crime % 2]
            yield (
                f"{month}{number:02d}{crime:060d},{month},Testshire Police,Testshire Police,"
                f"{lon},{lat},On or near {street},{code},Testham 00{number}A,{kind},"
                "Under investigation,"
            )


def _boundaries(code_key, name_key, features):
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {code_key: code, name_key: name},
                "geometry": {"type": "Polygon", "coordinates": [_box(first, wide)]},
            }
            for code, name, first, wide in features
        ],
    }


def _box(first, wide):
    west, east = west_of(first), west_of(first + wide)
    north = LAT + 0.01
    return [[west, LAT], [east, LAT], [east, north], [west, north], [west, LAT]]


def people():
    """One Person for each role, by the role's name."""
    home = create_organisation(name="Testham Homes", kind="landlord")
    return {
        role: create_person(
            email=f"{role}@example.org",
            name=role.title(),
            role=role,
            organisation=home if role == "partner" else None,
        )
        for role in ("coordinator", "analyst", "leader", "partner")
    }


def an_area(**changes):
    """A circle of 400 metres in small area 4, made as the page makes it."""
    from studytours.areas.shapes import circle_shape

    parts = {
        "name": "Queensway",
        "town": "Testham",
        "geometry": circle_shape(*middle(4), 400).geometry,
        "made_from": "circle",
        "why": "Residents asked for a walk.",
    }
    return areas.make_area(**parts | changes)


def an_area_at(lat, lon, metres):
    from studytours.areas.shapes import circle_shape

    return an_area(geometry=circle_shape(lat, lon, metres).geometry)
