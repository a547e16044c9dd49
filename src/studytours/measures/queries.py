"""Reads over the register."""

from django.db.models import OuterRef, Q, Subquery

from studytours.areas.layers import collection, feature
from studytours.core.geometry import to_geojson

from .models import Check, Measure


def measures_with_last_check():
    """Measures with `last_works` and `last_checked_at`; the same number of queries for any list."""
    last = Check.objects.filter(measure=OuterRef("pk")).order_by("-at", "-id")
    return Measure.objects.select_related("area", "owner", "maintainer").annotate(
        last_works=Subquery(last.values("works")[:1]),
        last_checked_at=Subquery(last.values("at")[:1]),
    )


def due_by(day):
    """The condition: stands, and its next check is due on this day."""
    return Q(removed_on=None, next_check__lte=day)


def measures_of(area):
    """The measures that stand in an area."""
    return measures_with_last_check().filter(area=area, removed_on=None)


def measures_geojson(measures):
    """Those with a point, for the map component."""
    return collection(
        feature(
            {"type": "Point", "coordinates": [measure.lon, measure.lat]},
            label=measure.name,
            text=f"{measure.count} · {measure.place}",
            kind=measure.kind,
            href=measure.get_absolute_url(),
        )
        for measure in measures
        if measure.lat is not None
    )


def area_geojson(area):
    """The outline of an area, for the map component."""
    return collection([feature(to_geojson(area.geometry))])
