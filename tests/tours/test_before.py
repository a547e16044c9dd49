"""Before you go: what was done here before, what to check, what to say, on one page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from shapely.geometry import box

from studytours.areas.operations import make_area
from studytours.core.errors import Refused
from studytours.tours import operations
from studytours.tours.before.queries import earlier_walks, ground_of, measures_here
from studytours.tours.before.signing import signing_of
from studytours.tours.models import Tour

from .conftest import NOW, START


@pytest.fixture
def page(town, client):
    """What Cal, who leads the walk, reads the evening before."""

    def read(tour, person=None):
        client.force_login(person or town.cal)
        return client.get(reverse("desk_tour_before", args=[tour.slug])).content.decode()

    return read


@pytest.fixture
def again(town):
    """Osier Rows is walked once more."""
    return operations.copy_tour(
        town.walked, starts_at=town.now + timedelta(days=30), by=town.amina, now=town.now
    )


def test_earlier_walks_come_with_what_became_of_each_promise(town, again, page):
    said = page(again)
    assert town.walked.title in said and "7 promises: " in said
    for action in town.walked.actions.exclude(state="superseded"):
        assert action.title in said


def test_an_analyst_reads_no_private_promise(town, again, page):
    action = town.walked.actions.first()
    action.is_public = False
    action.save()
    assert action.title in page(again, town.amina)
    assert action.title not in page(again, town.bola)


def test_measures_that_are_due_come_first_and_name_the_stop_that_checks_them(town, again, page):
    found = measures_here(again)
    assert [measure.due for measure in found] == [True, True]
    said = page(again)
    assert "Security lights on the garages" in said and "Due for a check" in said


def test_the_leader_reads_the_script_the_light_and_where_to_stand_when_it_rains(town, page):
    said = page(town.coming_tour)
    assert "we ring 999" in said and "Under the garage roof" in said and "Sunset at" in said
    assert "No recorded crime is held for this place." in said


def test_the_demonstration_has_a_coming_tour_that_is_signed_for(town):
    signing = signing_of(town.coming_tour)
    assert signing.is_good and signing.signed.signed_name == town.cal.name
    assert town.coming_tour.join_code and town.coming_tour.in_rain


def test_a_tour_has_its_own_words_until_they_are_emptied(client, leader, soon):
    client.force_login(leader)
    url = reverse("desk_tour_words", args=[soon.slug])
    page = client.post(url, {"in_rain": "Porch", "script": "Hello.\nMind the dog."}, follow=True)
    assert "Mind the dog." in page.content.decode() and "Porch" in page.content.decode()
    page = client.post(url, {"in_rain": "", "script": ""}, follow=True).content.decode()
    assert "we ring 999" in page and "Not said yet" in page


def test_words_of_a_cancelled_tour_stay(tour):
    operations.cancel_tour(tour, now=NOW)
    with pytest.raises(Refused, match="cancelled"):
        operations.set_meeting_words(tour, in_rain="Porch", script="", now=NOW)


def test_only_walks_that_took_place_on_this_ground_before_are_earlier(area, coordinator, tour):
    def another(area, starts_at, title):
        made = operations.plan_tour(
            area=area, title=title, starts_at=starts_at, meeting_point="Here", now=NOW
        )
        operations.close_walk(made, now=starts_at)
        return made

    same, west, far = (
        make_area(
            name=name, geometry=box(w, 52.300, e, 52.308), made_from="drawn", why="W",
            by=coordinator, now=NOW,
        )
        for name, w, e in (
            ("Same", -0.720, -0.700), ("West", -0.7400, -0.7249), ("Far", -0.70, -0.69),
        )
    )  # fmt: skip
    assert set(ground_of(area)) == {area, same}
    before = START - timedelta(days=3)
    here = another(area, before, "Here")
    there = another(same, before - timedelta(days=1), "There")
    another(west, before, "Beside")
    another(far, before, "Far")
    another(area, START + timedelta(days=5), "Later")
    cancelled = operations.copy_tour(here, starts_at=before, now=NOW)
    operations.cancel_tour(cancelled, now=NOW)
    assert earlier_walks(Tour.objects.get(pk=tour.pk)) == [here, there]
