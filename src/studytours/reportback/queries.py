"""What the public may read, with a constant number of queries whatever the number of rows.

The rules of what is public are here and nowhere else:
- an area that the office marked public; a tour by `tours.queries.public_tours`;
- a finding once its tour has reported back, when it was accepted or declined: never one that is
  open, private or sensitive;
- an action that is public and answers no sensitive finding;
- a photo or picture of work that a person looked at and published.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils import timezone

from studytours.actions.models import OPEN_STATES, Action, Evidence, State
from studytours.actions.queries import public as actions_for_all
from studytours.areas.models import Area
from studytours.fieldwork.models import Finding
from studytours.fieldwork.queries import is_public, photos_by_finding
from studytours.fieldwork.questions.queries import me_toos
from studytours.measures.models import Measure
from studytours.tours.models import Tour
from studytours.tours.queries import public_tours

from .models import Verdict


def public_areas():
    return Area.objects.filter(is_public=True).order_by("name")


def public_measures(area):
    return Measure.objects.filter(area=area, is_public=True).select_related("owner", "maintainer")


def public_actions():
    """Actions anyone may read, newest promise first to fall due."""
    return (
        actions_for_all(Action.objects.all())
        .select_related("owner", "finder", "area", "tour")
        .prefetch_related("milestones")
        .order_by("due", "ref")
    )


def answered_by(action):
    """The findings that an action answers, of tours that have reported."""
    return [
        finding
        for finding in action.findings.select_related("category", "merged_into", "tour__area")
        if is_public(finding)
    ]


def public_findings(tour):
    """The findings a reported tour shows: accepted ones, and declined ones with the reason."""
    return (
        Finding.objects.filter(
            tour=tour,
            tour__state=Tour.State.REPORTED,
            is_sensitive=False,
            decision__in=[Finding.Decision.ACCEPTED, Finding.Decision.DECLINED],
        )
        .select_related("category", "observation__stop")
        .order_by("observation__stop__number", "ref")
    )


@dataclass
class Promise:
    """An action as the public reads it: its three truths kept apart."""

    action: Action
    overdue: bool
    next_date: object
    pictures: list = field(default_factory=list)
    verdicts: Counter = field(default_factory=Counter)
    before: object = None  # a photo from the walk, where it was asked for

    @property
    def shown_state(self):
        return "overdue" if self.overdue else self.action.state


def promises(actions):
    """Actions with their pictures and verdicts: three queries more, however many actions."""
    actions = list(actions)
    today = timezone.localdate()
    pictures, verdicts = defaultdict(list), defaultdict(Counter)
    evidence = Evidence.objects.filter(update__action__in=actions, published_at__isnull=False)
    for picture in evidence.select_related("update").order_by("update__at", "id"):
        pictures[picture.update.action_id].append(picture)
    counted = Verdict.objects.filter(action__in=actions).values("action", "answer")
    for row in counted.annotate(n=Count("id")).order_by():
        verdicts[row["action"]][row["answer"]] = row["n"]
    return [
        Promise(a, a.is_overdue(today), a.next_date(), pictures[a.pk], verdicts[a.pk])
        for a in actions
    ]


ORDER = [State.CONFIRMED, State.DONE, State.UNDER_WAY, State.AGREED, State.DEFERRED, State.DECLINED]


def tally(shown):
    """Promises by the state that is shown, for the progress bar: [(state, number), …]."""
    counts = Counter(promise.shown_state for promise in shown)
    return [(state, counts[state]) for state in [*ORDER, "overdue"] if counts[state]]


def tallies_by_area(areas):
    """Area → promises tally, for a page of many areas."""
    by_area = defaultdict(list)
    for promise in promises(public_actions().filter(area__in=list(areas))):
        by_area[promise.action.area_id].append(promise)
    return {area: tally(shown) for area, shown in by_area.items()}


def photos_of(findings):
    """Finding → its published photos, those of findings merged into it included."""
    findings = list(findings)
    same = Finding.objects.filter(Q(pk__in=[f.pk for f in findings]) | Q(merged_into__in=findings))
    by_tour = defaultdict(list)
    for finding in same.select_related("tour__area", "category", "merged_into"):
        by_tour[finding.tour_id].append(finding)
    photos = defaultdict(list)
    for of_tour in by_tour.values():
        shown = photos_by_finding(of_tour, published=True)
        for finding in of_tour:
            photos[finding.merged_into_id or finding.pk] += shown[finding.pk]
    return photos


def seen_by(findings):
    """Finding → how many people say the same: by a record of their own, or by "me too"."""
    merged = list(
        Finding.objects.filter(merged_into__in=list(findings)).select_related("tour", "observation")
    )
    others = me_toos([*findings, *merged])
    seen = {finding.pk: 1 + others.get(finding.pk, 0) for finding in findings}
    for finding in merged:
        seen[finding.merged_into_id] += 1 + others.get(finding.pk, 0)
    return seen


def numbers():
    """The numbers of the first page. Work that is done but not checked is not called finished."""
    actions = public_actions().order_by()
    done = Q(state__in=[State.DONE, State.CONFIRMED])
    counts = actions.aggregate(
        agreed=Count("id", distinct=True),
        done=Count("id", filter=done, distinct=True),
        checked=Count("id", filter=Q(state=State.CONFIRMED), distinct=True),
        open=Count("id", filter=Q(state__in=OPEN_STATES), distinct=True),
    )
    counts["tours"] = public_tours().filter(walked_at__isnull=False).count()
    return counts


def work_done(limit=4):
    """The latest finished work that has a picture to show, newest first, with one from before."""
    finished = public_actions().filter(
        state__in=[State.DONE, State.CONFIRMED], updates__evidence__published_at__isnull=False
    )
    shown = promises(
        finished.distinct().order_by("-changed_at").prefetch_related("findings")[:limit]
    )
    findings = {promise.action.pk: promise.action.findings.all() for promise in shown}
    photos = photos_of(finding for of_one in findings.values() for finding in of_one)
    for promise in shown:
        seen = [photo for finding in findings[promise.action.pk] for photo in photos[finding.pk]]
        promise.before = next(iter(seen), None)
    return shown
