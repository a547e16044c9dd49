"""What answers a private finding is for the coordinator, the tour's leader and the owner."""

import pytest
from django.urls import reverse
from django.utils import timezone

from studytours.actions import operations
from studytours.actions.models import Action, Evidence
from studytours.actions.queries import for_person, public
from studytours.areas.operations import change_area
from studytours.core.models import Message
from studytours.fieldwork import operations as fieldwork

SECRET = "Help for someone asleep by the garages"


@pytest.fixture
def hidden(world):
    """An action that answers a sensitive finding."""
    return world.action(title=SECRET, findings=[world.finding("Someone sleeps", category="ROU")])


@pytest.fixture
def hidden_later(world):
    """One that was agreed in the open; its finding was made private afterwards."""
    finding = world.finding("The bush")
    action = world.action(title=SECRET, findings=[finding])
    fieldwork.keep_private(finding, by=world.coordinator)
    return action


@pytest.fixture
def published(world, hidden_later, photo):
    """A picture of its work, published while it was still in the open."""
    operations.update_action(
        hidden_later, to_state="done", organisation=world.greatwell,
        photos=[(photo, "image/jpeg", "")],
    )  # fmt: skip
    Evidence.objects.update(published_at=timezone.now())
    return Evidence.objects.get()


@pytest.mark.parametrize("which", ["hidden", "hidden_later"])
def test_an_analyst_reads_none_of_it(client, world, which, request):
    action = request.getfixturevalue(which)
    client.force_login(world.analyst)
    assert client.get(reverse("desk_action", args=[action.ref])).status_code == 404
    pages = ("/desk/", "/desk/actions/", "/desk/actions/?as=csv", "/desk/actions/?text=asleep")
    for page in (*pages, world.area.get_desk_url(), world.tour.get_desk_url()):
        assert SECRET not in client.get(page).content.decode(), page


@pytest.mark.parametrize("which", ["hidden", "hidden_later"])
def test_the_coordinator_and_the_leader_read_it(client, world, which, request):
    action = request.getfixturevalue(which)
    client.force_login(world.coordinator)
    for page in (reverse("desk_action", args=[action.ref]), "/desk/actions/?as=csv"):
        assert SECRET in client.get(page).content.decode(), page
    client.force_login(world.leader)
    assert SECRET in client.get(world.tour.get_desk_url()).content.decode()


@pytest.mark.parametrize("which", ["hidden", "hidden_later"])
def test_the_screen_that_the_room_sees_does_not_show_it(client, world, which, request):
    action = request.getfixturevalue(which)
    beside = world.finding("The lamp is out")
    action.findings.add(beside)  # the same action answers an open finding too
    client.force_login(world.leader)
    debrief = reverse("desk_debrief", args=[world.tour.slug])
    for page in (debrief, reverse("desk_read_back", args=[world.tour.slug])):
        assert SECRET not in client.get(page).content.decode(), page
    assert SECRET in client.get(f"{debrief}?show=private").content.decode()


def test_its_pictures_are_not_public_though_they_were_published(client, world, published):
    address = reverse("evidence", args=[published.pk])
    assert client.get(address).status_code == 404
    client.force_login(world.analyst)
    assert client.get(address).status_code == 404
    client.force_login(world.coordinator)
    assert client.get(address).headers["Cache-Control"] == "private, no-store"


def test_a_picture_goes_off_the_site_with_its_area(client, world, photo):
    action = world.action()
    operations.update_action(
        action, to_state="done", organisation=world.greatwell, photos=[(photo, "image/jpeg", "")]
    )
    operations.publish_evidence(Evidence.objects.get(), "The hedge", by=world.coordinator)
    address = reverse("evidence", args=[Evidence.objects.get().pk])
    assert client.get(address).status_code == 200
    change_area(world.area, is_public=False, by=world.coordinator)
    assert client.get(address).status_code == 404


def test_what_was_merged_into_a_private_finding_is_private(world):
    twin, into = world.finding("The tent"), world.finding("A tent", category="ROU")
    action = world.action(findings=[twin])
    assert public(Action.objects.all()).get() == action
    fieldwork.merge(twin, into, by=world.coordinator)
    assert not public(Action.objects.all()).exists()
    assert not for_person(Action.objects.all(), world.analyst).exists()


def test_an_analyst_is_not_shown_who_could_not_be_written_to(client, world, hidden):
    Message.objects.update(state="failed", error="Full")
    client.force_login(world.analyst)
    assert "care@greatwell.example" not in client.get("/desk/").content.decode()
    client.force_login(world.coordinator)
    assert "care@greatwell.example" in client.get("/desk/").content.decode()


def test_guessed_links_are_counted_by_the_caller_and_not_by_the_proxy(client, world, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    guess = [
        client.get("/mine/no-such-link/", headers={"X-Forwarded-For": "2.2.2.2"}).status_code
        for _ in range(31)
    ]
    assert guess == [404] * 30 + [429]
    other = client.get("/mine/no-such-link/", headers={"X-Forwarded-For": "3.3.3.3"})
    assert other.status_code == 404
