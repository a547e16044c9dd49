"""What a check found, in words and as rows for tables, the plot and --json."""

from dataclasses import asdict, dataclass

import numpy as np

from placestats.forecast.comparison import FORESIGHT
from studytours.crime.forces import police_of
from studytours.crime.months import in_words, next_month

USED = "decayed_counts"
LABELS = {
    USED: "Decayed counts (used here)",
    "counts_3": "Counts of 3 months",
    "counts_12": "Counts of 12 months",
    "counts_36": "Counts of up to 36 months",
    "kde": "Kernel density, 12 months",
    "gi_star": "Gi* of 3 × 3 cells, 12 months",
    FORESIGHT: "Perfect foresight (the limit)",
}
# Half a percentage point between two methods decides nothing, however many crimes it rests on.
A_HAIR = 0.005
FEW_ORIGINS, FEW_CRIMES, FEW_SQUARES = 6, 200, 10


@dataclass(frozen=True)
class MethodRow:
    """One method: means over the origins, and hit rates by origin. A number for each share."""

    method: str
    label: str
    hit_rate: tuple[float, ...]
    pai: tuple[float, ...]
    pei: tuple[float, ...]
    by_origin: tuple[dict, ...]

    @property
    def is_used(self):
        return self.method == USED

    @property
    def is_limit(self):
        return self.method == FORESIGHT


def rows(check):
    """Every method, the one used here first and perfect foresight last."""
    found = check.compared
    measures = {"hit_rate": found.hits, "pai": found.pai, "pei": found.pei}
    for at, method in enumerate(found.methods):
        by_origin = tuple(
            {"origin": origin[0]}
            | {name: values[at, number].tolist() for name, values in measures.items()}
            for number, origin in enumerate(check.origins)
        )
        means = {name: found.mean(values)[at].tolist() for name, values in measures.items()}
        yield MethodRow(method, LABELS[method], **means, by_origin=by_origin)


@dataclass(frozen=True)
class Verdict:
    """Do the office's own crimes support decayed counts? And why."""

    answer: str  # yes, as good, partly or no
    headline: str
    reasons: tuple[str, ...]


HEADLINES = {
    "yes": "Yes. On your own data no other method found more in {share} of the area.",
    "as good": "As good as any. On your own data the best other method found hardly more.",
    "partly": "Partly. On your own data another method found more in the smallest parts.",
    "no": "No. On your own data another method found more in {share} of the area.",
}


def verdict(check):
    found = check.compared
    hits = dict(zip(found.methods, found.hits, strict=True))  # (origins × shares) each
    ours, limit = hits.pop(USED), hits.pop(FORESIGHT)
    best = max(hits, key=lambda method: hits[method][:, -1].mean())
    share, dates = f"{found.shares[-1]:.0%}", len(ours)
    ahead = int((ours[:, -1] >= hits[best][:, -1]).sum())
    found_here, found_there = ours[:, -1].mean(), hits[best][:, -1].mean()
    answer = _answer(ours.mean(axis=0), [one.mean(axis=0) for one in hits.values()], found.crimes)
    reasons = (
        f"The {share} of the area that decayed counts ranked highest held {found_here:.1%} of the "
        f"crimes of the {found.horizon} months that followed. Places picked blindly would have "
        f"held {share}.",
        f"The best of the other methods was {_named(best)}, with {found_there:.1%}. Decayed counts "
        f"found at least as much on {ahead} of {dates} date{'s' if dates > 1 else ''}.",
        f"Nobody could have found more than {limit[:, -1].mean():.1%}: decayed counts reached "
        f"{found_here / limit[:, -1].mean():.0%} of that.",
        *_smaller_shares(found),
        "Between two methods half a percentage point, or what chance makes of such counts, is too "
        "little to matter.",
    )
    return Verdict(answer, HEADLINES[answer].format(share=share), reasons)


def _answer(ours, others, crimes):
    """From mean hit rates: a number for each share of the area, the largest share last."""
    leads = np.array([ours - other for other in others])
    # Dates share most of their months, so their crimes count as those of one date.
    by_chance = np.sqrt([(ours + other) / crimes.mean() for other in others])
    behind = (leads < -np.maximum(A_HAIR, by_chance)).any(axis=0)
    if behind[-1]:
        return "no"
    if behind.any():
        return "partly"
    return "yes" if (leads[:, -1] >= 0).all() else "as good"


def _named(method):
    """The label within a sentence."""
    label = LABELS[method]
    return label if label.startswith("Gi*") else label[0].lower() + label[1:]


def _smaller_shares(found):
    """Where another method found more in a smaller part of the area."""
    means = found.mean(found.hits)
    ours, others = means[found.methods.index(USED)], means[:-1]
    more = [
        f"{_named(found.methods[best])} in {found.shares[at]:.0%} of it "
        f"({others[best, at]:.2%}, decayed counts {ours[at]:.2%})"
        for at, best in enumerate(others.argmax(axis=0)[:-1])
        if others[best, at] > ours[at]
    ]
    if more:
        yield f"In smaller parts of the area more was found by {' and by '.join(more)}."


def cautions(check):
    """What this check cannot say, before the caveats of the counts themselves."""
    origins = check.origins
    if len(origins) > 1:
        yield (
            "Dates near each other share most of their months, so they agree by nature: "
            f"{len(origins)} dates are not {len(origins)} separate trials."
        )
    if len(origins) < FEW_ORIGINS:
        few = "One date is" if len(origins) == 1 else f"{len(origins)} dates are"
        yield f"{few} little to go by: another year of data may change the order."
    if check.compared.crimes.min() < FEW_CRIMES:
        yield f"After some dates fewer than {FEW_CRIMES} crimes came: there chance decides much."
    if (squares := check.compared.used[0]) < FEW_SQUARES:
        share = f"{check.compared.shares[0]:.0%}"
        yield f"{share} of the area is only {squares} square{'s' if squares > 1 else ''} here."
    if (first := origins[0][1]) < 36:
        yield (
            f"On the first date only {first} months were known, so counts of up to 36 months "
            "could not yet show their strength."
        )
    for month, _, newest, _ in origins:
        if next_month(newest) != month:
            yield (
                f"For {in_words([month])} the newest month known was {in_words([newest])}: months "
                "that are missing are unknown, not without crime."
            )


def area_in_words(check):
    found = check.compared
    return (
        f"The area is the {found.cells:,} squares of {found.cell:g} metres ({check.area_km2:,.0f} "
        f"km²) in which {police_of(check.force)} ever recorded a crime of any type. Every method "
        "ranks these same squares, from the months before each date only."
    )


def as_dict(check):
    """For --json."""
    found = check.compared
    return {
        "force": check.force,
        "crimes": check.crimes,
        "months": list(check.months),
        "cell": found.cell,
        "horizon": found.horizon,
        "cells": found.cells,
        "area_km2": round(check.area_km2, 1),
        "shares": list(found.shares),
        "cells_used": found.used.tolist(),
        "origins": [
            dict(zip(("month", "months_known", "newest_known", "crimes"), origin, strict=True))
            for origin in check.origins
        ],
        "methods": [asdict(row) for row in rows(check)],
        "verdict": asdict(verdict(check)),
        "caveats": [*cautions(check), *check.caveats],
    }
