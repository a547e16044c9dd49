"""Crime files for a small county on a line of map points, as many months as a test needs."""

from studytours.crime.months import months_between
from studytours.crime.operations import import_crimes

HEAD = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
# Places two kilometres apart, so that no two circles overlap: name and crimes a month.
PLACES = (("Mill Lane", 9), ("Kiln Road", 6), ("Park Walk", 3), ("Church End", 1))


def spot(number):
    return 52.30, round(-0.80 + 0.03 * number, 6)


def code(number):
    return f"E0109900{number + 1}"


def import_county(folder, first="2025-01", last="2025-12", places=PLACES, leave_out=()):
    """`places` may give the count as a function of the month."""
    for month in months_between(first, last):
        if month in leave_out:
            continue
        file = folder / "crimes" / month / f"{month}-millshire-street.csv"
        file.parent.mkdir(parents=True)
        file.write_text("\n".join([HEAD, *_rows(month, places)]) + "\n")
    return import_crimes([folder / "crimes"])


def _rows(month, places):
    yield f",{month},P,P,,,No Location,,,Burglary,,"
    for number, (name, count) in enumerate(places):
        lat, lon = spot(number)
        for crime in range(count(month) if callable(count) else count):
            kind = ("Burglary", "Vehicle crime", "Vehicle crime", "Drugs")[crime % 4]
            yield (
                f"{month}{number}{crime:050d},{month},P,P,{lon},{lat},On or near {name},"
                f"{code(number)},Millshire 00{number + 1}A,{kind},,"
            )
