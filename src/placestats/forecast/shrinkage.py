"""Poisson–gamma shrinkage: rates with an honest interval."""

from dataclasses import dataclass

import numpy as np
import scipy  # its parts load at first use: commands that count nothing start faster

from placestats.refusals import positive, same_length, whole_table

# κ when the areas differ no more than chance explains: they are all pulled onto the prior mean.
ALL_ALIKE = 1e6


@dataclass(frozen=True)
class ShrunkRates:
    """Posterior of each area's rate: a gamma distribution with `shape` and `rate`."""

    mean: np.ndarray  # (areas,) per unit of exposure
    low: np.ndarray
    high: np.ndarray
    shape: np.ndarray
    rate: np.ndarray
    kappa: float  # how many prior crimes an area's prior weighs; larger = pulled harder
    level: float

    def summary(self):
        pulled = "all areas alike" if self.kappa >= ALL_ALIKE else f"κ = {self.kappa:.2g}"
        return (
            f"{len(self.mean):,} areas, rates between {self.mean.min():.3g} and "
            f"{self.mean.max():.3g}, pulled towards what is usual ({pulled}); "
            f"{self.level:.0%} intervals."
        )

    def expected(self, exposure, *, drift=0.0):
        """(mean, low, high), each (areas,): the count in `exposure` further units.

        The count varies round its rate by chance, and the rate itself may move: by `drift`, the
        standard deviation of its relative change (see `drift()`). Both widen the interval beyond
        that of the rate. Gamma with the same mean and variance; good to a count or so.
        """
        mean = self.mean * exposure
        variance = mean + exposure**2 * self.shape / self.rate**2 + (drift * mean) ** 2
        shape, scale = mean**2 / variance, variance / mean
        return (mean, *_between(shape, scale, self.level))

    def draw(self, rng, draws, *, drift=0.0):
        """(draws × areas) rates that the evidence allows, good to seven digits.

        `rng` is a numpy Generator. With a `drift` the level moves as well (see `expected`): a
        gamma with the mean and the variance of the product of the two.
        """
        spread = (1 + 1 / self.shape) * (1 + drift**2) - 1  # variance over the squared mean
        scale = (self.mean * spread).astype(np.float32)
        shape = (1 / spread).astype(np.float32)
        return scale * rng.standard_gamma(shape, (draws, len(shape)), dtype=np.float32)


def shrink(counts, exposure, prior_mean, *, kappa=None, level=0.9):
    """Posterior mean (κ + n) / (κ/μ + E) of each area's rate, with gamma quantiles.

    counts      (areas,) crimes n, not negative; may be weighted, as from `decayed_counts`.
    exposure    number or (areas,): months, households or both, above zero.
    prior_mean  number or (areas,): μ, what is usual per unit of exposure, above zero. A
                leave-one-out mean of the neighbours, so that no area vouches for itself.
    kappa       κ; by default by moments: Σ(Eμ)² / Σ[(n − Eμ)² − Eμ] (after Clayton & Kaldor 1987).
    level       of the interval: 0.9 means nine times in ten.

    Errors: ValueError for negative or missing counts, wrong lengths, exposure or prior of zero.
    """
    counts = whole_table(counts, "counts", 1)
    if not len(counts):
        raise ValueError("counts holds no area.")
    exposure = _spread(exposure, "exposure", counts)
    prior = _spread(prior_mean, "prior_mean", counts)
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, not {level}.")
    kappa = _by_moments(counts, exposure * prior) if kappa is None else positive(kappa, "kappa")
    shape = kappa + counts
    rate = kappa / prior + exposure
    low, high = _between(shape, 1 / rate, level)
    return ShrunkRates(shape / rate, low, high, shape, rate, kappa, level)


def _spread(value, name, counts):
    """A number or an array as (areas,), all above zero."""
    value = np.asarray(value, dtype=float)
    value = np.full(len(counts), value) if value.ndim == 0 else whole_table(value, name, 1)
    same_length(value, counts, f"{name} and counts")
    if not (np.isfinite(value).all() and (value > 0).all()):
        raise ValueError(f"{name} must be above zero for every area.")
    return value


def _by_moments(counts, expected):
    beyond_chance = ((counts - expected) ** 2 - expected).sum()
    if beyond_chance <= 0:
        return ALL_ALIKE
    return float(min(ALL_ALIKE, (expected**2).sum() / beyond_chance))


def _between(shape, scale, level):
    tail = (1 - level) / 2
    return scale * scipy.special.gammaincinv(shape, tail), scale * scipy.special.gammaincinv(
        shape, 1 - tail
    )
