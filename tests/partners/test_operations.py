import pytest
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError

from studytours.core.errors import Refused
from studytours.core.models import Event, Message
from studytours.partners import operations, queries
from studytours.partners.models import Organisation, Person, Role

# --- organisations ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Greatwell Homes", "greatwell homes", "  GREATWELL   Homes "])
def test_an_organisation_is_not_added_twice_however_it_is_written(homes, name):
    with pytest.raises(Refused, match="already in the list"):
        operations.create_organisation(name=name, kind="landlord")
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": " "}, "missing"),
        ({"name": "x" * 121}, "too long"),
        ({"kind": "shop"}, "not a kind of organisation"),
        ({"email": "office at example"}, "not an e-mail address"),
        ({"website": "javascript:alert(1)"}, "not a web address"),
        ({"looks_after": "x" * 301}, "too long"),
    ],
)
def test_an_organisation_with_a_wrong_field_is_refused(db, wrong, words):
    with pytest.raises(Refused, match=words):
        operations.create_organisation(**{"name": "Kings Heath Shops", "kind": "business"} | wrong)
    assert not Organisation.objects.exists()


def test_an_organisation_is_added_tidily_and_as_an_event(people):
    made = operations.create_organisation(
        name=" St  Mary's Church ",
        kind="faith_school",
        email="Office@Example.ORG",
        website="www.example.org",
        by=people.amina,
    )
    assert (made.name, made.slug) == ("St Mary's Church", "st-marys-church")
    assert (made.email, made.website) == ("office@example.org", "https://www.example.org")
    event = Event.objects.get(kind="organisation_added", by=people.amina)
    assert event.about == f"partners.organisation:{made.pk}"


def test_names_that_give_the_same_short_address_get_a_number(db):
    slugs = [
        operations.create_organisation(name=name, kind="other").slug
        for name in ("Town Hall", "Town-Hall", "Town: Hall", "????", "!!!!")
    ]
    assert slugs == ["town-hall", "town-hall-2", "town-hall-3", "organisation", "organisation-2"]


def test_no_organisation_hides_a_page_of_the_desk(db):
    assert operations.create_organisation(name="New", kind="other").slug == "new-2"


def test_changing_an_organisation_keeps_its_address_and_what_is_not_given(homes):
    changed = operations.change_organisation(homes, name="Greatwell", active=False)
    assert (changed.slug, changed.kind, changed.is_active) == ("greatwell-homes", "landlord", False)


def test_an_organisation_cannot_take_the_name_of_another(homes):
    other = operations.create_organisation(name="Other", kind="other")
    with pytest.raises(Refused, match="already in the list"):
        operations.change_organisation(other, name="GREATWELL HOMES")


def test_the_usual_organisations_are_added_once(homes):
    first = operations.seed_organisations()
    assert len(first) >= 25
    assert "Network Rail" in [organisation.name for organisation in first]
    assert homes not in first
    assert operations.seed_organisations() == []


# --- people ----------------------------------------------------------------------------------


def test_the_same_e_mail_address_is_refused_however_it_is_written(people):
    with pytest.raises(Refused, match=r"already signs in with amina@example\.org"):
        operations.create_person(email="AMINA@Example.org ", name="Other", role="analyst")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"email": "nobody"}, "not an e-mail address"),
        ({"email": ""}, "not an e-mail address"),
        ({"email": "a@b.org\nBcc: c@d.org"}, "not an e-mail address"),
        ({"name": ""}, "missing"),
        ({"role": "boss"}, "not a role"),
        ({"role": "partner"}, "belongs to an organisation"),
    ],
)
def test_a_person_with_a_wrong_field_is_refused(db, wrong, words):
    right = {"email": "new@example.org", "name": "New", "role": "leader"}
    with pytest.raises(Refused, match=words):
        operations.create_person(**right | wrong)
    assert not Person.objects.exists()


