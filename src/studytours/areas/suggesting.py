"""Suggested areas: the walkable ones that together hold most expected crime."""

import numpy as np

from studytours.core.errors import Refused
from studytours.crime.caveats import caveats
from studytours.crime.queries import forces
from studytours.partners.queries import get_office
from studytours.streets.queries import settlement_near

from .boundaries import district_of, figures_of
from .catchments import LARGEST_RADIUS, LEAST_RADIUS, radius_for, survey
from .homes import homes_in
from .naming import name_of
from .results import Estimate, Suggestion, Suggestions, Trend, TypeCount
from .words import area_caveats, ground, method, reasons

MOST_SUGGESTED = 40
NAMELESS = "A place to walk"


def suggest_areas(force=None, crimes="acquisitive", count=10, minutes=90):
    """The `count` walkable areas of a force that hold most expected crime, without overlap."""
    if not 1 <= count <= MOST_SUGGESTED:
        raise Refused(f"{count} areas cannot be suggested.", cure=f"Use 1 to {MOST_SUGGESTED}.")
    found = survey(chosen_force(force), crimes, radius_for(minutes))
    rates, chosen = found.standing(), found.pool[:count]
    top = len(chosen)
    chances = found.chances(rates, top) if chosen else ()
    figures = figures_of()
    areas = tuple(
        _suggestion(found, one, rates, at, figures, sure=float(chances[at]), top=top)
        for at, one in enumerate(chosen)
    )
    return Suggestions(
        force=found.force,
        crimes=crimes,
        minutes=minutes,
        radius_m=found.radius_m,
        months=found.recorded.months,
        areas=areas,
        share_of_force=sum(area.share_of_force for area in areas),
        ground=ground(areas),
        caveats=tuple(caveats(found.force, crimes=crimes)),
        method=method(found, areas, minutes),
    )


def suggestion_at(lat, lon, radius_m=500, force=None, crimes="acquisitive", name=""):
    """The same figures for any place, suggested or not."""
    if not LEAST_RADIUS <= radius_m <= LARGEST_RADIUS:
        raise Refused(
            f"A radius of {radius_m} metres is not a walk.",
            cure=f"Use {LEAST_RADIUS} to {LARGEST_RADIUS} metres.",
        )
    found = survey(chosen_force(force), crimes, round(radius_m))
    here = found.catchment(lat, lon)
    return _suggestion(found, here, found.standing(extra=here.inside), -1, name=name)


def chosen_force(force=None):
    """The force asked for, else the office's own, else the only one held; refused otherwise."""
    held = forces()
    if not held:
        raise Refused(
            "There is no recorded crime yet.", cure="Import a file from data.police.uk first."
        )
    force = force or get_office().home_force or (held[0] if len(held) == 1 else "")
    if force in held:
        return force
    raise Refused(
        f"No crimes of “{force}” are held." if force else "Crimes of several forces are held.",
        cure=f"Name one of: {', '.join(held)}.",
    )


def _suggestion(found, place, rates, at, figures=None, *, sure=None, top=None, name=""):
    """Figures of one Catchment; `at` is its place in `rates`."""
    here, inside = found.recorded, place.inside
    geometry = place.geometry
    homes = homes_in(geometry, figures)
    series = here.series(inside)
    expected = expected_of(found, rates, at)
    facts = {
        "share_of_force": _share(found.weights[inside].sum(), found.weights.sum()),
        "sure": sure,
        "trend": _trend(series, found.two_years),
        "mix": mix_of(here.mix(inside)),
        "households": homes.households,
        "rate": per_thousand(expected.mean, homes.households),
        "decile": homes.decile,
    }
    middle = _middle_of_crime(found, inside)
    district = here.lsoa_name[middle] if middle is not None else ""
    return Suggestion(
        rank=at + 1 if sure is not None else 0,
        name=name or name_of(found.streets(inside), found.weights[inside], district or NAMELESS),
        town=_town(place, homes) or district_of(district),
        force=found.force,
        crimes=found.crimes,
        lat=place.lat,
        lon=place.lon,
        radius_m=found.radius_m,
        walk_m=place.walk_m,
        street_map=place.street_map,
        geometry=geometry,
        codes=homes.codes or tuple(sorted(set(here.lsoa[inside]) - {""})),
        total=int(series.sum()),
        months=here.months,
        series=tuple(int(count) for count in series),
        expected=expected,
        top=top,
        reasons=reasons(found, series, expected, top, **facts),
        caveats=area_caveats(place, series),
        **facts,
    )


def _town(place, homes):
    """What people call the town: of the street map, else of the lookup."""
    mapped = place.street_map and settlement_near(place.lon, place.lat)
    return mapped or homes.town


def expected_of(found, rates, at):
    if rates is None:
        return Estimate(0.0, 0.0, 0.0)
    mean, low, high = rates.expected(12, drift=found.drift)
    return Estimate(float(mean[at]), float(low[at]), float(high[at]))


def _middle_of_crime(found, inside):
    """The map point with most decayed crime inside, or None."""
    some = np.flatnonzero(inside)
    return some[np.argmax(found.weights[some])] if len(some) else None


def _trend(series, years):
    if years is None:
        return None
    before, last = years
    return Trend(last=int(series[last].sum()), before=int(series[before].sum()))


def mix_of(counts):
    total = sum(count for _, count in counts)
    return tuple(TypeCount(name, count, count / total) for name, count in counts)


def per_thousand(count, households):
    return 1000 * count / households if households else None


def _share(part, whole):
    return float(part / whole) if whole else 0.0
