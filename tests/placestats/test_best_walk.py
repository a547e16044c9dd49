"""The walk of most value within a time: never too long, never past a required stop, never twice."""

import dataclasses
import itertools

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.placestats import textbook

from placestats import NoWalk, best_walk, prove_walk
from placestats.routes import best_walk as module
from placestats.routes.shorten import shorten


def plane(points, seed):
    """Times between random places, values and dwell times."""
    rng = np.random.default_rng(seed)
    x, y = rng.integers(0, 60, (2, points)).astype(float)
    travel = np.hypot(x[:, None] - x, y[:, None] - y)
    return travel, rng.integers(0, 10, points).astype(float), rng.integers(0, 8, points) * 1.0


@st.composite
def tasks(draw, most):
    n = draw(st.integers(2, most))
    travel, value, dwell = plane(n, draw(st.integers(0, 10**6)))
    if draw(st.booleans()):  # uphill takes longer than downhill
        travel = travel * np.random.default_rng(n).uniform(0.8, 1.6, (n, n))
        for point in range(n):  # no way is longer than by another point
            travel = np.minimum(travel, travel[:, point, None] + travel[point])
    start, end = draw(st.integers(0, n - 1)), draw(st.integers(0, n - 1))
    required = draw(st.sets(st.integers(0, n - 1), max_size=2))
    budget = draw(st.integers(20, 300))
    return (travel, value, dwell), {
        "budget": float(budget), "start": start, "end": end, "required": sorted(required),
    }  # fmt: skip


def searched(numbers, options, monkeypatch_few=0):
    """The same task by searching, however few its stops are."""
    few, module.FEW = module.FEW, monkeypatch_few
    try:
        return best_walk(*numbers, **options, seconds=0.05)
    finally:
        module.FEW = few


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"travel": [[0.0, 1.0]]}, "square"),
        ({"travel": [[0.0, -1.0], [1.0, 0.0]]}, "negative"),
        ({"travel": [[0.0, np.nan], [1.0, 0.0]]}, "missing"),
        ({"value": [1.0]}, "same length"),
        ({"dwell": [0.0, -1.0]}, "negative"),
        ({"budget": 0.0}, "above zero"),
        ({"start": 2}, "start must name points from 0 to 1"),
        ({"required": [5]}, "required must name points"),
    ],
)
def test_bad_input_is_refused(change, why):
    task = {
        "travel": [[0.0, 1.0], [1.0, 0.0]], "value": [0.0, 1.0], "dwell": [0.0, 0.0],
        "budget": 5.0, "start": 0, "end": 0,
    }  # fmt: skip
    with pytest.raises(ValueError, match=why):
        best_walk(**(task | change))


def line(*places):
    """Places along one street."""
    return np.abs(np.subtract.outer(places, places)).astype(float)


def test_a_budget_below_the_shortest_way_is_refused_with_both_times():
    with pytest.raises(NoWalk, match=r"takes 10\.0, the budget is 9\.0"):
        best_walk(line(0, 10), [0, 0], [0, 0], budget=9, start=0, end=1)


def test_a_required_stop_out_of_reach_is_named_with_what_it_takes():
    with pytest.raises(NoWalk, match=r"Point 2 .* takes 41\.0 of 30\.0"):
        best_walk(line(0, 5, 20), [0, 1, 1], [0, 0, 1], budget=30, start=0, end=0, required=[2])


@pytest.mark.parametrize("few", [0, 11])
def test_required_stops_that_do_not_fit_together_are_refused(few):
    numbers = line(0, 14, -14), [0, 1, 1], [0, 0, 0]
    options = {"budget": 30.0, "start": 0, "end": 0, "required": [1, 2]}
    with pytest.raises(NoWalk, match=r"do not fit.*56\.0"):
        searched(numbers, options, few)


def test_a_footpath_that_joins_nothing_is_left_out_and_named():
    travel = line(0, 5, 9)
    travel[2, :2] = travel[:2, 2] = np.inf
    walk = best_walk(travel, [0, 1, 9], [0, 0, 0], budget=60, start=0, end=0)
    assert walk.order.tolist() == [0, 1, 0] and walk.out_of_reach.tolist() == [2]


def test_it_goes_there_and_back_for_the_stops_that_are_worth_most():
    walk = best_walk(line(0, 4, -9, 6), [0, 2, 5, 3], [0, 1, 1, 1], budget=16, start=0, end=0)
    assert walk.order.tolist() in ([0, 1, 3, 0], [0, 3, 1, 0])
    assert (walk.value, walk.duration, walk.proven) == (5.0, 14.0, True)
    assert "4 points worth 5 in 14.0 of 16.0. Best possible, proven." in walk.summary()


def test_time_at_the_start_counts_once_when_it_is_the_end_too():
    walk = best_walk(line(0, 5), [1, 1], [3, 2], budget=15, start=0, end=0)
    assert (walk.value, walk.duration) == (2.0, 15.0)


