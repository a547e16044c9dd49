"""What the tour decides about records. A walker's words are never changed, only titles."""

import uuid as uuids

from django.db import transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat, Greatest, Length, LPad
from django.utils import timezone

from studytours.core.errors import Refused
from studytours.core.operations import record

from ..models import Finding, Form, Observation
from ..queries import chain_of, is_private
from ..reading import asks_for_privacy

Decision = Finding.Decision


def follow_or_open(told):
    """The findings of new records, given as pairs (observation, is it private?).

    A correction takes over what it corrects, if undecided; what was corrected before it arrived
    has none of its own.
    """
    names = [observation.uuid for observation, _ in told]
    corrected = set(
        Observation.objects.filter(corrects__in=names).order_by().values_list("tour", "corrects")
    )
    to_open = []
    for observation, private in told:
        if (observation.tour_id, observation.uuid) in corrected:
            continue
        earlier = observation.corrects and _undecided(observation)
        if earlier:
            _follow(earlier, observation, private)
        else:
            to_open.append((observation, private))
    open_findings(to_open)


def _undecided(observation):
    """The finding of what this record corrects, if nothing was decided about it."""
    chain = chain_of(observation)
    return Finding.objects.filter(observation__in=chain, decision=Decision.OPEN).first()


def open_findings(told):
    """Make findings of pairs (observation, is it private?)."""
    findings = Finding.objects.bulk_create(
        Finding(
            ref=f"~{uuids.uuid4().hex[:11]}",
            tour=observation.tour,
            observation=observation,
            category=observation.category,
            title=title_of(observation),
            is_sensitive=private
            or bool(observation.category and observation.category.is_sensitive),
        )
        for observation, private in told
    )
    number_findings(findings)
    return findings


def number_findings(findings):
    """Give new findings their numbers, which come from the database's own counting."""
    number = Cast("pk", CharField())
    ref = Concat(Value("F-"), LPad(number, Greatest(Length(number), 4), Value("0")))
    Finding.objects.filter(pk__in=[finding.pk for finding in findings]).update(ref=ref)
    for finding in findings:
        finding.ref = f"F-{finding.pk:04d}"


def _follow(finding, observation, is_private):
    category = observation.category or finding.category
    finding.observation, finding.category = observation, category
    finding.title = title_of(observation)
    finding.is_sensitive = (
        finding.is_sensitive or is_private or bool(category and category.is_sensitive)
    )
    finding.save(update_fields=["observation", "category", "title", "is_sensitive"])
    return finding


def title_of(observation):
    """The walker's own words, one line of them; without words what it is about."""
    words = " ".join(observation.words.split()) or observation.done_now
    if not words:
        thing = observation.category or observation.measure or observation.get_kind_display()
        words = str(thing)
    return words if len(words) <= 200 else words[:199].rsplit(" ", 1)[0][:199] + "…"


@transaction.atomic
def take_in(observation, *, by, now=None):
    """A person has looked at a record that was set aside: it is evidence like any other."""
    why, observation.set_aside = observation.set_aside, ""
    if Observation.objects.filter(pk=observation.pk).exclude(set_aside="").update(set_aside=""):
        record(
            "observation_taken_in", about=observation.tour, summary="A record was taken in",
            by=by, now=now, observation=str(observation.pk), was=why,
        )  # fmt: skip
    finding = Finding.objects.filter(observation=observation).first()
    private = observation.form in (Form.SHOP, Form.NOTE) or asks_for_privacy(observation.body)
    return finding or open_findings([(observation, private)])[0]


def _decide(finding, decision, *, allowed, by, now, summary, **fields):
    """Change the decision if it still is one of `allowed`; nobody's decision is written over."""
    now = now or timezone.now()
    fields |= {"decision": decision, "decided_by": by, "decided_at": now}
    if not Finding.objects.filter(pk=finding.pk, decision__in=allowed).update(**fields):
        finding.refresh_from_db()
        raise Refused(
            f"{finding.ref} is decided already: {finding.get_decision_display().lower()}.",
            cure="Open it again first.",
        )
    finding.refresh_from_db()
    record(f"finding_{decision}", about=finding, summary=f"{finding.ref} {summary}", by=by, now=now)
    return finding


