"""Which state may follow which, and who may say so: the whole machine on one page.

An owner reports on its own work and may ask to put it off or to decline it; only the office
confirms, puts off, declines, replaces or takes up again.
"""

from enum import Enum

from studytours.core.errors import Refused

from .models import State


class Voice(Enum):
    OFFICE = "office"
    OWNER = "owner"


OFFICE, OWNER = Voice.OFFICE, Voice.OWNER
A, U, D, C = State.AGREED, State.UNDER_WAY, State.DONE, State.CONFIRMED
F, X, S = State.DEFERRED, State.DECLINED, State.SUPERSEDED

# (from, to) → who may make the step.
STEPS = {
    (A, U): {OWNER, OFFICE},
    (A, D): {OWNER, OFFICE},
    (U, D): {OWNER, OFFICE},
    (F, U): {OWNER, OFFICE},
    (F, D): {OWNER, OFFICE},
    # Said "done" too soon, or a check found that it is not.
    (D, U): {OWNER, OFFICE},
    (D, C): {OFFICE},
    # Not fixed after all, or it came back.
    (C, U): {OFFICE},
    (A, F): {OFFICE},
    (U, F): {OFFICE},
    (A, X): {OFFICE},
    (U, X): {OFFICE},
    (F, X): {OFFICE},
    # Taken up again.
    (F, A): {OFFICE},
    (X, A): {OFFICE},
    (A, S): {OFFICE},
    (U, S): {OFFICE},
    (D, S): {OFFICE},
    (F, S): {OFFICE},
    (X, S): {OFFICE},
    # A note: the state stays, the words are added.
    **{(state, state): {OWNER, OFFICE} for state in (A, U, D, F)},
    **{(state, state): {OFFICE} for state in (C, X)},
}

# What an owner may ask the office for; nothing changes until the office says yes.
OWNER_MAY_ASK = {(A, F), (U, F), (A, X), (U, X), (F, X)}

# Steps back say why, because someone was told otherwise before.
NEEDS_WORDS = {(D, U), (C, U), (F, A), (X, A)}

MAY_BE_WORKED_ON = (A, U, D, F)
ENDED = (C, X, S)


def check_step(action, to_state, voice):
    """Refuse a step that the table does not hold."""
    step = (State(action.state), State(to_state))
    if voice in STEPS.get(step, ()):
        return
    now, then = step[0].label.lower(), step[1].label.lower()
    if step in STEPS:
        raise Refused(
            f"Only the office can change {action.ref} from “{now}” to “{then}”.",
            cure="Write to the office, or say how it is going.",
        )
    raise Refused(
        f"{action.ref} is “{now}”; it cannot become “{then}”.",
        cure=f"Next it can be: {choices_in_words(action)}.",
    )


def next_states(action, voice):
    """States this voice may set now, in the order of the table, without the present one."""
    return [to for (at, to), who in STEPS.items() if at == action.state != to and voice in who]


def choices_in_words(action):
    names = [state.label.lower() for state in next_states(action, OFFICE)]
    return ", ".join(names) or "nothing, it was replaced"
