import re
import uuid

import pytest
from django.core import mail

from studytours.partners import operations, queries
from studytours.partners.models import Organisation, Person


@pytest.fixture
def amina(people, client):
    client.force_login(people.amina)
    return client


ORGANISATION = {"name": "Town Council", "kind": "town_council", "looks_after": "allotments"}
PERSON = {"name": "Kim", "email": "kim@example.org", "role": "leader"}


def test_the_list_shows_who_looks_after_what_and_who_can_sign_in(amina, people, homes):
    operations.change_organisation(homes, looks_after="its courts", email="homes@example.org")
    operations.change_person(people.lee, active=False)
    html = amina.get("/desk/partners/").content.decode()
    assert "its courts" in html and "homes@example.org" in html and "Pat" in html
    assert "Cannot sign in" in html


def test_the_list_costs_the_same_however_long_it_is(amina, django_assert_max_num_queries):
    operations.seed_organisations()
    with django_assert_max_num_queries(8):
        amina.get("/desk/partners/")


def test_an_empty_list_says_what_to_do(client, db):
    client.force_login(
        operations.create_person(email="a@example.org", name="A", role="coordinator")
    )
    assert b"No organisations yet" in client.get("/desk/partners/").content
    page = client.post("/desk/partners/usual/", follow=True)
    assert b"organisations added" in page.content


def test_adding_an_organisation_twice_is_said_on_the_form(amina, homes):
    page = amina.post("/desk/partners/new/", {"name": "GREATWELL homes", "kind": "landlord"})
    assert page.status_code == 200
    assert "already in the list" in page.content.decode()


def test_the_same_form_posted_twice_adds_one_organisation(amina):
    form = {**ORGANISATION, "form_key": uuid.uuid4()}
    answers = [amina.post("/desk/partners/new/", form).headers["Location"] for _ in range(2)]
    assert answers == ["/desk/partners/"] * 2
    assert Organisation.objects.filter(name="Town Council").count() == 1


def test_an_organisation_is_changed(amina, homes):
    form = {"name": "Greatwell", "kind": "landlord", "looks_after": "gates"}
    amina.post("/desk/partners/greatwell-homes/", form)
    homes.refresh_from_db()
    assert (homes.name, homes.looks_after, homes.is_active) == ("Greatwell", "gates", False)
    assert amina.get("/desk/partners/nobody/").status_code == 404


def test_a_new_person_gets_an_e_mail_and_signs_in(amina, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        amina.post("/desk/partners/people/new/", {**PERSON, "welcome": "on"})
    assert mail.outbox[0].to == ["kim@example.org"]
    assert not Person.objects.get(name="Kim").has_usable_password()


def test_a_partner_without_organisation_is_refused_on_the_form(amina):
    page = amina.post("/desk/partners/people/new/", {**PERSON, "role": "partner"})
    assert "belongs to an organisation" in page.content.decode()


def test_the_link_beside_an_organisation_fills_in_the_form(amina, homes):
    html = amina.get("/desk/partners/people/new/?organisation=greatwell-homes").content.decode()
    assert re.search(rf'<option value="{homes.pk}" selected', html)


def test_a_person_is_changed_and_the_last_coordinator_is_not(amina, people):
    address = f"/desk/partners/people/{people.amina.pk}/"
    page = amina.post(address, {**PERSON, "role": "analyst", "active": "on"})
    assert "only coordinator" in page.content.decode()
    amina.post(f"/desk/partners/people/{people.lee.pk}/", {**PERSON, "active": "on"})
    people.lee.refresh_from_db()
    assert people.lee.name == "Kim" and people.lee.is_active


def test_a_person_stays_with_an_organisation_that_no_longer_takes_part(amina, people, homes):
    operations.change_organisation(homes, active=False)
    form = {"name": "Pat", "email": "pat@example.org", "role": "partner", "active": "on"}
    answer = amina.post(
        f"/desk/partners/people/{people.pat.pk}/", {**form, "organisation": homes.pk}
    )
    assert answer.status_code == 302


def test_the_welcome_is_sent_again(amina, people, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        amina.post(f"/desk/partners/people/{people.lee.pk}/welcome/")
    assert mail.outbox[0].to == ["lee@example.org"]


def test_the_settings_change_what_every_page_says(amina):
    form = {"name": "Walk with us", "contact_email": "us@example.org", "home_force": ""}
    amina.post("/desk/settings/", form)
    assert queries.get_office().name == "Walk with us"
    assert "Walk with us" in amina.get("/desk/settings/").content.decode()


def test_names_are_shown_as_text_and_never_as_code(amina, homes):
    operations.change_organisation(homes, name="<b>Homes</b>", looks_after="<script>")
    html = amina.get("/desk/partners/").content.decode()
    assert "<b>Homes" not in html and "looks_after" not in html and "&lt;script&gt;" in html


@pytest.mark.parametrize("role", ["ana", "lee", "pat"])
@pytest.mark.parametrize("page", ["/desk/partners/", "/desk/settings/", "/desk/partners/new/"])
def test_only_coordinators_come_here(people, sign_in, client, role, page):
    sign_in(f"{role}@example.org")
    answer = client.get(page)
    assert answer.status_code == 403
    assert b"coordinator" in answer.content
