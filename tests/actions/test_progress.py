"""How it goes: who may say what, with which words, and who hears of it."""

from datetime import date

import pytest

from studytours.actions import operations, queries
from studytours.actions.models import Action, State
from studytours.actions.states import STEPS
from studytours.core.errors import Refused
from studytours.core.models import Event, Message

from .conftest import NOW, picture

REVIEW = date(2026, 12, 1)


def say(world, action, to_state, words="", **more):
    """The owner speaks by link, without an account."""
    return operations.update_action(
        action, to_state=to_state, words=words, organisation=world.greatwell, now=NOW, **more
    )


def test_a_stranger_says_nothing(world, action):
    for speaker in (
        {}, dict(organisation=world.council), dict(by=world.analyst), dict(by=world.leader),
    ):  # fmt: skip
        with pytest.raises(Refused, match="Only Greatwell Homes or the office"):
            operations.update_action(action, to_state="done", now=NOW, **speaker)


def test_an_owner_never_confirms_its_own_work(world, action):
    say(world, action, "done")
    with pytest.raises(Refused, match="Only the office"):
        say(world, action, "confirmed")
    with pytest.raises(Refused, match="Only Greatwell Homes or the office"):
        operations.confirm(action, world.leader, now=NOW)


def test_what_is_not_done_is_not_confirmed(world, action):
    with pytest.raises(Refused, match="it cannot become “confirmed”"):
        operations.confirm(action, world.coordinator, now=NOW)


def test_a_replaced_action_says_nothing_more(world, action):
    operations.supersede(action, world.action(), by=world.coordinator, now=NOW)
    with pytest.raises(Refused, match="nothing, it was replaced"):
        operations.update_action(
            action, to_state="under_way", words="x", by=world.coordinator, now=NOW
        )


@pytest.mark.parametrize(
    ("to_state", "more", "why"),
    [
        ("declined", {}, "Give the reason"),
        ("deferred", dict(review_on=REVIEW), "Give the reason"),
        ("deferred", dict(reason="No money"), "looked at again"),
        ("deferred", dict(reason="No money", review_on=date(2026, 6, 3)), "looked at again"),
        ("agreed", {}, "Nothing was said"),
    ],
)
def test_a_step_without_its_words_is_refused(world, action, to_state, more, why):
    for speaker in (dict(by=world.coordinator), dict(organisation=world.greatwell)):
        with pytest.raises(Refused, match=why):
            operations.update_action(action, to_state=to_state, now=NOW, **more, **speaker)
    assert action.updates.count() == 1


def test_replacing_needs_another_action_that_stands(world, action):
    other = world.action()
    with pytest.raises(Refused, match="which action takes its place"):
        operations.update_action(action, to_state="superseded", by=world.coordinator, now=NOW)
    with pytest.raises(Refused, match="by itself"):
        operations.supersede(action, action, by=world.coordinator, now=NOW)
    operations.supersede(action, other, by=world.coordinator, now=NOW)
    with pytest.raises(Refused, match="by itself"):
        operations.supersede(other, action, by=world.coordinator, now=NOW)
    with pytest.raises(Refused, match=f"replaced by {other.ref}"):
        operations.supersede(world.action(), action, by=world.coordinator, now=NOW)


def test_reopening_says_what_was_found(world, action):
    say(world, action, "done")
    operations.confirm(action, world.coordinator, now=NOW)
    with pytest.raises(Refused, match="Say what was found"):
        operations.reopen(action, words=" ", by=world.coordinator, now=NOW)
    operations.reopen(action, words="It grew back", by=world.coordinator, now=NOW)
    assert action.state == State.UNDER_WAY


def test_what_nobody_owns_is_not_done(world):
    action = world.action(owner=None, finder=world.greatwell, finder_name="Sam")
    with pytest.raises(Refused, match="Nobody knows yet whose"):
        say(world, action, "done")
    say(world, action, "under_way", "Asking the land registry")


def test_the_owner_reports_and_the_office_hears_of_it(world, action):
    Message.objects.all().delete()
    say(world, action, "under_way", "Booked for Tuesday")
    message = Message.objects.get()
    assert message.to == "office@example.org"
    assert message.subject == f"{action.ref}: Greatwell Homes: under way"
    assert "Booked for Tuesday" in message.text
    assert f"/desk/actions/{action.ref}/" in message.text
    update = action.updates.first()
    assert (update.organisation, update.by) == (world.greatwell, None)


def test_an_assumed_owner_that_starts_has_agreed(world):
    action = world.action(confidence="assumed")
    say(world, action, "under_way")
    assert Action.objects.get().confidence == "agreed"


