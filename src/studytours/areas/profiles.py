"""Everything known of an area: crimes by month and type, homes, people, deprivation."""

import numpy as np

from placestats import decayed_counts, shrink
from studytours.crime.caveats import caveats
from studytours.crime.counting import month_counts

from .boundaries import lsoas_of_wards, successors
from .catchments import LARGEST_RADIUS, survey
from .homes import homes_in, homes_of
from .models import Area
from .outlook import USUAL_DRIFT, ages_of, two_years
from .ranking import lsoa_panel
from .results import Comparison, Earlier, Estimate, Profile, Trend
from .suggesting import expected_of, mix_of, per_thousand
from .words import FEW, FEW_CRIMES

BY_POINT = "map points inside the area"
BY_CODE = "small areas (LSOA) by their code"


def profile(area, crimes="acquisitive"):
    """The figures of an Area, saved or not. Crimes of its own force, or of the busiest there."""
    lsoas = lsoas_of(area)
    place = {"lsoas": with_former_codes(lsoas)} if lsoas else {"polygon": area.geometry}
    every = month_counts(**place, force=area.force or None, crimes="all")
    force = every.force
    chosen = month_counts(**place, force=force or None, crimes=crimes)
    months, series = tuple(every.months), chosen.by_month
    homes = homes_of({code: 1.0 for code in lsoas}) if lsoas else homes_in(area.geometry)
    last_year = int(series[-12:].sum())
    rate = per_thousand(last_year, homes.households) if len(months) >= 12 else None
    return Profile(
        force=force,
        counted_by=BY_CODE if lsoas else BY_POINT,
        months=months,
        series=_whole(series),
        all_series=_whole(every.by_month),
        total=int(series.sum()),
        all_total=int(every.counts.sum()),
        mix=mix_of(list(every.by_type.items())),
        expected=_expected(area, force, crimes, series, months),
        trend=_trend(series, months),
        households=homes.households,
        residents=homes.residents,
        decile=homes.decile,
        rate=rate,
        comparison=_comparison(force, crimes, rate),
        earlier=_earlier(area),
        codes=tuple(homes.codes) or tuple(area.codes),
        caveats=_caveats(force, crimes, months, last_year),
    )


def lsoas_of(area):
    """Codes to count by, or () where the area is counted by the map points inside it.

    A crime belongs to its LSOA by code: one in eight points lies outside the drawn polygon.
    """
    if area.made_from == Area.MadeFrom.LSOAS:
        return tuple(area.codes)
    if area.made_from == Area.MadeFrom.WARDS:
        return tuple(sorted(lsoas_of_wards(area.codes)))
    return ()


def with_former_codes(lsoas):
    """The codes and those older ones that became nothing but these."""
    now = set(lsoas)
    return sorted(now | {old for old, new in successors().items() if now.issuperset(new)})


def _whole(counts):
    return tuple(int(count) for count in counts)


def _trend(series, months):
    years = two_years(months)
    if years is None:
        return None
    return Trend(last=int(series[years[1]].sum()), before=int(series[years[0]].sum()))


def _expected(area, force, crimes, series, months):
    """Next year's crimes. A suggested area keeps the figures of the suggestion."""
    if not months:
        return None
    middle = (area.vintage or {}).get("circle")
    if middle and middle["radius_m"] <= LARGEST_RADIUS:
        found = survey(force, crimes, middle["radius_m"])
        inside = found.within(area.geometry)
        return expected_of(found, found.standing(extra=inside), -1)
    decayed = decayed_counts(np.array([series]), ages=ages_of(months))
    if not decayed.counts.sum():
        return Estimate(0.0, 0.0, 0.0)
    # Its own rate as the prior, worth one crime: nothing is known of places of its size.
    rates = shrink(decayed.counts, decayed.exposure, decayed.per_month, kappa=1)
    mean, low, high = (float(value[0]) for value in rates.expected(12, drift=USUAL_DRIFT))
    return Estimate(mean, low, high)


def _comparison(force, crimes, rate):
    """Beside the force, in those of its small areas whose households are known."""
    if rate is None:
        return None
    panel = lsoa_panel(force, crimes)
    known = np.array([homes is not None for homes in panel.households], dtype=bool)
    homes = sum(one for one in panel.households if one is not None)
    count = panel.counts[known][:, -12:].sum() if known.any() else 0.0
    return Comparison(here=rate, force=1000 * float(count) / homes) if homes else None


def _earlier(area):
    vintage = area.vintage or {}
    if not vintage.get("months") or vintage.get("total") is None:
        return None
    return Earlier(months=tuple(vintage["months"]), total=int(vintage["total"]))


def _caveats(force, crimes, months, last_year):
    if not months:
        return ("No recorded crime is held for this place.",)
    said = list(caveats(force, crimes=crimes))
    if last_year < FEW:
        said.append(FEW_CRIMES)
    return tuple(said)
