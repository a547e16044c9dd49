"""Whose it is: the owner or who finds the owner, links without sign-in, handing over, disputes."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from studytours.core.errors import Refused
from studytours.core.operations import record, write_message
from studytours.partners.queries import get_office

from .. import letters
from ..models import Confidence, OwnerLink, State
from ..states import ENDED, MAY_BE_WORKED_ON
from ._change import change, office_only, voice_of


def check_owner(owner, confidence, finder, finder_name, due):
    """(owner, confidence, finder, finder_name) as they may be stored, or a refusal."""
    confidence, finder_name = Confidence(confidence), " ".join(finder_name.split())
    for organisation in (owner, finder):
        if organisation is not None and not organisation.is_active:
            raise Refused(f"{organisation} no longer takes part.", cure="Choose another.")
    if owner is not None:
        if confidence == Confidence.UNKNOWN:
            raise Refused(
                f"{owner} is named as the owner, and the owner is said to be unknown.",
                cure="Choose one of the two.",
            )
        return owner, confidence, None, ""
    if finder is None or not finder_name:
        raise Refused(
            "An action never stands without an owner.",
            cure="Name the owner, or who finds out: the organisation and the person.",
        )
    if due is None:
        raise Refused("Say by when the owner is found out.")
    return None, Confidence.UNKNOWN, finder, finder_name


def hash_of(token):
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def link_for(action, *, by=None, now=None):
    """A new address at which the organisation that is asked updates this action without sign-in.

    Only its hash is kept, so it can be shown once; another can always be made.
    """
    token = secrets.token_urlsafe(32)
    OwnerLink.objects.create(
        action=action, organisation=action.responsible, token_sha256=hash_of(token),
        made_at=now or timezone.now(),
    )  # fmt: skip
    if by is not None:
        record("action_link_made", about=action, summary=f"{action.ref}: link made", by=by, now=now)
    return letters.mine_address(token)


def note_link_used(link, *, now=None):
    OwnerLink.objects.filter(pk=link.pk).update(last_used_at=now or timezone.now())


def tell_owner(action, occasion, *, words="", now=None):
    """Write to the organisation that is asked, with a link of its own; None without an address."""
    if not action.responsible.email:
        return None
    subject, text = letters.to_owner(action, occasion, link_for(action, now=now), words=words)
    return write_message(
        to=action.responsible.email, subject=subject, text=text, about=action, now=now
    )


def tell_office(action, subject, lines, *, now=None):
    """Write to the office's contact address, if it has one."""
    office = get_office()
    if office.contact_email:
        subject, text = letters.to_office(action, subject, lines)
        write_message(to=office.contact_email, subject=subject, text=text, about=action, now=now)


@transaction.atomic
def reassign(
    action, *, owner=None, confidence=Confidence.AGREED, reason="", finder=None, finder_name="",
    by=None, now=None,
):  # fmt: skip
    """Hand an action to another organisation, or to a person who finds the owner.

    Links of the one before end; both organisations are told.
    """
    now = now or timezone.now()
    office_only(by, "hand an action to another organisation")
    if action.state not in MAY_BE_WORKED_ON:
        state = action.get_state_display().lower()
        raise Refused(f"{action.ref} is “{state}”: there is nothing to hand over.")
    if not reason.strip():
        raise Refused("Say why it changes hands.", cure="One sentence is enough; it is published.")
    before = action.responsible
    owner, confidence, finder, finder_name = check_owner(
        owner, confidence, finder, finder_name, action.next_date()
    )
    if owner is not None and owner == action.owner:
        raise Refused(f"{owner} already has {action.ref}.")
    keeps_reason = action.state == State.DEFERRED
    change(
        action, kind="action_reassigned", now=now, by=by, owner=owner, confidence=confidence,
        finder=finder, finder_name=finder_name, reason=action.reason if keeps_reason else "",
        summary=f"from {before} to {owner or finder}",
        words=f"Handed from {before} to {owner or finder}. {reason.strip()}",
    )  # fmt: skip
    OwnerLink.objects.filter(action=action, withdrawn_at=None).update(withdrawn_at=now)
    tell_owner(action, "reassigned", words=reason, now=now)
    if before.email and before != action.responsible:
        subject, text = letters.to_former_owner(action, before, reason)
        write_message(to=before.email, subject=subject, text=text, about=action, now=now)
    return action


@transaction.atomic
def dispute(action, *, reason, organisation=None, by=None, now=None):
    """“This is not ours”: said in public, told to the office, and theirs until another is found."""
    now = now or timezone.now()
    voice_of(action, by=by, organisation=organisation)
    if action.state in ENDED or action.owner is None:
        raise Refused(f"{action.ref} asks nothing of {action.responsible} that could be disputed.")
    if not reason.strip():
        raise Refused("Say why it is not yours, and whose you think it is.")
    who = organisation or action.responsible
    keeps_reason = action.state == State.DEFERRED
    change(
        action, kind="action_disputed", summary=f"{who} says it is not theirs", now=now, by=by,
        words=f"{who} says this is not theirs. {reason.strip()}", organisation=who,
        confidence=Confidence.DISPUTED, reason=action.reason if keeps_reason else reason.strip(),
    )  # fmt: skip
    tell_office(action, f"{who} says this is not theirs", [reason.strip()], now=now)
    return action