@settings(max_examples=60)
@given(tasks(7))
def test_few_stops_are_weighed_in_every_way(task):
    numbers, options = task
    expected = textbook.every_walk(*numbers, **options)
    if expected is None:
        with pytest.raises(NoWalk):
            best_walk(*numbers, **options)
        return
    walk = best_walk(*numbers, **options)
    assert walk.proven
    assert (walk.value, walk.duration) == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(3))
def test_of_nine_points_the_search_finds_what_trying_everything_finds(seed):
    numbers, options = plane(9, seed), {"budget": 120.0, "start": 0, "end": 8, "required": [4]}
    expected = textbook.every_walk(*numbers, **options)
    assert searched(numbers, options).value == pytest.approx(expected[0])


@settings(max_examples=40)
@given(tasks(24))
def test_a_searched_walk_keeps_every_promise(task):
    (travel, value, dwell), options = task
    try:
        walk = searched((travel, value, dwell), options)
    except NoWalk:
        assume(False)
    order, visited = walk.order, np.unique(walk.order)
    inner = order[1:-1]
    assert (order[0], order[-1]) == (options["start"], options["end"])
    assert len(set(inner)) == len(inner) and not {order[0], order[-1]} & set(inner)
    assert set(options["required"]) <= set(order)
    took = travel[order[:-1], order[1:]].sum() + dwell[visited].sum()
    assert walk.duration == pytest.approx(took) and took <= options["budget"] + 1e-6
    assert walk.value == pytest.approx(value[visited].sum())


def proven(numbers, options, seconds=20.0):
    walk = searched(numbers, options)
    return walk, prove_walk(*numbers, **options, walk=walk, seconds=seconds)


@settings(max_examples=60)
@given(tasks(9))
def test_no_walk_is_worth_more_than_the_bound_and_the_proof_meets_it(task):
    (travel, value, dwell), options = task
    expected = textbook.every_walk(travel, value, dwell, **options)
    assume(expected is not None)
    walk, best = proven((travel, value, dwell), options)
    assert walk.value <= expected[0] + 1e-9 <= walk.bound + 1e-6
    assert best.proven and best.bound == pytest.approx(expected[0]) == best.value


@pytest.mark.parametrize("seed", range(4))
def test_a_proof_begins_with_a_poor_walk_and_ends_with_the_best(seed):
    numbers, options = plane(10, seed), {"budget": 150.0, "start": 2, "end": 2 if seed % 2 else 5}
    poor = searched(numbers, options, 0)
    poor = dataclasses.replace(poor, order=np.array([2, options["end"]]), bound=np.inf)
    best = prove_walk(*numbers, **options, walk=poor)
    assert best.value == best.bound == searched(numbers, options, 11).value


@settings(max_examples=10)
@given(tasks(22))
def test_a_proof_keeps_every_promise(task):
    (travel, value, dwell), options = task
    try:
        walk, best = proven((travel, value, dwell), options, seconds=1.0)
    except NoWalk:
        assume(False)
    visited, inner = np.unique(best.order), best.order[1:-1]
    assert len(set(inner)) == len(inner) and set(options["required"]) <= set(best.order)
    assert best.value == pytest.approx(value[visited].sum()) and best.duration <= best.budget + 1e-6
    assert walk.value <= best.value <= best.bound <= walk.bound


def test_the_summary_says_how_good_the_walk_is():
    walk = best_walk(line(0, 4), [0, 3], [0, 0], budget=20, start=0, end=0)
    assert "Best possible, proven." in walk.summary()
    assert "Within 25.0 % of the bound." in dataclasses.replace(walk, bound=4.0).summary()


def test_thirty_stops_are_proven():
    numbers, options = plane(31, 11), {"budget": 120.0, "start": 0, "end": 0}
    walk = best_walk(*numbers, **options, seconds=1.0)
    best = prove_walk(*numbers, **options, walk=walk, seconds=120)
    assert best.proven and best.value >= walk.value and best.bound <= walk.bound


@settings(max_examples=40)
@given(tasks(12))
def test_shortening_keeps_the_stops_and_takes_no_longer(task):
    (travel, _, _), options = task
    start, end = options["start"], options["end"]
    stops = np.array([p for p in range(len(travel)) if p not in (start, end)], dtype=int)

    def took(stops):
        walk = [start, *stops, end]
        return sum(travel[a, b] for a, b in itertools.pairwise(walk))

    short = shorten(stops, travel, start, end)
    assert sorted(short) == sorted(stops) and took(short) <= took(stops) + 1e-9


def test_the_same_seed_gives_the_same_walk():
    numbers, options = plane(20, 5), {"budget": 150.0, "start": 0, "end": 0}
    first, second = (
        best_walk(*numbers, **options, seconds=60, rng=np.random.default_rng(7)) for _ in range(2)
    )
    assert first.order.tolist() == second.order.tolist()
