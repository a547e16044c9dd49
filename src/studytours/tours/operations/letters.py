"""The e-mails about a tour. Plain words; every one says what, when and where."""

from django.conf import settings
from django.urls import reverse

from studytours.core.operations import write_message
from studytours.core.templatetags.ui import moment
from studytours.partners.queries import get_office


def reply_address(invitation):
    """The personal link that needs no account."""
    return settings.BASE_URL + reverse("tour_reply", args=[invitation.token])


def send_invitation(invitation, tour, *, now):
    """Ask someone to come."""
    office = get_office()
    about = f"{tour.introduction}\n\n" if tour.introduction else ""
    text = f"""Hello,

{office.name} asks {_whom(invitation)} to come to {tour.title}: a walk through
{tour.area.name} with residents and the organisations that can change things there.
We look at the place together and agree who does what by when.

{_facts(tour)}

{about}Can you come? Please say yes or no here (no account needed):
{reply_address(invitation)}

{_closing(office)}"""
    subject = f"Will you come? {tour.title}"
    return write_message(
        to=invitation.address, subject=subject, text=text, about=invitation, now=now
    )


def tell_of_change(tour, *, now):
    """Time or place have changed: tell those who were asked and did not say no."""
    office = get_office()
    for invitation in _still_coming(tour):
        text = f"""Hello,

The plan for {tour.title} has changed. It is now:

{_facts(tour)}

Can you still come? Please say yes or no here:
{reply_address(invitation)}

{_closing(office)}"""
        subject = f"Changed: {tour.title}"
        write_message(to=invitation.address, subject=subject, text=text, about=invitation, now=now)


def tell_of_cancelling(tour, *, reason, now):
    office = get_office()
    for invitation in _still_coming(tour):
        text = f"""Hello,

{tour.title} on {moment(tour.starts_at)} will not take place.
{reason}

{_closing(office)}"""
        subject = f"Cancelled: {tour.title}"
        write_message(to=invitation.address, subject=subject, text=text, about=invitation, now=now)


def _still_coming(tour):
    invitations = tour.invitations.exclude(sent_at=None).exclude(answer="no")
    return [one for one in invitations.select_related("organisation") if one.address]


def _whom(invitation):
    return str(invitation.organisation) if invitation.organisation else "you"


def _facts(tour):
    return (
        f"When: {moment(tour.starts_at)}, about {tour.minutes} minutes\nWhere: {tour.meeting_point}"
    )


def _closing(office):
    contact = f"\nQuestions? {office.contact_email}" if office.contact_email else ""
    invented = f"\n\n{office.disclaimer}" if office.disclaimer else ""
    return f"{office.name}{contact}{invented}\n"
