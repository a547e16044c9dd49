"""The places that compete: the office's areas, walkable places, wards or small areas, and what
residents asked for. No place is listed twice."""

from dataclasses import dataclass

import shapely
from django.utils.http import urlencode
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from studytours.areas import queries
from studytours.areas.boundaries import NOTHING, current_boundaries, figures_of
from studytours.areas.catchments import radius_for
from studytours.areas.kept import kept
from studytours.areas.models import Area, Weighting
from studytours.areas.shapes import circle_shape
from studytours.areas.suggesting import MOST_SUGGESTED
from studytours.areas.templatetags.choosing import suggestion_query
from studytours.core.errors import Refused

# Places that nobody but residents named; those with most requests.
MOST_ASKED = 10
MINUTES = 90
KINDS = {
    "area": "Our area",
    "suggested": "Walkable place",
    "ward": "Ward",
    "lsoa": "Small area (LSOA)",
    "asked": "Asked for by residents",
}


@dataclass(frozen=True)
class Place:
    key: str  # the same for the same place: "area:queensway", "lsoa:E01027310", "near:52.30,-0.72"
    kind: str
    name: str
    town: str
    geometry: BaseGeometry | None
    lsoas: tuple[str, ...] = ()  # counted by these codes; otherwise by the geometry
    area: Area | None = None
    is_public: bool = True
    make: str = ""  # query of the form that makes it an area
    elsewhere: bool = False  # in another force: its crimes are not counted here

    @property
    def kind_label(self):
        return KINDS[self.kind]


def places_for(rules, force, requests):
    """Every place once, the office's own before others; and key → requests made in it."""
    figures = figures_of()
    places = [_of_area(area, force, figures) for area in Area.objects.order_by("pk")]
    places += _not_yet(_others(rules, force, figures), places)
    counted, loose = _assign(requests, places)
    asked = _not_yet(_asked(loose), places)
    more, _ = _assign(loose, asked)
    return [*places, *asked], counted | more


def same_place(one, other):
    """Does more than half of the smaller lie in the larger?"""
    common = shapely.intersection(one, other).area
    return common > 0.5 * min(one.area, other.area)


def _of_area(area, force, figures):
    lsoas = ()
    if area.made_from == Area.MadeFrom.LSOAS:
        lsoas = tuple(area.codes)
    elif area.made_from == Area.MadeFrom.WARDS:
        lsoas = _members(figures, set(area.codes))
    return Place(
        key=f"area:{area.slug}",
        kind="area",
        name=area.name,
        town=area.town,
        geometry=area.geometry,
        lsoas=lsoas,
        area=area,
        is_public=area.is_public,
        elsewhere=area.force not in ("", force),
    )


def _members(figures, wards):
    return tuple(sorted(code for code, one in figures.items() if one.ward_code in wards))


def _others(rules, force, figures):
    if not force:
        return []
    if rules.compete == Weighting.Compete.WALKABLE:
        found = kept(
            queries.suggest_areas, force=force, crimes=rules.crimes, count=MOST_SUGGESTED,
            minutes=MINUTES,
        )  # fmt: skip
        return [_suggested(one) for one in found]
    return _official(rules.compete, force, rules.crimes, figures)


def _suggested(one):
    return Place(
        key=f"near:{one.lat:.5f},{one.lon:.5f}",
        kind="suggested",
        name=one.name,
        town=one.town,
        geometry=one.geometry,
        make=suggestion_query(one),
    )


def _official(kind, force, crimes, figures):
    """Wards or small areas of the force, by the codes that count now."""
    rows = kept(queries.rank_areas, force, crimes=crimes, kind=kind).rows
    outlines = current_boundaries(kind, [row.code for row in rows])
    if not outlines:
        raise Refused(
            "The outlines of these places are not here yet.",
            cure="Import the boundaries first, or let walkable places compete.",
        )
    found = []
    for row in rows:
        if row.code not in outlines:
            continue
        lsoas = (row.code,) if kind == "lsoa" else _members(figures, {row.code})
        known = figures.get(lsoas[0], NOTHING)
        name = f"{row.place}, {row.name.rsplit(' ', 1)[-1]}" if kind == "lsoa" else row.name
        found.append(
            Place(
                key=f"{kind}:{row.code}",
                kind=kind,
                name=name if row.place else row.name,
                town=known.town or known.authority,
                geometry=outlines[row.code].geometry,
                lsoas=lsoas,
                make=urlencode({"from": f"{kind}s", "codes": row.code, "name": name}),
            )
        )
    return found


def _asked(requests):
    """Circles round places that were asked for and lie in no other; the most asked for first."""
    circles = []
    left = list(requests)
    while left and len(circles) < MOST_ASKED:
        around = [_near(one, left) for one in left]
        best = max(range(len(left)), key=lambda at: (len(around[at]), -left[at].pk))
        one, inside = left[best], {other.pk for other in around[best]}
        left = [other for other in left if other.pk not in inside]
        metres = radius_for(MINUTES)
        where = {"from": "circle", "at": f"{one.lat},{one.lon}", "radius": metres}
        circles.append(
            Place(
                key=f"near:{one.lat:.5f},{one.lon:.5f}",
                kind="asked",
                name=one.place,
                town="",
                geometry=circle_shape(one.lat, one.lon, metres).geometry,
                make=urlencode(where | {"name": one.place}),
            )
        )
    return circles


def _near(one, others):
    """Requests within about a walk of this one (degrees; a rough measure is enough)."""
    return [
        other
        for other in others
        if abs(other.lat - one.lat) < 0.0045 and abs(other.lon - one.lon) < 0.0073
    ]


def _not_yet(places, listed):
    """Those that are not more or less one of the listed."""
    tree = shapely.STRtree([place.geometry for place in listed])
    return [
        place
        for place in places
        if not any(
            same_place(place.geometry, listed[at].geometry)
            for at in tree.query(place.geometry, "intersects").tolist()
        )
    ]


def _assign(requests, places):
    """Key → requests in the place, each in one: where several hold it, that of nearest middle."""
    tree = shapely.STRtree([place.geometry for place in places])
    counted, loose = {}, []
    for one in requests:
        point = Point(one.lon, one.lat)
        holds = [places[at] for at in tree.query(point, "intersects").tolist()]
        if holds:
            nearest = min(holds, key=lambda place: place.geometry.centroid.distance(point))
            counted.setdefault(nearest.key, []).append(one)
        else:
            loose.append(one)
    return counted, loose
