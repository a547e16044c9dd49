"""Names people use for places: streets and landmarks of the street map, and of the map points
in the crime files, so that a place can be named where no street map is loaded.
"""

from shapely.geometry import Point

from studytours.core.geometry import buffered, to_grid
from studytours.crime.counting import lsoa_months, point_counts
from studytours.crime.queries import forces
from studytours.partners.queries import get_office
from studytours.streets.queries import Place, find_places

from .boundaries import NOTHING, current_boundaries, figures_of
from .kept import kept
from .naming import GENERIC, street_of

NAMELESS = {"no location", "no name given"}
# Points of one name nearer than this (in degrees, some 500 m) are one place.
TOGETHER = 0.006


def places_near(area, text="", limit=200):
    """Streets and landmarks in an area and 150 metres round it, by name."""
    bounds = buffered(area.geometry, 150).bounds
    mapped = find_places(text, bounds, limit)
    named = [place for place in kept(crime_places, bounds) if _has(place, text)]
    found = mapped + _new_names(named, mapped)
    return sorted(found, key=lambda place: place.name.casefold())[:limit]


def find_anywhere(text, limit=40):
    """Places with this name wherever there is data, those that begin with it first."""
    mapped = find_places(text, None, limit)
    named = [place for place in kept(crime_places) if _has(place, text)]
    found = mapped + _new_names(named, mapped)
    begins = text.strip().casefold()
    # A place that no lookup knows (a crime placed far away, say) comes after those it knows.
    found.sort(
        key=lambda place: (
            not place.name.casefold().startswith(begins),
            not place.near,
            place.label,
        )
    )
    return found[:limit]


def crime_places(bounds=None):
    """Map points of one name that lie together are one Place, at the busiest of them."""
    points = [row for row in point_counts(bounds=bounds, crimes="all") if _name(row)]
    points.sort(key=lambda row: -row["count"])
    figures = figures_of({row["lsoa"] for row in points if row["lsoa"]})
    kept_by_name = {}
    for row in points:
        same = kept_by_name.setdefault(_name(row), [])
        if not any(_close(row, other) for other in same):
            same.append(row)
    return [
        _place(row, figures.get(row["lsoa"], NOTHING))
        for rows in kept_by_name.values()
        for row in rows
    ]


def _name(row):
    """The name of a map point; "" where the publisher gave none."""
    name = row["location"]
    return "" if name.casefold() in NAMELESS else street_of(name) or name


def _place(row, figures):
    name, kind = _name(row), "street"
    if name.casefold() in GENERIC:  # named by what is there, not by a street
        name, kind = f"near {name}", "landmark"
    near = ", ".join(part for part in (figures.ward, figures.town) if part and part != name)
    return Place(name, kind, round(row["lat"], 6), round(row["lon"], 6), near)


def _has(place, text):
    return text.strip().casefold() in place.name.casefold()


def _close(one, other):
    return (
        abs(one["lat"] - other["lat"]) < TOGETHER and abs(one["lon"] - other["lon"]) < 2 * TOGETHER
    )


def _new_names(named, mapped):
    """Those of `named` that the street map does not have at the same spot."""
    known = {}
    for place in mapped:
        known.setdefault(place.name.casefold(), []).append(place)
    return [
        place
        for place in named
        if not any(
            abs(place.lat - other.lat) < TOGETHER and abs(place.lon - other.lon) < 2 * TOGETHER
            for other in known.get(place.name.casefold(), ())
        )
    ]


def nearest_place(lat, lon, metres=600):
    """The known street or landmark nearest to a point, or None when there is none so near."""
    here = Point(lon, lat)
    places = find_places("", buffered(here, metres).bounds, 200)
    places += crime_places(buffered(here, metres).bounds)
    x, y = to_grid(lon, lat)

    def away(place):
        there = to_grid(place.lon, place.lat)
        return ((there[0] - x) ** 2 + (there[1] - y) ** 2) ** 0.5

    nearest = min(places, key=away, default=None)
    return nearest if nearest and away(nearest) <= metres else None


def office_bounds():
    """The box of the small areas that the office's force polices; None where that is not known."""
    force = home_force()
    found = lsoa_months(force) if force else None
    own = [code for code, ours in zip(found.codes, found.own, strict=True) if ours] if found else []
    outlines = current_boundaries("lsoa", own).values() if own else []
    if not outlines:
        return None
    wests, souths, easts, norths = zip(*(one.geometry.bounds for one in outlines), strict=True)
    return min(wests), min(souths), max(easts), max(norths)


def home_force():
    """The office's force where its crimes are held, or the only one held; "" otherwise."""
    held = forces()
    home = get_office().home_force
    if home in held:
        return home
    return held[0] if len(held) == 1 else ""


def in_bounds(bounds, lat, lon):
    """Is a point in the box? Everything is, where there is no box."""
    if bounds is None:
        return True
    west, south, east, north = bounds
    return west <= lon <= east and south <= lat <= north
