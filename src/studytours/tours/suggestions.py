"""Stops worth a look: where crime was recorded most, and measures due for a check."""

from dataclasses import dataclass
from math import hypot

from django.utils import timezone
from shapely.geometry import Point

from studytours.core.geometry import to_grid
from studytours.core.templatetags.ui import month_name
from studytours.crime.counting import point_counts
from studytours.crime.queries import months as months_held
from studytours.measures.queries import due_by, measures_of

# A stop this near to a suggestion has it covered.
NEAR_METRES = 60


@dataclass(frozen=True)
class Suggestion:
    """What `add_stop` takes, and why it is suggested."""

    name: str
    why: str
    lat: float | None
    lon: float | None
    look_at: str
    measure: object = None
    count: int = 0  # recorded crimes


def suggested_stops(tour, stops, *, most=6, now=None):
    """(from recorded crime, from the register) for one tour; what has a stop is left out."""
    taken = [to_grid(stop.lon, stop.lat) for stop in stops if stop.lat is not None]
    hot = [one for one in hot_points(tour.area) if not _covered(one, taken)]
    attached = {measure.pk for stop in stops for measure in stop.measures.all()}
    today = timezone.localdate(now)
    due = [
        _from_measure(measure)
        for measure in measures_of(tour.area).filter(due_by(today)).exclude(pk__in=attached)
    ]
    return hot[:most], due


def hot_points(area):
    """The busiest map points inside the area, in the last twelve months held."""
    months = months_held(area.force)[-12:]
    counted = point_counts(
        force=area.force or None, bounds=area.bounds, crimes="acquisitive", months=months or None
    )
    rows = [row for row in counted if area.geometry.covers(Point(row["lon"], row["lat"]))]
    rows.sort(key=lambda row: (-row["count"], row["location"]))
    when = f"{month_name(months[0])} to {month_name(months[-1])}" if months else "all months held"
    return [_from_point(row, when) for row in rows[:20]]


def _from_point(row, when):
    count = row["count"]
    crimes = "1 recorded crime" if count == 1 else f"{count:,} recorded crimes"
    return Suggestion(
        name=f"Near {row['location']}"[:120],
        why=f"{crimes} of the acquisitive kinds, {when}",
        lat=row["lat"], lon=row["lon"], look_at="What makes crime easy here?", count=count,
    )  # fmt: skip


def _from_measure(measure):
    return Suggestion(
        name=f"{measure.name}"[:120],
        why=f"{measure.ref} is due for a check. {measure.place}",
        lat=measure.lat, lon=measure.lon, look_at="Does it work? Who looks after it?",
        measure=measure,
    )  # fmt: skip


def _covered(suggestion, taken):
    x, y = to_grid(suggestion.lon, suggestion.lat)
    return any(hypot(x - other_x, y - other_y) < NEAR_METRES for other_x, other_y in taken)