def test_the_only_coordinator_stays_one(people):
    for change in ({"role": "analyst"}, {"active": False}):
        with pytest.raises(Refused, match="the only coordinator"):
            operations.change_person(people.amina, **change)
    people.amina.refresh_from_db()
    assert people.amina.is_active and people.amina.is_coordinator


def test_a_coordinator_may_go_when_there_is_another_who_may_sign_in(people):
    operations.change_person(people.ana, role="coordinator")
    operations.change_person(people.amina, active=False)
    with pytest.raises(Refused, match="Ana is the only coordinator"):
        operations.change_person(people.ana, active=False)


def test_a_partner_is_not_taken_out_of_their_organisation(people):
    with pytest.raises(Refused, match="belongs to an organisation"):
        operations.change_person(people.pat, organisation=None)


def test_changing_a_person_leaves_what_is_not_given(people, homes):
    changed = operations.change_person(people.pat, name="Pat Brown")
    assert (changed.role, changed.organisation, changed.is_active) == (Role.PARTNER, homes, True)


def test_a_new_e_mail_address_is_the_one_to_sign_in_with(people, sign_in):
    operations.change_person(people.lee, email="Lee.New@example.org")
    assert sign_in("lee.new@example.org").headers["Location"] == "/desk/tours/"
    with pytest.raises(Refused, match="already signs in"):
        operations.change_person(people.lee, email="amina@example.org")


def test_the_welcome_says_how_to_sign_in_and_holds_no_secret(
    people, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        operations.create_person(
            email="new@example.org", name="New", role="leader", welcome=True, by=people.amina
        )
    (sent,) = mail.outbox
    assert sent.to == ["new@example.org"]
    assert "/account/login/code/" in sent.body
    assert Message.objects.get().state == "sent"


def test_nobody_is_welcomed_who_cannot_sign_in(people):
    lee = operations.change_person(people.lee, active=False)
    with pytest.raises(Refused, match="cannot sign in"):
        operations.send_welcome(lee)


def test_local_accounts_are_one_for_each_role_and_stay_as_they_are(db):
    people = operations.create_local_accounts("first password")
    assert sorted(people) == ["analyst", "coordinator", "leader", "partner"]
    assert people["coordinator"].email == "coordinator@studytours.example"
    again = operations.create_local_accounts("second password")
    assert again == people
    assert again["partner"].check_password("first password")


def test_shared_passwords_are_refused_in_production(db, settings):
    settings.PRODUCTION = True
    with pytest.raises(Refused, match="only for a laptop"):
        operations.create_local_accounts("password")
    assert not Person.objects.exists()


# --- the office ------------------------------------------------------------------------------


def test_the_office_is_one_row_and_keeps_what_is_not_given(db):
    operations.set_office(name="Northants study tours", home_force="Northamptonshire Police")
    operations.set_office(strapline="Safer streets together", is_invented=True)
    office = queries.get_office()
    assert (office.name, office.home_force) == ("Northants study tours", "northamptonshire")
    assert office.strapline == "Safer streets together" and office.is_invented


def test_the_office_refuses_a_wrong_address(db):
    with pytest.raises(Refused, match="not an e-mail address"):
        operations.set_office(contact_email="us")


# --- the command line ------------------------------------------------------------------------


def test_the_first_coordinator_is_added_on_the_command_line(db, capsys):
    call_command("add_person", "first@example.org", "First", "--json")
    assert '"role": "coordinator"' in capsys.readouterr().out
    with pytest.raises(CommandError) as refused:
        call_command("add_person", "first@example.org", "First again")
    assert refused.value.returncode == 2


def test_a_partner_is_added_on_the_command_line_with_a_known_organisation(homes):
    call_command(
        "add_person", "p@example.org", "P", "--role=partner", "--organisation=greatwell homes"
    )
    assert Person.objects.get().organisation == homes
    with pytest.raises(CommandError, match="no organisation"):
        call_command("add_person", "q@example.org", "Q", "--organisation=Nobody")
