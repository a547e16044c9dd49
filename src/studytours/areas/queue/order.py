"""The queue: every place with its figures, what each criterion gave it, and why it waits."""

from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
from django.utils import timezone
from shapely.geometry import Point

from placestats import priorities
from studytours.areas.facts import NOTHING_KNOWN, RECENT_MONTHS, facts_of
from studytours.areas.kept import kept, state_of_the_data
from studytours.areas.models import Area, Decision, Hold, WalkRequest, Weighting
from studytours.areas.places import home_force
from studytours.core.errors import Refused
from studytours.crime.queries import months

from . import criteria
from .criteria import CRITERIA, TURN, USUAL, Criterion, Figures, Whole
from .measure import Shape, crimes_in, homes_at
from .places import Place, places_for, same_place
from .reasons import said, speaks_for, why_not_yet, why_waits

DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Part:
    """What one criterion did for one place."""

    criterion: Criterion
    said: str
    score: float
    weight: int
    points: float  # of 100
    starts: float = 0.0  # where its piece of the bar begins


@dataclass(frozen=True)
class Row:
    place: Place
    figures: Figures
    rank: int  # 0 for a place that waits
    by_counts: int  # its rank by crimes a year alone; 0 where none are counted
    points: float
    parts: tuple[Part, ...]
    ahead: int  # places of its town before it
    waits: str = ""
    hold: Hold | None = None
    decision: Decision | None = None
    not_yet: tuple[str, ...] = ()

    @property
    def speaks_for(self):
        return speaks_for(self)


@dataclass(frozen=True)
class Queue:
    rules: Weighting
    force: str
    months: tuple[str, ...]
    whole: Whole
    rows: tuple[Row, ...]  # in order
    chosen: tuple[Row, ...]  # decided for, and no walk is planned yet
    waiting: tuple[Row, ...]
    lapsed: tuple[Hold, ...] = ()  # holds whose review date has come

    @property
    def everything(self):
        return (*self.rows, *self.chosen, *self.waiting)

    def row(self, key):
        """The row of a place, or None."""
        return next((row for row in self.everything if row.place.key == key), None)

    def nearest(self, lon, lat):
        """The row whose place has its middle nearest to a point."""
        here = Point(lon, lat)
        return min(self.everything, key=lambda row: row.place.geometry.centroid.distance(here))

    def public(self):
        """Only places anyone may know of, numbered anew; reasons name no other."""
        shown = [row for row in self.rows if row.place.is_public]
        rows = [replace(row, rank=at) for at, row in enumerate(shown, 1)]
        return replace(
            self,
            rows=_with_reasons(rows),
            chosen=tuple(row for row in self.chosen if row.place.is_public),
            waiting=tuple(row for row in self.waiting if row.place.is_public),
        )


def current_rules():
    """The weights that the office published last; the usual ones until it has."""
    return Weighting.objects.select_related("by").first() or Weighting(weights=USUAL)


def current_queue(today=None):
    return queue_of(current_rules(), today)


def queue_of(rules, today=None):
    """The queue by these rules, on this day."""
    today = today or timezone.localdate()
    force = home_force()
    places, asked = places_for(rules, force, requests_that_count(today))
    shapes = tuple(Shape.of(place) for place in places)
    state = state_of_the_data()
    counts = kept(crimes_in, force, rules.crimes, shapes, state=state)
    homes = kept(homes_at, shapes, state=state)
    whole = Whole(*counts.of_all, counts.compared)
    facts = facts_of(Area.objects.all(), today)
    decided = _decided(places, facts, today)
    figures = figures_of_places(places, counts, homes, facts, asked, decided, today)
    if rules.town:
        of_town = [at for at, one in enumerate(figures) if _same_town(one.town, rules.town)]
        places, figures, decided = (
            [each[at] for at in of_town] for each in (places, figures, decided)
        )
    holds = list(Hold.objects.filter(ended_at=None))
    held = [_of(place, [one for one in holds if one.review_on > today]) for place in places]
    waits = [why_waits(*each) for each in zip(figures, held, decided, strict=True)]
    rows, waiting = put_in_order(places, figures, whole, rules.weights, waits)
    known = {place.key: each for place, *each in zip(places, held, decided, strict=True)}
    waiting = [_with_cause(row, *known[row.place.key]) for row in waiting]
    return Queue(
        rules, force, tuple(months(force)), whole, rows,
        chosen=tuple(row for row in waiting if row.decision and not row.figures.planned),
        waiting=tuple(row for row in waiting if not row.decision or row.figures.planned),
        lapsed=tuple(hold for hold in holds if hold.review_on <= today),
    )  # fmt: skip


def _with_cause(row, hold, decision):
    return replace(row, hold=hold, decision=decision)


def requests_that_count(today):
    """Requests of the last 24 months that are not hidden."""
    since = today - timedelta(days=RECENT_MONTHS * DAYS_A_MONTH)
    return list(WalkRequest.objects.filter(hidden_at=None, at__date__gte=since).order_by("pk"))


def _decided(places, facts, today):
    """The decision for each place that no walk has followed yet, or None."""
    since = today - timedelta(days=RECENT_MONTHS * DAYS_A_MONTH)
    recent = Decision.objects.filter(withdrawn_at=None, at__date__gte=since)
    recent = list(recent.only("name", "geometry", "reason", "at"))
    found = [_of(place, recent) for place in places]
    return [one if one and not _followed(one, place, facts) else None
            for one, place in zip(found, places, strict=True)]  # fmt: skip


def _followed(decision, place, facts):
    last = facts[place.area.pk].last_walk if place.area else None
    return last is not None and last >= timezone.localtime(decision.at).date()


