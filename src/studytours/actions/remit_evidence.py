"""What remits, earlier findings and open promises say about who should come on a walk."""

from django.db.models import Count

from studytours.fieldwork.models import Finding
from studytours.fieldwork.taxonomy import WORK_OF
from studytours.partners.works import by_its_words
from studytours.tours.invitations.evidence import Need, Remit, remit_evidence, who_answers

from . import models
from .models import OPEN_STATES, Action
from .queries import public


@who_answers
def from_remits(ground):
    remits = models.Remit.objects.select_related("organisation")
    return [
        Remit(WORK_OF[one.category], one.organisation, one.place)
        for one in remits
        if one.category in WORK_OF
    ]


@remit_evidence
def from_earlier_findings(ground):
    """What was found here before. Sensitive findings are not spoken of, even as a number."""
    found = Finding.objects.filter(
        tour__area=ground.area, is_sensitive=False, category__is_sensitive=False,
        decision=Finding.Decision.ACCEPTED,
    )  # fmt: skip
    rows = found.values("category", "category__label").annotate(n=Count("pk"))
    return [
        Need(WORK_OF[row["category"]], f"Found here before: {row['category__label'].lower()}.")
        for row in rows.order_by("category")
        if row["category"] in WORK_OF
    ]


@remit_evidence
def from_open_promises(ground):
    """Whoever has promised something here should say how it stands."""
    actions = public(Action.objects.filter(area=ground.area, state__in=OPEN_STATES))
    actions = actions.select_related("owner", "finder").prefetch_related("findings")
    return [
        Need(work, f"Has promised {action.ref}: {action.title}.", action.responsible)
        for action in actions.order_by("ref")
        for work in sorted(_works(action))
    ]


def _works(action):
    works = {
        WORK_OF[one.category_id] for one in action.findings.all() if one.category_id in WORK_OF
    }
    return works or set(by_its_words(action.responsible)[:1])
