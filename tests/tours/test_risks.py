"""No walk is opened before someone has signed for its risks, as the plan is now."""

from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString
from tests.streets.maps import a_map

from studytours.core.errors import Refused
from studytours.core.models import Event
from studytours.streets.models import Street
from studytours.tours import operations
from studytours.tours.before.facts import facts_of
from studytours.tours.before.plan import changes
from studytours.tours.before.signing import signing_of
from studytours.tours.before.template import office_words, script_of

from .conftest import NOW, START


def sign(tour, **more):
    return operations.sign_assessment(tour, name="Amina Price", now=NOW, **more)


def rows(**change):
    row = {
        "key": "dogs", "hazard": "Dogs", "harmed": "All", "control": "Go round", "who": "Leader",
        "likely": "possible", "severe": "minor",
    }  # fmt: skip
    return [row | change]


def test_a_walk_is_not_opened_before_its_risks_are_signed(tour):
    with pytest.raises(Refused, match=r"not signed yet.*sign it with your name"):
        operations.open_walk(tour, now=START)
    operations.write_assessment(tour, now=NOW)
    with pytest.raises(Refused, match="not signed yet"):
        operations.open_walk(tour, now=START)
    sign(tour)
    assert operations.open_walk(tour, now=START).state == "walking"


@pytest.mark.parametrize("name", ["", "  ", "A", "12", "x" * 121])
def test_it_is_signed_with_a_name(tour, name):
    with pytest.raises(Refused, match="name"):
        operations.sign_assessment(tour, name=name, now=NOW)
    assert not tour.assessments.exists()


def test_it_is_signed_once(tour, leader):
    signed = sign(tour, by=leader)
    assert (signed.version, signed.signed_name, signed.signed_by) == (1, "Amina Price", leader)
    with pytest.raises(Refused, match="Amina Price signed this already"):
        operations.sign_assessment(tour, name="Bea", now=NOW)
    assert Event.objects.filter(kind="risk_assessment_signed").count() == 1


