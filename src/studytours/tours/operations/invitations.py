"""Ask organisations and guests to come."""

import secrets

from django.db import transaction
from django.utils import timezone

from studytours.core.errors import Refused
from studytours.core.models import Message
from studytours.core.operations import label, record, resend_message
from studytours.partners.operations.fields import e_mail
from studytours.partners.works import BY_KEY

from ..invitations.calendar import entry_for
from ..models import Invitation, Tour
from ..rules import refuse_unless
from .letters import reply_address, send_invitation
from .locks import lock_tour


@transaction.atomic
def invite(tour, *, organisation=None, name="", email="", work="", by=None, now=None):
    """Put an organisation or a guest on the list; nothing is sent yet. Twice gives the first.

    An organisation is asked at its own address, or at `email` where a contact is chosen; so it may
    be asked several times, for each `work` at another address.
    """
    lock_tour(tour)
    refuse_unless(tour, "invite")
    email = e_mail(email)
    if organisation is None and not email:
        raise Refused("Give an organisation, or the e-mail address of a guest.")
    if organisation is not None and not organisation.is_active:
        raise Refused(f"{organisation} is no longer active.", cure="Choose another organisation.")
    if first := _on_the_list(tour, organisation, email):
        return first
    invitation = add_to_list(
        tour, organisation=organisation, name=name, email=email,
        work=work if work in BY_KEY else "",
    )  # fmt: skip
    record(
        "tour_invited",
        about=tour,
        summary=f"{invitation.in_public_words} is on the list",
        by=by,
        now=now,
    )
    return invitation


def _on_the_list(tour, organisation, email):
    if organisation is not None:
        return tour.invitations.filter(organisation=organisation, email=email).first()
    return with_address(tour, email)


def with_address(tour, email):
    """Who on the list is written to at this address, be it a guest or an organisation."""
    for invitation in tour.invitations.select_related("organisation").order_by("pk"):
        if email and invitation.address.lower() == email:
            return invitation
    return None


def add_to_list(tour, *, name="", **fields):
    """A new row with a link of its own. The tour is locked."""
    return tour.invitations.create(
        name=" ".join(name.split())[:120], token=secrets.token_urlsafe(32), **fields
    )


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
        mark_sent(invitation, now)
        send_invitation(invitation, tour, now=now)
        sent += 1
    if sent:
        summary = f"{sent} invitations to {tour.title} were sent"
        record("invitations_sent", about=tour, summary=summary, by=by, now=now, count=sent)
    return tour


def mark_sent(invitation, now):
    invitation.sent_at = now
    invitation.save(update_fields=["sent_at"])


@transaction.atomic
def correct_address(invitation, email, *, by=None, now=None):
    """Write again, at another address, what came back from the old one; nothing that arrived."""
    tour = invitation.tour
    lock_tour(tour)
    email = e_mail(email, needed=True)
    other = with_address(tour, email)
    if other is not None and other.pk != invitation.pk:
        raise Refused(f"{other} is written to at this address already.")
    failed = Message.objects.filter(about=label(invitation), state=Message.State.FAILED)
    if not failed:
        raise Refused(
            f"Nothing that was sent to {invitation} came back.", cure="There is nothing to mend."
        )
    invitation.email = email
    invitation.save(update_fields=["email"])
    calendar = entry_for(invitation, tour, link=reply_address(invitation))
    for message in failed:
        resend_message(message, to=email, calendar=calendar)
    summary = f"The address of {invitation.in_public_words} was put right"
    record("invitation_corrected", about=tour, summary=summary, by=by, now=now)
    return invitation
