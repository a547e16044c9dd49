"""Which boundaries and figures count now, and where a place lies among them."""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from .models import Boundary, BoundarySet, Statistic, StatisticSet


def current_sets(kind):
    """The sets of the newest vintage; several when they cover different parts of the country."""
    sets = list(BoundarySet.objects.filter(kind=kind).order_by("-vintage", "-imported_at"))
    newest = max((one.vintage or 0 for one in sets), default=0)
    return [one for one in sets if (one.vintage or 0) == newest]


def current_set(kind):
    """The set imported last among those that count; None when there is none."""
    return next(iter(current_sets(kind)), None)


def current_boundaries(kind, codes=None, box=None):
    """Code → row of code, name and geometry: those of some codes, or that reach into a box
    (west, south, east, north). Where two sets hold a code, the one imported last counts."""
    found = {}
    for one in reversed(current_sets(kind)):
        rows = Boundary.objects.filter(boundary_set=one)
        if codes is not None:
            rows = rows.filter(code__in=list(codes))
        if box is not None:
            west, south, east, north = box
            rows = rows.filter(
                west__lte=east, east__gte=west, south__lte=north, north__gte=south
            )  # fmt: skip
        # Whole models of a county's thousand small areas take three times as long.
        rows = rows.values_list("code", "name", "geometry", named=True)
        found |= {row.code: row for row in rows}
    return found


@dataclass(frozen=True)
class Figures:
    """What is known of one LSOA. None or "" where no table says it."""

    households: int | None = None
    residents: int | None = None
    decile: int | None = None
    rank: int | None = None
    ward: str = ""
    ward_code: str = ""
    authority: str = ""
    town: str = ""  # the former district: "Wellingborough"


NOTHING = Figures()


def figures_of(codes=None):
    """LSOA code → Figures, from the newest table of each kind that names the code."""
    merged = defaultdict(dict)
    # Population first: a census of residents and households overrides an estimate of residents.
    for table in _tables("population", "households", "deprivation", "lookup"):
        for code in table if codes is None else table.keys() & set(codes):
            merged[code] |= table[code]
    fields = Figures.__dataclass_fields__
    return {
        code: Figures(**{name: value for name, value in values.items() if name in fields})
        for code, values in merged.items()
        if values.keys() & fields
    }


def successors():
    """Old LSOA code → tuple of the codes that replaced it, for codes that changed."""
    return {
        code: tuple(values["to"])
        for table in _tables("lookup")
        for code, values in table.items()
        if values.get("to") not in (None, [code])
    }


def lsoas_of_wards(wards):
    """Codes of the LSOAs that the lookup puts into these wards."""
    wards = set(wards)
    return {code for code, figures in figures_of().items() if figures.ward_code in wards}


def _tables(*kinds):
    """What we use of each table of these kinds, the newest of a kind last so that it wins."""
    sets = StatisticSet.objects.filter(kind__in=kinds).order_by("vintage", "imported_at")
    held = sets.values_list("kind", "sha256")
    for _, sha256 in sorted(held, key=lambda one: kinds.index(one[0])):
        yield _table(sha256)


@lru_cache(maxsize=32)
def _table(sha256):
    """Code → values of one table. A table never changes, so it is read once."""
    wanted = {*Figures.__dataclass_fields__, "to"}
    rows = Statistic.objects.filter(statistic_set__sha256=sha256).values_list("code", "values")
    table = {}
    for code, values in rows:
        kept = {name: value for name, value in values.items() if name in wanted}
        table[code] = table.get(code, {}) | kept
        # The district of the old name is the town people know: "Wellingborough 007B".
        for new in values.get("to", ()):
            table.setdefault(new, {})["town"] = district_of(values["name"])
    return table


def district_of(lsoa_name):
    """ "North Northamptonshire 033B" → "North Northamptonshire"."""
    return lsoa_name.rsplit(" ", 1)[0]
