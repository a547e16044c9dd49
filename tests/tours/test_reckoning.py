"""Sunset, the way, and what is worth a stop."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytours.measures.operations import record_check
from studytours.tours import operations, suggestions
from studytours.tours.daylight import daylight
from studytours.tours.route import route_summary

from .conftest import NOW

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("place", "day", "clock"),
    [
        # Published times of sunset (HM Nautical Almanac Office and timeanddate.com agree).
        ((51.5074, -0.1278), date(2024, 6, 21), "21:21"),
        ((51.5074, -0.1278), date(2024, 12, 21), "15:53"),
        ((51.5074, -0.1278), date(2024, 3, 20), "18:14"),
        ((55.9533, -3.1883), date(2024, 6, 21), "22:02"),
        ((55.9533, -3.1883), date(2024, 12, 21), "15:40"),
    ],
)
def test_sunset_is_right_to_two_minutes(place, day, clock):
    hour, minute = map(int, clock.split(":"))
    expected = datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)
    assert abs(daylight(day, *place).sunset - expected) <= timedelta(minutes=2)


def test_dusk_follows_sunset_by_half_an_hour_or_so():
    light = daylight(date(2026, 4, 15), 52.3, -0.72)
    assert timedelta(minutes=25) < light.dusk - light.sunset < timedelta(minutes=45)


def test_where_the_sun_does_not_set_there_is_no_answer():
    assert daylight(date(2026, 6, 21), 70.0, 25.0).sunset is None


@given(
    day=st.dates(date(2000, 1, 1), date(2100, 1, 1)), lat=st.floats(50, 61), lon=st.floats(-8, 2)
)
def test_sunset_in_britain_is_always_in_the_afternoon_of_the_day(day, lat, lon):
    sunset = daylight(day, lat, lon).sunset
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("UTC"))
    assert noon < sunset < noon + timedelta(hours=12)


def test_a_route_is_straight_lines_by_one_point_three_at_four_kilometres_an_hour(tour):
    stops = list(tour.stops.all())
    route = route_summary(tour, stops)
    # Meeting point → garages 86 m → bridge 251 m → back 168 m: 1.3 × 502 m.
    assert route.metres == 650
    assert (route.walking_minutes, route.standing_minutes, route.minutes) == (10, 10, 20)
    assert (route.over, route.spare) == (0, 70)
    assert not route.along_streets and len(route.line) == 4
    assert route.line[0] == route.line[-1]


def test_a_route_that_is_too_long_says_by_how_much(tour):
    operations.add_stop(tour, name="Long talk", minutes=100, now=NOW)
    route = route_summary(tour, list(tour.stops.all()))
    assert route.over == 120 - 90
    assert route.without_point == ("Long talk",)


def test_a_tour_without_points_has_no_length(tour):
    operations.change_tour(tour, meeting=None, now=NOW)
    assert route_summary(tour, []).metres == 0


@pytest.fixture
def crime(monkeypatch):
    """Two busy map points: one with a stop already, one outside the area's outline."""
    rows = [
        {"lat": 52.3035, "lon": -0.7170, "location": "Kilnway", "count": 17},
        {"lat": 52.3060, "lon": -0.7134, "location": "Minerva Way", "count": 9},
        {"lat": 52.3062, "lon": -0.7234, "location": "Shelley Road", "count": 1},
        {"lat": 52.2000, "lon": -0.7134, "location": "Far Away", "count": 99},
    ]
    monkeypatch.setattr(suggestions, "point_counts", lambda **_: rows)


def test_busy_points_without_a_stop_are_suggested_the_busiest_first(tour, crime):
    stops = list(tour.stops.prefetch_related("measures"))
    hot, _ = suggestions.suggested_stops(tour, stops, now=NOW)
    assert [one.name for one in hot] == ["Near Minerva Way", "Near Shelley Road"]
    assert hot[0].why.startswith("9 recorded crimes") and hot[1].why.startswith("1 recorded crime ")


def test_a_measure_due_for_a_check_is_suggested_until_it_has_a_stop(tour, crime, gates):
    _, due = suggestions.suggested_stops(tour, [], now=NOW)
    assert [one.measure for one in due] == [gates]
    operations.add_stop(tour, name="Gates", measures=[gates], now=NOW)
    stops = list(tour.stops.prefetch_related("measures"))
    assert suggestions.suggested_stops(tour, stops, now=NOW)[1] == []


def test_a_measure_that_was_just_checked_is_not(tour, crime, gates):
    record_check(gates, works="works", by_whom="a walker", now=NOW)
    assert suggestions.suggested_stops(tour, [], now=NOW)[1] == []
