"""Who put something right on the walk, and whether that kind of work is theirs."""

from studytours.partners.models import Organisation
from studytours.tours.invitations.who import answering_in

from .taxonomy import WORK_OF

MOST_LETTERS = 120


def organisations_for_the_phone(tour):
    """Those invited and those with a remit here, each with its kinds of work."""
    works = answering_in(tour.area)
    invited = Organisation.objects.filter(invitations__tour=tour, is_active=True)
    everyone = sorted({*works, *invited}, key=lambda one: one.name.casefold())
    return [
        {"ref": one.slug, "name": one.name, "works": sorted(works.get(one, ()))} for one in everyone
    ]


def read_doer(value, tour, fields, notes):
    """The fields of an observation that say who did it; empty where nothing was done.

    A name that is nobody's stays in words: people walk for organisations that we do not know.
    """
    nobody = {"done_by": None, "done_by_words": "", "done_in_remit": None}
    if not value or not fields["done_now"]:
        return nobody
    if not isinstance(value, str):
        notes.append("the organisation that did it was not text")
        return nobody
    words = " ".join(value.split())[:MOST_LETTERS]
    organisation = (
        Organisation.objects.filter(slug=words).first()
        or Organisation.objects.filter(name__iexact=words).first()
    )
    if organisation is None:
        return nobody | {"done_by_words": words}
    theirs = is_theirs(organisation, tour, fields["category"], fields["measure"])
    return nobody | {"done_by": organisation, "done_in_remit": theirs}


def is_theirs(organisation, tour, category, measure=None):
    """Is it in the organisation's remit? None where nobody is known to answer for it here."""
    if measure and organisation.pk in (measure.owner_id, measure.maintainer_id):
        return True
    work = WORK_OF.get(category.code) if category else None
    theirs = [one for one, works in answering_in(tour.area).items() if work in works]
    return organisation in theirs if theirs else None
