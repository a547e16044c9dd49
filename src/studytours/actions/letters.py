"""The words of our e-mails. Pure: each function gives (subject, text)."""

from django.conf import settings
from django.template.defaultfilters import truncatechars
from django.urls import reverse

from studytours.core.templatetags.ui import day
from studytours.fieldwork.queries import is_private as is_private_finding
from studytours.partners.queries import get_office

from .models import Confidence
from .queries import is_private

OCCASIONS = {
    "agreed": "{who} is asked to do this",
    "done_on_the_spot": "{who} put this right on the walk",
    "reassigned": "This has been handed to {who}",
    "changed": "The office changed this",
    "soon": "This is due in the next week",
    "today": "This is due today",
    "overdue": "The date of this has passed",
}
SUBJECTS = {
    "agreed": "{ref}: {title}, {when}",
    "done_on_the_spot": "{ref}: {title}, done on the walk",
    "reassigned": "{ref} is now yours: {title}",
    "changed": "{ref}: {state}: {title}",
    "soon": "{ref} is due soon: {title}",
    "today": "{ref} is due today: {title}",
    "overdue": "{ref} is overdue: {title}",
}


def absolute(path):
    return f"{settings.BASE_URL}{path}"


def mine_address(token):
    return absolute(reverse("mine_link", args=[token]))


def to_owner(action, occasion, link, *, words=""):
    """To the organisation that is asked: what, by when, why, where to answer."""
    facts = {
        "ref": action.ref, "title": truncatechars(action.title, 120), "when": when(action),
        "state": action.get_state_display().lower(), "who": action.responsible,
    }  # fmt: skip
    parts = [
        OCCASIONS[occasion].format(**facts) + ":",
        f"  {action.title}\n  {_capital(when(action))}. It is: {facts['state']}.",
        action.detail,
        words.strip(),
        _steps(action),
        _why(action),
        _whose(action),
        f"Say how it is going, without signing in:\n{link}\n"
        f"The link is for {action.responsible}. Give it to the people who do the work.",
        _public_page(action),
    ]
    return SUBJECTS[occasion].format(**facts), _letter(parts)


def to_former_owner(action, before, reason):
    """A short note to the organisation that no longer has it."""
    parts = [
        f"{action.ref} “{action.title}” is no longer with {before}. It is now with "
        f"{action.responsible}.",
        reason.strip(),
        "The links you had for it have ended. You need do nothing.",
        _public_page(action),
    ]
    return f"{action.ref} is no longer yours: {truncatechars(action.title, 120)}", _letter(parts)


def to_office(action, subject, lines):
    """To the office's own address."""
    desk = absolute(reverse("desk_action", args=[action.ref]))
    parts = [f"{action.ref} “{action.title}”", f"{subject}.", *lines, f"On the desk:\n{desk}"]
    return f"{action.ref}: {subject}", _letter(parts)


def when(action):
    """“by 3 June 2026”; for a long action the next step."""
    date = action.next_date()
    if date is None:
        return "every step is reached"
    return f"{'look again on' if action.state == 'deferred' else 'by'} {day(date)}"


def _capital(words):
    return words[:1].upper() + words[1:]


def _steps(action):
    steps = [f"  - {step.title}: {_step_date(step)}" for step in action.milestones.all()]
    return "Steps:\n" + "\n".join(steps) if steps else ""


def _step_date(step):
    return f"reached {day(step.reached_on)}" if step.reached_on else f"by {day(step.due)}"


def _why(action):
    """What people saw. A private finding is never put into an e-mail."""
    seen = [
        f"  - {finding.title}"
        for finding in action.findings.all()
        if not is_private_finding(finding)
    ]
    where = f"on the tour “{action.tour}”" if action.tour else f"in {action.area}"
    return f"Why: people {where} said\n" + "\n".join(seen) if seen else f"Agreed {where}."


def _whose(action):
    if action.owner is None:
        return (
            f"Nobody knows yet whose this is. {action.finder_name} of {action.finder} was asked to "
            f"find out. Answer with the name of the organisation it belongs to."
        )
    if action.confidence == Confidence.ASSUMED:
        return "We think this is yours. If it is not, say so at the link and tell us whose it is."
    return ""


def _public_page(action):
    if is_private(action):
        return "This is not shown on the public pages."
    return f"The public page:\n{absolute(action.get_absolute_url())}"


def _letter(parts):
    office = get_office()
    end = f"{office.name}\n{office.contact_email}".strip()
    parts = [*parts, end, office.disclaimer]
    return "\n\n".join(part for part in parts if part and part.strip()) + "\n"
