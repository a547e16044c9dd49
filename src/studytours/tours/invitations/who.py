"""Who should come: each kind of work with its reasons, who is asked, who comes, what is missing."""

from collections import defaultdict
from dataclasses import dataclass, field

from studytours.partners.models import Organisation
from studytours.partners.works import WORKS, Work, by_its_words

from ..models import Invitation
from ..queries import answer_counts
from ..rules import may
from .evidence import Ground, needs_on, remits_on

MISSING, ASKED, COMING = "missing", "asked", "coming"


@dataclass
class Row:
    """One kind of work on one walk."""

    work: Work
    reasons: list
    organisations: list  # those that answer for it here, who has it in hand first
    asked: list = field(default_factory=list)

    @property
    def coming(self):
        return [one for one in self.asked if one.answer == Invitation.Answer.YES]

    @property
    def state(self):
        """Missing: nobody is asked, or all who were asked said no."""
        if self.coming:
            return COMING
        said_no = Invitation.Answer.NO
        return ASKED if any(one.answer != said_no for one in self.asked) else MISSING

    @property
    def to_ask(self):
        """Organisations that could be put on the list for it, none that was asked."""
        if self.state != MISSING:
            return []
        asked = {one.organisation_id for one in self.asked}
        return [one for one in self.organisations if one.pk not in asked]


def who_should_come(tour):
    """The rows of a tour, in the order of the kinds of work."""
    ground = Ground(tour.area)
    needs, remits = needs_on(ground), remits_on(ground)
    reasons, organisations = defaultdict(list), defaultdict(dict)
    for need in needs:
        reason = need.why if need.organisation is None else f"{need.organisation}: {need.why}"
        reasons[need.work].append(reason)
        if need.organisation and need.organisation.is_active:
            organisations[need.work][need.organisation.pk] = need.organisation
    for work, organisation in _answering(remits):
        organisations[work].setdefault(organisation.pk, organisation)
    invitations = list(tour.invitations.select_related("organisation"))
    return [
        Row(work, _once(reasons[work.key]), answering, _asked(work, answering, invitations))
        for work in WORKS
        if work.key in reasons
        for answering in [list(organisations[work.key].values())]
    ]


def answering_in(area):
    """{organisation: its kinds of work}, of all who answer for something in an area."""
    works = defaultdict(set)
    for key, organisation in _answering(remits_on(Ground(area))):
        works[organisation].add(key)
    return works


def missing_of(rows):
    """{"missing": 3, "remits": 9} for the task list."""
    return {"missing": sum(row.state == MISSING for row in rows), "remits": len(rows)}


def answers_and_remits(tour):
    """What the task list says of invitations; which remits are missing only while it matters."""
    missing = missing_of(who_should_come(tour)) if may(tour, "invite") else {}
    return {**answer_counts(tour), **missing}


def _answering(remits):
    """(work, organisation): what was said; what words say of those of whom nothing was said."""
    active = Organisation.objects.filter(is_active=True)
    said = {remit.organisation.pk for remit in remits}
    for remit in remits:
        if remit.organisation.is_active:
            yield remit.work, remit.organisation
    for organisation in active:
        for key in by_its_words(organisation, only_kind=organisation.pk in said):
            yield key, organisation


def _asked(work, organisations, invitations):
    """Asked for this work, or of an organisation that answers for it. A guest is a resident."""
    theirs = {one.pk for one in organisations}
    residents = work.key == "residents"
    return [
        one
        for one in invitations
        if one.work == work.key
        or (one.organisation_id in theirs and not one.work)
        or (residents and one.organisation_id is None)
    ]


def _once(reasons):
    return list(dict.fromkeys(reasons))
