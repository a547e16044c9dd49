"""What happens to a promise: how it goes, put off, declined, checked, taken up again, replaced."""

from django.db import transaction
from django.utils import timezone

from studytours.core.errors import Refused
from studytours.core.operations import label, record

from ..models import Confidence, State
from ..queries import open_request
from ..states import NEEDS_WORDS, OWNER_MAY_ASK, Voice, check_step
from ._change import change, office_only, today_of, voice_of
from .evidence import keep_evidence, read_photos
from .owners import tell_office, tell_owner


@transaction.atomic
def update_action(
    action, *, to_state, words="", reason="", review_on=None, organisation=None, by=None,
    photos=(), now=None,
):  # fmt: skip
    """Say how it is going. `photos` is [(bytes, content_type, alt), …], private until published.

    An owner who puts off or declines asks the office for it; the state stays until the answer.
    """
    now, to_state = now or timezone.now(), State(to_state)
    voice = voice_of(action, by=by, organisation=organisation)
    asks = voice is Voice.OWNER and (State(action.state), to_state) in OWNER_MAY_ASK
    if not asks:
        check_step(action, to_state, voice)
    pictures = read_photos(photos)
    _check_words(action, to_state, words, reason, review_on, pictures, today_of(now))
    speaker = dict(by=by, organisation=organisation or _own_voice(action, voice), now=now)
    if asks:
        update = _ask(action, to_state, words, reason, review_on, **speaker)
    else:
        update = _take_step(action, to_state, words, reason, review_on, voice, **speaker)
    keep_evidence(update, pictures)
    _tell_the_other_side(action, update, voice, to_state if asks else None, now)
    return action


def confirm(action, by, *, words="", now=None):
    """The office looked, and it is done."""
    return update_action(action, to_state=State.CONFIRMED, words=words, by=by, now=now)


def reopen(action, *, words, by=None, now=None):
    """Not fixed, or came back: under way again. What was put off or declined is agreed again."""
    back = State.UNDER_WAY if action.state in (State.DONE, State.CONFIRMED) else State.AGREED
    return update_action(action, to_state=back, words=words, by=by, now=now)


def defer(action, *, reason, review_on, words="", by=None, organisation=None, now=None):
    """Put off, with a public reason and the day on which it is looked at again."""
    return update_action(
        action, to_state=State.DEFERRED, reason=reason, review_on=review_on, words=words,
        by=by, organisation=organisation, now=now,
    )  # fmt: skip


def decline(action, *, reason, words="", by=None, organisation=None, now=None):
    """It will not be done; the reason and the organisation that says so are public."""
    return update_action(
        action, to_state=State.DECLINED, reason=reason, words=words, by=by,
        organisation=organisation, now=now,
    )  # fmt: skip


@transaction.atomic
def supersede(action, replacement, *, words="", by=None, now=None):
    """Another action takes its place; its page points there."""
    now = now or timezone.now()
    office_only(by, "replace an action")
    check_step(action, State.SUPERSEDED, Voice.OFFICE)
    later = replacement
    while later is not None:
        if later.pk == action.pk:
            raise Refused(f"{action.ref} cannot be replaced by itself.")
        later = later.superseded_by
    if replacement.state == State.SUPERSEDED:
        raise Refused(
            f"{replacement.ref} was itself replaced by {replacement.superseded_by.ref}.",
            cure=f"Name {replacement.superseded_by.ref}.",
        )
    if replacement.area_id != action.area_id:
        raise Refused(f"{replacement.ref} is about another area.")
    change(
        action, kind="action_superseded", summary=f"replaced by {replacement.ref}", now=now, by=by,
        words=f"Replaced by {replacement.ref}. {words}", state=State.SUPERSEDED,
        superseded_by=replacement,
    )  # fmt: skip
    tell_owner(action, "changed", words=words, now=now)
    return action


