"""The desk's pages of a walk: who may see them, and what they show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from studytours.core.errors import Refused
from studytours.fieldwork import operations
from studytours.fieldwork.models import Category, Finding, Observation, Photo

from .conftest import NOON, jpeg, make_phone, note

RECORD = "6f1f27a0-52f3-4f5e-8a56-1d0a35a1c004"


def url(walk, page):
    return f"/desk/tours/{walk.tour.slug}/{page}/"


def text(answer):
    return answer.content.decode()


@pytest.mark.parametrize(
    ("page", "who", "status"),
    [
        ("findings", None, 302), ("findings", "cora", 200), ("findings", "ana", 200),
        ("findings", "amina", 200), ("findings", "leo", 404), ("findings", "paul", 403),
        ("phones", None, 302), ("phones", "cora", 200), ("phones", "ana", 403),
        ("phones", "amina", 200), ("phones", "leo", 404), ("phones", "paul", 403),
        ("paper", "amina", 200), ("paper", "ana", 403), ("paper", "leo", 404),
        ("phones/file", "amina", 200), ("phones/file", "ana", 403), ("phones/file", "leo", 404),
    ],
)  # fmt: skip
def test_who_may_see_which_page(walk, client, page, who, status):
    if who:
        client.force_login(getattr(walk, who))
    assert client.get(url(walk, page)).status_code == status


def test_an_analyst_sees_no_private_finding(walk, phone, client):
    phone.send(note(words="Someone sleeps here", category="ROU"))
    phone.send(note(words="Lamp out", category="LIT"))
    phone.send(note(words="For your eyes", category="XXX", private=True))
    client.force_login(walk.ana)
    page = text(client.get(url(walk, "findings")))
    assert "Lamp out" in page
    assert "sleeps here" not in page and "For your eyes" not in page
    client.force_login(walk.amina)
    page = text(client.get(url(walk, "findings")))
    assert "sleeps here" in page and "Private" in page and "please look" in page


def test_the_empty_list_says_what_to_do(walk, client):
    client.force_login(walk.cora)
    assert "Nothing has come in yet" in text(client.get(url(walk, "findings")))
    assert "No phone has joined yet" in text(client.get(url(walk, "phones")))


def test_a_record_set_aside_is_taken_in_with_one_button(walk, phone, client):
    phone.send(note(words="Odd", category="XXX"), RECORD)
    take = f"/desk/observations/{RECORD}/take-in"
    client.force_login(walk.leo)
    assert client.post(take).status_code == 404
    client.force_login(walk.amina)
    assert client.get(take).status_code == 405
    page = client.post(take, follow=True)
    assert "Taken in as F-" in text(page) and "please look" not in text(page)
    assert Observation.objects.get().set_aside == ""


def test_a_phone_is_withdrawn_with_one_button(walk, phone, client):
    client.force_login(walk.amina)
    page = text(client.get(url(walk, "phones")))
    assert "Rosa" in page and "Withdraw" in page
    page = client.post(f"{url(walk, 'phones')}{phone.device.pk}/withdraw", follow=True)
    assert "Withdrawn" in text(page)
    assert phone.send(note()).status_code == 401


def test_a_phone_of_another_tour_cannot_be_withdrawn_here(walk, phone, client):
    client.force_login(walk.amina)
    assert client.post(f"{url(walk, 'phones')}999/withdraw").status_code == 404


@pytest.fixture
def pictured(walk, phone):
    phone.send_photo(jpeg(), RECORD, of=RECORD)
    phone.send(note(words="Latch stolen", category="GAT"), RECORD)
    return f"/desk/photos/{RECORD}/"


def test_a_photo_is_published_only_by_someone_who_looked(walk, client, pictured):
    client.force_login(walk.amina)
    assert "Publish it" in text(client.get(pictured))
    assert "There is a problem" in text(client.post(pictured, {"alt": "A gate"}))
    assert Photo.objects.get().published_at is None
    assert client.post(pictured, {"alt": "A gate", "looked": "on"}).status_code == 302
    assert Photo.objects.get().alt == "A gate"
    assert "It is public" in text(client.get(pictured))
    client.post(f"{pictured}unpublish")
    assert Photo.objects.get().published_at is None


def test_a_refusal_to_publish_stands_on_the_form(walk, client, pictured, monkeypatch):
    def refuse(*args, **kwargs):
        raise Refused("F-0001 is sensitive.")

    monkeypatch.setattr(operations, "publish_photo", refuse)
    client.force_login(walk.amina)
    assert "is sensitive" in text(client.post(pictured, {"alt": "A gate", "looked": "on"}))


@pytest.mark.parametrize("private", ["mark_sensitive", "keep_private"])
def test_a_private_photo_offers_no_way_to_publish(walk, client, pictured, private):
    if private == "mark_sensitive":
        operations.mark_sensitive(Finding.objects.get(), True, by=walk.cora, now=NOON)
    else:
        operations.keep_private(Finding.objects.get(), by=walk.cora, now=NOON)
    client.force_login(walk.amina)
    assert "It stays private" in text(client.get(pictured))


def test_a_broken_photo_says_why_there_is_no_picture(walk, phone, client):
    phone.send_photo(jpeg()[:300], RECORD, of=RECORD)
    phone.send(note(words="Broken"), RECORD)
    client.force_login(walk.amina)
    assert "damaged" in text(client.get(f"/desk/photos/{RECORD}/"))
    assert client.get(f"/desk/photos/{RECORD}.jpg").status_code == 404


def test_only_a_coordinator_changes_categories(walk, client):
    client.force_login(walk.amina)
    assert client.get("/desk/settings/categories/").status_code == 403
    client.force_login(walk.cora)
    assert "Poor or broken lighting" in text(client.get("/desk/settings/categories/"))
    form = {"label": "Dark places", "default_remit": "lighting", "is_active": "on"}
    assert client.post("/desk/settings/categories/LIT/", form).status_code == 302
    assert Category.objects.get(code="LIT").label == "Dark places"


def test_the_last_category_says_on_the_form_that_it_stays(walk, client):
    Category.objects.exclude(code="OTH").update(is_active=False)
    client.force_login(walk.cora)
    page = client.post("/desk/settings/categories/OTH/", {"label": "Other", "default_remit": ""})
    assert "must stay" in text(page)


def test_the_tour_page_counts_what_came_in(walk, phone, client):
    phone.send(note(words="One"))
    client.force_login(walk.amina)
    page = text(client.get(walk.tour.get_desk_url()))
    assert "What has come in" in page and "phone joined" in page


def test_the_lists_take_the_same_queries_however_much_came_in(walk, client):
    client.force_login(walk.cora)

    def queries(page):
        client.get(url(walk, page))
        with CaptureQueriesContext(connection) as few:
            assert client.get(url(walk, page)).status_code == 200
        return len(few)

    def come_in():
        phone = make_phone(walk.tour)
        answer = phone.send(note(words="Dark", category="LIT", stop=walk.garages.pk))
        phone.send_photo(jpeg(), of=answer.json()["accepted"])
        phone.send(note(words="Darker", corrects=answer.json()["accepted"]))
        phone.send(note(words="Odd", category="XXX"))
        phone.send(note(feeling={"score": 1}, stop=walk.garages.pk))

    come_in()
    before = queries("findings"), queries("phones")
    for _ in range(6):
        come_in()
    assert (queries("findings"), queries("phones")) == before
