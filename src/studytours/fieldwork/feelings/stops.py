"""Feelings at the stops of a walk, and which stops of two walks are the same."""

import math
from dataclasses import dataclass
from statistics import median

from studytours.core.geometry import to_grid

from ..models import Observation
from ..pack import FEELINGS
from ..questions.queries import FEWEST

# Two stops this close are one place to stand.
SAME_METRES = 25
SCORES = {code: label.lower() if label != "OK" else label for code, label in FEELINGS}
UNEASY = 1


@dataclass(frozen=True)
class Felt:
    """What people said at one stop on one walk, each person once."""

    scores: tuple = ()  # 0 frightened to 3 comfortable, sorted

    @property
    def people(self):
        return len(self.scores)

    @property
    def is_enough(self):
        return self.people >= FEWEST

    @property
    def middle(self):
        return median(self.scores) if self.scores else None

    @property
    def words(self):
        """ "uneasy"; "between uneasy and OK" where the middle falls between two."""
        low, high = (SCORES[whole(self.middle)] for whole in (math.floor, math.ceil))
        return low if low == high else f"between {low} and {high}"

    @property
    def afraid(self):
        """The share that was frightened or uneasy, in percent."""
        return round(100 * sum(score <= UNEASY for score in self.scores) / self.people)


def felt_at_stops(tour):
    """({stop id: Felt}, how many answers were given in the dark, how many in all).

    A phone counts once at a stop, with what it said last. Rows from paper are people of their own.
    """
    corrected = Observation.objects.filter(tour=tour, corrects__isnull=False).values("corrects")
    rows = (
        Observation.objects.filter(
            tour=tour, stop__isnull=False, feeling__isnull=False, set_aside=""
        )
        .exclude(uuid__in=corrected)
        .order_by("captured_at", "uuid")
        .values_list("stop_id", "device_id", "uuid", "feeling", "dark")
    )
    said = {}
    for stop, device, uuid, feeling, dark in rows:
        score = feeling.get("score") if isinstance(feeling, dict) else None
        if type(score) is int and score in SCORES:
            said[stop, device or uuid] = (score, dark)
    felt = {}
    for (stop, _), (score, _) in said.items():
        felt.setdefault(stop, []).append(score)
    in_the_dark = sum(dark is True for _, dark in said.values())
    return {stop: Felt(tuple(sorted(scores))) for stop, scores in felt.items()}, in_the_dark


def same_stops(earlier, later):
    """[(stop of one walk, the same stop of the other)], in the order of the later walk.

    By place, the nearest first; by name where one has no place. Each stop belongs to one other.
    """
    near = sorted(
        (metres, one.number, other.number, one, other)
        for one in earlier
        for other in later
        for metres in [_apart(one, other)]
        if metres <= SAME_METRES
    )
    pairs, taken = [], set()
    for *_, one, other in near:
        if not taken & {("earlier", one.pk), ("later", other.pk)}:
            taken |= {("earlier", one.pk), ("later", other.pk)}
            pairs.append((one, other))
    return sorted(pairs, key=lambda pair: pair[1].number)


def _apart(one, other):
    """Metres between two stops. Without a place, those of one name are at one place."""
    if None in (one.lat, other.lat):
        return 0 if one.name.casefold() == other.name.casefold() else math.inf
    here, there = (to_grid(stop.lon, stop.lat) for stop in (one, other))
    return math.dist(here, there)
