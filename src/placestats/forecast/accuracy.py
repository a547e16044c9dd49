"""How well a ranking of places caught what happened next: hit rate, PAI, PEI, RRI.

The places are cells of equal or given area; `predicted` ranks them, `observed` is what came.
Always trained on the past only, and beside the plain count baselines (METHODS).
"""

from dataclasses import dataclass

import numpy as np

from placestats.refusals import positive, same_length, whole_table


@dataclass(frozen=True)
class HitRate:
    value: float  # share of the crimes, 0 to 1
    share_of_area: float  # asked for
    area_used: float  # whole places only, so a little less

    def summary(self):
        return (
            f"The highest-ranked {self.area_used:.1%} of the area held {self.value:.1%} of the "
            "crimes that followed."
        )


@dataclass(frozen=True)
class Curve:
    """One value after each place, the highest-ranked first."""

    value: np.ndarray  # (places,)
    name: str

    def summary(self):
        return (
            f"{self.name}: {self.value[0]:.3g} at the highest-ranked place, "
            f"{self.value[-1]:.3g} at all {len(self.value)}."
        )


def hit_rate(observed, predicted, share_of_area=0.05, *, area=None):
    """Share of observed crimes in the highest-predicted places that fit into the share of area.

    observed, predicted  (places,) not negative.  area  (places,) above zero; equal by default.
    Ties are taken in the order given. Errors: ValueError; also when no crime was observed.
    """
    observed, predicted, area = _checked(observed, predicted, area)
    if not 0 < share_of_area <= 1:
        raise ValueError(f"share_of_area must lie above 0 and up to 1, not {share_of_area}.")
    order = _highest_first(predicted)
    used = np.cumsum(area[order]) / area.sum()
    inside = int((used <= share_of_area + 1e-12).sum())
    hit = observed[order][:inside].sum() / observed.sum()
    return HitRate(float(hit), float(share_of_area), float(used[inside - 1]) if inside else 0.0)


def pai(observed, predicted, *, area=None):
    """Prediction accuracy index (c/C) / (a/A) after each place (Chainey, Tompson & Uhlig 2008).

    1 is no better than chance. Arguments and errors as in `hit_rate`.
    """
    observed, predicted, area = _checked(observed, predicted, area)
    return Curve(_pai(observed, area, _highest_first(predicted)), "Prediction accuracy (PAI)")


def pei(observed, predicted, *, area=None):
    """PAI divided by that of perfect foresight at as many places (Hunt 2016); 1 is perfect."""
    observed, predicted, area = _checked(observed, predicted, area)
    best = _pai(observed, area, _highest_first(observed / area))
    return Curve(
        _pai(observed, area, _highest_first(predicted)) / best, "Prediction efficiency (PEI)"
    )


def rri(observed, predicted):
    """Recapture: Σ predicted / Σ observed up to each place, the highest-predicted first.

    1 says that the level was right, less that more came than was foreseen. Infinite while
    nothing was observed.
    """
    observed, predicted, _ = _checked(observed, predicted, None)
    order = _highest_first(predicted)
    came = np.cumsum(observed[order])
    foreseen = np.cumsum(predicted[order])
    value = np.divide(foreseen, came, out=np.full(len(came), np.inf), where=came > 0)
    return Curve(value, "Level foreseen (RRI)")


def _checked(observed, predicted, area):
    observed = whole_table(observed, "observed", 1)
    predicted = whole_table(predicted, "predicted", 1)
    same_length(observed, predicted, "observed and predicted")
    area = np.ones(len(observed)) if area is None else whole_table(area, "area", 1)
    same_length(observed, area, "observed and area")
    if not (area > 0).all():
        raise ValueError("area must be above zero for every place.")
    positive(observed.sum(), "the number of observed crimes")
    return observed, predicted, area


def _highest_first(values):
    return np.argsort(-values, kind="stable")


def _pai(observed, area, order):
    hits = np.cumsum(observed[order]) / observed.sum()
    return hits / (np.cumsum(area[order]) / area.sum())
