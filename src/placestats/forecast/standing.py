"""How sure it is that an area belongs among the highest: a chance instead of a bare rank."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class TopProbability:
    chance: np.ndarray  # (areas,) between 0 and 1
    k: int
    draws: int

    def summary(self):
        certain = int((self.chance >= 0.95).sum())
        return (
            f"{certain:,} of {len(self.chance):,} areas belong to the highest {self.k} in at least "
            f"95 of 100 draws; {int((self.chance >= 0.05).sum()):,} may belong to them."
        )


def top_k_probability(rates, k, *, rng, draws=4000, weights=None, drift=0.0):
    """P(area is among the k highest), from `draws` of all areas' posteriors.

    rates    `ShrunkRates` of all areas that compete.
    k        how many are the highest; at least 1, at most the number of areas.
    rng      numpy Generator; the same seed gives the same answer.
    drift    by how much an area's level may move until then, see `drift()`; 0 asks about now.
    weights  (areas,) turns a rate into what is compared, e.g. 12 months of so many households.

    The chances add up to k. Their error from drawing is at most 0.5 / √draws (0.008).
    Errors: ValueError for a k outside the areas or fewer than 100 draws.
    """
    areas = len(rates.mean)
    if not 1 <= k <= areas:
        raise ValueError(f"k must lie between 1 and the {areas} areas, not {k}.")
    if draws < 100:
        raise ValueError(f"draws must be at least 100, not {draws}.")
    if k == areas:
        return TopProbability(np.ones(areas), k, draws)
    drawn = rates.draw(rng, draws, drift=drift)
    if weights is not None:
        drawn = drawn * np.asarray(weights, dtype=float)
    highest = np.argpartition(drawn, areas - k, axis=1)[:, areas - k :]
    chance = np.bincount(highest.ravel(), minlength=areas) / draws
    return TopProbability(chance, k, draws)
