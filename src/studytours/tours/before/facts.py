"""What the plan itself says about a hazard: sentences that fill in the risk assessment."""

from collections import defaultdict

import shapely
from django.utils import timezone

from studytours.core.geometry import boxes_touch, on_grid
from studytours.core.templatetags.ui import clock
from studytours.streets.models import Street
from studytours.streets.queries import MAIN_ROADS

from ..light import light_of

# A stop stands on a way that is at most so far from its point.
NEAR_M = 25
DEGREES = 0.0006  # more than NEAR_M, as a margin of the search
COLD, HOT = (11, 12, 1, 2, 3), (6, 7, 8)


def facts_of(tour, stops):
    """{key of a hazard: [sentence, …]} from the date, the light, the stops and the street map."""
    found = defaultdict(list)
    found["lighting"] += _light(light_of(tour))
    found["weather"] += _season(timezone.localtime(tour.starts_at).month, tour.in_rain)
    for key, sentence in _ground(stops):
        found[key].append(sentence)
    found["access"].append(
        "The way is planned without steps." if tour.step_free else
        "The way was not planned without steps."
    )  # fmt: skip
    found["needles"] += [
        f"Stop {stop.number}, {stop.name}, is looked at from a distance only."
        for stop in stops if stop.look_from_here
    ]  # fmt: skip
    return dict(found)


def _light(light):
    if light["begins_in_the_dark"]:
        yield f"The whole walk is in the dark: dark from {clock(light['dusk'])}."
    elif light["ends_in_the_dark"]:
        yield f"The walk ends in the dark: dark from {clock(light['dusk'])}."
    elif light["dusk"]:
        yield f"The walk ends in daylight: dark from {clock(light['dusk'])}."


def _season(month, in_rain):
    if month in COLD:
        yield "It is the season of ice and early dark."
    if month in HOT:
        yield "It may be hot: bring water, stand in the shade."
    yield f"When it rains: {in_rain}." if in_rain else "No place is named yet for when it rains."


def _ground(stops):
    """(key, sentence) of the ways that each stop stands on."""
    placed = [stop for stop in stops if stop.lat is not None]
    for stop, ways in zip(placed, _ways_near(placed), strict=True):
        at = f"Stop {stop.number}, {stop.name},"
        main = sorted({way.name or "a road" for way in ways if way.kind in MAIN_ROADS})
        if main:
            yield "traffic", f"{at} is by a main road: {main[0]}."
        if any(way.kind == "steps" for way in ways):
            yield "access", f"{at} is by steps."
        if ways and all(way.lit is False for way in ways):
            yield "lighting", f"{at} has no street lamps, says the street map."


def _ways_near(stops):
    """For each stop the streets within a few metres: one question for all."""
    if not stops:
        return []
    points = shapely.points([(stop.lon, stop.lat) for stop in stops])
    west, south, east, north = shapely.total_bounds(points).tolist()
    streets = Street.objects.filter(street_map__is_current=True).only(
        "name", "kind", "lit", "geometry"
    )
    streets = list(
        boxes_touch(streets, west - DEGREES, south - DEGREES, east + DEGREES, north + DEGREES)
    )
    near = [[] for _ in stops]
    if streets:
        tree = shapely.STRtree([on_grid(street.geometry) for street in streets])
        for stop, street in tree.query(on_grid(points), "dwithin", NEAR_M).T.tolist():
            near[stop].append(streets[street])
    return near
