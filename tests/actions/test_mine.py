"""An owner updates its action by link, without signing in; or signed in, all of them."""

import uuid
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from studytours.actions import operations
from studytours.actions.models import Action, Evidence
from studytours.core.models import Message
from studytours.fieldwork.models import Photo
from studytours.partners.operations import create_person

from .conftest import NOW, picture


@pytest.fixture
def page(action):
    """The address of the owner's page, as the e-mail gives it."""
    return operations.link_for(action).removeprefix("http://127.0.0.1:8000")


def send(client, page, do="update", **fields):
    """Fill in the page as it stands now and send it."""
    action = Action.objects.get()
    seen = action.changed_at.isoformat()
    return client.post(page, {"do": do, "seen": seen, "form_key": uuid.uuid4(), **fields})


def test_an_unknown_link_is_not_found_and_guessing_is_slowed_down(client, world):
    answers = [client.get(f"/mine/guess-{n}/").status_code for n in range(32)]
    assert answers[0] == 404
    assert answers[-1] == 429


def test_a_link_ends_when_the_action_is_handed_over(client, world, action, page):
    operations.reassign(
        action, owner=world.council, reason="Their verge", by=world.coordinator, now=NOW
    )
    answer = client.get(page)
    assert answer.status_code == 410
    assert "now with Council street lighting" in answer.content.decode()
    assert send(client, page, to_state="done").status_code == 410


def test_nothing_said_comes_back_with_a_reason(client, page):
    answer = send(client, page, to_state="agreed")
    assert answer.status_code == 422
    assert "Nothing was said" in answer.content.decode()


@pytest.mark.parametrize("state", ["confirmed", "superseded", "nonsense", ""])
def test_a_state_that_is_not_the_owners_is_refused(client, page, state):
    assert send(client, page, to_state=state, words="x").status_code == 422
    assert Action.objects.get().state == "agreed"


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("notes.jpg", b"only text", "notes.jpg: This file is not a photo"),
        ("empty.jpg", b"", "empty"),
        ("huge.jpg", b"\xff\xd8\xff" + b"0" * (26 * 1024 * 1024), "The most is 25 MB"),
        ("broken.jpg", b"\xff\xd8\xff" + b"0" * 200, "damaged"),
    ],
)
def test_a_file_that_is_no_photo_is_named_and_the_words_are_kept(client, page, name, content, why):
    answer = send(
        client, page, to_state="done", words="Cut on Monday",
        photos=SimpleUploadedFile(name, content, "image/jpeg"),
    )  # fmt: skip
    text = answer.content.decode()
    assert answer.status_code == 422
    assert why in text
    assert "Cut on Monday" in text
    assert Action.objects.get().state == "agreed"
    assert not Evidence.objects.exists()


