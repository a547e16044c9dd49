"""A promise always has an owner, or a person who finds the owner, and a date."""

from datetime import date

import pytest
from shapely.geometry import box

from studytours.actions import operations
from studytours.actions.models import Action, Update
from studytours.areas.operations import make_area
from studytours.core.errors import Refused
from studytours.core.models import Event, Message
from studytours.fieldwork import operations as fieldwork
from studytours.partners.operations import change_organisation

from .conftest import DUE, NOW


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        (dict(title="  "), "Say what will be done"),
        (dict(title="x" * 201), "201 letters"),
        (dict(owner=None), "never stands without an owner"),
        (dict(owner=None, finder_name="Sam"), "never stands without an owner"),
        (dict(due=date(2026, 6, 2)), "2 June 2026 is in the past"),
        (dict(due=None), "By when?"),
        (dict(milestones=[("Lease signed", date(2026, 7, 2))]), "after the end, 1 July 2026"),
        (dict(milestones=[("Lease signed", date(2025, 7, 2))]), "2 July 2025 is in the past"),
        (dict(milestones=[(" ", DUE)]), "Each step needs a few words"),
        (dict(confidence="unknown"), "said to be unknown"),
    ],
)
def test_an_incomplete_promise_is_refused(world, changed, why):
    with pytest.raises(Refused, match=why):
        world.action(**changed)
    assert not Action.objects.exists()
    assert not Message.objects.exists()


def test_a_finder_without_a_date_is_refused(world):
    with pytest.raises(Refused, match="by when the owner is found"):
        world.action(
            owner=None, finder=world.office, finder_name="Sam", due=None,
            milestones=[("Ask", DUE)],
        )  # fmt: skip


def test_an_organisation_that_left_is_refused(world):
    gone = change_organisation(world.greatwell, active=False)
    with pytest.raises(Refused, match="no longer takes part"):
        world.action(owner=gone)


def test_a_partner_does_not_agree_actions(world):
    with pytest.raises(Refused, match="Only the office and this tour's leader"):
        world.action(by=world.partner)


def test_a_leader_agrees_only_on_their_own_tour(world):
    assert world.action(by=world.leader).ref == "A-0001"
    with pytest.raises(Refused, match="Only the office"):
        world.action(by=world.leader, tour=None)


def test_a_merged_or_declined_finding_is_refused(world, hedge):
    other = world.finding("Bushes again")
    fieldwork.merge(other, hedge, by=world.coordinator)
    with pytest.raises(Refused, match=f"same as {hedge.ref}"):
        world.action(findings=[other])
    fieldwork.decline(hedge, "Looks fine", by=world.coordinator)
    hedge.refresh_from_db()
    with pytest.raises(Refused, match="no action"):
        world.action(findings=[hedge])


def test_a_finding_of_another_area_is_refused(world, hedge):
    elsewhere = make_area(
        name="Kingsthorpe", geometry=box(-0.92, 52.26, -0.91, 52.27), made_from="drawn", why="Near"
    )
    with pytest.raises(Refused, match="was not found in Kingsthorpe"):
        world.action(area=elsewhere, tour=None, findings=[hedge])
    with pytest.raises(Refused, match="was not in Kingsthorpe"):
        world.action(area=elsewhere)


def test_agreeing_accepts_the_findings_and_begins_the_history(world, hedge):
    action = world.action(findings=[hedge, hedge])
    hedge.refresh_from_db()
    assert hedge.decision == "accepted"
    assert list(action.findings.all()) == [hedge]
    update = Update.objects.get(action=action)
    assert (update.from_state, update.to_state) == ("", "agreed")
    assert Event.objects.filter(kind="action_agreed").count() == 1


def test_one_finding_may_lead_to_several_actions_and_one_action_answer_several(world, hedge):
    light = world.finding("Lamp out", category="LIT")
    both = world.action(findings=[hedge, light])
    more = world.action(findings=[hedge], owner=world.council, title="Light the path")
    assert set(both.findings.all()) == {hedge, light}
    assert set(hedge.actions.all()) == {both, more}


