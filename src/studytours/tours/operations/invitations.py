"""Ask organisations and guests to come, and take their answers."""

import secrets

from django.db import transaction
from django.utils import timezone

from studytours.core.errors import Gone, Refused
from studytours.core.operations import record

from ..models import Invitation, Tour
from ..rules import PLANNED, refuse_unless
from .letters import send_invitation
from .locks import lock_tour


@transaction.atomic
def invite(tour, *, organisation=None, name="", email="", by=None, now=None):
    """Put an organisation or a guest on the list; nothing is sent yet. Twice gives the first."""
    lock_tour(tour)
    refuse_unless(tour, "invite")
    email = email.strip().lower()
    if organisation is None and not email:
        raise Refused("Give an organisation, or the e-mail address of a guest.")
    if organisation is not None and not organisation.is_active:
        raise Refused(f"{organisation} is no longer active.", cure="Choose another organisation.")
    same = {"organisation": organisation} if organisation else {"email": email}
    if first := tour.invitations.filter(**same).first():
        return first
    invitation = tour.invitations.create(
        organisation=organisation, name=name.strip()[:120], email=email,
        token=secrets.token_urlsafe(32),
    )  # fmt: skip
    record(
        "tour_invited",
        about=tour,
        summary=f"{invitation.in_public_words} is on the list",
        by=by,
        now=now,
    )
    return invitation


@transaction.atomic
def withdraw_invitation(invitation, *, by=None, now=None):
    """Take someone off the list who was not written to yet."""
    lock_tour(invitation.tour)
    deleted, _ = Invitation.objects.filter(pk=invitation.pk, sent_at=None).delete()
    if not deleted:
        raise Refused(f"{invitation} was written to already.", cure="Tell them yourself.")
    summary = f"{invitation.in_public_words} was taken off the list"
    record("invitation_withdrawn", about=invitation.tour, summary=summary, by=by, now=now)


@transaction.atomic
def open_invitations(tour, *, by=None, now=None):
    """Write to everyone on the list who has an address and was not written to. Never twice."""
    now = now or timezone.now()
    lock_tour(tour)
    refuse_unless(tour, "invite")
    if tour.starts_at <= now:
        raise Refused("The day of this tour has passed.", cure="Give it another date first.")
    if tour.state == Tour.State.DRAFT:
        tour.state = Tour.State.INVITING
        tour.save(update_fields=["state"])
        summary = f"{tour.title} is open for replies"
        record("tour_opened", about=tour, summary=summary, by=by, now=now)
    sent = 0
    for invitation in tour.invitations.filter(sent_at=None).select_related("organisation"):
        if not invitation.address:
            continue
        invitation.sent_at = now
        invitation.save(update_fields=["sent_at"])
        send_invitation(invitation, tour, now=now)
        sent += 1
    if sent:
        summary = f"{sent} invitations to {tour.title} were sent"
        record("invitations_sent", about=tour, summary=summary, by=by, now=now, count=sent)
    return tour


@transaction.atomic
def answer_invitation(invitation, answer, note="", *, instead="", by=None, now=None):
    """Keep what someone answered. They may change their mind until the walk begins."""
    now = now or timezone.now()
    if answer not in (Invitation.Answer.YES, Invitation.Answer.NO):
        raise Refused("Say yes or no.")
    tour = invitation.tour
    if tour.state == Tour.State.CANCELLED:
        raise Gone(f"{tour.title} was cancelled.", cure="There is nothing you need to do.")
    if tour.state not in PLANNED or tour.starts_at <= now:
        raise Gone(f"{tour.title} has begun, so answers are closed.", cure="Come along if you can.")
    if instead.strip():
        note = f"Ask instead: {instead.strip()}. {note}"
    invitation.answer, invitation.note = answer, " ".join(note.split())[:300]
    invitation.answered_at = now
    invitation.save(update_fields=["answer", "note", "answered_at"])
    summary = f"{invitation.in_public_words}: {invitation.get_answer_display().lower()}"
    record("invitation_answered", about=tour, summary=summary, by=by, now=now, answer=answer)
    return invitation
