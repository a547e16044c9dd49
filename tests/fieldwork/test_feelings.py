"""How it feels at the same stops on two walks. Told only where five people or more answered."""

from datetime import timedelta
from statistics import median
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.crime import streets
from tests.walks import open_walk

from studytours.crime.operations import import_crimes
from studytours.fieldwork import operations
from studytours.fieldwork.feelings.compare import AtStop, comparisons
from studytours.fieldwork.feelings.crime import crime_beside
from studytours.fieldwork.feelings.stops import SAME_METRES, Felt, felt_at_stops, same_stops
from studytours.fieldwork.questions.asked import AREA
from studytours.tours import operations as tours

from .conftest import NOON, make_phone, note, report

LATER = NOON + timedelta(days=500)
METRE = 1 / 111_320


def feel(tour, stop, *scores, **more):
    """Each score from a phone of its own."""
    phones = [make_phone(tour) for _ in scores]
    for phone, score in zip(phones, scores, strict=True):
        body = note(kind="experience", stop=stop.pk, feeling={"score": score}, **more)
        assert phone.send(body).status_code == 201
    return phones


def over(tour, at=NOON, *, reported=True):
    tours.close_walk(tour, now=at)
    tour.refresh_from_db()
    tour.walked_at = at
    tour.save()
    if reported:
        report(tour)
    return tour


def walk_again(walk, at=LATER):
    """The way of the walk once more: its tour, open."""
    again = tours.copy_tour(walk.tour, starts_at=at, by=walk.cora, now=NOON)
    open_walk(again, by=walk.cora, now=NOON)
    again.refresh_from_db()
    return again


@pytest.fixture
def twice(walk):
    """Two walks, both open; the second stops where the first did."""
    return walk.tour, walk_again(walk)


def stops_of(*walks):
    return [list(tour.stops.all()) for tour in walks]


# -- which stops are the same ---------------------------------------------------------------------


def stop(pk, lat=52.3, lon=-0.7, name="Near Lapwing Way"):
    return SimpleNamespace(pk=pk, number=pk, lat=lat, lon=lon, name=name)


def test_stops_further_apart_are_others_even_under_one_name():
    assert same_stops([stop(1)], [stop(2, lat=52.3 + 30 * METRE)]) == []


def test_of_several_of_one_name_the_nearest_is_the_same():
    here, there = stop(1), stop(2, lat=52.3 + 20 * METRE)
    moved = stop(3, lat=52.3 + 18 * METRE)
    assert same_stops([here, there], [moved]) == [(there, moved)]


def test_without_a_place_the_name_decides():
    nowhere = stop(1, lat=None, name="Garages")
    assert same_stops([nowhere], [stop(2, name="garages")]) != []
    assert same_stops([nowhere], [stop(2, name="Bridge")]) == []


spots = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6)


@given(spots, spots)
def test_each_stop_is_the_same_as_one_other_at_most(ours, theirs):
    def stops(spots):
        return [
            stop(pk, 52.3 + north * METRE, -0.7 + east * METRE)
            for pk, (north, east) in enumerate(spots, 1)
        ]

    earlier, later = stops(ours), stops(theirs)
    pairs = same_stops(earlier, later)
    for side in zip(*pairs, strict=True):
        assert len({one.pk for one in side}) == len(side)
    for one, other in pairs:
        assert abs(one.lat - other.lat) <= (SAME_METRES + 1) * METRE


# -- what people felt -----------------------------------------------------------------------------


@given(st.lists(st.integers(0, 3), min_size=1, max_size=12))
def test_the_middle_answer_is_one_that_half_are_at_or_below(scores):
    felt = Felt(tuple(sorted(scores)))
    assert felt.middle == median(scores)
    assert sum(score <= felt.middle for score in scores) * 2 >= len(scores)
    assert felt.afraid == round(100 * len([s for s in scores if s in (0, 1)]) / len(scores))


def test_a_middle_between_two_answers_is_said_as_that():
    assert Felt((1, 1, 2, 2, 3, 3)).words == "OK"
    assert Felt((0, 1, 2, 3)).words == "between uneasy and OK"


