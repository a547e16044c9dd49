"""The demonstration town: whole, the same every time, honest about being invented."""

import copy
import json
from datetime import datetime, timedelta

import numpy as np
import pytest
from django.core.management import call_command
from django.utils import timezone
from tests.streets.maps import drawn_features

from studytours.actions.models import Action, State
from studytours.areas.models import Area, Decision
from studytours.areas.queries import suggest_areas
from studytours.areas.queue.vintage import replay
from studytours.core.errors import Refused
from studytours.core.geometry import on_grid
from studytours.crime.counting import month_counts
from studytours.demo import crimes, geography, pictures
from studytours.demo.town import build_town
from studytours.fieldwork.feelings.compare import comparisons
from studytours.fieldwork.models import Finding
from studytours.fieldwork.operations import join
from studytours.streets.network import networks
from studytours.streets.queries import base_maps
from studytours.tours.invitations.queries import attendance_words
from studytours.tours.invitations.who import missing_of, who_should_come
from studytours.tours.models import Tour
from studytours.tours.queries import places_taken, waiting_list


@pytest.fixture(scope="module")
def built(for_the_module):
    """What `demo` printed."""
    return build_town()


@pytest.fixture
def saltmere(built, in_its_folder):
    return copy.deepcopy(built)


def test_a_database_with_real_areas_is_refused(saltmere):
    from studytours.partners.operations import set_office

    set_office(is_invented=False)
    with pytest.raises(Refused, match="the invented town is not added"):
        build_town()


def test_asked_again_it_finds_the_same_town(saltmere, capsys):
    areas = Area.objects.count()
    call_command("demo", "--json")
    assert json.loads(capsys.readouterr().out) == saltmere
    assert Area.objects.count() == areas


def test_when_the_walk_has_ended_the_next_start_opens_another(saltmere):
    tomorrow = timezone.now() + timedelta(days=2)
    code = build_town(now=tomorrow)["join_code"]
    assert code != saltmere["join_code"]
    assert Tour.objects.get(join_code=code).can_join(tomorrow)


def test_it_has_a_base_map_that_says_it_is_invented(saltmere):
    (drawn,) = base_maps()
    assert drawn.street_map.attribution == "All invented"
    kinds = {(layer, kind) for layer, kind, _ in drawn_features(drawn.street_map)}
    assert {("roads", "street"), ("buildings", "building"), ("water", "water")} <= kinds


def test_a_phone_can_join_with_the_printed_code(saltmere):
    device, token = join(code=saltmere["join_code"])
    assert device.tour.title == "Harbourside on foot" and token


def test_each_role_can_sign_in_with_what_is_printed(saltmere, client):
    for role, account in saltmere["sign_in"].items():
        client.logout()
        answer = client.post(
            "/account/login/", {"login": account["email"], "password": account["password"]}
        )
        assert answer.status_code == 302, role
    assert set(saltmere["sign_in"]) == {"coordinator", "analyst", "leader", "partner"}


def test_there_are_actions_in_every_state(saltmere):
    states = set(Action.objects.values_list("state", flat=True))
    assert states == set(State.values)
    today = timezone.localdate()
    assert any(action.is_overdue(today) for action in Action.objects.all())


def test_there_are_tours_past_present_and_to_come(saltmere):
    assert {"reported", "debrief", "walking", "inviting"} <= set(
        Tour.objects.values_list("state", flat=True)
    )


def test_findings_have_drawn_pictures_and_some_are_private(saltmere):
    assert Finding.objects.filter(decision="private").exists()
    assert Finding.objects.filter(decision="merged").exists()
    first, second = (pictures.draw("gate", shut=False) for _ in range(2))
    assert first == second != pictures.draw("gate", shut=True)


def test_every_page_says_that_it_is_invented(saltmere, client):
    for url in ("/", "/areas/osier-rows/", "/actions/", "/account/login/"):
        assert "This is a demonstration." in client.get(url).content.decode(), url


def test_the_planted_hotspot_is_the_first_suggestion(saltmere):
    first = next(iter(suggest_areas("saltmere")))
    curlew = Area.objects.get(name="Curlew Estate")
    assert on_grid(first.geometry).distance(on_grid(curlew.geometry).centroid) == 0
    assert first.sure > 0.9


def test_all_of_its_streets_can_be_walked_and_its_places_follow_them(saltmere):
    (network,) = networks()
    assert network.connected.all()
    assert {one.shape for one in suggest_areas("saltmere")} == {"streets"}


def test_the_next_place_was_decided_on_what_residents_asked_and_can_be_worked_out_again(saltmere):
    decision = Decision.objects.get()
    assert decision.chosen_place["figures"]["requests"] == 7
    assert replay(decision).same


def test_the_planted_effect_of_the_gates_is_in_the_data(saltmere):
    """Burglary a month in Osier Rows fell by about half when the gates came; elsewhere not."""
    gates = f"{timezone.now() - timedelta(days=500):%Y-%m}"
    rates = {}
    for place in ("Osier Rows", "Curlew Estate"):
        counted = month_counts(polygon=Area.objects.get(name=place).geometry, crimes="all")
        burglary = counted.counts[:, counted.types.index("Burglary")]
        after = np.array([month >= gates for month in counted.months])
        rates[place] = burglary[after].mean() / burglary[~after].mean()
    assert rates["Osier Rows"] < 0.85
    assert rates["Osier Rows"] < rates["Curlew Estate"]


def test_the_same_day_gives_the_same_crimes():
    day = datetime(2026, 6, 3)
    assert crimes.archive(day, "2025-01") == crimes.archive(day, "2025-01")
    assert len(geography.small_areas()) == 20


def test_the_next_walk_is_full_and_some_wait_and_a_remit_is_missing(saltmere):
    tour = Tour.objects.get(title="Curlew Estate: is it better?")
    assert places_taken(tour) == tour.capacity
    assert [str(one) for one in waiting_list(tour)] == ["Tom and Bess", "Priya"]
    assert missing_of(who_should_come(tour))["missing"] > 0
    osier = Tour.objects.get(title="Osier Rows after dark")
    assert attendance_words(osier).startswith("19 people came: 11 residents and guests")


def test_on_the_walk_that_is_on_phones_are_in_every_state(saltmere):
    tour = Tour.objects.get(join_code=saltmere["join_code"])
    phones = list(tour.devices.all())
    assert {phone.waiting for phone in phones} == {None, 0, 2, 3, 5}
    asked = [phone for phone in phones if phone.nudge]
    assert [bool(phone.told_at) for phone in asked] == [False, True]
    assert tour.findings.count() == 6


def test_it_felt_better_at_some_stops_a_year_on(saltmere):
    [one] = comparisons(Tour.objects.get(title="Osier Rows, a year on"), public=True)
    assert [row.change for row in one.stops] == ["better", "better", "the same", "the same"]
    assert len(one.area_rows) == 6 and len(one.crime.rows) == 2


def test_what_was_put_right_on_the_walk_is_on_the_list_or_waits_for_a_check(saltmere):
    action = Action.objects.get(done_on_the_spot=True)
    assert action.spot_words == "Done on the spot by Seabank Homes (in their remit)"
    glass = Finding.objects.get(title__startswith="Broken glass").observation
    assert glass.done_in_remit is False
