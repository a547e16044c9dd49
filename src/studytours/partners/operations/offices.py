"""The office that runs the programme: one row."""

from django.db import transaction

from studytours.core.operations import record

from ..models import Office
from .fields import e_mail, one_line


@transaction.atomic
def set_office(
    *, name=None, strapline=None, contact_email=None, home_force=None, is_invented=None,
    by=None, now=None,
):  # fmt: skip
    """Change what is given of the office's settings; what is left out stays."""
    # One row, whoever comes first: a second office would never be read.
    office, _ = Office.objects.select_for_update().get_or_create(pk=1)
    if name is not None:
        office.name = one_line(name, what="The name of the office", longest=120)
    if strapline is not None:
        office.strapline = one_line(
            strapline, what="The line below the name", longest=200, needed=False
        )
    if contact_email is not None:
        office.contact_email = e_mail(contact_email)
    if home_force is not None:
        # As the crime files name a force: "Northamptonshire Police" → "northamptonshire".
        force = one_line(home_force, what="The police force", longest=60, needed=False).lower()
        office.home_force = force.removesuffix(" police").replace(" ", "-")
    if is_invented is not None:
        office.is_invented = is_invented
    office.save()
    record("office_changed", about=office, summary="Changed the settings", by=by, now=now)
    return office
