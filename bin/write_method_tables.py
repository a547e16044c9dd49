"""Write the tables of docs/methods/does-it-work.md from the crimes that are loaded.

    studytours import_crimes police-uk-lancashire-street.zip police-uk-lancashire-street-2025.zip \
        police-uk-northamptonshire-street.zip
    python bin/write_method_tables.py           writes the tables
    python bin/write_method_tables.py --check   fails when they are not what it would write
"""

import os
import re
import sys
from pathlib import Path

import django
import numpy as np

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/methods/does-it-work.md"
HOME_OF_THE_CHECK, HOME_OF_THE_CHOICE = "lancashire", "northamptonshire"
QUEENSWAY = (52.3042, -0.7175)


def tables():
    """Name of a table on the page → its lines."""
    from studytours.areas.checking import check_forecast

    fine, coarse = (check_forecast(HOME_OF_THE_CHECK, cell=cell) for cell in (100, 250))
    return {
        "means-250": means(coarse),
        "means-100": means(fine),
        "dates-250": dates(coarse),
        "chance": chance(),
        "lockdown": lockdown(),
        "archive": archive(),
        "suggested": suggested(),
    }


def means(check):
    from studytours.areas.checking_words import rows

    shares = [f"hit rate in {share:.0%}" for share in check.compared.shares]
    yield ["method", *shares, "PAI in 5%", "PEI in 5%"]
    for row in rows(check):
        hits = [f"{hit:.2%}" for hit in row.hit_rate]
        yield [row.label, *hits, f"{row.pai[-1]:.2f}", f"{row.pei[-1]:.3f}"]


def dates(check):
    from studytours.areas.checking_words import rows

    methods = list(rows(check))
    yield ["12 months from", "months known", "crimes that came", *(row.label for row in methods)]
    for at, (month, known, _, crimes) in enumerate(check.origins):
        hits = [f"{row.by_origin[at]['hit_rate'][-1]:.1%}" for row in methods]
        yield [month, known, f"{crimes:,}", *hits]


def chance():
    """Small areas picked as the top 5 % before July 2025, and the six months after."""
    from studytours.crime.forces import force_label

    yield ["force", "picked on", "their share then", "their share in the six months after", "fall"]
    for force in (HOME_OF_THE_CHECK, HOME_OF_THE_CHOICE):
        for months in (1, 3, 6):
            words = f"{months} month{'s' if months > 1 else ''}"
            yield [force_label(force), words, *fall(force, "2025-07", months, 6)]


def lockdown():
    """The same in Lancashire across the lockdown: a year before, and a year after."""
    yield ["picked on", "their share then", "their share in the 12 months after", "fall"]
    yield ["October 2020 to September 2021", *fall(HOME_OF_THE_CHECK, "2021-10", 12, 12)]


def fall(force, month, known, ahead):
    """The share of all crime in the top 5 % of small areas before a month and after, and its fall."""
    from studytours.crime.counting import lsoa_months

    found = lsoa_months(force)
    at, counts = found.months.index(month), found.counts[found.own]
    before = counts[:, at - known : at].sum(axis=1)
    after = counts[:, at : at + ahead].sum(axis=1)
    top = np.argsort(-before, kind="stable")[: len(counts) // 20]
    then, later = (some[top].sum() / some.sum() for some in (before, after))
    return [f"{then:.1%}", f"{later:.1%}", f"{1 - later / then:.1%}"]


def archive():
    from django.db.models import Count, Sum

    from studytours.crime.forces import force_label
    from studytours.crime.models import ForceMonth

    names = ("rows", "no_coordinates", "outside_force", "exact_duplicates_dropped")
    yield ["force", "year", "months", "rows", "without a place", "outside the force", "rows twice"]
    for force in (HOME_OF_THE_CHECK, HOME_OF_THE_CHOICE):
        held = ForceMonth.objects.filter(force=force)
        for year in sorted({month[:4] for month in held.values_list("month", flat=True)}):
            sums = held.filter(month__startswith=year).aggregate(
                months=Count("pk"), **{f"all_{name}": Sum(name) for name in names}
            )
            numbers = [f"{sums[f'all_{name}']:,}" for name in names]
            yield [force_label(force), year, sums["months"], *numbers]


def suggested():
    from studytours.areas.queries import suggest_areas
    from studytours.core.geometry import to_grid

    areas = suggest_areas(HOME_OF_THE_CHOICE, count=40).areas
    x, y = to_grid(*reversed(QUEENSWAY))

    def apart(area):
        return np.hypot(*np.subtract(to_grid(area.lon, area.lat), (x, y)))

    nearest = min(areas, key=apart)
    yield ["rank", "suggested place", "acquisitive crimes in 2025", "note"]
    for area in (*areas[:2], nearest):
        note = f"{apart(area):.0f} m from the middle of Queensway" if area is nearest else ""
        yield [area.rank, area.name, area.last_year, note]


def filled(page):
    """The page with each table between its marks written anew."""
    for name, rows in tables().items():
        head, *body = [list(map(str, row)) for row in rows]
        lines = [head, ["---"] * len(head), *body]
        text = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        marks = f"<!-- table {name} -->", f"<!-- end {name} -->"
        page, found = re.subn(
            rf"{marks[0]}\n.*?{marks[1]}", f"{marks[0]}\n{text}\n{marks[1]}", page, flags=re.S
        )
        if not found:
            raise SystemExit(f"{PAGE.name} has no place for the table “{name}”.")
    return page


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studytours.config.settings")
    django.setup()
    written = filled(PAGE.read_text())
    if "--check" not in sys.argv:
        PAGE.write_text(written)
    elif PAGE.read_text() != written:
        sys.exit("docs/methods/does-it-work.md is stale: run bin/write_method_tables.py")