@transaction.atomic
def answer_request(action, *, agree, words="", by=None, now=None):
    """The office answers an owner who asked to put off or to decline."""
    now = now or timezone.now()
    office_only(by, "answer this")
    asked = open_request(action)
    if asked is None:
        raise Refused(f"Nothing is being asked about {action.ref}.", cure="Reload the page.")
    organisation = action.responsible
    if agree:
        _check_words(
            action, asked.to_state, words, asked.reason, asked.review_on, (), today_of(now)
        )
        update = _take_step(
            action, asked.to_state, words, asked.reason, asked.review_on, Voice.OFFICE,
            by=by, organisation=organisation, now=now,
        )  # fmt: skip
    else:
        if not words.strip():
            raise Refused(f"Tell {organisation} why not.")
        update = change(
            action, kind="action_request_refused", summary="the office said no", now=now, by=by,
            words=f"The office did not agree. {words.strip()}",
        )  # fmt: skip
    record(
        "action_answered", about=action, summary=f"{action.ref}: answered", by=by,
        now=update.at, agree=agree,
    )  # fmt: skip
    tell_owner(action, "changed", words=words or asked.reason, now=now)
    return action


def _own_voice(action, voice):
    return action.responsible if voice is Voice.OWNER else None


def _check_words(action, to_state, words, reason, review_on, pictures, today):
    """Everyone who reads the history must find out why."""
    step = (State(action.state), to_state)
    if to_state in (State.DEFERRED, State.DECLINED) and step[0] != to_state:
        if not reason.strip():
            raise Refused(
                f"Give the reason why {action.ref} is "
                f"{'put off' if to_state == State.DEFERRED else 'declined'}: it is published."
            )
        if to_state == State.DEFERRED and (review_on is None or review_on <= today):
            raise Refused("Say when it is looked at again: a date after today.")
    elif step in NEEDS_WORDS and not words.strip():
        raise Refused("Say what was found: people were told something else before.")
    elif step[0] == to_state and not words.strip() and not pictures:
        raise Refused("Nothing was said.", cure="Write a few words, or choose how it is going.")
    if to_state == State.SUPERSEDED:
        raise Refused("Say which action takes its place.")
    if to_state == State.DONE and step[0] != to_state and action.owner is None:
        raise Refused(
            f"Nobody knows yet whose {action.ref} is, so it cannot be done.",
            cure="Say in words whose it is; the office then hands it over.",
        )


def _take_step(action, to_state, words, reason, review_on, voice, *, by, organisation, now):
    before = State(action.state)
    fields = {"state": to_state}
    if before != to_state:
        stays = to_state in (State.DEFERRED, State.DECLINED)
        fields["reason"] = reason.strip() if stays else ""
        fields["review_on"] = review_on if to_state == State.DEFERRED else None
        if voice is Voice.OWNER and action.owner is not None:
            # Whoever works on it has taken it on.
            fields["confidence"] = Confidence.AGREED
    said = [fields.get("reason", ""), words]
    return change(
        action, kind="action_updated", now=now, by=by, organisation=organisation,
        summary=to_state.label.lower(), words="\n".join(part for part in said if part.strip()),
        **fields,
    )  # fmt: skip


def _ask(action, to_state, words, reason, review_on, *, by, organisation, now):
    wish = f"put this off until {review_on:%-d %B %Y}" if review_on else "decline this"
    update = change(
        action, kind="action_updated", summary=f"{organisation} asks to {wish}", now=now, by=by,
        organisation=organisation, words=f"Asks to {wish}. {reason.strip()}\n{words}",
    )  # fmt: skip
    record(
        "action_asked", about=label(action), summary=f"{action.ref}: {organisation} asks to {wish}",
        by=by, now=update.at, from_state=action.state, to_state=to_state, reason=reason.strip(),
        review_on=review_on and review_on.isoformat(), organisation=organisation.pk,
    )  # fmt: skip
    return update


def _tell_the_other_side(action, update, voice, wish, now):
    """What the owner says goes to the office; what the office changes goes to the owner."""
    stays = update.from_state == update.to_state
    if voice is Voice.OWNER:
        said = "a note" if stays else action.get_state_display().lower()
        if wish is not None:
            said = "asks to put it off" if wish == State.DEFERRED else "asks to decline it"
        tell_office(action, f"{update.organisation}: {said}", [update.words], now=now)
    elif not stays:
        tell_owner(action, "changed", words=update.words, now=now)
