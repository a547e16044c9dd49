"""Reads over many actions, owners and links."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, F, Min, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone
from django.utils.dateparse import parse_date

from studytours.core.errors import Gone
from studytours.core.models import Event
from studytours.core.operations import label
from studytours.fieldwork.queries import is_private as is_private_finding
from studytours.fieldwork.queries import private_findings
from studytours.partners.models import Organisation

from .models import OPEN_STATES, Action, Milestone, OwnerLink, Remit, State

# A link in an old mail does not open an action for ever; a reminder brings a new one.
LINK_DAYS = 400


def with_next_date(actions):
    """Adds `next_on`, the date each is next held to, as Action.next_date() gives it."""
    steps = Milestone.objects.filter(action=OuterRef("pk"), reached_on=None).order_by()
    first_step = steps.values("action").annotate(first=Min("due")).values("first")
    return actions.annotate(
        next_on=Case(
            When(state=State.DEFERRED, then=F("review_on")),
            default=Coalesce(Subquery(first_step), F("due")),
        )
    )


def overdue(actions, today):
    """Those whose next date has passed while they are open."""
    return with_next_date(actions).filter(state__in=OPEN_STATES, next_on__lt=today)


def for_listing(actions):
    """With all that a list shows, in a constant number of queries."""
    return with_next_date(actions).select_related("owner", "finder", "area", "tour")


def public(actions):
    """Those anyone may read: none in an area kept back, none that answers a private finding."""
    return _not_private(actions).filter(area__is_public=True)


def for_person(actions, person):
    """Those that someone at the desk may read: an analyst none that is private."""
    return actions if person.is_coordinator else _not_private(actions)


def _not_private(actions):
    return actions.filter(is_public=True).exclude(findings__in=private_findings())


def is_private(action):
    """Not for a screen that the whole room sees; of one action with its findings at hand."""
    return not action.is_public or any(is_private_finding(f) for f in action.findings.all())


def actions_of(organisation):
    """What is asked of an organisation, as owner or as finder."""
    return Action.objects.filter(Q(owner=organisation) | Q(owner=None, finder=organisation))


def action_by_token(token, *, now=None):
    """The link and its action. 404 when unknown or too old; Gone when it changed hands."""
    now = now or timezone.now()
    found = OwnerLink.objects.select_related(
        "organisation", "action__owner", "action__finder", "action__area", "action__tour"
    )
    link = found.filter(token_sha256=hashlib.sha256(token.encode()).hexdigest()).first()
    if link is None or link.made_at < now - timedelta(days=LINK_DAYS):
        raise Http404("No action has this link.")
    if link.withdrawn_at is not None:
        raise Gone(
            f"This action is now with {link.action.responsible}. This link, for "
            f"{link.organisation}, ended on {timezone.localtime(link.withdrawn_at):%-d %B %Y}.",
            cure="You need do nothing. If you think this is wrong, write to the office.",
        )
    return link


@dataclass(frozen=True)
class Request:
    """What an owner asks of the office: to put off or to decline."""

    action: Action
    to_state: str
    reason: str
    review_on: date | None
    asked_at: object

    @property
    def wish(self):
        return "put it off" if self.to_state == State.DEFERRED else "decline it"


def open_requests(actions):
    """{action pk: Request} for those still waiting for the office's answer."""
    actions = {label(action): action for action in actions}
    events = Event.objects.filter(
        kind__in=("action_asked", "action_answered", "action_reassigned"), about__in=actions
    ).order_by("at", "id")
    latest = {event.about: event for event in events}
    return {
        actions[about].pk: _request(actions[about], event)
        for about, event in latest.items()
        if event.kind == "action_asked" and event.data["from_state"] == actions[about].state
    }


def open_request(action):
    return open_requests([action]).get(action.pk)


def _request(action, event):
    on = event.data["review_on"]
    return Request(
        action, State(event.data["to_state"]), event.data["reason"], on and parse_date(on), event.at
    )


@dataclass(frozen=True)
class Suggestion:
    """An organisation whose remit has this kind of work: a rule, not a promise."""

    organisation: Organisation
    why: str
    confidence: str = "assumed"


def suggestions(area):
    """{category: [Suggestion, …]} for an area; a remit in this very place comes first."""
    here = f"{area.name} {area.town}".casefold()
    ranked = {}
    remits = Remit.objects.select_related("organisation").filter(organisation__is_active=True)
    for remit in remits.order_by("pk"):
        place = remit.place.casefold()
        near = bool(place) and (place in here or area.name.casefold() in place)
        rank = 0 if near else 1 if not place else 2
        why = f"answers for this {'in ' + remit.place if remit.place else 'everywhere'}"
        ranked.setdefault(remit.category, []).append((rank, Suggestion(remit.organisation, why)))
    return {
        category: [s for _, s in sorted(found, key=lambda pair: pair[0])]
        for category, found in ranked.items()
    }


def suggest_owner(category, area):
    """Organisations whose remit has this category in this area, the likeliest first."""
    return suggestions(area).get(category, [])


def state_counts(actions):
    """[(state, number), …] in the order of the states, for the bar made of actions."""
    counts = dict(actions.order_by().values_list("state").annotate(Count("pk")))
    return [(state.value, counts.get(state.value, 0)) for state in State]
