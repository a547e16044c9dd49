"""Who has a place and who waits. First come, first served: nobody overtakes, nobody is too many.

All of it happens with the tour locked, so two answers at one moment are one after the other.
"""

from django.db import transaction
from django.utils import timezone

from studytours.core.errors import Refused
from studytours.core.operations import record

from ..models import Invitation
from ..queries import places_taken, waiting_list
from ..rules import refuse_unless
from .letters import tell_of_place
from .locks import lock_tour

YES, WAIT = Invitation.Answer.YES, Invitation.Answer.WAIT
MOST_GUESTS = 10


@transaction.atomic
def set_places(
    tour, *, capacity, come_along=True, ask_again_days=7, remind_days=1, by=None, now=None
):
    """How many may come, whether residents sign up by themselves, and when we remind."""
    lock_tour(tour)
    refuse_unless(tour, "invite")
    taken = places_taken(tour)
    if capacity is not None and capacity < max(taken, 1):
        raise Refused(
            f"{taken} people have a place already." if taken else "A tour has one place or more.",
            cure=f"Give at least {max(taken, 1)}, or leave it empty for no limit.",
        )
    tour.capacity, tour.come_along = capacity, come_along
    tour.ask_again_days, tour.remind_days = ask_again_days, remind_days
    tour.save(update_fields=["capacity", "come_along", "ask_again_days", "remind_days"])
    places = "as many as wish may come" if capacity is None else f"{capacity} may come"
    record("places_set", about=tour, summary=f"{tour.title}: {places}", by=by, now=now)
    move_up(tour, now=now)
    return tour


def take_place(invitation, guests, now):
    """Give a place, or a place in the line. The tour is locked; the invitation is not saved."""
    tour, had = invitation.tour, invitation.answer
    if not 0 <= guests <= MOST_GUESTS:
        raise Refused(
            f"You may bring up to {MOST_GUESTS} people.",
            cure="If more want to come, write to us.",
        )
    if tour.capacity is not None and 1 + guests > tour.capacity:
        raise Refused(f"This walk has {tour.capacity} places in all.", cure="Bring fewer people.")
    if had == YES:
        _refuse_growth(invitation, guests)
    elif had != WAIT:  # who waits keeps their place in the line
        invitation.in_line_since = now
        alone = not waiting_list(tour).exists()
        invitation.answer = YES if alone and _fits(tour, 1 + guests) else WAIT
    invitation.guests = guests


def _fits(tour, party):
    return tour.capacity is None or places_taken(tour) + party <= tour.capacity


def _refuse_growth(invitation, guests):
    """Who has a place may bring more people only where nobody waits for it."""
    tour, more = invitation.tour, guests - invitation.guests
    if more <= 0:
        return
    if waiting_list(tour).exists() or not _fits(tour, more):
        raise Refused(
            "There is no place for more people.",
            cure=f"Your place is kept as it was, for {invitation.party}.",
        )


def leave_place(invitation):
    """They do not come: whoever waits may have their place."""
    invitation.answer, invitation.guests = Invitation.Answer.NO, 0
    invitation.in_line_since = None


def move_up(tour, *, now=None):
    """Give free places to those who wait, in the order of their answers, and tell them."""
    now = now or timezone.now()
    for invitation in waiting_list(tour).select_related("organisation"):
        if tour.capacity is not None and invitation.party > tour.capacity:
            continue  # they could not come even if nobody else did
        if not _fits(tour, invitation.party):
            break  # nobody behind overtakes a larger party
        invitation.answer = YES
        invitation.save(update_fields=["answer"])
        tell_of_place(invitation, tour, now=now)
        summary = f"{invitation.in_public_words} moved up from the waiting list"
        record("moved_up", about=tour, summary=summary, now=now)
