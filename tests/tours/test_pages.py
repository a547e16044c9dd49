"""The desk's pages of a tour: who may see and do what, and that they work without a map."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.walks import open_walk

from studytours.measures.operations import register_measure
from studytours.tours import operations, panels
from studytours.tours.models import Tour

READ = [
    "desk_tour", "desk_tour_stops", "desk_tour_invitations", "desk_tour_poster", "desk_tour_walk",
]  # fmt: skip
COORDINATE = [
    "desk_tour_plan", "desk_tour_cancel", "desk_tour_reopen", "desk_tour_invite", "desk_tour_guest",
    "desk_tour_send", "desk_tour_report",
]  # fmt: skip
LEAD = [
    "desk_tour_stops", "desk_stop_suggested", "desk_tour_code", "desk_walk_open", "desk_walk_close",
]  # fmt: skip


def page(client, name, tour, *args):
    return client.get(reverse(name, args=[tour.slug, *args]))


@pytest.mark.parametrize("name", READ)
def test_a_partner_has_no_desk(client, partner, tour, name):
    client.force_login(partner)
    assert page(client, name, tour).status_code == 403


@pytest.mark.parametrize("name", READ)
def test_a_tour_of_another_leader_does_not_exist(client, other_leader, tour, name):
    client.force_login(other_leader)
    assert page(client, name, tour).status_code == 404
    assert tour.title not in client.get(reverse("desk_tours")).content.decode()


@pytest.mark.parametrize("name", LEAD)
def test_another_leader_cannot_act_on_it(client, other_leader, tour, name):
    client.force_login(other_leader)
    assert client.post(reverse(name, args=[tour.slug])).status_code == 404


@pytest.mark.parametrize("name", COORDINATE + LEAD)
def test_an_analyst_only_reads(client, analyst, tour, name):
    client.force_login(analyst)
    assert client.post(reverse(name, args=[tour.slug]), {"name": "x"}).status_code == 403


@pytest.mark.parametrize("name", COORDINATE)
def test_a_leader_does_not_do_the_coordinators_work(client, leader, tour, name):
    client.force_login(leader)
    assert client.post(reverse(name, args=[tour.slug])).status_code == 403


@pytest.mark.parametrize("who", ["coordinator", "analyst", "leader"])
@pytest.mark.parametrize("name", READ)
def test_those_who_may_see_a_tour_see_every_page(client, request, tour, who, name):
    client.force_login(request.getfixturevalue(who))
    answer = page(client, name, tour)
    assert answer.status_code == 200 and tour.title in answer.content.decode()


def test_what_changes_something_is_never_a_link(client, coordinator, tour):
    client.force_login(coordinator)
    for name in ("desk_tour_reopen", "desk_tour_send", "desk_walk_open", "desk_walk_close"):
        assert page(client, name, tour).status_code == 405
    stop = tour.stops.first()
    for name in ("desk_stop_move", "desk_stop_remove"):
        assert page(client, name, tour, stop.pk).status_code == 405


def plan_form(**changes):
    return {
        "title": "Spring walk", "day": (timezone.localdate() + timedelta(30)).isoformat(),
        "clock": "18:00", "minutes": "90", "meeting_point": "Church hall",
        "point": "52.3042,-0.7175", "form_key": str(uuid.uuid4()), **changes,
    }  # fmt: skip


def test_a_plan_without_an_area_asks_for_the_area_first(client, coordinator, area):
    client.force_login(coordinator)
    assert "?area=queensway" in client.get(reverse("desk_tour_new")).content.decode()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"day": "2020-01-01"}, "cannot be planned in the past"),
        ({"day": ""}, "Date: This field is required"),
        ({"meeting_point": ""}, "Say where people meet"),
        ({"point": "48.85, 2.35"}, "not in Great Britain"),
        ({"minutes": "5"}, "greater than or equal to 15"),
    ],
)
def test_a_wrong_plan_comes_back_with_the_reason(client, coordinator, area, wrong, says):
    client.force_login(coordinator)
    answer = client.post(reverse("desk_tour_new") + "?area=queensway", plan_form(**wrong))
    assert answer.status_code == 200 and says in answer.content.decode()
    assert not Tour.objects.exists()


def test_a_plan_posted_twice_makes_one_tour(client, coordinator, area):
    client.force_login(coordinator)
    form = plan_form()
    places = {client.post(reverse("desk_tour_new") + "?area=queensway", form).url for _ in range(2)}
    tour = Tour.objects.get()
    assert places == {tour.get_desk_url()}
    assert timezone.localtime(tour.starts_at).hour == 18
    assert (tour.meeting_lat, tour.made_by) == (52.3042, coordinator)


def test_a_plan_is_changed_from_its_page(client, coordinator, soon):
    client.force_login(coordinator)
    url = reverse("desk_tour_plan", args=[soon.slug])
    assert "Church hall" in client.get(url).content.decode()
    client.post(url, plan_form(meeting_point="School gate", point=""))
    soon.refresh_from_db()
    assert (soon.meeting_point, soon.meeting_lat) == ("School gate", None)


def test_the_task_list_says_what_comes_next(client, coordinator, soon):
    client.force_login(coordinator)
    text = page(client, "desk_tour", soon).content.decode()
    for words in (
        "Choose where the walk stands still",
        "Sunset at",
        "Being planned",
        "Report back",
    ):
        assert words in text
    operations.add_stop(soon, name="Kilnway", lat=52.303, lon=-0.717)
    text = page(client, "desk_tour", soon).content.decode()
    assert "1 stop, about 0.0 km, 5 of 90 minutes" in text
    assert "No street map is loaded here: straight lines from stop to stop and 30% more" in text


def test_a_stop_is_added_in_words_and_twice_is_once(client, leader, tour):
    client.force_login(leader)
    form = {"name": "The shop", "minutes": "5", "form_key": str(uuid.uuid4())}
    for _ in range(2):
        client.post(reverse("desk_tour_stops", args=[tour.slug]), form)
    assert [stop.name for stop in tour.stops.all()][2:] == ["The shop"]


def test_a_stop_is_added_from_the_list_of_places(client, coordinator, tour, monkeypatch):
    from studytours.streets.queries import Place
    from studytours.tours import forms

    places = [Place("Minerva Way", "street", 52.3059, -0.7134, "Queensway")]
    monkeypatch.setattr(forms, "places_near", lambda area: places)
    client.force_login(coordinator)
    url = reverse("desk_tour_stops", args=[tour.slug])
    assert "Minerva Way, Queensway (street)" in client.get(url).content.decode()
    client.post(url, {"place": "52.3059,-0.7134", "minutes": "5"})
    stop = tour.stops.last()
    assert (stop.name, stop.lat) == ("Minerva Way", 52.3059)


def test_a_stop_without_a_name_comes_back(client, coordinator, tour):
    client.force_login(coordinator)
    answer = client.post(reverse("desk_tour_stops", args=[tour.slug]), {"minutes": "5"})
    assert b"Name the stop" in answer.content and tour.stops.count() == 2


def test_buttons_move_and_remove_stops(client, leader, tour):
    client.force_login(leader)
    first, second = tour.stops.all()
    client.post(reverse("desk_stop_move", args=[tour.slug, second.pk]), {"to": "1"})
    assert list(tour.stops.all()) == [second, first]
    assert (
        client.post(reverse("desk_stop_move", args=[tour.slug, first.pk]), {"to": "x"}).status_code
        == 409
    )
    client.post(reverse("desk_stop_remove", args=[tour.slug, second.pk]))
    assert [(stop.number, stop.name) for stop in tour.stops.all()] == [(1, "Kilnway garages")]
    assert page(client, "desk_stop", tour, second.pk).status_code == 404


def test_a_stop_of_another_tour_is_not_found(client, coordinator, tour, soon):
    client.force_login(coordinator)
    url = reverse("desk_stop_remove", args=[soon.slug, tour.stops.first().pk])
    assert client.post(url).status_code == 404
    assert tour.stops.count() == 2


def test_a_stop_is_changed_with_its_measures(client, leader, tour, gates):
    client.force_login(leader)
    stop = tour.stops.first()
    url = reverse("desk_stop", args=[tour.slug, stop.pk])
    assert b"Kilnway garages" in client.get(url).content
    form = {"name": "Garages", "minutes": "7", "measures": [gates.pk], "look_from_here": "on"}
    client.post(url, form)
    stop.refresh_from_db()
    assert (stop.name, stop.minutes, stop.look_from_here) == ("Garages", 7, True)
    assert list(stop.measures.all()) == [gates]


def test_a_suggestion_is_added_with_one_click_and_not_twice(client, coordinator, tour, gates):
    client.force_login(coordinator)
    url = reverse("desk_stop_suggested", args=[tour.slug])
    assert gates.name in page(client, "desk_tour_stops", tour).content.decode()
    client.post(url, {"name": gates.name})
    assert list(tour.stops.last().measures.all()) == [gates]
    assert client.post(url, {"name": gates.name}).status_code == 409
    assert tour.stops.count() == 3


def test_organisations_and_guests_are_put_on_the_list_and_written_to(
    client, coordinator, soon, landlord, church
):
    client.force_login(coordinator)
    client.post(
        reverse("desk_tour_invite", args=[soon.slug]), {"organisations": [landlord.pk, church.pk]}
    )
    client.post(
        reverse("desk_tour_guest", args=[soon.slug]),
        {"guest-name": "Joy", "guest-email": "j@e.org"},
    )
    text = page(client, "desk_tour_invitations", soon).content.decode()
    assert "Send 2 invitations by e-mail" in text and "No e-mail: tell them yourself" in text
    answer = client.post(reverse("desk_tour_send", args=[soon.slug]), follow=True)
    assert "2 e-mails are on the way" in answer.content.decode()
    assert Tour.objects.get(pk=soon.pk).state == "inviting"


@pytest.mark.parametrize(
    ("name", "form"),
    [("desk_tour_invite", {}), ("desk_tour_guest", {"guest-email": "not an address"})],
)
def test_a_wrong_invitation_comes_back(client, coordinator, soon, landlord, name, form):
    client.force_login(coordinator)
    answer = client.post(reverse(name, args=[soon.slug]), form)
    assert b"There is a problem" in answer.content and not soon.invitations.exists()


def test_one_who_was_not_written_to_can_be_taken_off(client, coordinator, soon, church):
    one = operations.invite(soon, organisation=church)
    client.force_login(coordinator)
    client.post(reverse("desk_tour_withdraw", args=[soon.slug, one.pk]))
    assert not soon.invitations.exists()


def test_a_reply_needs_no_account_and_looking_changes_nothing(client, soon, landlord):
    one = operations.invite(soon, organisation=landlord)
    operations.open_invitations(soon)
    url = reverse("tour_reply", args=[one.token])
    assert "Next week" in client.get(url).content.decode()
    one.refresh_from_db()
    assert one.answer == "none"
    assert b"There is a problem" in client.post(url, {"note": "Perhaps"}).content
    answer = client.post(url, {"answer": "yes", "note": "No steps please"}, follow=True)
    assert "We have your answer: coming" in answer.content.decode()
    one.refresh_from_db()
    assert (one.answer, one.note) == ("yes", "No steps please")


def test_a_reply_that_comes_too_late_is_told_so(client, soon, landlord):
    one = operations.invite(soon, organisation=landlord)
    operations.cancel_tour(soon)
    url = reverse("tour_reply", args=[one.token])
    assert b"was cancelled" in client.get(url).content
    assert b"was cancelled" in client.post(url, {"answer": "yes"}).content
    assert client.get(reverse("tour_reply", args=["x" * 43])).status_code == 404


def test_the_poster_has_a_code_that_a_camera_and_an_eye_can_read(client, leader, soon):
    client.force_login(leader)
    assert page(client, "desk_tour_qr", soon).status_code == 404
    assert b"Make the code" in page(client, "desk_tour_poster", soon).content
    client.post(reverse("desk_tour_code", args=[soon.slug]))
    soon.refresh_from_db()
    text = page(client, "desk_tour_poster", soon).content.decode()
    assert soon.join_code in text and "Church hall" in text
    picture = page(client, "desk_tour_qr", soon)
    assert picture["Content-Type"] == "image/svg+xml" and b"<svg" in picture.content


def test_a_leader_opens_and_closes_the_walk(client, leader, soon):
    client.force_login(leader)
    operations.sign_assessment(soon, name="Lee Hall", by=leader)
    answer = client.post(reverse("desk_walk_open", args=[soon.slug]), follow=True)
    soon.refresh_from_db()
    assert soon.join_code in answer.content.decode()
    again = client.post(reverse("desk_walk_open", args=[soon.slug]))
    assert again.status_code == 409 and b"walking" in again.content
    client.post(reverse("desk_walk_close", args=[soon.slug]))
    soon.refresh_from_db()
    assert soon.state == "debrief"


def test_reporting_back_and_taking_it_back(client, coordinator, soon):
    open_walk(soon)
    operations.close_walk(soon)
    client.force_login(coordinator)
    url = reverse("desk_tour_report", args=[soon.slug])
    client.post(url, {"summary": "Gates are broken.", "form_key": str(uuid.uuid4())})
    soon.refresh_from_db()
    assert (soon.state, soon.summary) == ("reported", "Gates are broken.")
    client.post(reverse("desk_tour_reopen", args=[soon.slug]))
    soon.refresh_from_db()
    assert soon.state == "debrief"


def test_a_report_before_the_walk_is_refused_on_the_form(client, coordinator, soon):
    client.force_login(coordinator)
    answer = client.post(reverse("desk_tour_report", args=[soon.slug]), {"summary": "Too early"})
    assert "You cannot report back now" in answer.content.decode()


def test_cancelling_says_first_what_follows(client, coordinator, soon, landlord):
    operations.invite(soon, organisation=landlord)
    operations.open_invitations(soon)
    client.force_login(coordinator)
    assert b"1 who was asked gets" in page(client, "desk_tour_cancel", soon).content
    client.post(reverse("desk_tour_cancel", args=[soon.slug]), {"reason": "Snow"})
    soon.refresh_from_db()
    assert soon.state == "cancelled"


def queries_of(client, url):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_the_number_of_queries_does_not_grow(client, coordinator, soon, area, landlord, church):
    client.force_login(coordinator)
    lamp = register_measure(kind="lighting", name="Lamp", place="P", area=area)
    operations.add_stop(soon, name="First", measures=[lamp])
    operations.add_stop(soon, name="Second")
    register_measure(kind="lighting", name="Not attached", place="Q", area=area)
    operations.invite(soon, organisation=church)
    urls = [reverse("desk_tours")] + [
        reverse(name, args=[soon.slug])
        for name in ("desk_tour", "desk_tour_stops", "desk_tour_invitations")
    ]
    client.get(urls[2])  # names of places are kept after the first look
    before = [queries_of(client, url) for url in urls]
    for number in range(8):
        lamp = register_measure(kind="lighting", name=f"Lamp {number}", place="P", area=area)
        operations.add_stop(soon, name=f"Stop {number}", measures=[lamp])
        operations.invite(soon, email=f"guest{number}@example.org")
        operations.plan_tour(
            area=area, title=f"Tour {number}", starts_at=timezone.now() + timedelta(9),
            meeting_point="Hall", leader=soon.leader,
        )  # fmt: skip
    after = [queries_of(client, url) for url in urls]
    assert after == before


def test_the_panels_show_tours(rf, coordinator, soon, area):
    request = rf.get("/")
    request.user = coordinator
    assert "Next week" in panels.tours(request, area)
    assert "Next week" in panels.coming(request, None)
