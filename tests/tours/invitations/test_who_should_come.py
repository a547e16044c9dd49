"""Which remits a walk is likely to need, who is asked and comes, and which is missing."""

from datetime import date

import pytest
from django.urls import reverse
from tests.tours.conftest import NOW

from studytours.core.errors import Refused
from studytours.measures.operations import register_measure
from studytours.partners.operations import (
    add_contact,
    change_organisation,
    create_organisation,
    remove_contact,
)
from studytours.tours import operations
from studytours.tours.invitations.contacts import contact_for
from studytours.tours.invitations.evidence import Ground
from studytours.tours.invitations.who import missing_of, who_should_come
from studytours.tours.remit_evidence import EVERY_WALK


def rows(tour):
    return {row.work.key: row for row in who_should_come(tour)}


@pytest.fixture
def lamps(db):
    return create_organisation(
        name="Lamp team", kind="council", looks_after="street lights", email="lamps@example.org"
    )


def test_where_nothing_is_known_every_walk_s_own_are_missing(tour):
    found = rows(tour)
    assert set(found) == set(EVERY_WALK)
    assert {row.state for row in found.values()} == {"missing"}
    assert missing_of(found.values()) == {"missing": 6, "remits": 6}
    assert found["lighting"].to_ask == [] and found["lighting"].reasons


def test_what_an_organisation_says_it_looks_after_speaks_for_it(tour, lamps):
    adviser = create_organisation(name="Adviser", kind="police", looks_after="advice on lighting")
    assert rows(tour)["lighting"].to_ask == [lamps]
    assert rows(tour)["police"].to_ask == [adviser]
    change_organisation(lamps, active=False)
    assert rows(tour)["lighting"].to_ask == []


def test_asked_coming_and_missing_again_when_all_say_no(tour, lamps):
    one = operations.invite(tour, organisation=lamps, work="lighting", now=NOW)
    assert rows(tour)["lighting"].state == "asked"
    operations.open_invitations(tour, now=NOW)
    operations.answer_invitation(one, "yes", now=NOW)
    assert (rows(tour)["lighting"].state, rows(tour)["lighting"].coming) == ("coming", [one])
    operations.answer_invitation(one, "no", now=NOW)
    assert (rows(tour)["lighting"].state, rows(tour)["lighting"].to_ask) == ("missing", [])


def test_asked_for_one_kind_of_work_is_not_asked_for_another(tour):
    both = create_organisation(
        name="Council", kind="council", looks_after="lighting, hedges", email="c@example.org"
    )
    operations.invite(tour, organisation=both, work="lighting", now=NOW)
    found = rows(tour)
    assert (found["lighting"].state, found["grounds"].state) == ("asked", "missing")
    operations.invite(tour, organisation=both, now=NOW)
    assert rows(tour)["lighting"].state == "asked"


def test_a_guest_is_a_resident(tour):
    operations.invite(tour, email="joy@example.org", now=NOW)
    assert rows(tour)["residents"].state == "asked"


def test_a_measure_asks_for_its_owner_its_maintainer_and_says_when_it_has_none(
    tour, area, landlord, lamps
):
    register_measure(
        kind="alley_gate", name="Kilnway gates", place="Kilnway", area=area, owner=landlord,
        maintainer=lamps, key_holder="Wardens", next_check=date(2020, 1, 1), now=NOW,
    )  # fmt: skip
    register_measure(kind="cctv", name="Cameras", place="Kilnway", area=area, now=NOW)
    found = rows(tour)
    assert found["gates"].reasons == [
        "Greatwell Homes: Owns Kilnway gates. Its check is due. The keys: Wardens.",
        "Lamp team: Maintains Kilnway gates. Its check is due.",
    ]
    assert found["gates"].to_ask == [landlord, lamps]
    assert found["cctv"].reasons == ["Cameras has no owner in the register. Its check is due."]
    assert found["cctv"].to_ask == []


# -- contacts -------------------------------------------------------------------------------------


def test_a_contact_needs_a_name_an_address_and_a_kind_of_work_that_there_is(landlord):
    for wrong in ({"name": ""}, {"email": "no"}, {"work": "magic"}):
        with pytest.raises(Refused):
            add_contact(landlord, **{"name": "Repairs", "email": "r@example.org", **wrong})
    assert not landlord.contacts.exists()


def test_the_same_contact_twice_is_one_and_it_can_be_removed(landlord):
    for name in ("Repairs", "Repairs team"):
        one = add_contact(landlord, name=name, email="r@example.org", work="gates")
    assert [str(contact) for contact in landlord.contacts.all()] == ["Repairs team"]
    remove_contact(one)
    assert not landlord.contacts.exists()


def test_the_contact_that_fits_best_is_written_to(tour, landlord):
    """Work and place before work alone, before place alone, before the usual address."""
    ground = Ground(tour.area)

    def fits(work):
        found = contact_for(landlord, work, ground)
        return found and found.name

    add_contact(landlord, name="All", email="all@example.org")
    assert fits("gates") is None  # the organisation has an address of its own
    for name, work, place in (
        ("Here", "", "Queensway"), ("Gates", "gates", ""), ("Gates here", "gates", "queensway"),
        ("Gates elsewhere", "gates", "Hemmingwell"),
    ):  # fmt: skip
        add_contact(landlord, name=name, email="x@example.org", work=work, place=place)
    assert (fits("gates"), fits("homes")) == ("Gates here", "Here")


# -- the page -------------------------------------------------------------------------------------


def ask(client, tour, *pairs):
    url = reverse("desk_tour_ask", args=[tour.slug])
    return client.post(url, {"ask": pairs}, follow=True).content.decode()


def test_the_page_says_what_is_missing_and_a_button_asks(client, coordinator, tour, lamps):
    client.force_login(coordinator)
    page = client.get(reverse("desk_tour_invitations", args=[tour.slug])).content.decode()
    assert "6 of 6" in page and "Nobody has this remit." in page
    assert "Lamp team answers for it" in page
    add_contact(lamps, name="Night shift", email="night@example.org", work="lighting")
    page = ask(client, tour, f"{lamps.pk}:lighting")
    assert "On the list: Lamp team" in page
    one = tour.invitations.get()
    assert (one.address, one.work, str(one)) == (
        "night@example.org", "lighting", "Lamp team: Night shift",
    )  # fmt: skip
    ask(client, tour, f"{lamps.pk}:lighting")
    assert tour.invitations.count() == 1
    task_list = client.get(tour.get_desk_url()).content.decode()
    assert "5 of 6 remits are missing" in task_list


def test_a_button_of_nothing_changes_nothing(client, coordinator, tour):
    client.force_login(coordinator)
    assert "Nobody was chosen" in ask(client, tour)
    url = reverse("desk_tour_ask", args=[tour.slug])
    for wrong in ("99999:lighting", "x:lighting", "²:lighting", ":"):
        assert client.post(url, {"ask": wrong}).status_code == 404
    assert not tour.invitations.exists()


def test_a_contact_is_added_and_removed_on_the_organisation_s_page(client, coordinator, landlord):
    client.force_login(coordinator)
    url = reverse("desk_contact_new", args=[landlord.slug])
    form = {"contact-name": "Repairs", "contact-email": "r@example.org", "contact-work": "gates"}
    page = client.post(url, form, follow=True).content.decode()
    assert "r@example.org" in page and "Gates, fences and doors" in page
    client.post(reverse("desk_contact_remove", args=[landlord.contacts.get().pk]))
    assert not landlord.contacts.exists()
    assert b"There is a problem" in client.post(url, {"contact-name": "x"}).content
