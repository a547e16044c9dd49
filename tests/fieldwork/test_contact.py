"""What a phone says of itself, what its leader sees of it, and how the leader reaches it."""

from datetime import timedelta
from urllib.parse import unquote

import pytest

from studytours.core.errors import Refused
from studytours.fieldwork import operations, queries
from studytours.fieldwork.models import Device
from studytours.tours import operations as tours

from .conftest import NOON, make_phone, note

SECOND = timedelta(seconds=1)


def says(phone, waiting):
    """A call with which the phone says how much it still has."""
    return phone.client.get(
        "/api/field/receipts", headers={**phone.headers, "X-Waiting": str(waiting)}
    )


def seen(phone):
    return Device.objects.get(pk=phone.device.pk)


def nudge(walk, phone):
    return operations.nudge_device(seen(phone), by=walk.amina, now=NOON)


def test_a_withdrawn_phone_cannot_be_nudged(walk, phone):
    operations.withdraw_device(phone.device, by=walk.amina, now=NOON)
    with pytest.raises(Refused, match="withdrawn"):
        nudge(walk, phone)


@pytest.mark.parametrize("said", ["", "many", "-1", "2.5", "9" * 12, "٣x"])
def test_a_count_that_cannot_be_read_is_left_out(phone, said):
    assert says(phone, said).status_code == 200
    assert seen(phone).waiting is None


def test_a_phone_says_how_many_notes_it_still_has(phone):
    assert seen(phone).waiting is None
    assert phone.send(note(words="One"), **{"X-Waiting": "4"}).status_code == 201
    assert seen(phone).waiting == 4


def test_the_count_is_written_seldom_and_the_first_and_last_note_always(phone):
    device = phone.device
    operations.note_contact(device, waiting=9, now=NOON)
    operations.note_contact(device, waiting=8, now=NOON + SECOND)
    assert seen(phone).waiting == 9
    operations.note_contact(seen(phone), waiting=5, now=NOON + 11 * SECOND)
    assert seen(phone).waiting == 5
    operations.note_contact(seen(phone), waiting=0, now=NOON + 12 * SECOND)
    assert seen(phone).waiting == 0
    operations.note_contact(seen(phone), waiting=1, now=NOON + 13 * SECOND)
    assert seen(phone).waiting == 1


def test_a_nudge_comes_with_every_answer_until_nothing_waits(walk, phone):
    says(phone, 3)
    assert nudge(walk, phone).nudge == "Rosa: 3 notes are still on your phone."
    answer = says(phone, 3)
    assert unquote(answer.headers["X-Nudge"]) == "Rosa: 3 notes are still on your phone."
    assert seen(phone).told_at == NOON
    pack = phone.client.get("/api/field/pack", headers=phone.headers)
    assert "X-Nudge" in pack.headers
    assert "X-Nudge" in phone.send(b"{}").headers  # a refusal is an answer too
    assert "X-Nudge" not in says(phone, 0).headers
    assert seen(phone).nudge == ""


def test_a_nudge_shows_once_even_when_nothing_waits(walk, phone):
    assert nudge(walk, phone).nudge == "Rosa: have all your notes been sent?"
    assert "X-Nudge" in says(phone, 0).headers
    assert "X-Nudge" not in says(phone, 0).headers


def test_a_nudge_is_for_one_phone(walk, phone):
    other = make_phone(walk.tour)
    nudge(walk, phone)
    assert "X-Nudge" not in says(other, 2).headers


def test_words_of_any_script_reach_the_phone(walk):
    phone = make_phone(walk.tour, "Zoë مريم 🔦")
    nudge(walk, phone)
    assert unquote(says(phone, 1).headers["X-Nudge"]).startswith("Zoë مريم 🔦: ")


def test_who_still_has_something_comes_first(walk, phone):
    ann, ben = make_phone(walk.tour, "Ann"), make_phone(walk.tour, "Ben")
    says(ann, 2)
    says(ben, 0)
    phones = list(queries.phones(walk.tour))
    assert [one.name for one in phones] == ["Ann", "Ben", "Rosa"]
    assert [one.name for one in queries.still_to_send(phones)] == ["Ann"]


def test_what_came_in_is_counted_by_stop(walk, phone):
    phone.send(note(words="Here", stop=walk.bridge.pk))
    phone.send(note(kind="experience", feeling={"score": 1}, stop=walk.bridge.pk))
    phone.send(note(words="Nowhere"))
    rows = [(row["stop"], row["notes"], row["findings"]) for row in queries.by_stop(walk.tour)]
    assert rows == [(walk.garages, 0, 0), (walk.bridge, 2, 1), (None, 1, 1)]


def test_the_leader_sees_who_has_not_sent_and_nudges(walk, phone, client):
    says(phone, 3)
    client.force_login(walk.amina)
    page = client.get(f"/desk/tours/{walk.tour.slug}/phones/").content.decode()
    assert "3 waiting" in page and "1 phone still has notes: Rosa (3)" in page
    to = f"/desk/tours/{walk.tour.slug}/phones/{phone.device.pk}/nudge"
    page = client.post(to, follow=True).content.decode()
    assert "It has had no signal since" in page
    says(phone, 3)
    page = client.get(f"/desk/tours/{walk.tour.slug}/phones/").content.decode()
    assert "It was told" in page


def test_the_shared_screen_shows_it_to_the_leader_only(walk, phone, client):
    says(phone, 3)
    for who, told in ((walk.amina, True), (walk.cora, True), (walk.ana, False)):
        client.force_login(who)
        page = client.get(f"/desk/tours/{walk.tour.slug}/walk/").content.decode()
        assert ("Rosa (3)" in page) is told


def test_after_closing_late_phones_can_still_be_nudged(walk, phone, client):
    says(phone, 1)
    tours.close_walk(walk.tour, by=walk.amina, now=NOON)
    client.force_login(walk.amina)
    page = client.get(f"/desk/tours/{walk.tour.slug}/phones/").content.decode()
    assert "Nudge" in page and "Close the walk" not in page
    assert nudge(walk, phone).nudge == "Rosa: 1 note is still on your phone."
