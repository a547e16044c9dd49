"""What waits on the desk today, from every context below."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q

from studytours.areas.models import Area
from studytours.core.models import Message
from studytours.crime.models import CrimeImport
from studytours.fieldwork.models import Finding
from studytours.measures.models import Measure
from studytours.tours.models import Tour

from .models import Action, Confidence, State
from .queries import for_listing, for_person, open_requests, overdue
from .states import MAY_BE_WORKED_ON

SHOWN = 8


@dataclass(frozen=True)
class Waiting:
    """A list cut to what fits, and how many there are in all."""

    shown: list
    total: int

    @property
    def more(self):
        return self.total - len(self.shown)


@dataclass(frozen=True)
class Today:
    """The dashboard of an office, or of a leader: only their own tours."""

    walking: list
    to_debrief: list
    overdue: Waiting
    to_check: Waiting
    requests: list
    disputed: list
    measures: Waiting
    failed: list
    imports: list
    has_areas: bool
    has_crime: bool
    has_tours: bool

    @property
    def is_new(self):
        """Nothing was ever done here: the desk shows where to start."""
        return not (self.has_areas and self.has_tours)

    @property
    def nothing_waits(self):
        lists = (self.walking, self.to_debrief, self.requests, self.disputed, self.failed)
        return not any(lists) and not (
            self.overdue.total or self.to_check.total or self.measures.total
        )


def today(day, person):
    """A constant number of queries, whatever the office has going on."""
    actions = for_person(Action.objects.all(), person)
    working = list(for_listing(actions.filter(state__in=MAY_BE_WORKED_ON)))
    requests = open_requests(working)
    tours = tours_with_open_findings(Tour.objects.all())
    return Today(
        walking=[t for t in tours if t.state == Tour.State.WALKING],
        to_debrief=[t for t in tours if t.state == Tour.State.DEBRIEF],
        overdue=_waiting(for_listing(overdue(actions, day)).order_by("next_on")),
        to_check=_waiting(for_listing(actions.filter(state=State.DONE)).order_by("changed_at")),
        requests=list(requests.values()),
        disputed=[a for a in working if a.confidence == Confidence.DISPUTED],
        measures=_waiting(
            Measure.objects.filter(next_check__lte=day + timedelta(days=7), removed_on=None)
            .select_related("owner")
            .order_by("next_check")
        ),
        failed=_failed() if person.is_coordinator else [],
        imports=list(CrimeImport.objects.filter(state__in=("waiting", "running"))[:SHOWN]),
        has_areas=Area.objects.exists(),
        has_crime=CrimeImport.objects.exists(),
        has_tours=bool(tours) or Tour.objects.exists(),
    )


def tours_with_open_findings(tours):
    """Tours that are not over yet, each with how many findings are undecided and in all."""
    over = (Tour.State.REPORTED, Tour.State.CANCELLED)
    undecided = Q(findings__decision=Finding.Decision.OPEN)
    return list(
        tours.exclude(state__in=over)
        .select_related("area", "leader")
        .annotate(undecided=Count("findings", filter=undecided), found=Count("findings"))
        .order_by("starts_at")
    )


def _failed():
    """E-mails name people and say what is private: only for who may send them again."""
    return list(Message.objects.filter(state=Message.State.FAILED)[:SHOWN])


def _waiting(rows):
    shown = list(rows[: SHOWN + 1])
    total = len(shown) if len(shown) <= SHOWN else rows.count()
    return Waiting(shown[:SHOWN], total)
