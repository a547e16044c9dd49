"""A county with a queue: four places in two towns, with homes and deprivation.

Mill Lane and Kiln Road lie in Millby, Park Walk and Church End in Newton; two kilometres apart, so
that each is a walkable place of its own. Mill Lane has most crime, Church End least.
"""

from datetime import UTC, datetime, timedelta

from tests.areas import counties
from tests.areas.files import feature, geojson, table

from studytours.areas import operations
from studytours.areas.models import Weighting
from studytours.areas.queue.criteria import USUAL
from studytours.areas.queue.order import current_queue, queue_of
from studytours.areas.shapes import circle_shape

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
TODAY = NOW.date()
NAMES = [name for name, _ in counties.PLACES]


def import_everything(folder, **more):
    counties.import_county(folder, **more)
    squares = [
        feature({"LSOA21CD": counties.code(at), "LSOA21NM": f"Millshire 00{at + 1}A"}, _square(at))
        for at in range(4)
    ]
    wards = [
        feature({"WD24CD": f"E0500000{at}", "WD24NM": f"Ward {at}"}, _square(at)) for at in range(4)
    ]
    operations.import_boundaries(geojson(folder, *squares), kind="lsoa")
    operations.import_boundaries(geojson(folder, *wards, name="ward.geojson"), kind="ward")
    head = "lsoa21_code,lsoa21_name,local_authority_name,residents,households"
    rows = [f"{counties.code(at)},M,Millshire,900,{400 + 100 * at}" for at in range(4)]
    operations.import_statistics(table(folder, "\n".join([head, *rows]), "homes-2021.csv"))
    head = "lsoa21_code,lsoa21_name,imd_rank,imd_decile"
    rows = [f"{counties.code(at)},M,{3000 * (at + 1)},{at + 1}" for at in range(4)]
    operations.import_statistics(table(folder, "\n".join([head, *rows]), "imd-2025.csv"))
    head = "lsoa21_code,lsoa21_name,ward24_code,ward24_name,lad24_code,lad24_name"
    towns = ("Millby", "Millby", "Newton", "Newton")
    rows = [
        f"{counties.code(at)},M,E0500000{at},Ward {at},E0600006{at // 2},{town}"
        for at, town in enumerate(towns)
    ]
    operations.import_statistics(table(folder, "\n".join([head, *rows]), "wards-2024.csv"))


def _square(at):
    lat, lon = counties.spot(at)
    w, s, e, n = lon - 0.009, lat - 0.006, lon + 0.009, lat + 0.006
    return [[w, s], [e, s], [e, n], [w, n], [w, s]]


def queue(**rules):
    """By the usual weights with these changed: `queue(requests=5)`, or `only={"crime": 1}`."""
    asked = {name: rules.pop(name) for name in ("compete", "crimes", "town") if name in rules}
    only = rules.pop("only", None)
    weights = dict.fromkeys(USUAL, 0) | only if only else USUAL | rules
    return queue_of(Weighting(weights=weights, **asked), TODAY)


def published():
    return current_queue(TODAY)


def names(rows):
    """The streets the places are called by, in order."""
    return [row.place.name for row in rows]


def row_of(found, name):
    return next(row for row in found.everything if row.place.name == name)


def ask(at, times=1, days_ago=10, metres_east=0):
    lat, lon = counties.spot(at)
    for _ in range(times):
        operations.ask_for_walk(
            lat=lat, lon=lon + metres_east / 68_000, words="It is dark.",
            now=NOW - timedelta(days=days_ago),
        )  # fmt: skip


def area_at(at, name, **more):
    shape = circle_shape(*counties.spot(at), 500)
    parts = {"made_from": "circle", "why": "People asked.", "now": NOW - timedelta(days=900)}
    return operations.make_area(name=name, geometry=shape.geometry, **parts | more)


def publish(reason="As we agreed.", **changes):
    return operations.publish_weights(USUAL | changes, reason=reason, now=NOW)
