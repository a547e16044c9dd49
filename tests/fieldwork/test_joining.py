"""Joining by code: who is refused, who is stopped, and that twenty phones at once are not."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from studytours.core.errors import Gone, TooMany
from studytours.fieldwork import operations
from studytours.fieldwork.models import Device
from studytours.fieldwork.refusals import WrongCode
from studytours.tours import operations as tours

from .conftest import NOON, make_another

MINUTE = timedelta(minutes=1)


def join(body, address="10.0.0.1"):
    return Client(raise_request_exception=False).post(
        "/api/field/join", body if isinstance(body, (str, bytes)) else json.dumps(body),
        content_type="application/json", REMOTE_ADDR=address,
    )  # fmt: skip


def test_a_wrong_code_is_refused_in_words(walk):
    answer = join({"code": "ZZZZZZ"})
    assert answer.status_code == 404
    assert answer.json()["retry"] is False and "No tour has this code" in answer.json()["why"]


@pytest.mark.parametrize(
    "body", ["", "not json", "[]", "{}", '{"code": 7}', '{"code": null}', '{"code": ["A"]}']
)
def test_what_is_no_request_to_join_is_refused_as_json(walk, body):
    answer = join(body)
    assert answer.status_code == 400
    assert answer.json()["refused"] is None and answer.json()["retry"] is False


def test_an_empty_code_is_a_wrong_code(walk):
    assert join({"code": " - "}).status_code == 404


def test_a_huge_request_to_join_is_refused_as_json(walk):
    answer = join({"code": "A" * 6_000_000})
    assert answer.status_code == 413 and answer.json()["retry"] is False


def test_a_code_ends_with_its_tour(walk):
    with pytest.raises(Gone, match="ended"):
        operations.join(code=walk.tour.join_code, now=walk.tour.join_until)


def test_an_expired_code_says_so_to_the_phone(walk, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: walk.tour.join_until + MINUTE)
    answer = join({"code": walk.tour.join_code})
    assert answer.status_code == 410 and "ended" in answer.json()["why"]


def test_the_code_on_the_poster_does_not_open_a_walk_that_has_not_begun(walk):
    walk.tour.state = "inviting"
    walk.tour.save()
    with pytest.raises(Gone, match="not begun"):
        operations.join(code=walk.tour.join_code, now=NOON)


def test_a_code_tried_a_thousand_times_is_stopped(walk):
    stopped = 0
    for n in range(1000):
        try:
            operations.join(code=f"WRONG{n}", address="10.0.0.1", now=NOON)
        except WrongCode:
            assert n < 10
        except TooMany:
            stopped += 1
    assert stopped == 990
    assert join({"code": walk.tour.join_code}).status_code == 429  # or guessing would pay
    assert join({"code": walk.tour.join_code}, "10.0.0.2").status_code == 200


def test_a_stopped_address_may_try_again_a_quarter_of_an_hour_later(walk):
    for n in range(11):
        with pytest.raises((WrongCode, TooMany)):
            operations.join(code=f"WRONG{n}", address="10.0.0.1", now=NOON)
    operations.join(code=walk.tour.join_code, address="10.0.0.1", now=NOON + 16 * MINUTE)


def test_guessing_from_everywhere_leaves_the_right_code_working(walk):
    for n in range(250):
        with pytest.raises((WrongCode, TooMany)):
            operations.join(code=f"WRONG{n}", address=f"10.1.{n // 100}.{n % 100}", now=NOON)
    operations.join(code=walk.tour.join_code, address="10.0.0.9", now=NOON)
    for n in range(3):
        with pytest.raises(WrongCode):
            operations.join(code=f"MORE{n}", address="10.0.0.8", now=NOON)
    with pytest.raises(TooMany):
        operations.join(code="MORE4", address="10.0.0.8", now=NOON)


def test_forty_phones_behind_one_address_all_join(walk):
    assert {join({"code": walk.tour.join_code}).status_code for _ in range(40)} == {200}
    assert walk.tour.devices.count() == 40


def test_a_code_is_read_as_people_type_it(walk):
    code = walk.tour.join_code.lower()
    answer = join({"code": f" {code[:3]}-{code[3:]} ", "name": "Rosa", "role": "Resident"})
    assert answer.status_code == 200
    joined = answer.json()
    assert joined["tour"]["slug"] == walk.tour.slug
    device = Device.objects.get(pk=joined["device"])
    assert (device.name, device.role) == ("Rosa", "Resident")
    assert joined["token"] not in device.token_sha256


def test_a_name_is_one_short_line(walk):
    device, _ = operations.join(code=walk.tour.join_code, name="Ro\0sa\n" * 40, role=None, now=NOON)
    assert device.name == ("Rosa " * 12).strip()[:60]


@pytest.mark.parametrize(("days", "status"), [(13, 200), (15, 401)])
def test_a_phone_has_no_key_two_weeks_after_the_report(walk, phone, days, status):
    walk.tour.state = "reported"
    walk.tour.reported_at = timezone.now() - timedelta(days=days)
    walk.tour.save()
    answer = phone.client.get("/api/field/pack", headers=phone.headers)
    assert answer.status_code == status
    if status == 401:
        assert "Your notes are safe" in answer.json()["why"] and not answer.json()["retry"]


def test_a_withdrawn_phone_is_told_so_and_may_join_again(walk, phone):
    operations.withdraw_device(phone.device, by=walk.cora, now=NOON)
    answer = phone.send(b"{}", name="b7b3b8f0-6a0c-4b6e-9a3e-000000000001")
    assert answer.status_code == 401
    assert answer.json()["refused"] == "b7b3b8f0-6a0c-4b6e-9a3e-000000000001"
    assert answer.json()["retry"] is False and "safe" in answer.json()["why"]
    operations.join(code=walk.tour.join_code, now=NOON)


def test_the_last_contact_is_written_at_most_once_a_minute(walk, phone, django_assert_num_queries):
    with django_assert_num_queries(0):
        operations.note_contact(phone.device, now=NOON + timedelta(seconds=30))
    operations.note_contact(phone.device, now=NOON + 5 * MINUTE)
    assert Device.objects.get(pk=phone.device.pk).last_contact == NOON + 5 * MINUTE


def test_phones_of_a_closed_walk_may_still_send(walk, phone):
    tours.close_walk(walk.tour, by=walk.cora, now=NOON)
    assert join({"code": walk.tour.join_code}).status_code == 410
    assert phone.client.get("/api/field/pack", headers=phone.headers).status_code == 200


def test_two_walks_have_their_own_phones(walk):
    other = make_another(walk)
    device, _ = operations.join(code=other.tour.join_code, now=NOON)
    assert device.tour == other.tour
