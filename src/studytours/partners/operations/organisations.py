"""Organisations that own actions and measures."""

import csv
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify

from studytours.core.errors import Refused
from studytours.core.operations import record

from ..models import Organisation
from .fields import choice, e_mail, one_line, web_address

# /desk/partners/new/ is a page already: no organisation has that address.
OUR_PAGES = {"contacts", "new", "people", "usual"}
USUAL = Path(__file__).parents[1] / "seeds" / "organisations.csv"


@transaction.atomic
def create_organisation(*, name, kind, email="", looks_after="", website="", by=None, now=None):
    """Add an organisation. Refuses a name that is already there, however it is written."""
    organisation = Organisation(slug=_free_slug(name))
    _fill(organisation, name, kind, email, looks_after, website)
    organisation.save()
    summary = f"Added {organisation.name}"
    record("organisation_added", about=organisation, summary=summary, by=by, now=now)
    return organisation


@transaction.atomic
def change_organisation(
    organisation, *, name=None, kind=None, email=None, looks_after=None, website=None, active=None,
    by=None, now=None,
):  # fmt: skip
    """Change what is given; the address of its page stays, so that links keep working."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    _fill(
        organisation,
        organisation.name if name is None else name,
        organisation.kind if kind is None else kind,
        organisation.email if email is None else email,
        organisation.looks_after if looks_after is None else looks_after,
        organisation.website if website is None else website,
    )
    if active is not None:
        organisation.is_active = active
    organisation.save()
    record(
        "organisation_changed",
        about=organisation,
        summary=f"Changed {organisation.name}",
        by=by,
        now=now,
    )
    return organisation


@transaction.atomic
def seed_organisations(*, by=None, now=None):
    """Add the organisations that usually walk along, to be edited. Those that exist stay."""
    known = {name.lower() for name in Organisation.objects.values_list("name", flat=True)}
    with USUAL.open(encoding="utf-8", newline="") as file:
        return [
            create_organisation(**row, by=by, now=now)
            for row in csv.DictReader(file)
            if row["name"].lower() not in known
        ]


def _fill(organisation, name, kind, email, looks_after, website):
    organisation.name = one_line(name, what="The name of the organisation", longest=120)
    same = Organisation.objects.filter(name__iexact=organisation.name)
    if same.exclude(pk=organisation.pk).exists():
        raise Refused(
            f"“{organisation.name}” is already in the list.",
            cure="Change that one, or give this one a name that tells them apart.",
        )
    organisation.kind = choice(kind, Organisation.Kind, what="a kind of organisation")
    organisation.email = e_mail(email)
    organisation.looks_after = one_line(
        looks_after, what="What it looks after", longest=300, needed=False
    )
    organisation.website = web_address(website)


def _free_slug(name):
    """A short address made of the name: "greatwell-homes", then "greatwell-homes-2"."""
    slug = base = slugify(name)[:50].strip("-") or "organisation"
    taken = OUR_PAGES | set(
        Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    )
    number = 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
