"""The desk: what waits today, the list of actions, one action with every change."""

import csv
import io
import uuid
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from studytours.actions import operations
from studytours.actions.models import Action, Evidence, Remit
from studytours.core.models import Message
from studytours.core.spreadsheets import safe
from studytours.measures.operations import register_measure
from studytours.partners.operations import create_person

from .conftest import NOW, picture


@pytest.fixture
def page(action):
    return reverse("desk_action", args=[action.ref])


def change(client, page, do, **fields):
    action = Action.objects.order_by("pk").first()
    seen = action.changed_at.isoformat()
    return client.post(page, {"do": do, "seen": seen, "form_key": uuid.uuid4(), **fields})


@pytest.mark.parametrize(
    ("name", "coordinator", "analyst", "leader", "partner"),
    [
        ("desk", 200, 200, 200, 302),
        ("desk_actions", 200, 200, 403, 403),
        ("desk_action", 200, 200, 403, 403),
        ("desk_action_new", 200, 403, 403, 403),
        ("desk_remits", 200, 403, 403, 403),
        ("desk_remits_guess", 405, 403, 403, 403),
        ("mine", 200, 200, 200, 200),
    ],
)
def test_each_role_sees_its_own_pages(
    client, world, action, name, coordinator, analyst, leader, partner
):
    address = reverse(name, args=[action.ref] if name == "desk_action" else [])
    assert client.get(address).status_code == 302
    for person, status in (
        (world.coordinator, coordinator), (world.analyst, analyst),
        (world.leader, leader), (world.partner, partner),
    ):  # fmt: skip
        client.force_login(person)
        assert client.get(address).status_code == status


def test_an_analyst_reads_and_changes_nothing(client, world, action, page):
    client.force_login(world.analyst)
    assert change(client, page, "update", to_state="under_way").status_code == 403
    assert "Hand it to another" not in client.get(page).content.decode()


def test_an_unknown_change_or_action_is_not_found(desk_client, world, page):
    assert change(desk_client, page, "explode").status_code == 404
    assert desk_client.get(reverse("desk_action", args=["A-9999"])).status_code == 404
    for do in ("step", "reach", "publish"):
        assert change(desk_client, page, do, step="x", picture="x").status_code == 404


def test_a_new_office_reads_where_to_start(client, db):
    client.force_login(create_person(email="a@example.org", name="A", role="coordinator"))
    text = client.get(reverse("desk")).content.decode()
    assert "Start here" in text and reverse("desk_crime") in text


def test_the_desk_shows_all_that_waits(desk_client, world, monkeypatch):
    long_ago = NOW - timedelta(days=200)
    late = world.action(title="Late one", due=long_ago.date(), now=long_ago)
    done = world.action(title="Done one", due=date(2099, 1, 1))
    operations.update_action(done, to_state="done", organisation=world.greatwell)
    asking = world.action(title="Asking one", due=date(2099, 1, 1))
    operations.decline(asking, reason="No money", organisation=world.greatwell)
    disputed = world.action(title="Disputed one", due=date(2099, 1, 1))
    operations.dispute(disputed, reason="Not ours", organisation=world.greatwell)
    register_measure(
        kind="alley_gate", name="Forty gates", place="Queensway", area=world.area,
        next_check=date(2026, 1, 1), by=world.coordinator,
    )  # fmt: skip
    Message.objects.filter(about=f"actions.action:{late.pk}").update(state="failed", error="Full")
    text = desk_client.get(reverse("desk")).content.decode()
    for words in (
        "Late one", "Greatwell Homes says it is done", "asks to decline it",
        "says it is not theirs", "Forty gates", "Send again",
    ):  # fmt: skip
        assert words in text
    assert "Nothing waits" not in text


def test_a_failed_mail_is_sent_again(desk_client, world, action):
    message = Message.objects.get()
    Message.objects.filter(pk=message.pk).update(state="failed", error="Full")
    address = reverse("desk_resend", args=[message.pk])
    assert desk_client.get(address).status_code == 405
    assert desk_client.post(address).url == reverse("desk")
    message.refresh_from_db()
    assert message.state != "failed"