CHANGES = {
    "another day": (
        lambda tour: operations.change_tour(tour, starts_at=START + timedelta(days=1), now=NOW),
        "The start was Wednesday 15 April 2026, 6pm and is now Thursday 16 April 2026, 6pm.",
    ),
    "longer": (
        lambda tour: operations.change_tour(tour, minutes=120, now=NOW),
        "It took 90 minutes and now takes 120.",
    ),
    "another place to meet": (
        lambda tour: operations.change_tour(tour, meeting_point="The shop", now=NOW),
        "People met at Church hall and now meet at The shop.",
    ),
    "a new stop": (
        lambda tour: operations.add_stop(tour, name="Car park", now=NOW),
        "The stop Car park is new.",
    ),
    "a stop less": (
        lambda tour: operations.remove_stop(tour.stops.first(), now=NOW),
        "The stop Kilnway garages is gone.",
    ),
    "another order": (
        lambda tour: operations.move_stop(tour.stops.first(), 2, now=NOW),
        "The stops are in another order.",
    ),
    "a moved stop": (
        lambda tour: operations.change_stop(
            tour.stops.first(), name="Kilnway garages", lat=52.304, lon=-0.718, now=NOW
        ),
        "The stop Kilnway garages was moved on the map",
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_the_plan_asks_for_a_new_signature_and_says_what_changed(tour, change):
    first = sign(tour)
    alter, words = CHANGES[change]
    alter(tour)
    with pytest.raises(Refused, match="has changed since the risk assessment was signed") as no:
        operations.open_walk(tour, now=START)
    assert words in str(no.value)
    assert sign(tour).version == 2
    assert signing_of(tour).is_good
    first.refresh_from_db()
    assert first.signed_name == "Amina Price"  # the earlier version stays as it was


@pytest.mark.parametrize(
    "change",
    [
        lambda tour: operations.change_tour(tour, title="A better title", now=NOW),
        lambda tour: operations.change_stop(
            tour.stops.first(), name="Kilnway garages", lat=52.3035, lon=-0.7170, look_at="Roofs",
            now=NOW,
        ),
    ],
)  # fmt: skip
def test_a_change_of_words_does_not(tour, change):
    sign(tour)
    change(tour)
    assert signing_of(tour).is_good


places = st.sampled_from([None, 52.3, 52.4])
plans = st.fixed_dictionaries({
    "starts_at": st.sampled_from(["2026-04-15T17:00:00+00:00", "2026-04-16T17:00:00+00:00"]),
    "minutes": st.sampled_from([60, 90]),
    "meeting_point": st.sampled_from(["Hall", "Shop"]),
    "meeting": st.lists(places, min_size=2, max_size=2),
    "step_free": st.booleans(),
    "stops": st.lists(
        st.tuples(st.sampled_from("ABC"), places, places, st.booleans()).map(list), max_size=4
    ),
})  # fmt: skip


@given(plans, plans)
def test_two_plans_differ_in_words_exactly_when_they_differ(was, now):
    assert (changes(was, now) == ()) == (was == now)
    assert changes(was, was) == ()


def test_an_assessment_rewritten_after_it_was_signed_is_signed_again(tour):
    sign(tour)
    operations.write_assessment(tour, rows=rows(), now=NOW)
    assert signing_of(tour).changes == ("The assessment itself was changed after it was signed.",)
    assert sign(tour).version == 2


def test_saving_what_is_the_same_makes_no_version(tour):
    first = operations.write_assessment(tour, now=NOW)
    assert operations.write_assessment(tour, now=NOW) == first


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"hazard": ""}, "hazard in row 1 is missing"),
        ({"control": " "}, "remedy in row 1 is missing"),
        ({"who": ""}, "person who does it in row 1"),
        ({"control": "x" * 1501}, "longer than 1500"),
        ({"likely": "sometimes"}, "Row 1 does not say how likely"),
        ({"severe": ""}, "Row 1 does not say how severe"),
    ],
)
def test_a_row_that_does_not_say_enough_is_refused(tour, change, why):
    with pytest.raises(Refused, match=why):
        operations.write_assessment(tour, rows=rows(**change), now=NOW)
    assert not tour.assessments.exists()


def test_an_assessment_has_rows_and_not_too_many(tour):
    for wrong in ([], rows() * 21):
        with pytest.raises(Refused, match=r"at (least|most)"):
            operations.write_assessment(tour, rows=wrong, now=NOW)


def test_a_walk_that_is_over_gets_no_assessment(tour):
    operations.close_walk(tour, now=START)
    with pytest.raises(Refused, match="agreeing"):
        sign(tour)


def test_it_is_filled_in_from_the_plan(tour):
    stops = list(tour.stops.all())
    said = facts_of(tour, stops)
    assert said["lighting"] == ["The walk ends in daylight: dark from 8:35pm."]
    assert said["weather"] == ["No place is named yet for when it rains."]
    assert said["access"] == ["The way was not planned without steps."]
    operations.change_tour(tour, minutes=180, step_free=True, now=NOW)
    operations.set_meeting_words(tour, in_rain="Church porch", script="", now=NOW)
    said = facts_of(tour, stops)
    assert said["lighting"] == ["The walk ends in the dark: dark from 8:35pm."]
    assert said["weather"] == ["When it rains: Church porch."]
    assert said["access"] == ["The way is planned without steps."]


def test_it_says_which_stops_are_by_a_main_road_by_steps_or_without_lamps(tour):
    first, second = tour.stops.all()
    town = a_map()
    for name, kind, lit, stop in (
        ("High Street", "primary", True, first), ("", "steps", None, first),
        ("Towpath", "footway", False, second),
    ):  # fmt: skip
        line = LineString([(stop.lon, stop.lat), (stop.lon + 0.001, stop.lat)])
        Street.objects.create(street_map=town, name=name, kind=kind, lit=lit, geometry=line)
    said = facts_of(tour, [first, second])
    assert said["traffic"] == ["Stop 1, Kilnway garages, is by a main road: High Street."]
    assert "Stop 1, Kilnway garages, is by steps." in said["access"]
    assert (
        "Stop 2, Olympic Way bridge, has no street lamps, says the street map." in said["lighting"]
    )