def test_the_owner_hears_what_the_office_says(world, action):
    say(world, action, "done")
    Message.objects.all().delete()
    operations.confirm(action, world.coordinator, words="Seen on Friday", now=NOW)
    message = Message.objects.get()
    assert (message.to, "confirmed" in message.subject) == ("care@greatwell.example", True)
    assert "Seen on Friday" in message.text


def test_putting_off_by_the_owner_waits_for_the_office(world, action):
    say(world, action, "deferred", reason="Nesting birds", review_on=REVIEW)
    assert Action.objects.get().state == State.AGREED
    asked = queries.open_request(action)
    assert (asked.to_state, asked.reason, asked.review_on) == ("deferred", "Nesting birds", REVIEW)
    assert (
        "asks to put this off until 1 December 2026"
        in Event.objects.get(kind="action_asked").summary
    )
    mail = Message.objects.filter(to="office@example.org").first()
    assert mail.subject == f"{action.ref}: Greatwell Homes: asks to put it off"
    operations.answer_request(action, agree=True, by=world.coordinator, now=NOW)
    assert (action.state, action.reason, action.review_on) == ("deferred", "Nesting birds", REVIEW)
    assert action.updates.first().organisation == world.greatwell
    assert queries.open_request(action) is None


def test_a_refused_request_says_why_and_changes_nothing(world, action):
    with pytest.raises(Refused, match="Nothing is being asked"):
        operations.answer_request(action, agree=True, by=world.coordinator, now=NOW)
    say(world, action, "declined", reason="Too dear")
    with pytest.raises(Refused, match="Tell Greatwell Homes why not"):
        operations.answer_request(action, agree=False, by=world.coordinator, now=NOW)
    operations.answer_request(
        action, agree=False, words="It is your land", by=world.coordinator, now=NOW
    )
    assert action.state == State.AGREED
    assert queries.open_request(action) is None
    assert "It is your land" in Message.objects.first().text


def test_the_office_puts_off_and_takes_up_again(world, action):
    operations.defer(action, reason="No money", review_on=REVIEW, by=world.coordinator, now=NOW)
    assert action.next_date() == REVIEW
    operations.reopen(action, words="Money found", by=world.coordinator, now=NOW)
    fresh = Action.objects.get()
    assert (fresh.state, fresh.reason, fresh.review_on) == ("agreed", "", None)


def test_declining_keeps_who_and_why(world, action):
    operations.decline(
        action, reason="Not our land", organisation=world.greatwell, by=world.coordinator, now=NOW
    )
    assert (action.state, action.reason) == ("declined", "Not our land")
    assert action.updates.first().organisation == world.greatwell


def test_evidence_is_kept_private_until_published(world, action, photo):
    say(world, action, "done", photos=[(photo, "image/jpeg", "The cut hedge")])
    evidence = action.updates.first().evidence.get()
    assert evidence.published_at is None
    with evidence.original.open() as original, evidence.shown.open() as shown:
        assert original.read() == photo
        assert shown.read(2) == b"\xff\xd8"
    with pytest.raises(Refused, match="people who cannot see it"):
        operations.publish_evidence(evidence, " ", by=world.coordinator)
    with pytest.raises(Refused, match="Only the office"):
        operations.publish_evidence(evidence, "The cut hedge", by=world.partner)
    operations.publish_evidence(evidence, "The cut hedge", by=world.coordinator, now=NOW)
    evidence.refresh_from_db()
    assert (evidence.alt, evidence.published_at) == ("The cut hedge", NOW)
    operations.unpublish_evidence(evidence, by=world.coordinator)
    evidence.refresh_from_db()
    assert evidence.published_at is None


def test_a_picture_of_a_private_action_is_never_published(world, photo):
    tent = world.finding("A tent", category="ROU")
    action = world.action(findings=[tent])
    say(world, action, "under_way", photos=[(photo, "image/jpeg", "")])
    with pytest.raises(Refused, match="is not public"):
        operations.publish_evidence(
            action.updates.first().evidence.get(), "x", by=world.coordinator
        )


def test_a_bad_photo_changes_nothing(world, action):
    with pytest.raises(Refused, match="not a photo"):
        say(world, action, "done", photos=[(b"hello", "image/jpeg", "")])
    with pytest.raises(Refused, match="7 photos are too many"):
        say(world, action, "done", photos=[(picture(), "image/jpeg", "")] * 7)
    assert Action.objects.get().state == State.AGREED
    assert action.updates.count() == 1


def test_every_state_can_be_reached_and_only_replaced_ones_are_stuck():
    reached = {to for at, to in STEPS if at != to}
    assert reached == set(State)
    assert {at for at, to in STEPS if at != to} == set(State) - {State.SUPERSEDED}
