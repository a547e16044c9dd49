"""Kinds of work that an organisation answers for: what a remit is made of, in everyday words."""

from dataclasses import dataclass

from .models import Organisation

Kind = Organisation.Kind


@dataclass(frozen=True)
class Work:
    key: str
    label: str
    # Organisations of these kinds do it by nature.
    kinds: tuple = ()
    # Words in "what it looks after" that speak for it.
    words: tuple = ()


WORKS = (
    Work("lighting", "Street lighting", words=("lighting", "street lights")),
    Work("grounds", "Hedges, trees and grass", words=("hedges", "trees", "grounds", "verges")),
    Work("cleansing", "Street cleaning", words=("cleaning", "cleansing", "rubbish", "bins")),
    Work("highways", "Roads and paths", words=("highways", "roads", "pavements")),
    Work("homes", "Housing landlord", kinds=(Kind.LANDLORD,), words=("homes, ", "its homes")),
    Work("gates", "Gates, fences and doors", words=("gates", "fences")),
    Work("cctv", "CCTV", words=("cctv",)),
    Work("police", "Neighbourhood police", kinds=(Kind.POLICE,), words=("patrols",)),
    Work("retail", "Shop theft", words=("retail crime", "shop theft", "shops together")),
    Work("parks", "Parks and play areas", words=("parks", "play areas")),
    Work("youth", "Young people", words=("young people", "youth")),
    Work("planning", "Planning and empty buildings", words=("planning", "empty")),
    Work("outreach", "Help for people at risk", words=("outreach", "homeless", "homes at risk")),
    Work("residents", "Residents", kinds=(Kind.COMMUNITY,), words=("residents",)),
    Work("business", "Shops and businesses", kinds=(Kind.BUSINESS,), words=("local shops",)),
    Work("schools", "School or church", kinds=(Kind.FAITH_SCHOOL,), words=("pupils",)),
)  # fmt: skip
BY_KEY = {work.key: work for work in WORKS}
CHOICES = [(work.key, work.label) for work in WORKS]


def by_its_words(organisation, *, only_kind=False):
    """Keys of the work that its kind and "what it looks after" speak for.

    Who only advises owns nothing. With `only_kind` the words are left aside.
    """
    words = organisation.looks_after.lower()
    speak = not (only_kind or words.startswith("advice"))
    return [
        work.key
        for work in WORKS
        if organisation.kind in work.kinds
        or (speak and any(spoken in words for spoken in work.words))
    ]