def test_fewer_than_five_say_neither_better_nor_worse():
    assert AtStop(None, Felt((0, 0, 0, 0)), Felt((3,) * 9)).change == ""
    assert AtStop(None, Felt((0,) * 5), Felt((3,) * 5)).change == "better"
    assert AtStop(None, Felt((2,) * 5), Felt((1,) * 5)).change == "worse"
    assert AtStop(None, Felt((0, 0, 1, 3, 3)), Felt((1,) * 6)).change == "the same"


def test_a_phone_counts_once_with_what_it_said_last(walk):
    [phone] = feel(walk.tour, walk.garages, 0)
    phone.send(note(stop=walk.garages.pk, feeling={"score": 2}, captured_at="2026-06-03T14:00:00Z"))
    felt, _ = felt_at_stops(walk.tour)
    assert felt == {walk.garages.pk: Felt((2,))}


def test_odd_answers_and_corrected_ones_are_not_counted(walk):
    for odd in (True, "3", 7, None, 1.5):
        feel(walk.tour, walk.garages, odd)
    [phone] = feel(walk.tour, walk.garages, 1)
    phone.send(note(feeling=[1], stop=walk.garages.pk))
    wrong = walk.tour.observations.get(feeling={"score": 1})
    phone.send(note(corrects=str(wrong.pk), stop=walk.bridge.pk, feeling={"score": 3}))
    assert felt_at_stops(walk.tour)[0] == {walk.bridge.pk: Felt((3,))}


# -- two walks ------------------------------------------------------------------------------------


def test_a_walk_that_is_not_over_is_not_compared(walk, twice):
    earlier, later = twice
    feel(earlier, walk.garages, *[1] * 5)
    over(earlier)
    assert comparisons(earlier) == [] and comparisons(later) == []


def test_the_public_reads_of_no_stop_at_which_fewer_than_five_answered(client, walk, twice):
    earlier, later = twice
    [garages, bridge] = later.stops.all()
    for tour, stops, score in (
        (earlier, (walk.garages, walk.bridge), 1),
        (later, (garages, bridge), 2),
    ):
        feel(tour, stops[0], *[score] * 5)
        feel(tour, stops[1], *[score] * 4)
    over(earlier)
    over(later, LATER)
    text = client.get(f"/tours/{later.slug}/").content.decode()
    assert text.count("5 people, 100% frightened or uneasy") == 1
    assert text.count("Fewer than 5 people") == 2 and "only 4 people" not in text
    assert "On the later walk people felt better at one of the one stop, the same at none" in text
    assert "At one more, too few people answered to say." in text
    client.force_login(walk.cora)
    assert client.get(f"/desk/tours/{later.slug}/").content.decode().count("only 4 people") == 2


def test_when_no_stop_has_enough_answers_the_public_page_does_not_speak_of_it(client, walk, twice):
    earlier, later = twice
    feel(earlier, walk.garages, 0, 1, 1)
    over(earlier)
    over(later, LATER)
    assert comparisons(later, public=True) == []
    assert len(comparisons(later)) == 1


def test_a_walk_that_the_public_cannot_read_is_compared_at_the_desk_only(walk, twice):
    earlier, later = twice
    feel(earlier, walk.garages, *[1] * 5)
    feel(later, later.stops.first(), *[1] * 5)
    over(earlier)
    over(later, LATER, reported=False)
    assert comparisons(earlier, public=True) == []
    report(later)
    assert len(comparisons(earlier, public=True)) == len(comparisons(later, public=True)) == 1
    earlier.is_public = False
    earlier.save()
    assert comparisons(later, public=True) == []


def test_day_and_dusk_are_a_pair_and_no_before_and_after(walk):
    dusk = tours.walk_at_dusk(walk.tour, day=LATER.date(), by=walk.cora, now=NOON)
    open_walk(dusk, by=walk.cora, now=NOON)
    dusk.refresh_from_db()
    feel(walk.tour, walk.garages, *[2] * 6)
    feel(dusk, dusk.stops.first(), *[1] * 6)
    over(walk.tour)
    over(dusk, LATER)
    for tour in (walk.tour, dusk):
        tour.refresh_from_db()
        [one] = comparisons(tour, public=True)
        assert one.is_pair and one.names == ("By day", "At dusk") and one.crime is None
        assert one.summary.startswith("At dusk people felt better at none of the one stop")


