"""A small county of 120 squares: a map point in each, some 300 metres apart, months in a row.

Every point has a drug offence in the first month, so that it is a place; burglaries as asked.
One row lies in Cornwall.
"""

from studytours.crime.months import months_between
from studytours.crime.operations import import_crimes

HEAD = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
POINTS = 120


def import_gridshire(folder, first="2023-01", last="2025-01", *, level=None, leave_out=()):
    """`level(point, month)` burglaries; by default the first ten points have one to ten."""
    level = level or (lambda point, month: max(0, 10 - point))
    held = [month for month in months_between(first, last) if month not in leave_out]
    for month in held:
        file = folder / "crimes" / month / f"{month}-gridshire-street.csv"
        file.parent.mkdir(parents=True)
        rows = [
            _row(month, point, "Burglary", number)
            for point in range(POINTS)
            for number in range(level(point, month))
        ]
        if month == held[0]:
            rows += [_row(month, point, "Drugs", "d") for point in range(POINTS)]
        if month == held[0] or not rows:
            rows.append(CORNWALL.format(month=month))
        file.write_text("\n".join([HEAD, *rows]) + "\n")
    return import_crimes([folder / "crimes"])


CORNWALL = "{month}-far,{month},P,P,-5.0,50.2,On or near A30,E01018936,Cornwall 001A,Drugs,,"


def _row(month, point, kind, number):
    row, column = divmod(point, 12)
    lon, lat = -0.8 + 0.0045 * column, 52.3 + 0.003 * row
    return (
        f"{month}-{point}-{number},{month},P,P,{lon:.6f},{lat:.6f},On or near Row {row},"
        f"E010991{row:02d},Gridshire 00{row}A,{kind},,"
    )
