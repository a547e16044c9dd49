"""Contacts of an organisation for a kind of work or a place."""

from django.db import transaction

from studytours.core.errors import Refused
from studytours.core.operations import record

from ..models import Contact
from ..works import BY_KEY
from .fields import e_mail, one_line


@transaction.atomic
def add_contact(organisation, *, name, email, work="", place="", by=None, now=None):
    """Say whom to write to. The same twice is one."""
    if work and work not in BY_KEY:
        raise Refused(f"“{work}” is not a kind of work.", cure="Choose one from the list.")
    name = one_line(name, what="The name of the contact", longest=120)
    place = one_line(place, what="The place", longest=120, needed=False)
    contact, made = Contact.objects.update_or_create(
        organisation=organisation, email=e_mail(email, needed=True), work=work, place=place,
        defaults={"name": name},
    )  # fmt: skip
    if made:  # no name: events are kept for good
        summary = f"{organisation} has a contact more"
        record("contact_added", about=organisation, summary=summary, by=by, now=now)
    return contact


@transaction.atomic
def remove_contact(contact, *, by=None, now=None):
    organisation = contact.organisation
    contact.delete()
    summary = f"{organisation} has a contact less"
    record("contact_removed", about=organisation, summary=summary, by=by, now=now)