def test_a_leader_lands_on_their_own_tours(client, world):
    world.finding()
    client.force_login(world.leader)
    text = client.get(reverse("desk")).content.decode()
    assert "1 of 1 findings undecided" in text


def test_the_list_is_filtered_and_sorted(desk_client, world):
    today = NOW.date()
    world.action(title="Open one", due=date(2099, 1, 1))
    world.action(title="Late one", owner=world.council, due=today - timedelta(days=400),
                 now=NOW - timedelta(days=500), tour=None)  # fmt: skip
    ended = world.action(title="Ended one", due=date(2099, 1, 1))
    operations.decline(ended, reason="No", by=world.coordinator)
    address = reverse("desk_actions")

    def titles(**query):
        page = desk_client.get(address, query).context["page"]
        return [action.title for action in page]

    assert titles() == ["Late one", "Open one", "Ended one"]
    assert titles(sort="-ref") == ["Ended one", "Late one", "Open one"]
    assert titles(state="open") == ["Late one", "Open one"]
    assert titles(state="overdue") == ["Late one"]
    assert titles(state="declined") == ["Ended one"]
    assert titles(owner=world.council.pk) == ["Late one"]
    assert titles(tour=world.tour.slug) == ["Open one", "Ended one"]
    assert titles(area="queensway", text="late") == ["Late one"]
    assert titles(state="nonsense", sort="nonsense") == ["Late one", "Open one", "Ended one"]
    assert "No action is like that" in desk_client.get(address, {"text": "zzz"}).content.decode()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1"])
def test_no_cell_is_a_formula(text):
    assert safe(text).startswith("'")


def test_the_spreadsheet_shows_and_never_runs(desk_client, world):
    world.action(title='=HYPERLINK("http://evil.example","Cut")')
    answer = desk_client.get(reverse("desk_actions"), {"as": "csv"})
    assert answer.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0]["ref"] == "A-0001"
    assert rows[0]["action"].startswith("'=HYPERLINK")


def test_a_new_action_is_agreed_and_refusals_come_back(desk_client, world):
    address = reverse("desk_action_new")
    form = {
        "area": world.area.pk, "title": "Mend the lamp", "owner": world.council.pk,
        "confidence": "agreed", "due": "2099-01-01",
    }  # fmt: skip
    bad = desk_client.post(address, form | {"due": "2001-01-01"})
    assert "is in the past" in bad.content.decode()
    answer = desk_client.post(address, form)
    assert answer.url == reverse("desk_action", args=["A-0001"])


def test_the_page_makes_every_change(desk_client, world, action, page):
    assert change(
        desk_client, page, "update", to_state="under_way", words="Booked",
        photos=SimpleUploadedFile("a.jpg", picture(), "image/jpeg"),
    ).url == page  # fmt: skip
    assert change(desk_client, page, "reword", title="Cut it", detail="", due="2099-01-01",
                  why="Birds").url == page  # fmt: skip
    assert change(desk_client, page, "new_step", title="Survey", due="2098-01-01").url == page
    step = action.milestones.get()
    assert change(desk_client, page, "step", step=step.pk, title="Survey it", due="2098-02-01",
                  why="Later").url == page  # fmt: skip
    assert change(desk_client, page, "reach", step=step.pk, on="2026-01-05").url == page
    assert change(desk_client, page, "reassign", owner=world.council.pk, confidence="agreed",
                  reason="Theirs").url == page  # fmt: skip
    assert change(desk_client, page, "update", to_state="done", words="Seen").url == page
    assert change(desk_client, page, "confirm", words="Looked").url == page
    fresh = Action.objects.get()
    assert (fresh.title, fresh.owner, fresh.state) == ("Cut it", world.council, "confirmed")
    assert "Birds" in desk_client.get(page).content.decode()


