"""What people answer, and those who come along without being asked."""

from django.db import transaction
from django.utils import timezone

from studytours.core.errors import Gone, Refused, TooMany
from studytours.core.operations import count_try, record
from studytours.partners.operations.fields import e_mail

from ..models import Invitation, Tour
from ..rules import PLANNED, may_come_along
from .invitations import add_to_list, mark_sent, with_address
from .letters import confirm, remind_of_link, send_invitation
from .locks import lock_tour
from .places import leave_place, move_up, take_place

# How many may sign up from one address, so that a library or a school still can.
MOST_FROM_ONE_ADDRESS, MINUTES = 20, 60


@transaction.atomic
def answer_invitation(
    invitation, answer, note="", *, guests=0, access_needs="", phone="", instead="",
    instead_email="", by=None, now=None,
):  # fmt: skip
    """Keep what someone answered. They may change their mind until the walk begins.

    Yes is a place, or a place on the waiting list. With `instead_email` the one who is named is
    invited in their place, once.
    """
    now = now or timezone.now()
    if answer not in (Invitation.Answer.YES, Invitation.Answer.NO):
        raise Refused("Say yes or no.")
    tour = invitation.tour
    lock_tour(tour)
    refuse_closed(tour, now)
    _read_again(invitation)
    invitation.tour = tour
    instead, before = _line(instead), invitation.answer
    if answer == Invitation.Answer.YES:
        take_place(invitation, guests, now)
    else:
        leave_place(invitation)
        if instead_email:
            _invite_instead(invitation, instead, instead_email, now)
        if instead:
            note = f"Ask instead: {instead}. {note}"
    invitation.note = _line(note)[:300]
    invitation.access_needs, invitation.phone = _line(access_needs)[:300], _line(phone)[:30]
    invitation.answered_at = now
    invitation.save()
    summary = f"{invitation.in_public_words}: {invitation.get_answer_display().lower()}"
    if invitation.answer != before or instead:
        record("invitation_answered", about=tour, summary=summary, by=by, now=now, answer=answer)
    move_up(tour, now=now)
    invitation.refresh_from_db(fields=["answer"])
    return invitation


def _read_again(invitation):
    """As it stands now that nobody else can change it."""
    try:
        invitation.refresh_from_db()
    except Invitation.DoesNotExist:
        raise Gone(
            "This invitation was taken back.", cure="Ask the office if you want to come."
        ) from None


def refuse_closed(tour, now):
    if tour.state == Tour.State.CANCELLED:
        raise Gone(f"{tour.title} was cancelled.", cure="There is nothing you need to do.")
    if tour.state not in PLANNED or tour.starts_at <= now:
        raise Gone(f"{tour.title} has begun, so answers are closed.", cure="Come along if you can.")


def _invite_instead(invitation, name, email, now):
    """Ask the one who was named, now; a second click changes nothing."""
    tour, email = invitation.tour, e_mail(email)
    named = Invitation.objects.filter(instead_of=invitation).first()
    if named is not None:
        if named.email == email:
            return
        raise Refused(
            "You have named somebody already, and we wrote to them.",
            cure="If that was wrong, write to us.",
        )
    if other := with_address(tour, email):
        same = other.pk == invitation.pk
        raise Refused(
            "That is your own address." if same else "We have asked them already.",
            cure="Give another one, or only say no.",
        )
    named = add_to_list(
        tour, organisation=invitation.organisation, name=name, email=email,
        work=invitation.work, instead_of=invitation,
    )  # fmt: skip
    mark_sent(named, now)
    send_invitation(named, tour, now=now)
    summary = f"{invitation.in_public_words} named somebody else, who is asked"
    record("invited_instead", about=tour, summary=summary, now=now)


@transaction.atomic
def come_along(tour, *, name="", email="", guests=0, access_needs="", address="", now=None):
    """A resident signs up on the public page. Returns the Invitation, or None.

    None: somebody with this e-mail address is on the list. They are sent their own link, and the
    page says the same as to everybody, so that nobody learns who comes.
    """
    now = now or timezone.now()
    if address:
        count_try(
            f"come:{address}", limit=MOST_FROM_ONE_ADDRESS, minutes=MINUTES, now=now,
            why="Too many people have signed up from here.",
        )  # fmt: skip
    lock_tour(tour)
    refuse_closed(tour, now)
    if not may_come_along(tour):
        raise Refused("Signing up here is closed.", cure="Ask the office if you want to come.")
    email = e_mail(email)
    if email and (known := with_address(tour, email)):
        _send_link_again(known, tour, now)
        return None
    invitation = add_to_list(tour, name=name, email=email, came_along=True)
    take_place(invitation, guests, now)
    invitation.access_needs = _line(access_needs)[:300]
    invitation.sent_at = invitation.answered_at = now
    invitation.save()
    if email:
        confirm(invitation, tour, now=now)
    record("came_along", about=tour, summary=f"A resident: {_said(invitation)}", now=now)
    return invitation


def _send_link_again(invitation, tour, now):
    """At most once a day: a stranger must not fill somebody's post box."""
    try:
        count_try(f"link:{invitation.pk}", limit=1, minutes=24 * 60, why="", now=now)
    except TooMany:
        return
    remind_of_link(invitation, tour, now=now)


def _said(invitation):
    return invitation.get_answer_display().lower()


def _line(text):
    return " ".join((text or "").split())
