"""Which organisation answers for which kind of work, and where."""

from django.db import transaction

from studytours.core.errors import Refused
from studytours.core.operations import record
from studytours.fieldwork.models import Category
from studytours.partners.models import Organisation

from ..models import Remit
from ._change import office_only

# Words in "what it looks after" that speak for a category. A first guess, to be edited.
WORDS = {
    "LIT": ("lighting", "street lights"),
    "VEG": ("hedges", "trees", "grounds"),
    "SEE": ("sight lines", "planning"),
    "CUT": ("pavements", "alley gates"),
    "GAT": ("gates", "fences"),
    "CAM": ("cctv",),
    "HOM": ("homes at risk", "its homes", "council homes"),
    "VEH": ("vehicle crime", "car park"),
    "SHO": ("shop theft", "shops together"),
    "DRU": ("drug", "needle"),
    "FLY": ("dumped rubbish", "litter", "bins"),
    "GRA": ("graffiti",),
    "EMP": ("empty",),
    "PAR": ("parks", "play areas"),
    "YOU": ("young people", "youth"),
    "PAT": ("pavements", "crossings"),
    "BIK": ("patrols", "bike track"),
    "ROU": ("outreach", "homeless"),
}


@transaction.atomic
def set_remit(organisation, category, *, place="", note="", by=None, now=None):
    """Say that an organisation answers for a category, everywhere or in a place."""
    office_only(by, "change remits")
    if not Category.objects.filter(pk=category).exists():
        raise Refused(f"There is no category “{category}”.")
    remit, made = Remit.objects.update_or_create(
        organisation=organisation, category=category, place=" ".join(place.split()),
        defaults={"note": note.strip()[:200]},
    )  # fmt: skip
    if made:
        record(
            "remit_set", about=organisation, summary=f"{organisation} answers for {category}",
            by=by, now=now, category=category, place=remit.place,
        )  # fmt: skip
    return remit


@transaction.atomic
def remove_remit(remit, *, by=None, now=None):
    """It no longer answers for this kind of work; actions it has stay with it."""
    office_only(by, "change remits")
    record(
        "remit_removed", about=remit.organisation, by=by, now=now, category=remit.category,
        place=remit.place, summary=f"{remit.organisation} no longer answers for {remit.category}",
    )  # fmt: skip
    remit.delete()


@transaction.atomic
def seed_remits(*, by=None, now=None):
    """Guess remits from what organisations say they look after, for those that have none yet."""
    known = set(Category.objects.values_list("pk", flat=True))
    return [
        set_remit(organisation, code, note="Guessed from what it looks after", by=by, now=now)
        for organisation in Organisation.objects.filter(is_active=True, remits=None)
        for code in guessed(organisation.looks_after)
        if code in known
    ]


def guessed(looks_after):
    """Categories that words speak for. Who only advises owns nothing."""
    words = looks_after.lower()
    if words.startswith("advice"):
        return []
    return [code for code, spoken in WORDS.items() if any(word in words for word in spoken)]
