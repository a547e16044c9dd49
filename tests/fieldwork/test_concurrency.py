"""Many phones, and one phone twice, at the same moment."""

import uuid
from functools import partial

import pytest
from django.conf import settings
from django.test import Client
from tests.threads import all_at_once

from studytours.fieldwork.models import Device, Finding, Observation, Photo

from .conftest import Phone, jpeg, make_phone, make_walk, note

pytestmark = pytest.mark.django_db(transaction=True)


def copies(phone, number):
    return [type(phone)(phone.token, phone.device, type(phone.client)()) for _ in range(number)]


def test_the_same_record_sent_eight_times_at_once_is_one_record():
    phone, name = make_phone(make_walk().tour), uuid.uuid4()
    body = note(words="Once", category="GAT")
    answers = all_at_once(*[lambda p=p: p.send(body, name) for p in copies(phone, 8)])
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert len({answer.content for answer in answers}) == 1
    assert Observation.objects.count() == Finding.objects.count() == 1


def test_of_eight_different_records_under_one_name_one_is_kept():
    phone, name = make_phone(make_walk().tour), uuid.uuid4()
    bodies = [note(words=f"Number {number}") for number in range(8)]
    answers = all_at_once(
        *[
            lambda p=p, body=body: p.send(body, name)
            for p, body in zip(copies(phone, 8), bodies, strict=True)
        ]
    )
    statuses = [answer.status_code for answer in answers]
    assert sorted(statuses) == [201] + [409] * 7
    assert bytes(Observation.objects.get().body) == bodies[statuses.index(201)]


def test_the_same_photo_sent_four_times_at_once_is_one_photo_and_one_file():
    phone, name, of = make_phone(make_walk().tour), uuid.uuid4(), uuid.uuid4()
    answers = all_at_once(
        *[lambda p=p: p.send_photo(jpeg(), name, of=of) for p in copies(phone, 4)]
    )
    assert sorted(answer.status_code for answer in answers) == [200] * 3 + [201]
    photo = Photo.objects.get()
    originals = [path for path in (settings.HOME / "media/originals").rglob("*") if path.is_file()]
    assert [path.name for path in originals] == [photo.original.name.rsplit("/", 1)[1]]


def test_twenty_phones_behind_one_address_join_and_send_at_once():
    """Some of them mistype the code first; nobody is kept out for that."""
    tour = make_walk().tour

    def join_and_send(number):
        client = Client(REMOTE_ADDR="198.51.100.7")
        ask = partial(client.post, "/api/field/join", content_type="application/json")
        wrong = ask({"code": "NEVER1"}).status_code if number % 4 == 0 else 404
        token = ask({"code": tour.join_code}).json()["token"]
        phone = Phone(token, None, client)
        photo = phone.send_photo(jpeg()).status_code
        return wrong, phone.send(note(words="Hello")).status_code, photo

    assert all_at_once(*[partial(join_and_send, number) for number in range(20)]) == [
        (404, 201, 201)
    ] * 20  # fmt: skip
    assert Device.objects.count() == Observation.objects.count() == Photo.objects.count() == 20


def test_twenty_phones_join_and_send_at_once():
    tour = make_walk().tour

    def join_and_send():
        phone = make_phone(tour)
        return phone.send(note(words="Hello", category="LIT")).status_code

    assert all_at_once(*[join_and_send] * 20) == [201] * 20
    assert Device.objects.count() == 20
    refs = set(Finding.objects.values_list("ref", flat=True))
    assert len(refs) == 20 and all(ref.startswith("F-") for ref in refs)
