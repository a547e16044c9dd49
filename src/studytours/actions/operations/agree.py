"""A promise is made: what, who, by when."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from studytours.core.errors import Refused
from studytours.core.operations import create_with_ref
from studytours.fieldwork import operations as fieldwork
from studytours.fieldwork.models import Finding

from ..models import Action, Confidence, Milestone, State
from ._change import change, office_only, today_of, write_history
from .owners import check_owner, tell_owner


@transaction.atomic
def agree_action(
    *, area, title, tour=None, findings=(), detail="", owner=None, confidence=Confidence.AGREED,
    finder=None, finder_name="", due=None, milestones=(), public=True, by=None, now=None,
):  # fmt: skip
    """Agree who does what by when, and tell the owner.

    `milestones` is [(title, date), …]. Without an owner it is a "find out" action: `finder` and
    `finder_name` find the owner by `due`.
    """
    now = now or timezone.now()
    findings = list(dict.fromkeys(findings))
    _may_agree(by, tour)
    title = _checked_title(title)
    owner, confidence, finder, finder_name = check_owner(
        owner, confidence, finder, finder_name, due
    )
    milestones = check_dates(due, milestones, today_of(now))
    _check_belongs(area, tour, findings)
    action = create_with_ref(
        Action, "A", area=area, tour=tour, title=title, detail=detail.strip(), owner=owner,
        confidence=confidence, finder=finder, finder_name=finder_name, due=due,
        is_public=public and not any(_is_private(f) for f in findings),
        made_by=by, made_at=now, changed_at=now,
    )  # fmt: skip
    for name, date in milestones:
        Milestone.objects.create(action=action, title=name, due=date)
    _take_findings(action, findings, by, now)
    write_history(
        action, "", kind="action_agreed", summary=f"agreed with {action.responsible}", by=by,
        public=action.is_public,
    )  # fmt: skip
    tell_owner(action, "agreed", now=now)
    return action


@transaction.atomic
def done_on_the_spot(found, owner=None, *, title="", words="", by=None, now=None):
    """Something put right during the walk itself, for a person to check and confirm.

    `found` is the finding or its observation. Without an owner it is who said that they did it,
    when that is in their remit.
    """
    now = now or timezone.now()
    finding = found if isinstance(found, Finding) else found.finding
    tour, done_now = finding.tour, finding.observation.done_now.strip()
    _may_agree(by, tour)
    if finding.actions.filter(done_on_the_spot=True).exists():
        raise Refused(f"What was done on the spot about {finding.ref} is already on the list.")
    if owner is None and finding.observation.done_in_remit:
        owner = finding.observation.done_by
    owner, *_ = check_owner(owner, Confidence.AGREED, None, "", None)
    _check_belongs(tour.area, tour, [finding])
    action = create_with_ref(
        Action, "A", area=tour.area, tour=tour,
        title=_checked_title(title or done_now or finding.title), owner=owner,
        due=today_of(now), state=State.DONE, done_on_the_spot=True,
        is_public=not _is_private(finding), made_by=by, made_at=now, changed_at=now,
    )  # fmt: skip
    _take_findings(action, [finding], by, now)
    write_history(
        action, "", kind="action_done_on_the_spot", summary=f"done on the spot by {owner}",
        words=words or done_now, organisation=owner, by=by, public=action.is_public,
    )  # fmt: skip
    tell_owner(action, "done_on_the_spot", now=now)
    return action


@transaction.atomic
def reword(action, *, title=None, detail=None, due=None, why="", by=None, now=None):
    """Put the promise in other words, or give it another date with the reason."""
    now = now or timezone.now()
    office_only(by, "change what was agreed")
    fields, said = {}, []
    if title is not None and title.strip() != action.title:
        said.append(f"Now called “{title.strip()}”, before “{action.title}”.")
        fields["title"] = _checked_title(title)
    if detail is not None and detail.strip() != action.detail:
        said.append("The description was changed.")
        fields["detail"] = detail.strip()
    if due is not None and due != action.due:
        if not why.strip():
            raise Refused("Say why the date changes: people were told the old one.")
        check_dates(due, list(action.milestones.values_list("title", "due")), None)
        if due < today_of(now):
            raise Refused("The new date is in the past.", cure="Give a date from today on.")
        said.append(f"New date: {due:%-d %B %Y}.")
        fields["due"] = due
    if not fields:
        return action
    change(
        action, kind="action_reworded", summary="changed", words=" ".join([*said, why]),
        by=by, now=now, **fields,
    )  # fmt: skip
    return action


def check_dates(due, milestones, today):
    """The milestones in order of date, or a refusal. `today` None leaves past dates alone."""
    milestones = sorted(((title.strip(), date) for title, date in milestones), key=lambda m: m[1])
    if due is None and not milestones:
        raise Refused("By when? Nothing is promised without a date.", cure="Give a date or steps.")
    if any(not title for title, _ in milestones):
        raise Refused("Each step needs a few words.")
    dates = [*(date for _, date in milestones), *([due] if due else [])]
    if today and min(dates) < today:
        raise Refused(f"{min(dates):%-d %B %Y} is in the past.", cure="Give a date from today on.")
    if due and milestones and milestones[-1][1] > due:
        raise Refused(
            f"The step “{milestones[-1][0]}” is dated after the end, {due:%-d %B %Y}.",
            cure="Move the step or the end.",
        )
    return milestones


def _may_agree(by, tour):
    if by is None or by.is_coordinator or (tour is not None and tour.leader_id == by.pk):
        return
    raise Refused("Only the office and this tour's leader agree actions.")


def _checked_title(title):
    title = " ".join(title.split())
    if not title:
        raise Refused("Say what will be done, in a few words.")
    if len(title) > 200:
        raise Refused(
            f"What will be done is {len(title)} letters long; 200 fit.",
            cure="Put the rest into the details.",
        )
    return title


def _check_belongs(area, tour, findings):
    if tour is not None and tour.area_id != area.pk:
        raise Refused(f"The tour “{tour}” was not in {area}.")
    for finding in findings:
        if finding.tour.area_id != area.pk:
            raise Refused(f"{finding.ref} was not found in {area}.")
        if finding.decision == Finding.Decision.MERGED:
            raise Refused(
                f"{finding.ref} is the same as {finding.merged_into.ref}.",
                cure=f"Agree the action on {finding.merged_into.ref}.",
            )
        if finding.decision == Finding.Decision.DECLINED:
            raise Refused(
                f"{finding.ref} was decided: no action.", cure="Open it again first, then agree."
            )


def _is_private(finding):
    return finding.is_sensitive or finding.decision == Finding.Decision.PRIVATE


def _take_findings(action, findings, by, now):
    """What an action answers is accepted by that; what was kept private stays private."""
    action.findings.add(*findings)
    for finding in findings:
        if finding.decision == Finding.Decision.OPEN:
            fieldwork.accept(finding, by=by, now=now)


def default_due(now):
    """Four weeks: long enough to do something, short enough to be remembered."""
    return today_of(now) + timedelta(days=28)
