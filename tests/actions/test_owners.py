"""Whose it is: handing over, links that end, “this is not ours”, remits."""

from datetime import timedelta

import pytest
from django.http import Http404

from studytours.actions import operations, queries
from studytours.actions.models import Action, OwnerLink, Remit
from studytours.core.errors import Gone, Refused
from studytours.core.models import Message
from studytours.partners.operations import create_organisation

from .conftest import NOW


def token_of(link):
    return link.rstrip("/").rsplit("/", 1)[1]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (dict(reason=""), "why it changes hands"),
        (dict(owner="greatwell"), "already has"),
        (dict(owner=None), "never stands without an owner"),
        (dict(owner=None, finder="council"), "never stands without an owner"),
    ],
)
def test_handing_over_without_reason_or_owner_is_refused(world, action, more, why):
    fields = dict(owner="council", reason="Their land") | more
    for name in ("owner", "finder"):
        if fields.get(name):
            fields[name] = getattr(world, fields[name])
    with pytest.raises(Refused, match=why):
        operations.reassign(action, **fields, by=world.coordinator, now=NOW)
    assert Action.objects.get().owner == world.greatwell


def test_only_the_office_hands_over_and_only_open_work(world, action):
    with pytest.raises(Refused, match="Only the office"):
        operations.reassign(action, owner=world.council, reason="x", by=world.partner, now=NOW)
    operations.decline(action, reason="No", by=world.coordinator, now=NOW)
    with pytest.raises(Refused, match="nothing to hand over"):
        operations.reassign(action, owner=world.council, reason="x", by=world.coordinator)


def test_handing_over_ends_old_links_and_tells_both(world, action):
    link = operations.link_for(action, now=NOW)
    Message.objects.all().delete()
    operations.reassign(
        action, owner=world.council, confidence="assumed", reason="The verge is theirs",
        by=world.coordinator, now=NOW,
    )  # fmt: skip
    with pytest.raises(Gone, match="now with Council street lighting"):
        queries.action_by_token(token_of(link))
    mails = {m.to: m for m in Message.objects.all()}
    assert set(mails) == {"care@greatwell.example", "lights@council.example"}
    assert "no longer yours" in mails["care@greatwell.example"].subject
    assert "/mine/" not in mails["care@greatwell.example"].text
    new = next(x for x in mails["lights@council.example"].text.splitlines() if "/mine/" in x)
    assert queries.action_by_token(token_of(new)).organisation == world.council
    assert "The verge is theirs" in action.updates.first().words


def test_a_found_owner_takes_the_place_of_the_finder(world):
    action = world.action(owner=None, finder=world.office, finder_name="Sam")
    operations.reassign(action, owner=world.council, reason="Found", by=world.coordinator, now=NOW)
    fresh = Action.objects.get()
    assert (fresh.owner, fresh.finder, fresh.finder_name) == (world.council, None, "")
    assert fresh.confidence == "agreed"


def test_an_unknown_or_very_old_link_opens_nothing(world, action):
    with pytest.raises(Http404):
        queries.action_by_token("guess", now=NOW)
    token = token_of(operations.link_for(action, now=NOW))
    assert queries.action_by_token(token, now=NOW + timedelta(days=399)).action == action
    with pytest.raises(Http404):
        queries.action_by_token(token, now=NOW + timedelta(days=401))


def test_only_the_hash_of_a_link_is_kept(world, action):
    token = token_of(operations.link_for(action, now=NOW))
    assert len(token) >= 43
    stored = OwnerLink.objects.last()
    assert token not in (stored.token_sha256, *map(str, vars(stored).values()))


def test_a_dispute_needs_a_reason_and_never_leaves_an_action_ownerless(world, action):
    with pytest.raises(Refused, match="whose you think it is"):
        operations.dispute(action, reason=" ", organisation=world.greatwell, now=NOW)
    with pytest.raises(Refused, match="Only Greatwell"):
        operations.dispute(action, reason="x", organisation=world.council, now=NOW)
    Message.objects.all().delete()
    operations.dispute(
        action, reason="The verge is the council's", organisation=world.greatwell, now=NOW
    )
    fresh = Action.objects.get()
    assert (fresh.owner, fresh.confidence) == (world.greatwell, "disputed")
    assert fresh.reason == "The verge is the council's"
    message = Message.objects.get()
    assert message.to == "office@example.org"
    assert "says this is not theirs" in message.subject


def test_a_finder_has_nothing_to_dispute(world):
    action = world.action(owner=None, finder=world.greatwell, finder_name="Sam")
    with pytest.raises(Refused, match="could be disputed"):
        operations.dispute(action, reason="x", organisation=world.greatwell, now=NOW)


def test_a_remit_in_this_very_place_is_suggested_first(world):
    operations.set_remit(world.council, "VEG", now=NOW)
    operations.set_remit(world.office, "VEG", place="Corby", now=NOW)
    operations.set_remit(world.greatwell, "VEG", place="Queensway", now=NOW)
    found = queries.suggest_owner("VEG", world.area)
    assert [s.organisation for s in found] == [world.greatwell, world.council, world.office]
    assert {s.confidence for s in found} == {"assumed"}
    assert queries.suggest_owner("YOU", world.area) == []


def test_an_unknown_category_or_a_partner_sets_no_remit(world):
    with pytest.raises(Refused, match="no category"):
        operations.set_remit(world.council, "XXX")
    with pytest.raises(Refused, match="Only the office"):
        operations.set_remit(world.council, "LIT", by=world.partner)


def test_who_only_advises_gets_no_remit(world):
    adviser = create_organisation(
        name="Designing-out-crime officer", kind="police", looks_after="advice on gates, lighting"
    )
    operations.seed_remits()
    assert not adviser.remits.exists()


def test_guessed_remits_come_from_what_is_looked_after_and_only_once(world):
    operations.seed_remits()
    assert Remit.objects.get(organisation=world.council).category == "LIT"
    assert {r.category for r in world.greatwell.remits.all()} == {"VEG", "GAT", "HOM"}
    before = Remit.objects.count()
    operations.remove_remit(world.greatwell.remits.first())
    assert operations.seed_remits() == []
    assert Remit.objects.count() == before - 1
