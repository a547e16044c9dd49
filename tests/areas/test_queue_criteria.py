"""The criteria by themselves, and counties of which little is known."""

import json
from datetime import date

import pytest
from django.core.cache import cache
from django.core.management import call_command
from tests.areas import counties
from tests.areas import queue_world as world
from tests.areas.queue_world import queue

from studytours.areas import operations
from studytours.areas.models import Weighting
from studytours.areas.queue.criteria import CRITERIA, PRESETS, USUAL, Figures, Whole, scores_of
from studytours.core.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


@pytest.mark.parametrize(
    ("weights", "why"),
    [
        ({"luck": 1}, "not a criterion"),
        ({"crime": 6}, "whole number"),
        ({"crime": -1}, "whole number"),
        ({"crime": 1.5}, "whole number"),
        ({}, "All weights are 0"),
    ],
)
def test_weights_that_make_no_sense_are_refused(weights, why):
    with pytest.raises(Refused, match=why):
        operations.publish_weights(weights, reason="Because.")
    assert not Weighting.objects.exists()


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"reason": " "}, "Say why these weights"),
        ({"reason": "x" * 2001}, "2001 characters"),
        ({"crimes": "witchcraft"}, "not a set of crimes"),
        ({"compete": "parish"}, "not a kind of place"),
    ],
)
def test_weights_without_a_reason_or_of_unknown_things_are_refused(more, why):
    with pytest.raises(Refused, match=why):
        operations.publish_weights(USUAL, **{"reason": "Because."} | more)


@pytest.mark.parametrize("kind", ["ward", "lsoa"])
def test_official_places_without_their_boundaries_are_refused(tmp_path, kind):
    counties.import_county(tmp_path)
    with pytest.raises(Refused, match=r"outlines|lookup|ward"):
        queue(compete=kind)


def test_with_nothing_at_all_the_queue_is_empty():
    found = queue()
    assert (found.everything, found.force, found.months) == ((), "", ())


def test_without_recorded_crime_areas_compete_and_what_is_not_known_scores_a_half():
    world.area_at(0, "Mill End")
    [row] = queue().rows
    scores = {part.criterion.key: part.score for part in row.parts}
    assert {scores[key] for key in ("crime", "rate", "homes", "trend", "deprivation")} == {0.5}
    assert "Not known" in row.parts[0].said
    assert row.by_counts == 0


def test_homes_come_before_more_crime_at_the_shops(tmp_path):
    """A supermarket has four times the crime of an estate."""
    places = (("Supermarket", 12), ("Kiln Road", 3), ("Park Walk", 2), ("Church End", 1))
    world.import_everything(tmp_path, places=places)
    assert queue(only={"crime": 1}).rows[0].figures.near_homes == 0
    by_homes = queue(only={"crime": 1, "homes": 2})
    assert by_homes.rows[0].place.name == "Kiln Road"
    assert by_homes.rows[0].figures.near_homes == 1


def test_what_rose_against_the_county_comes_first_by_trend(tmp_path):
    def late(month):
        return 9 if month >= "2025-07" else 1

    world.import_everything(tmp_path, places=(("Mill Lane", 9), ("Kiln Road", late)))
    first = queue(only={"trend": 1}).rows[0]
    assert first.place.name == "Kiln Road"
    assert "in the last 6 months" in first.parts[3].said


def test_every_score_lies_between_0_and_1_and_unknown_figures_are_no_advantage():
    busy = Figures(
        yearly=50.0, households=100, tenth=1.0, near_homes=0.8, last=9, before=4, requests=40,
        months_since=2.0, in_hand=9,
    )  # fmt: skip
    figures = [Figures(), Figures(yearly=5.0, households=0), busy]
    for whole in (Whole(0, 0, 0), Whole(10, 12, 6)):
        scores = scores_of(figures, whole)
        assert ((scores >= 0) & (scores <= 1)).all()
        assert scores.shape == (3, len(CRITERIA) - 1)


def test_the_ready_made_weights_are_valid_and_explain_themselves():
    for label, weights in PRESETS.values():
        assert label and set(weights) == set(USUAL)
        operations.publish_weights(weights, reason=label)
    for one in CRITERIA:
        assert one.asks.endswith(".") and one.scored.endswith(".") and one.source


def test_the_command_gives_the_queue_as_text_and_as_json(tmp_path, capsys):
    counties.import_county(tmp_path)
    call_command("next_areas", preset="counts", count=2)
    text = capsys.readouterr().out
    assert "1 Mill Lane, Millshire: 100.0 points (by counts 1)" in text
    assert "Mill Lane has more points for: crime." in text
    place = queue().rows[0].place
    operations.let_wait(place, reason="Works.", review_on=date(2100, 1, 1))
    call_command("next_areas", "--json", "--town", "Millshire", "--compete", "walkable")
    found = json.loads(capsys.readouterr().out)
    assert [one["rank"] for one in found["places"]] == [1, 2, 3]
    assert found["weights"] == USUAL
    assert set(found["places"][0]["criteria"]) == set(USUAL)
    assert found["waiting"][0]["waits"].startswith("Works.")
    call_command("next_areas")
    assert "waits Mill Lane: Works." in capsys.readouterr().out
