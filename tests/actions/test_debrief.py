"""The debrief: decide on every finding and agree who does what, before people leave."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from studytours.actions.debrief import alike, debrief_of
from studytours.actions.models import Action, Remit
from studytours.actions.operations import set_remit
from studytours.fieldwork import operations as fieldwork
from studytours.fieldwork.models import Finding
from studytours.measures.operations import register_measure
from studytours.partners.operations import create_person

from .conftest import DUE, NOW


@pytest.fixture
def page(world):
    return reverse("desk_debrief", args=[world.tour.slug])


def decide(client, page, finding, do, **more):
    return client.post(page, {"finding": finding.ref, "do": do, "form_key": uuid.uuid4(), **more})


def promise(world, **changed):
    return {
        "title": "Cut back the hedge", "owner": world.greatwell.pk, "confidence": "agreed",
        "due": date(2099, 7, 1).isoformat(), **changed,
    }  # fmt: skip


def test_only_the_coordinator_and_this_tours_leader_see_it(client, world, page):
    assert client.get(page).status_code == 302
    for person, status in (
        (world.partner, 403), (world.analyst, 403), (world.leader, 200), (world.coordinator, 200),
    ):  # fmt: skip
        client.force_login(person)
        assert client.get(page).status_code == status
    client.force_login(create_person(email="x@example.org", name="Other", role="leader"))
    for name in ("desk_debrief", "desk_agree_together", "desk_read_back"):
        assert client.get(reverse(name, args=[world.tour.slug])).status_code == 404


def test_a_decision_without_its_reason_is_told_and_changes_nothing(desk_client, page, hedge):
    answer = decide(desk_client, page, hedge, "decline", reason=" ")
    assert answer.url == f"{page}#{hedge.ref}"
    assert "Say why nothing is done" in desk_client.get(page).content.decode()
    hedge.refresh_from_db()
    assert hedge.decision == "open"


def test_an_unknown_finding_or_decision_is_not_found(desk_client, page, hedge):
    assert decide(desk_client, page, hedge, "explode").status_code == 404
    assert desk_client.post(page, {"finding": "F-9999", "do": "accept"}).status_code == 404


def test_a_promise_that_is_refused_comes_back_with_what_was_typed(desk_client, world, page, hedge):
    answer = decide(
        desk_client, page, hedge, "agree", **promise(world, due="2020-01-01", title="Trim it all")
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "1 January 2020 is in the past" in text
    assert "Trim it all" in text
    assert not Action.objects.exists()


def test_a_step_without_a_date_is_marked(desk_client, world, page, hedge):
    answer = decide(desk_client, page, hedge, "agree", **promise(world, step_1="Lease"))
    assert "both words and a date" in answer.content.decode()


def test_each_decision_leads_back_to_the_finding(desk_client, world, page, hedge):
    for do, more, decision in (
        ("accept", {}, "accepted"),
        ("reopen", {}, "open"),
        ("private", dict(reason="A name was said"), "private"),
        ("reopen", {}, "open"),
        ("decline", dict(reason="Looks fine"), "declined"),
    ):
        answer = decide(desk_client, page, hedge, do, **more)
        assert answer.url == f"{page}#{hedge.ref}"
        hedge.refresh_from_db()
        assert hedge.decision == decision
    assert decide(desk_client, page, hedge, "vote").status_code == 302
    hedge.refresh_from_db()
    assert hedge.votes == 1


def test_an_action_is_agreed_on_the_screen_once_however_often_it_is_sent(
    desk_client, world, page, hedge
):
    key = uuid.uuid4()
    for _ in range(2):
        answer = decide(desk_client, page, hedge, "agree", **promise(world), form_key=key)
        assert answer.url == f"{page}#{hedge.ref}"
    action = Action.objects.get()
    assert list(action.findings.all()) == [hedge]
    text = desk_client.get(page).content.decode()
    assert "1 of 1 decided" in text
    assert "Greatwell Homes" in text


def test_steps_and_an_unknown_owner_are_agreed_on_the_screen(desk_client, world, page, hedge):
    decide(
        desk_client, page, hedge, "agree",
        **promise(world, due="", step_1="Lease", step_1_by="2099-01-01",
                  step_2="Built", step_2_by="2099-05-01"),
    )  # fmt: skip
    assert Action.objects.get().milestones.count() == 2
    decide(
        desk_client, page, hedge, "agree",
        **promise(world, owner="", finder=world.office.pk, finder_name="Sam"),
    )  # fmt: skip
    assert Action.objects.filter(finder=world.office, confidence="unknown").count() == 1


def test_several_findings_become_one_action(desk_client, world, page, hedge):
    light = world.finding("Lamp out", category="LIT")
    together = reverse("desk_agree_together", args=[world.tour.slug])
    assert desk_client.get(together).url == page
    form = {"finding": [hedge.ref, light.ref]}
    assert "One action for 2 findings" in desk_client.get(together, form).content.decode()
    bad = desk_client.post(together, form | promise(world, due=""))
    assert "Nothing is promised without a date" in bad.content.decode()
    answer = desk_client.post(together, form | promise(world) | {"form_key": uuid.uuid4()})
    assert answer.url == f"{page}#{hedge.ref}"
    assert set(Action.objects.get().findings.all()) == {hedge, light}


def test_the_same_kind_at_the_same_stop_or_near_looks_alike(world):
    one = world.finding()
    same_stop = world.finding("Bushes")
    other_kind = world.finding("Lamp", category="LIT")
    far = world.finding("Bushes by the shop", stop=1)
    near = world.finding("Hedge", stop=None, place={"lat": 52.30430, "lon": -0.71750})
    assert alike(one, same_stop) and alike(one, near)
    assert not alike(one, other_kind) and not alike(one, far)
    cards = {card.finding.pk: card for card in debrief_of(world.tour).cards}
    assert [c.finding for c in cards[same_stop.pk].alike] == [one]
    assert cards[one.pk].alike == []


def test_merging_by_number_gathers_people_photos_and_actions(desk_client, world, page, hedge):
    again = world.finding("Bushes")
    action = world.action(findings=[again])
    answer = decide(desk_client, page, again, "merge", into=f"{hedge.ref} The hedge")
    assert answer.url == f"{page}#{hedge.ref}"
    card = debrief_of(world.tour).card(hedge.ref)
    assert (card.seen_by, card.actions) == (2, [action])
    decide(desk_client, page, hedge, "merge", into="nonsense")
    assert "There is no finding “NONSENSE”" in desk_client.get(page).content.decode()


def test_what_was_done_on_the_spot_is_put_on_the_list_with_its_owner(desk_client, world, page):
    gate = world.finding("Gate open", category="GAT", done_now="Closed the gate")
    assert "Done on the spot?" in desk_client.get(page).content.decode()
    decide(desk_client, page, gate, "spot")
    assert "Say which organisation did it" in desk_client.get(page).content.decode()
    decide(desk_client, page, gate, "spot", owner=world.greatwell.pk)
    action = Action.objects.get()
    assert (action.state, action.title) == ("done", "Closed the gate")
    assert "Done on the spot?" not in desk_client.get(page).content.decode()


def test_the_likely_owner_comes_first_and_is_only_assumed(desk_client, world, page, hedge):
    set_remit(world.greatwell, "VEG")
    text = desk_client.get(page).content.decode()
    assert "Suggested by its remit" in text
    assert f'<option value="{world.greatwell.pk}" selected>' in text
    assert '<option value="assumed" selected>' in text
    assert Remit.objects.count() == 1


def test_the_owner_in_the_register_of_measures_comes_before_any_remit(world):
    set_remit(world.greatwell, "GAT")
    gate = register_measure(
        kind="alley_gate", name="Alley gate", place="Minerva Way", area=world.area,
        owner=world.council, by=world.coordinator,
    )  # fmt: skip
    finding = world.finding("Latch stolen", category="GAT", measure=gate.ref)
    card = debrief_of(world.tour).card(finding.ref)
    assert card.suggested == [world.council, world.greatwell]


def test_the_screen_groups_by_stop_or_kind_and_can_show_only_what_waits(desk_client, world, page):
    world.finding()
    shop = world.finding("Lamp out", category="LIT", stop=1)
    fieldwork.decline(shop, "Works again", by=world.coordinator)
    by_stop = desk_client.get(page).content.decode()
    assert by_stop.index("1. Garages") < by_stop.index("2. Shops")
    by_kind = desk_client.get(page, {"by": "category"}).content.decode()
    assert "1. Garages</h2>" not in by_kind
    waiting = desk_client.get(page, {"show": "open"}).content.decode()
    assert "The hedge hides the path" in waiting and "Works again" not in waiting


def test_what_is_private_is_not_on_the_screen_that_the_room_sees(desk_client, world, page):
    drugs = world.finding("Needles by the substation", category="DRU")
    world.action(findings=[drugs], title="Clear the needles")
    room = desk_client.get(page).content.decode()
    assert "eedles" not in room
    assert "1 private finding is not on this screen" in room
    assert "eedles" in desk_client.get(page, {"show": "private"}).content.decode()
    read_back = reverse("desk_read_back", args=[world.tour.slug])
    assert "eedles" not in desk_client.get(read_back).content.decode()


def test_the_read_back_lists_who_what_by_when(desk_client, world):
    page = reverse("desk_read_back", args=[world.tour.slug])
    assert "Nothing is agreed yet" in desk_client.get(page).content.decode()
    world.action(due=DUE)
    text = desk_client.get(page).content.decode()
    assert "Greatwell Homes" in text and "1 July 2026" in text


def test_the_number_of_queries_does_not_grow(
    desk_client, world, page, django_assert_max_num_queries
):
    def queries():
        with django_assert_max_num_queries(40) as taken:
            desk_client.get(page)
        return len(taken)

    for number in range(2):
        world.action(findings=[world.finding(f"Finding {number}")])
        world.finding(f"Open {number}")
    few = queries()
    for number in range(8):
        finding = world.finding(f"More {number}", category="LIT", stop=1)
        fieldwork.merge(world.finding(f"Same {number}"), finding, by=world.coordinator)
        world.action(findings=[finding], now=NOW)
        world.finding(f"Undecided {number}")
    assert Finding.objects.count() == 28
    assert queries() == few


def test_those_who_only_agreed_are_counted_among_those_who_saw_it(world):
    finding = world.finding()
    for _ in range(2):
        fieldwork.desk_observation(
            world.tour, kind="experience", words="", me_too=str(finding.observation_id),
            by=world.leader, now=NOW,
        )  # fmt: skip
    assert debrief_of(world.tour).card(finding.ref).seen_by == 3