def test_numbers_count_on_past_nine_thousand(world, action):
    assert action.ref == "A-0001"
    Action.objects.filter(pk=action.pk).update(ref="A-9999")
    assert world.action().ref == "A-10000"
    assert world.action().ref == "A-10001"


def test_an_action_on_a_sensitive_or_private_finding_is_not_public(world, hedge):
    tent = world.finding("A tent under the bridge", category="ROU")
    assert not world.action(findings=[tent]).is_public
    private = fieldwork.keep_private(hedge, by=world.coordinator)
    action = world.action(findings=[private])
    private.refresh_from_db()
    assert not action.is_public
    assert private.decision == "private"


def test_the_owner_is_told_what_by_when_why_and_where(world, hedge, client):
    action = world.action(findings=[hedge], confidence="assumed", detail="Down to waist height")
    message = Message.objects.get()
    assert message.to == "care@greatwell.example"
    assert "by 1 July 2026" in message.subject
    for words in (
        "Cut back the hedge", "By 1 July 2026", "The hedge hides the path", "waist height",
        "Queensway study tour", "We think this is yours", f"/actions/{action.ref}/",
        "office@example.org",
    ):  # fmt: skip
        assert words in message.text
    link = next(line for line in message.text.splitlines() if "/mine/" in line)
    assert client.get(link.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_private_words_never_go_into_an_e_mail(world):
    tent = world.finding("A tent under the bridge", category="ROU")
    action = world.action(findings=[tent], title="Visit and offer help")
    text = Message.objects.get().text
    assert "tent" not in text
    assert f"/actions/{action.ref}/" not in text


def test_an_owner_without_address_gets_no_mail_and_no_link(world):
    action = world.action(owner=world.office)
    assert not Message.objects.exists()
    assert not action.links.exists()


def test_an_unknown_owner_becomes_a_find_out_action_with_a_name_and_a_date(world):
    action = world.action(
        owner=None, finder=world.council, finder_name=" Sam  Jones ", title="Who owns the path?"
    )
    assert action.confidence == "unknown"
    assert action.responsible == world.council
    assert action.finder_name == "Sam Jones"
    assert (
        "Sam Jones of Council street lighting was asked to find out" in Message.objects.get().text
    )


def test_a_long_work_has_steps_instead_of_a_date(world):
    action = world.action(
        due=None, milestones=[("Lease", date(2028, 1, 1)), ("Survey", date(2027, 1, 1))]
    )
    assert [m.title for m in action.milestones.all()] == ["Survey", "Lease"]
    assert action.next_date() == date(2027, 1, 1)


def test_done_on_the_spot_waits_for_a_check_and_is_taken_once(world):
    gate = world.finding("Gate open", category="GAT", done_now="Closed and padlocked it")
    action = operations.done_on_the_spot(gate, world.greatwell, by=world.leader, now=NOW)
    assert (action.state, action.title) == ("done", "Closed and padlocked it")
    assert action.done_on_the_spot
    with pytest.raises(Refused, match="already on the list"):
        operations.done_on_the_spot(gate.observation, world.greatwell, by=world.leader, now=NOW)
    assert "done on the walk" in Message.objects.get().subject


def test_another_date_needs_a_reason_and_leaves_a_trace(world, action):
    with pytest.raises(Refused, match="why the date changes"):
        operations.reword(action, due=date(2026, 8, 1), by=world.coordinator, now=NOW)
    with pytest.raises(Refused, match="in the past"):
        operations.reword(action, due=date(2026, 1, 1), why="x", by=world.coordinator, now=NOW)
    operations.reword(
        action, title="Cut the hedge", due=date(2026, 8, 1), why="Birds nest until then",
        by=world.coordinator, now=NOW,
    )  # fmt: skip
    words = action.updates.first().words
    assert "before “Cut back the hedge”" in words
    assert "New date: 1 August 2026. Birds nest until then" in words


def test_rewording_nothing_writes_nothing(world, action):
    operations.reword(action, title=action.title, due=action.due, by=world.coordinator, now=NOW)
    assert action.updates.count() == 1
