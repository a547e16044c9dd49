"""Two people at the same moment: the second is told, nothing is overwritten, no number twice."""

import pytest
from tests.threads import all_at_once

from studytours.actions import operations
from studytours.actions.models import Action
from studytours.core.errors import Refused
from studytours.core.models import Message
from studytours.fieldwork import operations as fieldwork

from .conftest import NOW


def test_the_second_reader_of_an_old_version_is_refused(world, action):
    old = Action.objects.get(pk=action.pk)
    operations.update_action(
        action, to_state="under_way", words="Booked", organisation=world.greatwell, now=NOW
    )
    with pytest.raises(Refused, match="Somebody else changed A-0001"):
        operations.decline(old, reason="No money", by=world.coordinator, now=NOW)
    fresh = Action.objects.get(pk=action.pk)
    assert (fresh.state, fresh.reason, fresh.updates.count()) == ("under_way", "", 2)


@pytest.mark.django_db(transaction=True)
def test_of_two_updates_at_once_one_holds_and_one_is_told(world):
    action = world.action()
    copies = [Action.objects.get(pk=action.pk) for _ in range(4)]
    results = all_at_once(
        *(
            lambda copy=copy: operations.update_action(
                copy, to_state="done", organisation=world.greatwell, now=NOW
            )
            for copy in copies
        )
    )
    assert sum(isinstance(result, Refused) for result in results) == 3
    assert action.updates.filter(to_state="done").count() == 1


@pytest.mark.django_db(transaction=True)
def test_actions_agreed_at_once_get_numbers_of_their_own(world):
    results = all_at_once(*(lambda: [world.action().ref for _ in range(4)] for _ in range(4)))
    refs = sorted(ref for result in results for ref in result)
    assert refs == [f"A-{number:04d}" for number in range(1, 17)]


@pytest.mark.django_db(transaction=True)
def test_votes_at_once_are_all_counted(world):
    hedge = world.finding()
    all_at_once(*(lambda: fieldwork.vote(hedge, by=world.coordinator) for _ in range(5)))
    hedge.refresh_from_db()
    assert hedge.votes == 5


@pytest.mark.django_db(transaction=True)
def test_reminders_run_twice_at_once_write_one_mail(world):
    world.action(due=NOW.date())
    Message.objects.all().delete()
    all_at_once(*(lambda: operations.send_reminders(now=NOW) for _ in range(2)))
    assert Message.objects.count() == 1