def figures_of_places(places, counts, homes, facts, asked, decided, today):
    """Figures of each place, from what was counted and what is known of the areas."""
    known = [facts[place.area.pk] if place.area else NOTHING_KNOWN for place in places]
    towns = [place.town or one.town for place, one in zip(places, homes, strict=True)]
    walks = {}
    for town, one, decision in zip(towns, known, decided, strict=True):
        to_come = one.planned is not None or decision is not None
        walks[_town(town)] = walks.get(_town(town), 0) + one.walks + to_come
    return [
        Figures(
            town=towns[at],
            yearly=counts.yearly[at],
            recorded=counts.recorded[at],
            near_homes=counts.near_homes[at],
            last=counts.last[at],
            before=counts.before[at],
            households=homes[at].households,
            tenth=homes[at].tenth,
            requests=_since_the_walk(asked.get(place.key, ()), known[at].last_walk),
            town_walks=walks[_town(towns[at])] if _town(towns[at]) else 0,
            **_of_facts(known[at], today),
        )
        for at, place in enumerate(places)
    ]


def _of_facts(facts, today):
    last = facts.last_walk
    return {
        "months_since": (today - last).days / DAYS_A_MONTH if last else None,
        "last_walk": last and last.isoformat(),
        "planned": facts.planned and facts.planned.isoformat(),
        "in_hand": facts.in_hand,
        "late": facts.late,
        "last_due": facts.last_due and facts.last_due.isoformat(),
        "measures": facts.measures,
        "to_check": facts.to_check,
    }


def _since_the_walk(requests, last_walk):
    """A walk answers what was asked before it."""
    if last_walk is None:
        return len(requests)
    return sum(timezone.localtime(one.at).date() > last_walk for one in requests)


def _town(name):
    return name.strip().casefold()


def _same_town(one, other):
    return _town(one) == _town(other)


def _of(place, found):
    """The first of some holds or decisions that is about this place."""
    return next((one for one in found if same_place(place.geometry, one.geometry)), None)


def put_in_order(places, figures, whole, weights, waits):
    """Rows in order, and rows that wait (`waits` says why, or "").

    All are compared with each other; only the first take turns.
    """
    scores = criteria.scores_of(figures, whole)
    by_counts = ranks_by_counts(figures)
    found = []
    for late in (False, True):
        chosen = [at for at, why in enumerate(waits) if bool(why) is late]
        rows = _rows(chosen, places, figures, scores, whole, weights, by_counts)
        found.append(
            [
                replace(row, rank=0, ahead=0, waits=waits[at]) if late else row
                for at, row in zip(chosen, rows, strict=True)
            ]
        )
    rows, waiting = found
    rows.sort(key=lambda row: row.rank)
    waiting.sort(key=lambda row: -row.points)
    return _with_reasons(rows), tuple(waiting)


def _with_reasons(rows):
    """Each row with what keeps it from being the first."""
    several = len({_town(row.figures.town) for row in rows}) > 1
    return tuple(replace(row, not_yet=tuple(why_not_yet(row, rows[0], several))) for row in rows)


def ranks_by_counts(figures):
    """1 for the most crimes a year; 0 where they are not counted."""
    known = [at for at, one in enumerate(figures) if one.yearly is not None]
    ranks = [0] * len(figures)
    for rank, at in enumerate(sorted(known, key=lambda at: (-figures[at].yearly, at)), 1):
        ranks[at] = rank
    return ranks


def _rows(chosen, places, figures, scores, whole, weights, by_counts):
    figures, places = [figures[at] for at in chosen], [places[at] for at in chosen]
    found = weighed(figures, scores[chosen], weights)
    all_scores = np.column_stack([scores[chosen], found.turn])
    return [
        Row(
            place=place,
            figures=figures[at],
            rank=int(found.rank[at]),
            by_counts=by_counts[chosen[at]],
            points=float(100 * found.priority[at]),
            parts=_parts(
                figures[at], whole, weights, all_scores[at], 100 * found.contributions[at],
                int(found.ahead[at]),
            ),
            ahead=int(found.ahead[at]),
        )
        for at, place in enumerate(places)
    ]  # fmt: skip


def weighed(figures, scores, weights):
    """The order of places by their scores, the towns taking turns."""
    check_weights(weights)
    towns, groups, had = {}, [], []
    for at, one in enumerate(figures):
        # A place without a town is a town of its own.
        town = _town(one.town) or f"({at})"
        if town not in towns:
            towns[town] = len(towns)
            had.append(one.town_walks)
        groups.append(towns[town])
    values = [weights.get(one.key, 0) for one in CRITERIA]
    return priorities(scores, values, groups=np.array(groups, dtype=int), had=np.array(had, float))


def check_weights(weights):
    """Refuse what cannot be weighed."""
    if unknown := set(weights) - set(USUAL):
        raise Refused(f"“{sorted(unknown)[0]}” is not a criterion of the queue.")
    most = criteria.MOST_WEIGHT
    if not all(isinstance(one, int) and 0 <= one <= most for one in weights.values()):
        raise Refused("A weight is not a whole number.", cure=f"Use 0 to {most}.")
    if not any(weights.values()):
        raise Refused("All weights are 0.", cure="Give at least one criterion some weight.")


def _parts(figures, whole, weights, scores, points, ahead):
    parts, starts = [], 0.0
    for at, one in enumerate(CRITERIA):
        weight = weights.get(one.key, 0)
        words = said(one.key, figures, whole, ahead if one.key == TURN else 0)
        part = Part(one, words, float(scores[at]), weight, float(points[at]), starts)
        parts.append(part)
        starts += part.points
    return tuple(parts)
