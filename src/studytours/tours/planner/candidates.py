"""What a route may lead to, and what a visit is worth.

A candidate has a strength of 0 to 1; times the weight of its kind that is its value in points.
Higher contexts add theirs through a panel, "route_candidates": a function of the tour.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain

from django.utils import timezone
from shapely.geometry import Point

from studytours.areas.facts import RECENT_MONTHS
from studytours.areas.models import WalkRequest
from studytours.core.geometry import boxes_touch, buffered, on_grid
from studytours.core.panels import panels_for
from studytours.measures.queries import due_by, measures_of
from studytours.streets.models import Landmark

from ..models import Stop
from ..suggestions import NEAR_METRES, hot_points

# Kind → (what it is called on the page, its usual weight).
KINDS = {
    "stop": ("Stops that the tour has", 3),
    "hot": ("Where most crime is recorded", 3),
    "measure": ("Earlier measures", 3),
    "action": ("Actions that are still open", 3),
    "request": ("What residents asked for", 4),
    "shop": ("A shop to visit", 2),
    "view": ("A viewpoint", 1),
}
USUAL = {kind: weight for kind, (_, weight) in KINDS.items()}
HEAVIEST = 5
# Strength 1 and weight 1 make so many points.
POINTS = 4
MOST = 40
# So far beyond the outline of the area a route may go.
BEYOND_M = 100


@dataclass(frozen=True)
class Candidate:
    kind: str
    name: str
    lat: float
    lon: float
    strength: float
    why: str  # a sentence without its full stop
    look_at: str = ""
    minutes: int = 5
    measures: tuple = ()
    stop: Stop | None = None
    value: int = 0
    look_from_here: bool = False

    @property
    def required(self):
        return self.stop is not None and self.stop.locked


def candidates_for(tour, stops, weights=None, *, now=None):
    """The Candidates of a tour with their values, those of most value first, at most 40.

    What lies within a few steps of each other is one candidate with the values together. Stops
    that are locked are always among them.
    """
    weights = {**USUAL, **(weights or {})}
    found = chain(
        _own(stops), _hot(tour), _measures(tour, stops, now), _requests(tour, now),
        _landmarks(tour), *(provider(tour) for provider in panels_for("route_candidates")),
    )  # fmt: skip
    ground = buffered(tour.area.geometry, BEYOND_M)
    valued = [
        replace(one, value=worth(one, weights))
        for one in found
        if one.stop or ground.covers(Point(one.lon, one.lat))
    ]
    wanted = [one for one in valued if one.value or one.required]
    together = _together(sorted(wanted, key=lambda one: (one.stop is None, -one.value)))
    together.sort(key=lambda one: (not one.required, -one.value, one.name))
    return together[:MOST]


def worth(candidate, weights):
    """Points: strength × weight × 4, at least one where the weight is not nought."""
    weight = weights[candidate.kind]
    return max(1, round(POINTS * weight * candidate.strength)) if weight else 0


def _together(candidates):
    """Stops come first, and stay apart; what is near one of those before it goes to it."""
    kept = []
    for one in candidates:
        here = on_grid(Point(one.lon, one.lat))
        at = next(
            (
                number for number, (other, place) in enumerate(kept)
                if one.stop is None and place.distance(here) < NEAR_METRES
            ),
            None,
        )  # fmt: skip
        if at is None:
            kept.append((one, here))
        else:
            kept[at] = _merged(kept[at][0], one), kept[at][1]
    return [one for one, _ in kept]


def _merged(one, other):
    """`one` with what `other` adds; its own name, place and kind stay."""
    also = other.why.split(",")[0] if one.kind == other.kind == "hot" else other.why
    name = other.name.replace("Near ", "near ", 1)
    return replace(
        one, value=one.value + other.value, why=f"{one.why}. Also {name}: {also}",
        measures=tuple(dict.fromkeys((*one.measures, *other.measures))),
        look_at=one.look_at or other.look_at,
    )  # fmt: skip


def _own(stops):
    for stop in stops:
        if stop.lat is not None:
            yield Candidate(
                "stop", stop.name, stop.lat, stop.lon, 1.0,
                "Locked: the route always comes here" if stop.locked else "A stop of the tour",
                stop.look_at, stop.minutes, tuple(stop.measures.all()), stop,
                look_from_here=stop.look_from_here,
            )  # fmt: skip


def _hot(tour):
    points = hot_points(tour.area)
    most = max((point.count for point in points), default=1)
    for point in points:
        why = point.why.replace(" of the acquisitive kinds", "")
        yield Candidate(
            "hot", point.name, point.lat, point.lon, (point.count / most) ** 0.5, why,
            point.look_at,
        )  # fmt: skip


def _measures(tour, stops, now):
    today = timezone.localdate(now)
    due = set(measures_of(tour.area).filter(due_by(today)).values_list("pk", flat=True))
    taken = {measure.pk for stop in stops for measure in stop.measures.all()}
    for measure in measures_of(tour.area).exclude(lat=None).exclude(pk__in=taken):
        late = measure.pk in due
        why = f"{measure.ref} is due for a check" if late else f"{measure.ref} stands here"
        yield Candidate(
            "measure", measure.name[:120], measure.lat, measure.lon, 1.0 if late else 0.4, why,
            "Does it work? Who looks after it?", measures=(measure,),
        )  # fmt: skip


def _requests(tour, now):
    """Three wishes for one place weigh in full."""
    since = (now or timezone.now()) - timedelta(days=RECENT_MONTHS * 365.25 / 12)
    west, south, east, north = buffered(tour.area.geometry, BEYOND_M).bounds
    wishes = WalkRequest.objects.filter(
        hidden_at=None, at__gte=since, lon__range=(west, east), lat__range=(south, north)
    )
    by_place = {}
    for wish in wishes.order_by("pk"):
        by_place.setdefault((wish.place, wish.lat, wish.lon), []).append(wish)
    for (place, lat, lon), asked in by_place.items():
        times = (
            "Residents asked for it once" if len(asked) == 1 else f"Asked for {len(asked)} times"
        )
        yield Candidate(
            "request", f"Near {place}"[:120], lat, lon, min(1.0, len(asked) / 3),
            f"Residents asked for a walk here {times}",
            "What do residents mean?",
        )  # fmt: skip


def _landmarks(tour):
    """One shop, the nearest to the middle of the area, and the viewpoints."""
    marks = Landmark.objects.filter(street_map__is_current=True)
    marks = list(boxes_touch(marks, *tour.area.bounds).order_by("pk"))
    middle = tour.area.geometry.centroid
    shops = [mark for mark in marks if mark.kind == "supermarket" or "shop" in mark.kind]
    for shop in sorted(shops, key=lambda mark: mark.geometry.distance(middle))[:1]:
        words = "A shop on this ground", "What does the shop see? Do they report it?"
        yield _landmark("shop", shop, *words, minutes=10)
    for mark in marks:
        if mark.kind == "viewpoint":
            words = "From here one sees far", "What can be seen from here?"
            yield _landmark("view", mark, *words, minutes=5)


def _landmark(kind, mark, why, look_at, *, minutes):
    at = mark.geometry
    return Candidate(kind, mark.name, at.y, at.x, 1.0, why, look_at, minutes)
