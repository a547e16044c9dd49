"""Every write to tours, stops and invitations. None of them needs a request."""

from .before import (
    set_meeting_words,
    set_office_words,
    sign_assessment,
    write_assessment,
)
from .copying import copy_tour, walk_at_dusk
from .forgetting import forget_guests
from .invitations import (
    answer_invitation,
    invite,
    open_invitations,
    withdraw_invitation,
)
from .plan import change_tour, plan_tour
from .steps import (
    cancel_tour,
    close_walk,
    make_join_code,
    open_walk,
    reopen,
    report_back,
)
from .stops import add_stop, change_stop, move_stop, remove_stop, set_stops

__all__ = [
    "add_stop",
    "answer_invitation",
    "cancel_tour",
    "change_stop",
    "change_tour",
    "close_walk",
    "copy_tour",
    "forget_guests",
    "invite",
    "make_join_code",
    "move_stop",
    "open_invitations",
    "open_walk",
    "plan_tour",
    "remove_stop",
    "reopen",
    "report_back",
    "set_meeting_words",
    "set_office_words",
    "set_stops",
    "sign_assessment",
    "walk_at_dusk",
    "withdraw_invitation",
    "write_assessment",
]
