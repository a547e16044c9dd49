"""Homes, people and deprivation of any shape, from the small areas it covers."""

from dataclasses import dataclass

import shapely

from studytours.core.geometry import on_grid

from .boundaries import NOTHING, figures_of, touched

# Slivers along a border are left out.
LEAST_SHARE = 0.01


@dataclass(frozen=True)
class Homes:
    codes: tuple[str, ...] = ()  # LSOAs, the one with most of the shape first
    households: int | None = None
    residents: int | None = None
    decile: int | None = None  # of its middle household
    town: str = ""


def homes_in(geometry):
    """Each LSOA gives the share of its homes that its share of land inside the shape suggests."""
    shape = on_grid(geometry)
    shares = {}
    for code, boundary in touched("lsoa", geometry).items():
        polygon = on_grid(boundary.geometry)
        common = shapely.intersection(polygon, shape).area
        share = common / polygon.area
        if share >= LEAST_SHARE or common >= LEAST_SHARE * shape.area:
            shares[code] = (share, common)
    order = sorted(shares, key=lambda code: -shares[code][1])
    return homes_of({code: shares[code][0] for code in order})


def homes_of(shares):
    """Code → share of the LSOA (0 to 1), largest first, as Homes."""
    figures = figures_of(shares)
    known = {code: figures.get(code, NOTHING) for code in shares}
    return Homes(
        codes=tuple(shares),
        households=_sum(known, shares, "households"),
        residents=_sum(known, shares, "residents"),
        decile=_middle_decile(known, shares),
        town=next((one.town or one.authority for one in known.values() if one.town), ""),
    )


def _sum(known, shares, name):
    """None when no table says it for at least one of them."""
    values = [
        shares[code] * getattr(one, name)
        for code, one in known.items()
        if getattr(one, name) is not None
    ]
    return round(sum(values)) if values and len(values) == len(known) else None


def _middle_decile(known, shares):
    """The decile of the middle household, the most deprived first."""
    weighed = sorted(
        (one.decile, shares[code] * (one.households or 1))
        for code, one in known.items()
        if one.decile is not None
    )
    half, passed = sum(weight for _, weight in weighed) / 2, 0.0
    for decile, weight in weighed:
        passed += weight
        if passed >= half:
            return decile
    return None
