"""Homes, people and deprivation of any shape, from the small areas it covers."""

from dataclasses import dataclass

import shapely

from studytours.core.geometry import on_grid

from .boundaries import NOTHING, current_boundaries, figures_of

# Slivers along a border are left out.
LEAST_SHARE = 0.01


@dataclass(frozen=True)
class Homes:
    codes: tuple[str, ...] = ()  # LSOAs, the one with most of the shape first
    households: int | None = None
    residents: int | None = None
    decile: int | None = None  # of its middle household
    tenth: float | None = None  # the mean decile of its households
    town: str = ""


def homes_in(geometry, figures=None):
    """Each LSOA gives the share of its homes that its share of land inside the shape suggests."""
    shape = on_grid(geometry)
    near = current_boundaries("lsoa", box=geometry.bounds)
    shares = _shares(shape, {code: on_grid(one.geometry) for code, one in near.items()})
    return homes_of(shares, figures)


def homes_of_each(places):
    """Homes of many places at once: each an LSOA → share, or a geometry in longitude/latitude."""
    figures = figures_of()
    known = {code: on_grid(one.geometry) for code, one in current_boundaries("lsoa").items()}
    codes, polygons = list(known), list(known.values())
    tree = shapely.STRtree(polygons)
    found = []
    for place in places:
        if not isinstance(place, dict):
            shape = on_grid(place)
            near = {codes[at]: polygons[at] for at in tree.query(shape, "intersects").tolist()}
            place = _shares(shape, near)
        found.append(homes_of(place, figures))
    return found


def _shares(shape, polygons):
    """Code → share of the LSOA that lies in the shape (on the grid), most of the shape first."""
    shares = {}
    for code, polygon in polygons.items():
        common = shapely.intersection(polygon, shape).area
        share = common / polygon.area
        if share >= LEAST_SHARE or common >= LEAST_SHARE * shape.area:
            shares[code] = (share, common)
    order = sorted(shares, key=lambda code: -shares[code][1])
    return {code: shares[code][0] for code in order}


def homes_of(shares, figures=None):
    """Code → share of the LSOA (0 to 1), largest first, as Homes."""
    figures = figures_of(shares) if figures is None else figures
    known = {code: figures.get(code, NOTHING) for code in shares}
    return Homes(
        codes=tuple(shares),
        households=_sum(known, shares, "households"),
        residents=_sum(known, shares, "residents"),
        decile=_middle_decile(known, shares),
        tenth=_mean_decile(known, shares),
        town=_first(known, "town") or _first(known, "authority"),
    )


def _first(known, name):
    return next((getattr(one, name) for one in known.values() if getattr(one, name)), "")


def _sum(known, shares, name):
    """None when no table says it for at least one of them."""
    values = [
        shares[code] * getattr(one, name)
        for code, one in known.items()
        if getattr(one, name) is not None
    ]
    return round(sum(values)) if values and len(values) == len(known) else None


def _deciles(known, shares):
    """[(decile, households)] of the LSOAs, the most deprived first."""
    return sorted(
        (one.decile, shares[code] * (one.households or 1))
        for code, one in known.items()
        if one.decile is not None
    )


def _mean_decile(known, shares):
    weighed = _deciles(known, shares)
    homes = sum(weight for _, weight in weighed)
    return sum(decile * weight for decile, weight in weighed) / homes if homes else None


def _middle_decile(known, shares):
    """The decile of the middle household, the most deprived first."""
    weighed = _deciles(known, shares)
    half, passed = sum(weight for _, weight in weighed) / 2, 0.0
    for decile, weight in weighed:
        passed += weight
        if passed >= half:
            return decile
    return None