def test_another_light_is_said(client, walk, twice):
    earlier, later = twice
    feel(earlier, walk.garages, *[1] * 5, dark=False)
    feel(later, later.stops.first(), *[1] * 5, dark=True)
    over(earlier)
    over(later, LATER)
    text = client.get(f"/tours/{later.slug}/").content.decode()
    assert "mostly in the light on the earlier walk, mostly in the dark on the later" in text


def test_the_whole_area_is_compared_at_the_same_moment_only(walk, twice):
    earlier, later = twice
    for tour, when, score in ((earlier, "before", 3), (later, "before", 5), (later, "after", 6)):
        for _ in range(5):
            answers = {"when": when, "scores": {question.code: score for question in AREA}}
            operations.answer_from_the_web(tour, form="whole_area", answers=answers, now=NOON)
    over(earlier)
    over(later, LATER)
    [one] = comparisons(later, public=True)
    assert [moment.code for moment in one.moments] == ["before", "before"]
    assert {tuple(middles) for _, middles in one.area_rows} == {(3, 5)}


# -- recorded crime beside it ---------------------------------------------------------------------


JUNE_2024, OCTOBER_2025 = NOON - timedelta(days=730), NOON - timedelta(days=230)


def months(first, last):
    """ "2024-03" to "2024-05" → three months."""
    start, end = (int(year) * 12 + int(month) - 1 for year, month in (first, last))
    return [f"{at // 12}-{at % 12 + 1:02}" for at in range(start, end + 1)]


@pytest.fixture
def crimes(tmp_path):
    """crimes("2023-06", "2025-09"): one burglary a month, three a month from June 2024."""

    def bring_in(first, last, without=()):
        files = [
            streets.month_file(month, 1 if month < "2024-06" else 3)
            for month in months(first.split("-"), last.split("-"))
            if month not in without
        ]
        import_crimes([streets.write_zip(tmp_path / "crimes.zip", *files)])

    return bring_in


@pytest.fixture
def apart(twice):
    earlier, later = twice
    return over(earlier, JUNE_2024), over(later, OCTOBER_2025)


def test_without_recorded_crime_there_is_nothing_beside_the_feelings(apart):
    assert crime_beside(*apart) is None


def test_equally_many_months_before_each_walk_are_counted_with_what_they_cannot_say(apart, crimes):
    crimes("2023-06", "2025-09")
    beside = crime_beside(*apart)
    assert beside.rows == [("June 2023 to May 2024", 12), ("October 2024 to September 2025", 36)]
    said = " ".join(beside.caveats)
    assert "do not show that it did" in said and "anonymous map point" in said
    assert "chance decides most of a change" in said and "seasons" not in said


def test_where_the_archive_ends_early_both_periods_are_shorter_and_the_season_is_said(
    apart, crimes
):
    crimes("2023-06", "2024-12")
    beside = crime_beside(*apart)
    assert beside.rows == [("November 2023 to May 2024", 7), ("June 2024 to December 2024", 21)]
    assert any("seasons" in line for line in beside.caveats)


def test_less_than_a_season_is_not_compared(apart, crimes):
    crimes("2023-06", "2024-07")
    assert crime_beside(*apart) is None


def test_a_gap_is_not_counted_as_nothing(apart, crimes):
    crimes("2023-06", "2025-09", without=("2024-01",))
    assert crime_beside(*apart) is None


def test_the_page_sets_them_beside_each_other(client, walk, twice, crimes):
    crimes("2023-06", "2025-09")
    for tour, at in zip(twice, (JUNE_2024, OCTOBER_2025), strict=True):
        feel(tour, tour.stops.first(), *[1] * 5)
        over(tour, at)
    text = client.get(f"/tours/{twice[1].slug}/").content.decode()
    assert "June 2023 to May 2024" in text and "What these numbers can and cannot say" in text
