"""Stops are numbered from 1 without gaps, whatever happens to them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import box
from tests.walks import open_walk

from studytours.areas.operations import make_area
from studytours.core.errors import Refused
from studytours.measures.operations import register_measure
from studytours.tours import operations

from .conftest import NOW, START


def names(tour):
    return [stop.name for stop in tour.stops.all()]


def numbers(tour):
    return list(tour.stops.values_list("number", flat=True))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "name of the stop is missing"), ({"minutes": 121}, "0 to 120"),
        ({"minutes": -1}, "0 to 120"), ({"lat": 52.3}, "not in Great Britain"),
        ({"lat": 0.0, "lon": 0.0}, "not in Great Britain"),
    ],
)  # fmt: skip
def test_a_wrong_stop_is_refused(tour, wrong, says):
    with pytest.raises(Refused, match=says):
        operations.add_stop(tour, **{"name": "Stop", **wrong}, now=NOW)
    with pytest.raises(Refused, match=says):
        operations.change_stop(tour.stops.first(), **{"name": "Stop", **wrong}, now=NOW)
    assert names(tour) == ["Kilnway garages", "Olympic Way bridge"]


def test_a_measure_of_another_area_is_refused(tour, coordinator):
    other = make_area(
        name="Elsewhere", geometry=box(-0.9, 52.2, -0.89, 52.21), made_from="drawn", why="Because",
        by=coordinator, now=NOW,
    )  # fmt: skip
    lamp = register_measure(kind="lighting", name="Lamps", place="Elsewhere", area=other, now=NOW)
    with pytest.raises(Refused, match="not in the area"):
        operations.add_stop(tour, name="Stop", measures=[lamp], now=NOW)
    assert tour.stops.count() == 2


def test_a_tour_has_at_most_25_stops(tour):
    operations.set_stops(tour, [{"name": f"Stop {n}"} for n in range(25)], now=NOW)
    with pytest.raises(Refused, match="at most 25"):
        operations.add_stop(tour, name="One more", now=NOW)


def test_too_many_new_stops_leave_the_old_ones(tour):
    with pytest.raises(Refused):
        operations.set_stops(tour, [{"name": f"Stop {n}"} for n in range(26)], now=NOW)
    assert names(tour) == ["Kilnway garages", "Olympic Way bridge"]


@pytest.mark.parametrize("to", [0, 3, -1])
def test_a_stop_is_not_moved_to_a_place_that_is_not_there(tour, to):
    with pytest.raises(Refused, match="There is no place"):
        operations.move_stop(tour.stops.first(), to, now=NOW)


def test_two_stops_are_swapped(tour):
    operations.move_stop(tour.stops.get(number=2), 1, now=NOW)
    assert names(tour) == ["Olympic Way bridge", "Kilnway garages"]
    assert numbers(tour) == [1, 2]


def test_once_phones_hold_the_numbers_stops_are_added_and_reworded_but_not_moved(tour):
    open_walk(tour, now=START)
    stop = tour.stops.get(number=1)
    for refused in (
        lambda: operations.move_stop(stop, 2, now=START),
        lambda: operations.remove_stop(stop, now=START),
        lambda: operations.set_stops(tour, [], now=START),
    ):
        with pytest.raises(Refused, match="Phones hold these numbers"):
            refused()
    operations.change_stop(stop, name="Kilnway, the garages", now=START)
    operations.add_stop(tour, name="The shop", now=START)
    assert names(tour) == ["Kilnway, the garages", "Olympic Way bridge", "The shop"]


def test_after_the_walk_no_stop_changes(tour):
    open_walk(tour, now=START)
    operations.close_walk(tour, now=START)
    with pytest.raises(Refused):
        operations.add_stop(tour, name="Too late", now=START)


def test_measures_are_attached_and_taken_off_again(tour, gates):
    stop = operations.add_stop(tour, name="Gates", measures=[gates], now=NOW)
    assert [measure.ref for measure in stop.measures.all()] == [gates.ref]
    operations.change_stop(stop, name="Gates", now=NOW)
    assert not stop.measures.exists()


CHANGES = st.lists(
    st.tuples(st.sampled_from(["add", "remove", "move"]), st.integers(0, 9), st.integers(0, 9)),
    max_size=12,
)


@given(changes=CHANGES)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_numbers_stay_whole_and_in_the_order_of_a_plain_list(tour, changes):
    """The twin is a Python list; the database must always say the same."""
    operations.set_stops(tour, [{"name": "A"}, {"name": "B"}], now=NOW)
    twin, letters = ["A", "B"], iter("CDEFGHIJKLMNOP")
    for change, one, other in changes:
        if change == "add":
            name = next(letters)
            operations.add_stop(tour, name=name, now=NOW)
            twin.append(name)
        elif twin and change == "remove":
            number = one % len(twin) + 1
            operations.remove_stop(tour.stops.get(number=number), now=NOW)
            twin.pop(number - 1)
        elif twin:
            number, to = one % len(twin) + 1, other % len(twin) + 1
            operations.move_stop(tour.stops.get(number=number), to, now=NOW)
            twin.insert(to - 1, twin.pop(number - 1))
        assert names(tour) == twin
        assert numbers(tour) == list(range(1, len(twin) + 1))