def test_a_page_left_open_while_others_wrote_is_told_and_keeps_the_words(
    client, world, action, page
):
    old = action.changed_at.isoformat()
    operations.update_action(
        action, to_state="under_way", words="From the desk", by=world.coordinator
    )
    answer = client.post(page, {"do": "update", "seen": old, "to_state": "done", "words": "Mine"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody changed A-0001 after you opened this page" in text
    assert "Mine" in text and "From the desk" in text
    assert Action.objects.get().changed_at.isoformat() in text


def test_the_owner_reads_what_was_agreed_and_says_it_is_done_with_a_photo(client, world, page):
    text = client.get(page).content.decode()
    assert "Cut back the hedge" in text and "1 July 2026" in text
    Message.objects.all().delete()
    answer = send(
        client, page, to_state="done", words="Cut on Monday", alt="The cut hedge",
        photos=SimpleUploadedFile("hedge.jpg", picture(), "image/jpeg"),
    )  # fmt: skip
    assert answer.url == page
    assert Action.objects.get().state == "done"
    assert Message.objects.get().to == "office@example.org"
    evidence = Evidence.objects.get()
    assert evidence.alt == "The cut hedge"
    shown = client.get(f"{page}evidence/{evidence.pk}/")
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert shown.content[:2] == b"\xff\xd8"
    # The address that the public page uses does not give it before it is published.
    public = reverse("evidence", args=[evidence.pk])
    assert client.get(public).status_code == 404
    operations.publish_evidence(evidence, "The cut hedge", by=world.coordinator)
    assert client.get(public).status_code == 200


def test_the_form_sent_twice_changes_nothing_twice(client, page):
    key = uuid.uuid4()
    seen = Action.objects.get().changed_at.isoformat()
    for _ in range(2):
        client.post(
            page,
            {
                "do": "update", "seen": seen, "to_state": "under_way", "words": "Booked",
                "form_key": key,
                "photos": [
                    SimpleUploadedFile(f"{colour}.jpg", picture(colour), "image/jpeg")
                    for colour in ("red", "green")
                ],
            },
        )  # fmt: skip
    assert Action.objects.get().updates.count() == 2
    assert Evidence.objects.count() == 2


def test_an_iphone_photo_is_taken(client, page):
    heic = Path(__file__).parents[1] / "fieldwork" / "files" / "iphone.heic"
    send(
        client, page, to_state="under_way", words="See",
        photos=SimpleUploadedFile("IMG_1.HEIC", heic.read_bytes(), "image/heic"),
    )  # fmt: skip
    evidence = Evidence.objects.get()
    assert evidence.original.name.endswith(".heic") and evidence.shown.name.endswith(".jpg")
    with evidence.shown.open() as shown:
        assert b"Exif" not in shown.read()


def test_this_is_not_ours_stays_with_them_and_is_told(client, world, page):
    assert send(client, page, do="dispute", reason="").status_code == 422
    assert send(client, page, do="dispute", reason="The council's verge").url == page
    action = Action.objects.get()
    assert (action.owner, action.confidence) == (world.greatwell, "disputed")


def test_a_wish_to_put_off_is_shown_as_unanswered(client, page):
    send(client, page, to_state="deferred", reason="Nesting birds", review_on="2099-09-01")
    text = client.get(page).content.decode()
    assert "It has not answered yet" in text
    assert Action.objects.get().state == "agreed"


def test_steps_are_marked_as_reached(client, world):
    action = world.action(due=None, milestones=[("Lease", NOW.date())])
    page = operations.link_for(action).removeprefix("http://127.0.0.1:8000")
    step = action.milestones.get()
    assert send(client, page, do="reach", step="x", on="2026-06-03").status_code == 404
    assert send(client, page, do="reach", step=step.pk, on="").status_code == 422
    assert send(client, page, do="reach", step=step.pk, on="2026-01-05").url == page
    step.refresh_from_db()
    assert step.reached_on.isoformat() == "2026-01-05"


def test_an_ended_action_takes_no_more_words(client, world, action, page):
    operations.decline(action, reason="No", by=world.coordinator)
    assert "Nothing more is asked of you" in client.get(page).content.decode()
    assert send(client, page, to_state="done").status_code == 404


def test_pictures_of_sensitive_findings_are_not_shown_to_owners(client, world, photo):
    def photographed(finding):
        return Photo.objects.create(
            uuid=uuid.uuid4(), tour=world.tour, observation=finding.observation_id, sha256="0" * 64,
            content_type="image/jpeg", bytes=len(photo), received_at=NOW,
            original=ContentFile(photo, "a.jpg"), shown=ContentFile(photo, "b.jpg"),
        )  # fmt: skip

    hedge, drugs = world.finding(), world.finding("Needles", category="DRU")
    seen, hidden = photographed(hedge), photographed(drugs)
    action = world.action(findings=[hedge, drugs])
    page = operations.link_for(action).removeprefix("http://127.0.0.1:8000")
    assert str(seen.uuid) in client.get(page).content.decode()
    assert str(hidden.uuid) not in client.get(page).content.decode()
    assert "The hedge hides the path" in client.get(page).content.decode()
    assert "Needles" not in client.get(page).content.decode()
    assert client.get(f"{page}photo/{seen.uuid}/").status_code == 200
    assert client.get(f"{page}photo/{hidden.uuid}/").status_code == 404
    client.force_login(world.partner)
    mine = reverse("mine_action_photo", args=[action.ref, seen.uuid])
    assert client.get(mine).status_code == 200


def test_a_partner_sees_only_what_is_asked_of_their_organisation(client, world, action):
    other = world.action(owner=world.council, title="Mend the lamp")
    client.force_login(world.partner)
    text = client.get(reverse("mine")).content.decode()
    assert "Cut back the hedge" in text and "Mend the lamp" not in text
    assert client.get(reverse("mine_action", args=[other.ref])).status_code == 404
    assert client.get(reverse("desk")).url == reverse("mine")


def test_a_signed_in_partner_updates_in_the_same_way(client, world, action):
    client.force_login(world.partner)
    page = reverse("mine_action", args=[action.ref])
    assert client.get(page).status_code == 200
    assert send(client, page, to_state="under_way", words="Booked").url == page
    update = action.updates.first()
    assert (update.by, update.organisation) == (world.partner, world.greatwell)


def test_someone_without_organisation_reads_what_to_do(client, world):
    client.force_login(create_person(email="new@example.org", name="New", role="analyst"))
    assert "belong to no organisation" in client.get(reverse("mine")).content.decode()


def test_evidence_is_seen_by_those_concerned_and_nobody_else(client, world, action, photo):
    operations.update_action(
        action, to_state="done", organisation=world.greatwell, photos=[(photo, "image/jpeg", "")]
    )
    address = reverse("evidence", args=[Evidence.objects.get().pk])
    assert client.get(address).status_code == 404
    stranger = create_person(
        email="c@example.org", name="Carl", role="partner", organisation=world.council
    )
    for person, status in (
        (stranger, 404), (world.partner, 200), (world.leader, 200), (world.analyst, 200),
        (world.coordinator, 200),
    ):  # fmt: skip
        client.force_login(person)
        assert client.get(address).status_code == status


def test_the_list_takes_a_constant_number_of_queries(
    client, world, action, django_assert_max_num_queries
):
    client.force_login(world.partner)
    client.get(reverse("mine"))
    with django_assert_max_num_queries(15) as few:
        client.get(reverse("mine"))
    for _ in range(6):
        world.action()
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("mine"))
