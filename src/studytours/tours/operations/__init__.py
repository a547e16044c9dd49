"""Every write to tours, stops and invitations. None of them needs a request."""

from .attendance import record_attendance
from .before import (
    set_meeting_words,
    set_office_words,
    sign_assessment,
    write_assessment,
)
from .copying import copy_tour, walk_at_dusk
from .forgetting import forget_guests
from .invitations import correct_address, invite, open_invitations, withdraw_invitation
from .places import set_places
from .plan import change_tour, plan_tour
from .reminders import remind_invited
from .replies import answer_invitation, come_along
from .route import (
    drop_proposal,
    lock_stop,
    place_stop,
    propose_route,
    prove_proposal,
    use_proposal,
    wish_route,
)
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
    "come_along",
    "copy_tour",
    "correct_address",
    "drop_proposal",
    "forget_guests",
    "invite",
    "lock_stop",
    "make_join_code",
    "move_stop",
    "open_invitations",
    "open_walk",
    "place_stop",
    "plan_tour",
    "propose_route",
    "prove_proposal",
    "record_attendance",
    "remind_invited",
    "remove_stop",
    "reopen",
    "report_back",
    "set_meeting_words",
    "set_office_words",
    "set_places",
    "set_stops",
    "sign_assessment",
    "use_proposal",
    "walk_at_dusk",
    "wish_route",
    "withdraw_invitation",
    "write_assessment",
]