@transaction.atomic
def accept(finding, *, title=None, by, now=None):
    """The tour agrees that this is so and something may follow."""
    title = " ".join((title or finding.title).split())
    if not 0 < len(title) <= 200:
        raise Refused("A finding needs a title of at most 200 characters.")
    return _decide(
        finding, Decision.ACCEPTED, allowed=[Decision.OPEN, Decision.ACCEPTED], by=by, now=now,
        summary="was accepted", title=title,
    )  # fmt: skip


@transaction.atomic
def decline(finding, reason, *, by, now=None):
    """No action, with the reason that the public reads."""
    if not (reason := reason.strip()):
        raise Refused("Say why nothing is done: residents read it.")
    return _decide(
        finding, Decision.DECLINED, allowed=[Decision.OPEN, Decision.ACCEPTED], by=by, now=now,
        summary="was declined", reason=reason,
    )  # fmt: skip


@transaction.atomic
def keep_private(finding, *, by, reason="", now=None):
    """Dealt with away from the public."""
    return _decide(
        finding, Decision.PRIVATE, allowed=[Decision.OPEN, Decision.ACCEPTED, Decision.PRIVATE],
        by=by, now=now, summary="is kept private", reason=reason.strip(),
    )  # fmt: skip


@transaction.atomic
def reopen(finding, *, by, now=None):
    """Take the decision back. A merged finding stands for itself again."""
    return _decide(
        finding, Decision.OPEN, allowed=[d for d in Decision if d != Decision.OPEN], by=by, now=now,
        summary="is open again", reason="", merged_into=None,
    )  # fmt: skip


@transaction.atomic
def merge(finding, into, *, by, now=None):
    """Several people saw the same. Each keeps its own record; `into` speaks for all of them."""
    # The first finding stands for all: one merge of a tour at a time, so that two towards each
    # other cannot both pass.
    Finding.objects.select_for_update().filter(tour_id=into.tour_id).order_by("pk").first()
    into.refresh_from_db()
    root = into.merged_into or into
    if root.pk == finding.pk:
        raise Refused(
            f"{finding.ref} cannot be the same as itself.", cure="Choose another finding."
        )
    if root.tour_id != finding.tour_id:
        raise Refused(f"{root.ref} is of another tour.", cure="Choose a finding of this tour.")
    if is_private(finding) and not is_private(root):
        raise Refused(
            f"{finding.ref} is private and {root.ref} is not: its words would be shown with it.",
            cure=f"Merge {root.ref} into {finding.ref} instead.",
        )
    Finding.objects.filter(merged_into=finding).update(merged_into=root)
    return _decide(
        finding, Decision.MERGED, allowed=[Decision.OPEN, Decision.ACCEPTED], by=by, now=now,
        summary=f"is the same as {root.ref}", merged_into=root,
    )  # fmt: skip


@transaction.atomic
def mark_sensitive(finding, sensitive, *, by, now=None):
    """A person says that a finding must, or need not, stay off every public page."""
    if not sensitive and finding.category and finding.category.is_sensitive:
        raise Refused(f"“{finding.category}” is always kept off public pages.")
    finding.is_sensitive = sensitive
    changed = ["is_sensitive"]
    if sensitive and finding.merged_into and not is_private(finding.merged_into):
        # Its words stand beside those of the other: it stands for itself again.
        finding.decision, finding.merged_into = Decision.OPEN, None
        changed += ["decision", "merged_into"]
    finding.save(update_fields=changed)
    words = "is kept off public pages" if sensitive else "may be shown"
    record("finding_sensitive", about=finding, summary=f"{finding.ref} {words}", by=by, now=now)
    return finding


@transaction.atomic
def vote(finding, *, by, now=None):
    """One more hand for this finding at the debrief."""
    Finding.objects.filter(pk=finding.pk).update(votes=F("votes") + 1)
    finding.refresh_from_db(fields=["votes"])
    return finding