@pytest.mark.parametrize(
    ("do", "fields", "why"),
    [
        ("update", dict(to_state="deferred", reason="x"), "looked at again"),
        ("reassign", dict(reason="x"), "never stands without an owner"),
        ("reword", dict(title="x", due="2099-01-01"), "why the date changes"),
        ("new_step", dict(title="x", due="2001-01-01"), "is in the past"),
        ("replace", dict(ref="A-0404"), "There is no action “A-0404”"),
        ("answer", dict(answer="no"), "Nothing is being asked"),
    ],
)
def test_what_is_refused_stands_on_its_form(desk_client, page, do, fields, why):
    answer = change(desk_client, page, do, **fields)
    assert answer.status_code == 422
    if do != "answer":
        assert why in answer.content.decode()


def test_a_refused_confirmation_is_told(desk_client, page):
    assert change(desk_client, page, "confirm").url == page
    assert "cannot become “confirmed”" in desk_client.get(page).content.decode()


def test_the_office_answers_a_request_on_the_page(desk_client, world, action, page):
    operations.decline(action, reason="Too dear", organisation=world.greatwell)
    assert "asks to decline it" in desk_client.get(page).content.decode()
    assert change(desk_client, page, "answer", answer="yes").url == page
    assert Action.objects.get().state == "declined"


def test_an_action_is_replaced_on_the_page(desk_client, world, action, page):
    other = world.action(title="Better")
    assert change(desk_client, page, "replace", ref=other.ref.lower()).url == page
    text = desk_client.get(page).content.decode()
    assert f"Replaced by {other.ref}" in text


def test_a_link_is_shown_once_to_copy_and_works(desk_client, client, page):
    text = change(desk_client, page, "link").content.decode()
    link = text.split('id="link" value="')[1].split('"')[0]
    assert "shown only once" in text
    assert client.get(link.removeprefix("http://127.0.0.1:8000")).status_code == 200
    assert "/mine/" not in desk_client.get(page).content.decode()


def test_a_picture_is_published_with_words_and_withdrawn(desk_client, world, action, page):
    operations.update_action(
        action, to_state="done", organisation=world.greatwell,
        photos=[(picture(), "image/jpeg", "")],
    )  # fmt: skip
    picture_pk = Evidence.objects.get().pk
    change(desk_client, page, "publish", picture=picture_pk, alt="")
    assert "people who cannot see it" in desk_client.get(page).content.decode()
    change(desk_client, page, "publish", picture=picture_pk, alt="The cut hedge")
    assert Evidence.objects.get().published_at
    change(desk_client, page, "unpublish", picture=picture_pk)
    assert Evidence.objects.get().published_at is None


def test_remits_are_guessed_added_and_removed(desk_client, world):
    address = reverse("desk_remits")
    assert "Nobody yet" in desk_client.get(address).content.decode()
    desk_client.post(reverse("desk_remits_guess"))
    assert Remit.objects.filter(organisation=world.council, category="LIT").exists()
    desk_client.post(address, {"organisation": world.greatwell.pk, "category": "PAR"})
    remit = Remit.objects.get(category="PAR")
    desk_client.post(reverse("desk_remit_remove", args=[remit.pk]))
    assert not Remit.objects.filter(category="PAR").exists()


@pytest.mark.parametrize("name", ["desk", "desk_actions", "desk_area", "desk_tour"])
def test_the_number_of_queries_does_not_grow(
    desk_client, world, name, django_assert_max_num_queries
):
    of = {"desk_area": [world.area.slug], "desk_tour": [world.tour.slug]}.get(name, [])
    address = reverse(name, args=of)

    def queries():
        desk_client.get(address)
        with django_assert_max_num_queries(80) as taken:
            assert desk_client.get(address).status_code == 200
        return len(taken)

    def more(count):
        for _ in range(count):
            late = world.action(due=NOW.date() + timedelta(days=1), now=NOW)
            done = world.action(milestones=[("Step", date(2099, 1, 1))], due=None)
            operations.update_action(done, to_state="done", organisation=world.greatwell)
            operations.decline(late, reason="No", organisation=world.greatwell)

    more(2)
    few = queries()
    more(3)
    assert queries() == few
