"""Whatever people say in whatever order, an action keeps its promises."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studytours.actions import operations
from studytours.actions.models import Action, State
from studytours.actions.states import STEPS
from studytours.core.errors import Refused

from .conftest import NOW

WORDS = st.sampled_from(["", " ", "Booked for Tuesday", "It grew back"])
DATES = st.sampled_from([None, date(2026, 1, 1), date(2026, 6, 3), date(2027, 1, 1)])
WHO = st.sampled_from(["coordinator", "partner", "analyst", "link", "other link", "nobody"])
MOVES = st.one_of(
    st.tuples(st.just("update"), WHO, st.sampled_from(State), WORDS, WORDS, DATES),
    st.tuples(st.just("reassign"), WHO, st.sampled_from(["greatwell", "council", ""]), WORDS),
    st.tuples(st.just("find"), WHO, st.sampled_from(["greatwell", "council"]), WORDS),
    st.tuples(st.just("dispute"), WHO, WORDS),
    st.tuples(st.just("answer"), WHO, st.booleans(), WORDS),
    st.tuples(st.just("supersede"), WHO, WORDS),
    st.tuples(st.just("step"), WHO, WORDS, DATES),
)


class Play:
    """The moves, made by whoever makes them."""

    def __init__(self, world):
        self.world = world
        self.action, self.other = world.action(), world.action()
        self.now = NOW

    def speaker(self, who):
        world = self.world
        return (
            {
                "link": dict(organisation=world.greatwell),
                "other link": dict(organisation=world.council),
                "nobody": {},
            }.get(who)
            if who in ("link", "other link", "nobody")
            else dict(by=getattr(world, who))
        )

    def make(self, kind, who, *details):
        self.now += timedelta(minutes=1)
        getattr(self, kind)(self.speaker(who), *details)

    def update(self, speaker, to_state, words, reason, review_on):
        operations.update_action(
            self.action, to_state=to_state, words=words, reason=reason, review_on=review_on,
            now=self.now, **speaker,
        )  # fmt: skip

    def reassign(self, speaker, owner, reason):
        owner = getattr(self.world, owner) if owner else None
        operations.reassign(
            self.action, owner=owner, reason=reason, by=speaker.get("by", self.world.partner),
            now=self.now,
        )  # fmt: skip

    def find(self, speaker, finder, reason):
        operations.reassign(
            self.action, finder=getattr(self.world, finder), finder_name="Sam", reason=reason,
            by=speaker.get("by", self.world.partner), now=self.now,
        )  # fmt: skip

    def dispute(self, speaker, reason):
        operations.dispute(self.action, reason=reason, now=self.now, **speaker)

    def answer(self, speaker, agree, words):
        operations.answer_request(
            self.action, agree=agree, words=words, by=speaker.get("by", self.world.partner),
            now=self.now,
        )  # fmt: skip

    def supersede(self, speaker, words):
        operations.supersede(
            self.action, self.other, words=words, by=speaker.get("by", self.world.partner),
            now=self.now,
        )  # fmt: skip

    def step(self, speaker, title, due):
        if due is not None:
            operations.add_milestone(
                self.action, title=title, due=due, by=speaker.get("by", self.world.partner),
                now=self.now,
            )  # fmt: skip


def check(action):
    """The promises of PRODUCT.md, read afresh from the database."""
    action = Action.objects.get(pk=action.pk)
    assert action.responsible is not None
    assert action.owner is not None or action.finder_name
    assert (action.confidence == "unknown") == (action.owner is None)
    assert action.next_date() is not None or action.milestones.exists()
    if action.state in ("deferred", "declined"):
        assert action.reason.strip()
    assert (action.review_on is not None) == (action.state == "deferred")
    assert (action.superseded_by is not None) == (action.state == "superseded")
    state = ""
    for update in action.updates.order_by("at", "id"):
        assert update.from_state == state
        assert state == "" or (State(state), State(update.to_state)) in STEPS
        state = update.to_state
    assert state == action.state
    withdrawn = action.links.filter(withdrawn_at=None).exclude(organisation=action.responsible)
    assert not withdrawn.exists()


@pytest.mark.django_db
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(moves=st.lists(MOVES, max_size=12))
def test_any_sequence_keeps_owner_reasons_and_history(world, moves):
    with transaction.atomic():
        play = Play(world)
        for move in moves:
            play.action = Action.objects.get(pk=play.action.pk)
            updates = play.action.updates.count()
            try:
                play.make(*move)
            except Refused:
                # A refusal leaves nothing behind.
                assert play.action.updates.count() == updates
            check(play.action)
        transaction.set_rollback(True)
