"""What a decision rests on, and working it out again from what is still held of that."""

import math
from dataclasses import asdict, dataclass, replace

from studytours.areas.vintages import sets_that_count
from studytours.core.errors import Refused
from studytours.crime.models import ForceMonth

from .criteria import CRITERIA, VERSION, Figures, Whole
from .measure import Shape, crimes_in, homes_at
from .order import put_in_order
from .places import Place

# Figures that come from the crime archive, and from census and deprivation.
COUNTED = ("yearly", "recorded", "near_homes", "last", "before")
CENSUS = ("households", "tenth")


def vintage_of(queue):
    """The force-months and the sets of the moment, by sha256."""
    held = ForceMonth.objects.filter(force=queue.force, month__in=queue.months).order_by("month")
    return {
        "crime": [{"month": one.month, "sha256": one.sha256} for one in held],
        "whole": asdict(queue.whole),
        **sets_that_count(),
    }


def stored(row):
    """A row of the queue as a decision keeps it."""
    place, shape = row.place, Shape.of(row.place)
    return {
        "key": place.key,
        "kind": place.kind,
        "name": place.name,
        "town": row.figures.town,
        "make": place.make,
        "area": place.area.pk if place.area else None,
        "is_public": place.is_public,
        "lsoas": list(shape.lsoas),
        "wkb": shape.wkb,
        "elsewhere": shape.elsewhere,
        "figures": asdict(row.figures),
        "scores": {part.criterion.key: part.score for part in row.parts},
        "points": {part.criterion.key: part.points for part in row.parts},
        "total": row.points,
        "rank": row.rank,
        "by_counts": row.by_counts,
        "waits": row.waits,
    }


@dataclass(frozen=True)
class Difference:
    place: str
    what: str
    then: object
    now: object


@dataclass(frozen=True)
class Replay:
    """A decision worked out again."""

    rows: tuple  # as the queue gives them, in order; those that waited after them
    again: tuple[str, ...]  # what was counted again
    as_stored: tuple[str, ...]  # what was taken as it was written down, and why
    differences: tuple[Difference, ...]

    @property
    def same(self):
        return not self.differences


def replay(decision):
    """Count again what is still held as it was, take the rest as it was written down, and weigh."""
    if decision.criteria_version != VERSION:
        raise Refused(
            f"This decision used version {decision.criteria_version} of the criteria; "
            f"now there is version {VERSION}.",
            cure="Its figures and points are shown as they were written down.",
        )
    entries = decision.places
    shapes = [Shape(tuple(one["lsoas"]), one["wkb"], one["elsewhere"]) for one in entries]
    figures = [Figures(**one["figures"]) for one in entries]
    whole = Whole(**decision.vintage["whole"])
    again, as_stored = [], ["Walks, promises and requests of that day."]
    if (months := _months_held(decision)) is not None:
        figures, whole = _counted(decision, shapes, figures, months)
        again.append("Recorded crime, from the same files.")
    else:
        as_stored.append("Recorded crime: at least one month was published again or is gone.")
    if _same_sets(decision):
        homes = homes_at(shapes)
        figures = [
            replace(one, **{name: getattr(home, name) for name in CENSUS})
            for one, home in zip(figures, homes, strict=True)
        ]
        again.append("Homes and deprivation, from the same tables and boundaries.")
    else:
        as_stored.append("Homes and deprivation: other tables or boundaries are held now.")
    places = [_place(one) for one in entries]
    waits = [one["waits"] for one in entries]
    rows, waiting = put_in_order(places, figures, whole, decision.weights, waits)
    found = (*rows, *waiting)
    return Replay(found, tuple(again), tuple(as_stored), tuple(_differences(entries, found)))


def _place(entry):
    return Place(
        entry["key"], entry["kind"], entry["name"], entry["town"], None, make=entry["make"]
    )


def _months_held(decision):
    """The months it rests on, when each is still held with the same bytes; otherwise None."""
    wanted = {one["month"]: one["sha256"] for one in decision.vintage["crime"]}
    held = ForceMonth.objects.filter(force=decision.question["force"], month__in=wanted)
    same = {one.month for one in held if one.sha256 == wanted[one.month]}
    return sorted(wanted) if same == set(wanted) else None


def _same_sets(decision):
    now = sets_that_count()
    return all(
        {one["sha256"] for one in now[kind]} == {one["sha256"] for one in decision.vintage[kind]}
        for kind in ("boundaries", "statistics")
    )


def _counted(decision, shapes, figures, months):
    question = decision.question
    counts = crimes_in(question["force"], question["crimes"], shapes, months)
    figures = [
        replace(one, **{name: getattr(counts, name)[at] for name in COUNTED})
        for at, one in enumerate(figures)
    ]
    return figures, Whole(*counts.of_all, counts.compared)


def _differences(entries, rows):
    now = {row.place.key: row for row in rows}
    for entry in entries:
        row = now[entry["key"]]
        pairs = [
            (name.replace("_", " "), entry["figures"][name], getattr(row.figures, name))
            for name in (*COUNTED, *CENSUS)
        ]
        pairs += [
            (f"points for “{one.name}”", entry["points"][one.key], part.points)
            for one, part in zip(CRITERIA, row.parts, strict=True)
        ]
        pairs.append(("place in the order", entry["rank"], row.rank))
        for what, then, again in pairs:
            if not _equal(then, again):
                yield Difference(entry["name"], what, then, again)


def _equal(one, other):
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
