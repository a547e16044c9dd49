"""What tours itself knows of who should come: every walk's own, the crime mix, the measures."""

from django.utils import timezone

from studytours.core.templatetags.ui import month_name
from studytours.crime.counting import month_counts
from studytours.crime.queries import months as months_held
from studytours.measures.models import Kind, Measure
from studytours.partners.models import Contact

from .invitations.evidence import Need, Remit, remit_evidence, who_answers

EVERY_WALK = {
    "police": "They know what is reported, and people ask them first.",
    "residents": "They lead the walk.",
    "lighting": "Light is spoken of on nearly every walk.",
    "grounds": "Hedges and trees are spoken of on nearly every walk.",
    "cleansing": "Rubbish is spoken of on nearly every walk.",
    "highways": "The walk goes along their roads and paths.",
}
# Which work a type of recorded crime calls for.
CRIMES = {
    "Burglary": ("homes", "gates"),
    "Robbery": ("cctv", "police"),
    "Theft from the person": ("cctv",),
    "Bicycle theft": ("cctv",),
    "Vehicle crime": ("cctv", "police"),
    "Shoplifting": ("retail", "business"),
    "Criminal damage and arson": ("cleansing",),
    "Anti-social behaviour": ("youth",),
    "Drugs": ("outreach", "police"),
}
# A type that is rarer than this calls for nobody.
LEAST, LEAST_SHARE = 12, 0.05
MEASURES = {
    Kind.ALLEY_GATE: "gates", Kind.FENCE: "gates", Kind.DOOR: "homes", Kind.CCTV: "cctv",
    Kind.LIGHTING: "lighting", Kind.STREET_LIGHTING: "lighting", Kind.PLANTING: "grounds",
    Kind.PATROL: "police", Kind.YOUTH: "youth",
}  # fmt: skip


@remit_evidence
def on_every_walk(ground):
    return [Need(work, why) for work, why in EVERY_WALK.items()]


@remit_evidence
def from_recorded_crime(ground):
    """The types that stand out in the last twelve months held."""
    area = ground.area
    months = months_held(area.force)[-12:]
    if not months:
        return []
    counted = month_counts(
        polygon=area.geometry, force=area.force or None, crimes="all", months=months
    )
    when = f"{month_name(months[0])} to {month_name(months[-1])}"
    least = max(LEAST, LEAST_SHARE * counted.counts.sum())
    return [
        Need(work, f"{kind}: {count:,} recorded near here, {when}.")
        for kind, count in counted.by_type.items()
        if count >= least
        for work in CRIMES.get(kind, ())
    ]


@remit_evidence
def from_measures(ground):
    """Who owns or looks after what stands here; a measure without owner is a reason too."""
    today = timezone.localdate()
    standing = Measure.objects.filter(area=ground.area, removed_on=None)
    return [
        need
        for measure in standing.select_related("owner", "maintainer")
        if (work := MEASURES.get(measure.kind))
        for need in _of_measure(measure, work, today)
    ]


def _of_measure(measure, work, today):
    due = measure.next_check is not None and measure.next_check <= today
    late = " Its check is due." if due else ""
    keys = f" The keys: {measure.key_holder}." if measure.key_holder else ""
    if measure.owner is None and measure.maintainer is None:
        yield Need(work, f"{measure.name} has no owner in the register.{late}")
    if measure.owner:
        yield Need(work, f"Owns {measure.name}.{late}{keys}", measure.owner)
    if measure.maintainer and measure.maintainer != measure.owner:
        yield Need(work, f"Maintains {measure.name}.{late}", measure.maintainer)


@who_answers
def from_contacts(ground):
    """A contact for a kind of work says that its organisation answers for it."""
    contacts = Contact.objects.exclude(work="").select_related("organisation")
    return [Remit(one.work, one.organisation, one.place) for one in contacts]
