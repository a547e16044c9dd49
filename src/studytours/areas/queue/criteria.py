"""The criteria of the queue: what each measures, and how its figure becomes a score of 0 to 1.

Raise VERSION whenever a score would come out differently: an old decision then says so instead of
being worked out with today's rules.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from placestats import rise, saturating, standing

VERSION = 1
MOST_WEIGHT = 5
ENOUGH_HOMES = 500
HALF_REQUESTS = 5
# Fewer requests than this are never told apart: neither in words nor in the score.
FEW_REQUESTS = 5
SCORE_OF_FEW = 0.2
RESTED_MONTHS = 36
UNKNOWN = 0.5
TURN = "town"


@dataclass(frozen=True)
class Figures:
    """What is known of one place on the day; None where it is not known."""

    town: str = ""
    yearly: float | None = None
    recorded: int | None = None
    near_homes: float | None = None
    last: int | None = None
    before: int | None = None
    households: int | None = None
    tenth: float | None = None  # of deprivation, 1 the most deprived; the mean of its homes
    requests: int = 0
    months_since: float | None = None  # since the last walk; None was never walked
    last_walk: str | None = None
    planned: str | None = None
    in_hand: int = 0
    late: int = 0
    last_due: str | None = None
    measures: int = 0
    to_check: int = 0
    town_walks: int = 0  # of the town in the last 24 months, and those planned

    @property
    def rate(self):
        """Crimes a year for each 1,000 homes."""
        if self.yearly is None or not self.households:
            return None
        return 1000 * self.yearly / self.households


@dataclass(frozen=True)
class Whole:
    """What the places are held against: the force's crimes in the two periods compared."""

    last: int
    before: int
    months: int


@dataclass(frozen=True)
class Criterion:
    key: str
    name: str
    asks: str  # what it measures, in plain words
    source: str
    scored: str  # how the figure becomes a score
    usual: int  # weight
    family: str  # crime, people or fair: the hue of its bar
    score: Callable | None = None  # (list of Figures, Whole) → (places,); None for the turn


def _column(figures, name):
    return np.array([_nan(getattr(one, name)) for one in figures], dtype=float)


def _nan(value):
    return np.nan if value is None else value


def _near_homes(figures, whole):
    share = _column(figures, "near_homes")
    homes = np.nan_to_num(_column(figures, "households"), nan=ENOUGH_HOMES)
    return np.where(
        np.isnan(share), UNKNOWN, np.nan_to_num(share) * np.minimum(1, homes / ENOUGH_HOMES)
    )


def _trend(figures, whole):
    last, before = _column(figures, "last"), _column(figures, "before")
    known = np.isfinite(last) & np.isfinite(before)
    scores = np.full(len(figures), UNKNOWN)
    if whole.months:
        scores[known] = rise(last[known], before[known], whole.last, whole.before)
    return scores


def _deprivation(figures, whole):
    return np.nan_to_num((10.5 - _column(figures, "tenth")) / 10, nan=UNKNOWN)


def _requests(figures, whole):
    asked = _column(figures, "requests")
    few = np.where(asked > 0, SCORE_OF_FEW, 0.0)
    return np.where(asked < FEW_REQUESTS, few, saturating(asked, HALF_REQUESTS))


def _rested(figures, whole):
    months = np.nan_to_num(_column(figures, "months_since"), nan=RESTED_MONTHS)
    return np.minimum(1, months / RESTED_MONTHS)


POLICE = "Recorded crime, data.police.uk"
CENSUS = f"{POLICE}; homes from the census"
OURS = "This site"
STANDING = "The share of the other places that it stands above."
EACH_LESS = "1 for none, a half for one, a third for two, and so on."

CRITERIA = (
    Criterion(
        key="crime",
        name="Crime",
        asks="How many crimes are recorded near here in a year. Recent months count more.",
        source=POLICE,
        scored=STANDING,
        usual=2,
        family="crime",
        score=lambda figures, whole: standing(_column(figures, "yearly")),
    ),
    Criterion(
        key="rate",
        name="Crime for each home",
        asks="The same crimes, held against how many homes there are.",
        source=CENSUS,
        scored=STANDING,
        usual=1,
        family="crime",
        score=lambda figures, whole: standing(_column(figures, "rate")),
    ),
    Criterion(
        key="homes",
        name="Homes, not town centres",
        asks="How many thefts were near homes, and not at shops, car parks or stations.",
        source=CENSUS,
        scored=f"That share; less in proportion where there are under {ENOUGH_HOMES} homes.",
        usual=4,
        family="crime",
        score=_near_homes,
    ),
    Criterion(
        key="trend",
        name="Getting worse",
        asks="Whether crime rose more here than in the whole police area.",
        source=POLICE,
        scored="How clear the difference is: 0.5 is none, 1 a clear rise, 0 a clear fall.",
        usual=1,
        family="crime",
        score=_trend,
    ),
    Criterion(
        key="deprivation",
        name="Deprivation",
        asks="How deprived the homes here are, beside the rest of England.",
        source="Indices of Deprivation; homes from the census",
        scored="0.95 in the most deprived tenth, 0.05 in the least; the mean of its homes.",
        usual=3,
        family="people",
        score=_deprivation,
    ),
    Criterion(
        key="requests",
        name="Residents ask for it",
        asks="How many times people asked us for a walk here since the last one.",
        source=OURS,
        scored=f"0 for none, {SCORE_OF_FEW} for one to four, a half for five; then each adds less.",
        usual=4,
        family="people",
        score=_requests,
    ),
    Criterion(
        key="since",
        name="Time since the last walk",
        asks="How long ago we walked here.",
        source=OURS,
        scored="Grows for three years up to 1. A place never walked has 1.",
        usual=2,
        family="fair",
        score=_rested,
    ),
    Criterion(
        key="promises",
        name="Promises kept first",
        asks="How many promises made here are still in hand. A late one does not count: "
        "then it is time to come back.",
        source=OURS,
        scored=EACH_LESS,
        usual=2,
        family="fair",
        score=lambda figures, whole: 1 / (1 + _column(figures, "in_hand")),
    ),
    Criterion(
        key=TURN,
        name="Towns take turns",
        asks="How many walks the town had in two years or has planned, and how many of its places "
        "come before this one.",
        source=OURS,
        scored=EACH_LESS,
        usual=2,
        family="fair",
    ),
)

USUAL = {one.key: one.usual for one in CRITERIA}
# Ready-made weights that an office may begin from.
PRESETS = {
    "usual": ("Balanced", USUAL),
    "crime": (
        "Crime first",
        USUAL | {"crime": 5, "rate": 3, "homes": 2, "trend": 3, "deprivation": 1, "requests": 1},
    ),
    "residents": (
        "Residents first",
        USUAL | {"crime": 1, "rate": 1, "homes": 4, "deprivation": 2, "requests": 5, "town": 3},
    ),
    "counts": ("Counts of crime alone", dict.fromkeys(USUAL, 0) | {"crime": 5}),
}


def scores_of(figures, whole):
    """(places × criteria), without the turn, in the order of CRITERIA."""
    columns = [one.score(figures, whole) for one in CRITERIA if one.score]
    return np.column_stack(columns) if figures else np.empty((0, len(columns)))
