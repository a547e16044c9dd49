"""The ways to say where an area is, each as a Shape that can be looked at before it is saved."""

from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from . import queries
from .boundaries import NOTHING, current_boundaries, figures_of
from .catchments import METRES_A_MINUTE, circle
from .kept import kept
from .models import Area


@dataclass(frozen=True)
class Shape:
    geometry: BaseGeometry
    made_from: str
    codes: tuple[str, ...] = ()
    force: str = ""
    # What the decision rests on; None lets the operation work it out.
    vintage: dict | None = None


@dataclass(frozen=True)
class Outline:
    """A ward or small area that can be picked by name."""

    code: str
    name: str
    place: str  # the ward and town of a small area
    geometry: BaseGeometry

    @property
    def label(self):
        return f"{self.name}{f', {self.place}' if self.place else ''} ({self.code})"

    def matches(self, words):
        """Is every word part of its name, its place or its code?"""
        words = words.casefold().split()
        return bool(words) and all(word in self.label.casefold() for word in words)


def outlines(kind):
    """The boundaries of a kind that count now, by name."""
    figures = figures_of() if kind == "lsoa" else {}
    found = [
        Outline(one.code, one.name, _place(figures.get(one.code, NOTHING)), one.geometry)
        for one in current_boundaries(kind).values()
    ]
    return sorted(found, key=lambda one: one.name)


def _place(figures):
    return ", ".join(part for part in (figures.ward, figures.town) if part)


def suggested(lat, lon, radius, force, crimes, top=None):
    """The Suggestion that was shown, one of the `top`; any other place gets its own figures."""
    if top:
        minutes = round(radius / METRES_A_MINUTE)
        shown = kept(queries.suggest_areas, force=force, crimes=crimes, count=top, minutes=minutes)
        for one in shown:
            if _same(one.lat, lat) and _same(one.lon, lon):
                return one
    return queries.suggestion_at(lat, lon, radius_m=radius, force=force, crimes=crimes)


def _same(one, other):
    """To the six decimals that an address holds."""
    return abs(one - other) < 1e-6


def suggestion_shape(*place):
    found = suggested(*place)
    return Shape(
        found.geometry,
        Area.MadeFrom.SUGGESTION,
        codes=tuple(found.codes),
        force=found.force,
        vintage=found.vintage,
    )


def codes_shape(boundaries, kind):
    made_from = Area.MadeFrom.WARDS if kind == "ward" else Area.MadeFrom.LSOAS
    return Shape(
        shapely.union_all([one.geometry for one in boundaries]),
        made_from,
        codes=tuple(sorted(one.code for one in boundaries)),
    )


def drawn_shape(geometry):
    return Shape(geometry, Area.MadeFrom.DRAWN)


def circle_shape(lat, lon, radius):
    return Shape(circle(lat, lon, radius), Area.MadeFrom.CIRCLE)