def test_the_office_has_its_own_template_and_what_was_signed_stays(tour, soon):
    sign(soon)
    operations.set_office_words(script="We ring 999.\n\nNo faces.", hazards=rows(), now=NOW)
    assert script_of(tour) == ["We ring 999.", "No faces."]
    assert [row["hazard"] for row in sign(tour).rows] == ["Dogs"]
    assert len(signing_of(soon).signed.rows) == 8


def test_words_that_nobody_can_say_before_a_walk_are_refused(tour):
    for script in (" \n ", "x" * 401, "\n".join("abcdefghijk")):
        with pytest.raises(Refused, match="script"):
            operations.set_office_words(script=script, hazards=rows(), now=NOW)
    assert office_words().pk is None


# -- pages -------------------------------------------------------------------------------------


def posted(rows, **more):
    data = {"row-TOTAL_FORMS": len(rows), "row-INITIAL_FORMS": len(rows), **more}
    return data | {f"row-{i}-{name}": v for i, row in enumerate(rows) for name, v in row.items()}


def test_the_leader_changes_a_row_and_signs_on_the_page(client, leader, soon):
    client.force_login(leader)
    url = reverse("desk_tour_risks", args=[soon.slug])
    walk = reverse("desk_tour_walk", args=[soon.slug])
    assert "Open the walk" not in client.get(walk).content.decode()
    page = client.post(url, posted(rows(), name="Lee Hall", sign="yes"), follow=True)
    assert "Signed by Lee Hall" in page.content.decode()
    signed = signing_of(soon).signed
    assert (signed.signed_by, [row["control"] for row in signed.rows]) == (leader, ["Go round"])
    assert "Open the walk" in client.get(walk).content.decode()
    old = client.get(reverse("desk_tour_risks_version", args=[soon.slug, 1])).content.decode()
    assert "Signed by Lee Hall" in old and "Go round" in old


def test_a_row_half_filled_is_told_by_row_and_field(client, leader, soon):
    client.force_login(leader)
    url = reverse("desk_tour_risks", args=[soon.slug])
    page = client.post(url, posted(rows() + rows(who=""), name="Lee", sign="yes")).content.decode()
    assert "Row 2, who does it: Say this too, or empty the hazard." in page
    assert not soon.assessments.exists()


def test_an_emptied_row_is_taken_out_and_saving_does_not_sign(client, leader, soon):
    client.force_login(leader)
    url = reverse("desk_tour_risks", args=[soon.slug])
    client.post(url, posted(rows() + rows(hazard=""), save="yes"))
    assert [len(one.rows) for one in soon.assessments.all()] == [1]
    assert signing_of(soon).signed is None


def test_an_analyst_reads_it_and_cannot_sign(client, analyst, soon):
    client.force_login(analyst)
    url = reverse("desk_tour_risks", args=[soon.slug])
    page = client.get(url).content.decode()
    assert "Darkness and poor lighting" in page and "<textarea" not in page
    assert client.post(url, posted(rows(), name="Ana", sign="yes")).status_code == 403


def test_the_office_edits_its_template_on_the_settings_page(client, coordinator):
    client.force_login(coordinator)
    url = reverse("desk_walk_words")
    page = client.get(url).content.decode()
    assert "Darkness and poor lighting" in page and "we ring 999" in page
    client.post(url, posted(rows(hazard="Geese"), script="Mind the geese."))
    assert [row["hazard"] for row in office_words().hazards] == ["Geese"]
    assert office_words().script == "Mind the geese."
