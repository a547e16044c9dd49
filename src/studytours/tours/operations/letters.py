"""The e-mails about a tour. Plain words; every one says what, when and where."""

from django.conf import settings
from django.urls import reverse

from studytours.core.operations import write_message
from studytours.core.templatetags.ui import day, moment
from studytours.partners.queries import get_office
from studytours.partners.works import BY_KEY

from ..invitations.calendar import entry_for


def reply_address(invitation):
    """The personal link that needs no account."""
    return settings.BASE_URL + reverse("tour_reply", args=[invitation.token])


def send_invitation(invitation, tour, *, now):
    """Ask someone to come."""
    office = get_office()
    about = f"{tour.introduction}\n\n" if tour.introduction else ""
    return _send(
        invitation, tour, f"Will you come? {tour.title}", f"""{_in_their_place(invitation)}\
{office.name} asks {_whom(invitation)} to come to “{tour.title}”:
a walk through {tour.area.name} with residents and the organisations that can change things there.
We look at the place together and agree who does what by when.{_why(invitation)}

{_facts(tour, invitation)}

{about}Can you come? Please say yes or no here (no account needed):
{reply_address(invitation)}""", now=now,
    )  # fmt: skip


def tell_of_change(tour, *, now):
    """Time or place have changed: tell those who were asked and did not say no."""
    for invitation in _still_coming(tour):
        _send(
            invitation, tour, f"Changed: {tour.title}", f"""\
The plan for “{tour.title}” has changed. It is now:

{_facts(tour, invitation)}

Can you still come? Please say yes or no here:
{reply_address(invitation)}""", now=now,
        )  # fmt: skip


def tell_of_cancelling(tour, *, reason, now):
    for invitation in _still_coming(tour):
        _send(
            invitation, tour, f"Cancelled: {tour.title}", f"""\
“{tour.title}” on {moment(tour.starts_at)} will not take place.
{reason}""", now=now,
        )  # fmt: skip


def confirm(invitation, tour, *, now):
    """To someone who signed up by themselves: what we have written down, and the way back."""
    where = "You have a place." if invitation.answer == "yes" else WAITING
    _send(
        invitation, tour, f"Thank you: {tour.title}", f"""\
Thank you for coming along to “{tour.title}”. {where}

{_facts(tour, invitation)}

To change your answer, or if you cannot come after all:
{reply_address(invitation)}

If you did not ask for this, open the link and choose “No”.""", now=now,
    )  # fmt: skip


def remind_of_link(invitation, tour, *, now):
    """To someone who signed up again: they are on the list, and this is their link."""
    _send(
        invitation, tour, f"You are on the list: {tour.title}", f"""\
You are on the list of “{tour.title}” already. To read or change your answer:
{reply_address(invitation)}

{_facts(tour, invitation)}""", now=now,
    )  # fmt: skip


def tell_of_place(invitation, tour, *, now):
    """A place has come free for someone who waited."""
    _send(
        invitation, tour, f"There is a place for you: {tour.title}", f"""\
Good news: there is a place for you now{_with_guests(invitation)}. You are no longer waiting.

{_facts(tour, invitation)}

If you cannot come any more, please say so here. Then somebody else can come:
{reply_address(invitation)}""", now=now,
    )  # fmt: skip


def ask_again(invitation, tour, *, now):
    """The day comes near and they have not answered."""
    _send(
        invitation, tour, f"Can you come on {day(tour.starts_at)}? {tour.title}", f"""\
We have not heard from you yet. “{tour.title}” is soon:

{_facts(tour, invitation)}

Can you come? Please say yes or no here (no account needed):
{reply_address(invitation)}

We do not ask again.""", now=now,
    )  # fmt: skip


def remind(invitation, tour, *, now):
    """They come, and it is nearly the day."""
    _send(
        invitation, tour, f"See you soon: {tour.title}", f"""\
You told us that you are coming to “{tour.title}”{_with_guests(invitation)}. Thank you.

{_facts(tour, invitation)}

Wear shoes you can walk in, and bring a phone if you have one.
If you cannot come any more, please say so here:
{reply_address(invitation)}""", now=now,
    )  # fmt: skip


WAITING = "All places are taken, so you are on the waiting list. We write when a place comes free."


def _send(invitation, tour, subject, text, *, now):
    """Every one of them: greeting, words, who writes, and the entry for their calendar."""
    if not invitation.address:
        return None
    link = reply_address(invitation)
    calendar = entry_for(invitation, tour, link=link)
    return write_message(
        to=invitation.address, subject=subject, text=f"Hello,\n\n{text}\n\n{_closing()}",
        about=invitation, calendar=calendar, now=now,
    )  # fmt: skip


def _still_coming(tour):
    invitations = tour.invitations.exclude(sent_at=None).exclude(answer="no")
    return invitations.select_related("organisation")


def _whom(invitation):
    return str(invitation.organisation) if invitation.organisation else "you"


def _in_their_place(invitation):
    first = invitation.instead_of
    if first is None:
        return ""
    if first.organisation:
        return f"{first.organisation} named you as the right person to ask.\n\n"
    return "Someone we asked cannot come, and named you instead.\n\n"


def _why(invitation):
    work = BY_KEY.get(invitation.work)
    return f"\nWe ask you because of your work: {work.label.lower()}." if work else ""


def _with_guests(invitation):
    more = invitation.guests
    return f", with {more} more {'person' if more == 1 else 'people'}" if more else ""


def _facts(tour, invitation):
    calendar = reverse("tour_reply_calendar", args=[invitation.token])
    return f"""When: {moment(tour.starts_at)}, about {tour.minutes} minutes
Where: {tour.meeting_point}
For your calendar: {settings.BASE_URL}{calendar}"""


def _closing():
    office = get_office()
    contact = f"\nQuestions? {office.contact_email}" if office.contact_email else ""
    invented = f"\n\n{office.disclaimer}" if office.disclaimer else ""
    return f"{office.name}{contact}{invented}\n"
