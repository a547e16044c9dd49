"""By how much places change from one period to the next, beyond chance."""

from dataclasses import dataclass

import numpy as np

from placestats.refusals import same_length, whole_table


@dataclass(frozen=True)
class Drift:
    value: float  # standard deviation of a place's relative change; 0.2 = 20 %
    factor: float  # by which all places together rose or fell
    areas: int

    def summary(self):
        return (
            f"All {self.areas:,} areas together came to {self.factor:.2f} times the count before; "
            f"beside that and chance, an area's level moved by {self.value:.0%} as a rule."
        )


def drift(pre, post):
    """Relative standard deviation τ by moments: τ² = Σ[(b − f·a)² − (b + f²·a)] / Σ(f·a)².

    pre, post  (areas,) counts a and b of two periods, not negative; f = Σb / Σa.

    Poisson chance explains (b − f·a)² up to b + f²·a; what is left grows with the square of the
    count, so it is a change of level. On acquisitive crime in Lancashire, October 2020 to
    September 2022, it was 0.2 for walkable areas of 30 to 700 crimes a year. 0 where chance
    explains everything. Errors: ValueError for negative or missing counts, other lengths, a
    period without crime.
    """
    pre, post = whole_table(pre, "pre", 1), whole_table(post, "post", 1)
    same_length(pre, post, "pre and post")
    if not pre.sum() or not post.sum():
        raise ValueError("Both periods need at least one crime.")
    factor = post.sum() / pre.sum()
    expected = factor * pre
    beyond_chance = ((post - expected) ** 2 - (post + factor * expected)).sum()
    value = np.sqrt(max(0.0, beyond_chance) / (expected**2).sum())
    return Drift(value=float(value), factor=float(factor), areas=len(pre))
