"""People who sign in. Only a coordinator makes an account; nobody makes their own."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from studytours.core.errors import Refused
from studytours.core.operations import record, write_message

from ..models import Organisation, Person, Role
from ..queries import get_office
from .fields import choice, e_mail, one_line
from .organisations import create_organisation


@transaction.atomic
def create_person(
    *, email, name, role, organisation=None, password=None, welcome=False, by=None, now=None
):
    """Give someone a sign-in. Without a password they sign in with a code sent by e-mail.

    `welcome` also sends them an e-mail that says how.
    """
    person = Person(email=_free_e_mail(email))
    person.name = one_line(name, what="The person's name", longest=120)
    person.role = choice(role, Role, what="a role")
    person.organisation = organisation
    _refuse_partner_without_organisation(person)
    person.set_password(password)
    person.save()
    # The coordinator vouches for the address; every way of signing in proves it again.
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    record("person_added", about=person, summary=f"Gave {person.name} a sign-in", by=by, now=now)
    if welcome:
        send_welcome(person, by=by, now=now)
    return person


@transaction.atomic
def change_person(
    person, *, name=None, email=None, role=None, organisation=False, active=None, by=None, now=None
):
    """Change what is given. `organisation=None` takes the person out of their organisation."""
    # Every coordinator row is locked, so that two people cannot step down at the same moment.
    coordinators = list(
        Person.objects.select_for_update()
        .filter(role=Role.COORDINATOR, is_active=True)
        .order_by("pk")
    )
    person = Person.objects.select_for_update().get(pk=person.pk)
    if name is not None:
        person.name = one_line(name, what="The person's name", longest=120)
    if role is not None:
        person.role = choice(role, Role, what="a role")
    if organisation is not False:
        person.organisation = organisation
    if active is not None:
        person.is_active = active
    if email is not None and e_mail(email) != person.email:
        _change_e_mail(person, email)
    _refuse_partner_without_organisation(person)
    if coordinators == [person] and not (person.is_coordinator and person.is_active):
        raise Refused(
            f"{person.name} is the only coordinator.",
            cure="Make someone else a coordinator first.",
        )
    person.save()
    record("person_changed", about=person, summary=f"Changed {person.name}", by=by, now=now)
    return person


@transaction.atomic
def remove_second_step(person, *, by=None, now=None):
    """For someone who lost their phone and their spare codes: they set it up again."""
    Authenticator.objects.filter(user=person).delete()
    record(
        "second_step_removed",
        about=person,
        summary=f"Removed the second step of {person.name}",
        by=by,
        now=now,
    )
    return person


@transaction.atomic
def send_welcome(person, *, by=None, now=None):
    """Tell someone how to sign in. Holds no secret: the code is made when they ask for it."""
    if not person.is_active:
        raise Refused(f"{person.name} cannot sign in.", cure="Let them sign in again first.")
    office = get_office()
    page = settings.BASE_URL + reverse("account_request_login_code")
    text = (
        f"Hello {person.name},\n\n"
        f"You can now sign in to {office.name}.\n\n"
        f"1. Open {page}\n"
        f"2. Type this e-mail address: {person.email}\n"
        "3. We send you a code. Type it in.\n\n"
        "You do not need a password. You can choose one when you have signed in.\n"
    )
    if office.contact_email:
        text += f"\nQuestions? Write to {office.contact_email}.\n"
    if office.disclaimer:
        text += f"\n{office.disclaimer}\n"
    return write_message(
        to=person.email,
        subject=f"How to sign in to {office.name}",
        text=text,
        about=person,
        now=now,
    )


@transaction.atomic
def create_local_accounts(password):
    """Sign-ins for a laptop or a demonstration, one for each role. Never for the public.

    Those that are there stay as they are: whoever changed a password wanted to.
    """
    if settings.PRODUCTION:
        raise Refused(
            "Sign-ins with a shared password are only for a laptop.",
            cure="Use `studytours add_person` to make a real one.",
        )
    home = Organisation.objects.filter(kind=Organisation.Kind.LANDLORD).first()
    home = home or Organisation.objects.first() or _example_organisation()
    return {role: _local_account(role, password, home) for role in Role.values}


def _local_account(role, password, home):
    email = f"{role}@studytours.example"
    return Person.objects.filter(email=email).first() or create_person(
        email=email,
        name=f"Example {Role(role).label.lower()}",
        role=role,
        organisation=home if role == Role.PARTNER else None,
        password=password,
    )


def _example_organisation():
    return create_organisation(name="Example Homes", kind=Organisation.Kind.LANDLORD)


def _free_e_mail(email, but=None):
    email = e_mail(email, needed=True)
    if Person.objects.filter(email__iexact=email).exclude(pk=but).exists():
        raise Refused(
            f"Someone already signs in with {email}.",
            cure="Change that person instead, or use another address.",
        )
    return email


def _change_e_mail(person, email):
    person.email = _free_e_mail(email, but=person.pk)
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)


def _refuse_partner_without_organisation(person):
    if person.role == Role.PARTNER and person.organisation is None:
        raise Refused(
            "A partner belongs to an organisation.",
            cure="Choose the organisation, or another role.",
        )
