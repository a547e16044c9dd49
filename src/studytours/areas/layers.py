"""GeoJSON for the maps of this context: boundaries, map points with counts, outlines."""

import shapely
from django.urls import reverse

from studytours.core.geometry import to_geojson
from studytours.core.templatetags.ui import month_name
from studytours.crime.counting import point_counts
from studytours.crime.queries import months as months_held
from studytours.crime.sets import SET_LABELS
from studytours.streets.queries import current_maps
from studytours.streets.views import WIDEST

from .boundaries import current_boundaries

# From how many crimes a year a map point takes the next darker colour.
STEPS = (2, 5, 10, 25)
ENGLAND_AND_WALES = (-5.8, 49.9, 1.8, 55.9)


def steps_of(months):
    """The steps for so many months: what takes a year to come to 10 takes three to come to 30."""
    years = max(1, round(len(months) / 12))
    return tuple(step * years for step in STEPS)


def words_of(steps):
    """What each colour stands for: "1", "2 to 4", … "25 or more"."""
    starts = (1, *steps)
    ends = [step - 1 for step in steps]
    ranges = [f"{a}" if a == b else f"{a} to {b}" for a, b in zip(starts, ends, strict=False)]
    return (*ranges, f"{steps[-1]} or more")


STEP_WORDS = words_of(STEPS)


def feature(geometry, **properties):
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def collection(features):
    return {"type": "FeatureCollection", "features": list(features)}


def boundary_layer(kind):
    """The outlines that count now, simplified to about ten metres."""
    return collection(
        feature(to_geojson(shapely.simplify(one.geometry, 0.0001), digits=5), label=one.name)
        for one in current_boundaries(kind).values()
    )


def point_layer(*, force, crimes, bounds=None):
    """Map points of the last twelve months held. A point is an anonymous place, never a home."""
    months = months_held(force)[-12:]
    counted = point_counts(force=force, bounds=bounds, crimes=crimes, months=months)
    when = f"{month_name(months[0])} to {month_name(months[-1])}" if months else ""
    return collection(_point(row, crimes, when) for row in counted)


def _point(row, crimes, when):
    number = int(row["count"])
    what = SET_LABELS.get(crimes, crimes).lower()
    return feature(
        {"type": "Point", "coordinates": [round(row["lon"], 6), round(row["lat"], 6)]},
        count=number,
        shade=sum(number >= step for step in STEPS),
        label=f"Near {row['location']}",
        text=f"{number} recorded: {what}\n{when}",
    )


def streets_url(bounds):
    return reverse("streets_geojson", args=[",".join(f"{side:.4f}" for side in bounds)])


def streets_layer(bounds):
    """The base map round a place; it never decides what is in view."""
    return {"url": streets_url(_not_too_wide(bounds)), "style": "streets", "fit": False}


def _not_too_wide(bounds):
    """The middle of a box that is too wide to have streets drawn: the map asks for more itself."""
    west, south, east, north = bounds
    x, y = (west + east) / 2, (south + north) / 2
    half = WIDEST / 2 - 0.001  # the sides are rounded in the address
    return max(west, x - half), max(south, y - half), min(east, x + half), min(north, y + half)


def home_bounds():
    """The box of the boundaries that count, or of the street maps, or of England and Wales."""
    outlines = [one.geometry.bounds for one in current_boundaries("authority").values()]
    outlines = outlines or [one.geometry.bounds for one in current_boundaries("lsoa").values()]
    outlines = outlines or [one.bounds for one in current_maps()]
    if not outlines:
        return ENGLAND_AND_WALES
    wests, souths, easts, norths = zip(*outlines, strict=True)
    return min(wests), min(souths), max(easts), max(norths)
