"""What may happen to a tour, and when. One table; operations and pages both read it."""

from datetime import timedelta

from studytours.core.errors import Refused
from studytours.core.geometry import in_uk

from .models import Tour

State = Tour.State
PLANNED = (State.DRAFT, State.INVITING)
# From which states a step may be taken.
MAY = {
    "change the date or the meeting point": PLANNED,
    "invite": PLANNED,
    "open the walk": PLANNED,
    "close the walk": (State.WALKING,),
    "report back": (State.DEBRIEF, State.REPORTED),
    "cancel": PLANNED,
    "add or change stops": (*PLANNED, State.WALKING),
    "remove or reorder stops": PLANNED,
    "write the risk assessment": (*PLANNED, State.WALKING),
    "change the words": tuple(state for state in State if state != State.CANCELLED),
}
# One step back, for a step that was taken by mistake.
BACK = {
    State.WALKING: State.INVITING,
    State.DEBRIEF: State.WALKING,
    State.REPORTED: State.DEBRIEF,
    State.CANCELLED: State.DRAFT,
}
# Phones may send for so long after the planned end: late walks, flat batteries, no signal.
GRACE = timedelta(hours=12)
MOST_STOPS = 25


def may(tour, step):
    return tour.state in MAY[step]


def refuse_unless(tour, step, cure=""):
    """Refused, saying in which state the tour is."""
    if not may(tour, step):
        raise Refused(
            f"You cannot {step} now: this tour is “{tour.get_state_display().lower()}”.", cure=cure
        )


def may_come_along(tour):
    """Does the public page let residents sign up?"""
    public = tour.is_public and tour.area.is_public
    return tour.come_along and public and tour.state == State.INVITING


def may_count(tour, now):
    """Who came is counted from the day of the walk on."""
    begun = tour.state in (State.WALKING, State.DEBRIEF, State.REPORTED)
    return begun or (tour.state in PLANNED and tour.starts_at <= now)


def refuse_unless_signed(signing):
    """Refused while the risk assessment is not signed, or was signed for another plan."""
    if signing.signed is None:
        raise Refused(
            "The risk assessment of this tour is not signed yet.",
            cure="Read it, change what is not right, sign it with your name; then open the walk.",
        )
    if signing.changes:
        raise Refused(
            "The plan has changed since the risk assessment was signed. "
            + " ".join(signing.changes[:5]),
            cure="Look at it again and sign it for the plan as it is.",
        )


def end_of(tour):
    """When the walk is planned to end."""
    return tour.starts_at + timedelta(minutes=tour.minutes)


def checked_point(lat, lon):
    """(lat, lon) or (None, None); Refused when half of it is missing or it is far away."""
    if lat is None and lon is None:
        return None, None
    if lat is None or lon is None or not in_uk(lat, lon):
        raise Refused(
            "This point is not in Great Britain or Northern Ireland.",
            cure="Latitude comes first, then longitude: 52.3042, -0.7175.",
        )
    return lat, lon


def checked_text(text, what, most):
    """The text without space round it; Refused when empty or too long."""
    text = (text or "").strip()
    if not text:
        raise Refused(f"The {what} is missing.")
    if len(text) > most:
        raise Refused(f"The {what} is longer than {most} characters.", cure="Say it shorter.")
    return text
