"""In which order places come when several criteria are weighed, and what each criterion did."""

from dataclasses import dataclass

import numpy as np

from placestats.refusals import same_length, whole_table

# Sums that differ by less than this are level: the last bit of a float decides nothing.
LEVEL = 12


@dataclass(frozen=True)
class Priorities:
    """`contributions` add up to `priority` for each place; the best possible place has 1."""

    order: np.ndarray  # (places,) indices, first the one that comes first
    rank: np.ndarray  # (places,) 1 for the first
    priority: np.ndarray  # (places,) between 0 and 1
    contributions: np.ndarray  # (places × criteria), with `groups` one column more: the turn
    turn: np.ndarray  # (places,) score for taking turns; ones without `groups`
    ahead: np.ndarray  # (places,) places of the same group that come before; zeros without

    def summary(self):
        if not len(self.order):
            return "There is no place to put in order."
        first, last = self.priority[self.order[[0, -1]]]
        given = self.contributions.sum(axis=0)
        most = int(np.argmax(given))
        share = given[most] / given.sum() if given.any() else 0.0
        return (
            f"{len(self.order):,} places in order; the first has {first:.0%} of what is possible, "
            f"the last {last:.0%}. Criterion {most + 1} gave most: {share:.0%} of all."
        )


def priorities(scores, weights, *, groups=None, had=None):
    """Order places by the weighted mean of their scores; groups may take turns.

    scores   (places × criteria), each between 0 and 1, 1 speaking most for a place.
    weights  (criteria,), not negative, one at least above zero; only their proportions count. With
             `groups` one more, the last: how much taking turns weighs.
    groups   (places,) whole numbers from 0: which places belong together, e.g. to one town.
    had      (groups,) how many turns each group had already, e.g. walks; zeros by default.

    Places are called one by one, each time the one with the highest priority, where
    1 / (1 + turns had + places of the group called before) is the score of the turn (the divisors
    of Jefferson and D'Hondt): a group waits the longer, the more it had. Of places that are level
    the first given comes first. A higher score never puts a place further back.

    Errors: ValueError for scores outside 0 to 1, weights that are negative, all zero or of another
    length, groups of another length or without their entry in `had`.
    """
    scores, weights = whole_table(scores, "scores", 2), whole_table(weights, "weights", 1)
    if (scores > 1).any():
        raise ValueError("scores holds a value above 1.")
    places, criteria = scores.shape
    wanted = criteria + (groups is not None)
    if len(weights) != wanted:
        raise ValueError(f"weights must name {wanted} criteria, not {len(weights)}.")
    if not weights.sum() > 0:
        raise ValueError("One weight at least must be above zero.")
    weights = weights / weights.sum()
    own = scores * weights[:criteria]
    if groups is None:
        order = np.argsort(-own.sum(axis=1).round(LEVEL), kind="stable")
        return _result(order, own, np.ones(places), np.zeros(places, dtype=int))
    groups, had = _groups(groups, had, places)
    order, turn, ahead = _called(own.sum(axis=1), weights[-1], groups, had)
    return _result(order, np.column_stack([own, weights[-1] * turn]), turn, ahead)


def _groups(groups, had, places):
    groups = np.asarray(groups, dtype=int)
    same_length(groups, np.empty(places), "groups and scores")
    wanted = groups.max(initial=-1) + 1
    had = np.zeros(wanted) if had is None else whole_table(had, "had", 1)
    if groups.min(initial=0) < 0 or len(had) < wanted:
        raise ValueError(f"had must name each of the groups 0 to {wanted - 1}, from 0.")
    return groups, had


def _called(own, weight, groups, had):
    """Order, score of the turn and number of the group's places before, place by place."""
    places = len(own)
    order, turn = np.empty(places, dtype=int), np.empty(places)
    ahead, before = np.empty(places, dtype=int), np.zeros(len(had), dtype=int)
    waiting = np.ones(places, dtype=bool)
    for at in range(places):
        now = 1 / (1 + had + before)
        total = (own + weight * now[groups]).round(LEVEL)
        best = int(np.argmax(np.where(waiting, total, -1.0)))
        group = groups[best]
        order[at], turn[best], ahead[best] = best, now[group], before[group]
        before[group] += 1
        waiting[best] = False
    return order, turn, ahead


def _result(order, contributions, turn, ahead):
    rank = np.empty(len(order), dtype=int)
    rank[order] = np.arange(1, len(order) + 1)
    return Priorities(order, rank, contributions.sum(axis=1), contributions, turn, ahead)
