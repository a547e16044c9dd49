"""Small areas and wards, ranked by the crimes to expect, with how sure each rank is."""

from dataclasses import dataclass

import numpy as np
import scipy  # its parts load at first use: commands that count nothing start faster
import shapely

from placestats import decayed_counts, shrink, top_k_probability
from studytours.core.errors import Refused
from studytours.core.geometry import on_grid
from studytours.crime.caveats import caveats
from studytours.crime.counting import lsoa_months

from .boundaries import NOTHING, current_boundaries, figures_of, successors
from .homes import homes_of
from .outlook import SEED, ages_of, yearly_drift
from .results import Estimate, RankedArea, Ranking
from .suggesting import chosen_force, per_thousand

KINDS = ("lsoa", "ward")
WAYS = ("count", "household")
NEIGHBOURS = 8


@dataclass(frozen=True)
class Panel:
    """Areas × months of one force, with what is known of each area."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    places: tuple[str, ...]
    months: tuple[str, ...]
    counts: np.ndarray  # (areas × months)
    households: tuple  # int or None
    deciles: tuple
    left_out: int = 0  # crimes in no area of this kind

    def only(self, keep):
        """The areas of a mask."""
        chosen = np.flatnonzero(keep)

        def pick(column):
            return tuple(column[at] for at in chosen)

        return Panel(
            codes=pick(self.codes),
            names=pick(self.names),
            places=pick(self.places),
            months=self.months,
            counts=self.counts[chosen],
            households=pick(self.households),
            deciles=pick(self.deciles),
            left_out=self.left_out + round(self.counts[~keep].sum()),
        )


def rank_areas(force=None, crimes="acquisitive", kind="lsoa", by="count", top=10):
    """Every area of a kind, the most expected crime first: in all, or for each household."""
    if kind not in KINDS:
        raise Refused(f"“{kind}” cannot be ranked.", cure=f"Use {' or '.join(KINDS)}.")
    if by not in WAYS:
        raise Refused(f"“{by}” is not a way to rank.", cure=f"Use {' or '.join(WAYS)}.")
    if top < 1:
        raise Refused("The top needs at least one area.")
    force = chosen_force(force)
    panel = lsoa_panel(force, crimes) if kind == "lsoa" else ward_panel(force, crimes)
    said = list(caveats(force, crimes=crimes))
    if by == "household":
        panel = panel.only(np.array([bool(homes) for homes in panel.households]))
        if not panel.codes:
            raise Refused(
                "How many households live in these areas is not known.",
                cure="Import a table of households first.",
            )
    if panel.left_out:
        said.append(f"{panel.left_out:,} crimes lie in areas that are not ranked here.")
    top = min(top, max(1, len(panel.codes)))
    rows = _ranked(panel, by, kind, top) if panel.codes else ()
    return Ranking(force, crimes, kind, by, top, panel.months, tuple(rows), tuple(said))


def lsoa_panel(force, crimes):
    """The force's LSOAs by their newest codes."""
    found = lsoa_months(force, crimes)
    months = tuple(found.months)
    codes, counts, names = _renewed(found)
    figures = figures_of(codes)
    known = [figures.get(code, NOTHING) for code in codes]
    return Panel(
        codes=tuple(codes),
        names=tuple(names),
        places=tuple(one.ward for one in known),
        months=months,
        counts=counts,
        households=tuple(one.households for one in known),
        deciles=tuple(one.decile for one in known),
        left_out=int(found.counts[~found.own].sum()),
    )


def _renewed(found):
    """Counts under the newest codes. A split area's past is shared out equally."""
    became = successors()
    targets = [
        became.get(code, (code,)) if own else ()
        for code, own in zip(found.codes, found.own, strict=True)
    ]
    codes = sorted({code for some in targets for code in some})
    row = {code: at for at, code in enumerate(codes)}
    counts = np.zeros((len(codes), len(found.months)))
    names = dict(zip(found.codes, found.names, strict=True))
    for old, some in enumerate(targets):
        for code in some:
            counts[row[code]] += found.counts[old] / len(some)
    return codes, counts, [names.get(code, code) for code in codes]


def ward_panel(force, crimes):
    """Wards, as sums of their LSOAs by the lookup."""
    lsoas = lsoa_panel(force, crimes)
    figures = figures_of(lsoas.codes)
    members = {}
    for at, code in enumerate(lsoas.codes):
        ward = figures.get(code, NOTHING)
        if ward.ward_code:
            members.setdefault(ward.ward_code, []).append(at)
    if not members:
        raise Refused(
            "Which small areas make up a ward is not known.",
            cure="Import the lookup from LSOA to ward first.",
        )
    homes = [homes_of({lsoas.codes[at]: 1.0 for at in some}) for some in members.values()]
    first = [figures[lsoas.codes[some[0]]] for some in members.values()]
    counts = np.array([lsoas.counts[some].sum(axis=0) for some in members.values()])
    return Panel(
        codes=tuple(members),
        names=tuple(one.ward for one in first),
        places=tuple(one.authority for one in first),
        months=lsoas.months,
        counts=counts,
        households=tuple(one.households for one in homes),
        deciles=tuple(one.decile for one in homes),
        left_out=lsoas.left_out + round(lsoas.counts.sum() - counts.sum()),
    )


def _ranked(panel, by, kind, top):
    """RankedArea rows, the highest posterior mean first."""
    decayed = decayed_counts(panel.counts, ages=ages_of(panel.months))
    per = np.array(panel.households) / 1000 if by == "household" else np.ones(len(panel.codes))
    exposure = decayed.exposure * per
    usual = _usual(decayed.counts, exposure, panel.codes, kind)
    rates = shrink(decayed.counts, exposure, usual)
    moves = yearly_drift(panel.counts, panel.months)
    mean, low, high = rates.expected(12 * per, drift=moves)
    chance = top_k_probability(rates, top, rng=np.random.default_rng(SEED), drift=moves).chance
    order = np.argsort(-rates.mean, kind="stable")
    series = np.rint(panel.counts[:, -36:]).astype(int).tolist()
    for rank, at in enumerate(order.tolist(), 1):
        yield RankedArea(
            rank=rank,
            code=panel.codes[at],
            name=panel.names[at],
            place=panel.places[at],
            score=float(decayed.per_month[at]),
            expected=Estimate(float(mean[at]), float(low[at]), float(high[at])),
            sure=float(chance[at]),
            households=panel.households[at],
            rate=per_thousand(float(mean[at]), panel.households[at]),
            decile=panel.deciles[at],
            series=tuple(series[at]),
        )


def _usual(counts, exposure, codes, kind):
    """What is usual round each area: the rate of its nearest neighbours, itself left out."""
    everywhere = np.full(len(codes), counts.sum() / exposure.sum())
    if len(codes) <= NEIGHBOURS:
        return np.maximum(everywhere, 1e-9)
    boundaries = current_boundaries(kind, codes)
    placed = np.array([code in boundaries for code in codes])
    if placed.sum() <= NEIGHBOURS:
        return np.maximum(everywhere, 1e-9)
    shapes = [boundaries[code].geometry for code in codes if code in boundaries]
    middles = shapely.get_coordinates(on_grid(shapely.centroid(shapes)))
    _, near = scipy.spatial.cKDTree(middles).query(middles, k=NEIGHBOURS + 1)
    near = near[:, 1:]
    local = counts[placed][near].sum(axis=1) / exposure[placed][near].sum(axis=1)
    usual = everywhere.copy()
    usual[placed] = np.where(local > 0, local, everywhere[placed])
    return np.maximum(usual, 1e-9)
