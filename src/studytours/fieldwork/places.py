"""Where a record was made: from what was sent to a point and to words, roughly where needed."""

import math
from dataclasses import dataclass
from functools import lru_cache

from shapely import box

from studytours.core.geometry import buffered, from_grid, to_grid
from studytours.streets.queries import find_places

# A walk is a local thing: a point further from the tour's area is a mistake of the phone.
FAR_METRES = 10_000
# A street or a landmark of that name further off is another one.
NEAR_METRES = 1500
COARSE_METRES = 100


@dataclass(frozen=True)
class Point:
    """A point, or none with the reason why a place that was sent gave none."""

    lat: float | None = None
    lon: float | None = None
    stop_id: int | None = None
    note: str = ""


NOWHERE = Point()


def whole(value):
    """An id as sent: a whole number or its digits, else None."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value[:18])
    usable = isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**63
    return value if usable else None


def resolve(place, known):
    """The Point of a place as sent, on the tour of this Known."""
    if place is None:
        return NOWHERE
    if not isinstance(place, dict):
        return Point(note="its place could not be read")
    if "lat" in place or "lon" in place:
        return _coordinates(place, known)
    if "stop" in place:
        return _at_stop(place["stop"], known.stops)
    if "between" in place:
        return _between(place["between"], known.stops)
    if place.get("street") or place.get("near"):
        return _named(place, known)
    return Point(note="its place could not be read")


def _number(value):
    usable = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if usable and abs(value) <= 360 and math.isfinite(value) else None


def _coordinates(place, known):
    lat, lon = _number(place.get("lat")), _number(place.get("lon"))
    if lat is None or lon is None:
        return Point(note="its place could not be read")
    west, south, east, north = known.bounds(FAR_METRES)
    if not (west <= lon <= east and south <= lat <= north):
        return Point(note="its place is far from the tour, so it is not on the map")
    return Point(lat, lon)


def _at_stop(value, stops):
    stop = stops.get(whole(value))
    if stop is None:
        return Point(note="it names a stop that this tour does not have")
    return Point(stop.lat, stop.lon, stop.id)


def _between(values, stops):
    pair = values if isinstance(values, list) else []
    ends = [stops.get(whole(value)) for value in pair]
    if len(ends) != 2 or None in ends:
        return Point(note="it names a stop that this tour does not have")
    if any(end.lat is None for end in ends):
        return NOWHERE
    return Point(sum(end.lat for end in ends) / 2, sum(end.lon for end in ends) / 2)


def _named(place, known):
    """The landmark where one is named and known, else the street; unknown names stay words."""
    for text in (place.get("near"), place.get("street")):
        if not isinstance(text, str) or not text.strip():
            continue
        name = " ".join(text.split()).casefold()
        for found in find_places(name[:80], bounds=known.bounds(NEAR_METRES), limit=5):
            if found.name.casefold() == name:
                return Point(found.lat, found.lon)
    return NOWHERE


def bounds_around(tour, metres):
    """(west, south, east, north) of the tour's area with a margin."""
    return _with_margin(tour.area.geometry.bounds, metres)


@lru_cache(maxsize=512)
def _with_margin(bounds, metres):
    return buffered(box(*bounds), metres).bounds


def coarse(lat, lon):
    """A point moved to the middle of its 100 m square, for what is sensitive."""
    middles = [
        (coordinate // COARSE_METRES + 0.5) * COARSE_METRES for coordinate in to_grid(lon, lat)
    ]
    lon, lat = from_grid(*middles)
    return round(float(lat), 4), round(float(lon), 4)


def in_words(observation, stops, *, roughly=False):
    """The place as a person says it. `stops` are the tour's, by id."""
    place = observation.place if isinstance(observation.place, dict) else {}
    at = stops.get(whole(place.get("stop"))) or stops.get(observation.stop_id)
    pair = place.get("between") if isinstance(place.get("between"), list) else []
    ends = [stops.get(whole(value)) for value in pair]
    if len(ends) == 2 and all(ends):
        return f"Between stop {ends[0].number} and stop {ends[1].number}"
    if place.get("street") and not roughly:
        near = f", near {place['near']}" if place.get("near") else ""
        return f"{place['street']}{near}"
    if place.get("street"):
        return str(place["street"])
    if at:
        return f"Stop {at.number}, {at.name}"
    if observation.lat is None:
        return ""
    if roughly:
        lat, lon = coarse(observation.lat, observation.lon)
        return f"Within about 100 m of {lat:.3f}, {lon:.3f}"
    return f"{observation.lat:.5f}, {observation.lon:.5f}"
