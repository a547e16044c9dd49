"""Records that arrive at one moment are written together, and each as if it came alone."""

import uuid

import pytest
from django.db import DataError, OperationalError

from studytours.core.models import Event
from studytours.fieldwork.models import Finding, Observation
from studytours.fieldwork.operations import records
from studytours.fieldwork.operations.findings import number_findings
from studytours.fieldwork.operations.records import Sent, take_all

from .conftest import NOON, make_another, make_phone, note


def an_evening(tour, device):
    """Sent records of every kind that is treated in its own way, one name used twice."""
    names = [uuid.uuid5(uuid.NAMESPACE_URL, f"{tour.pk}/{number}") for number in range(9)]
    bodies = [
        note(words="Lamp out", category="LIT"),
        note(words="Someone sleeps here", category="ROU"),
        note(words="Wrong gate"),
        note(words="Right gate", corrects=str(names[2])),
        note(kind="idea", words="Paint it", place={"lat": 0, "lon": 0}),
        b"<html>",
        note(me_too=str(names[0])),
        note(words="Nobody sees you", private=True),
        note(words="Correction first", corrects=str(uuid.uuid5(names[0], "later"))),
    ]
    sent = [
        Sent(tour, name, body, device, now=NOON) for name, body in zip(names, bodies, strict=True)
    ]
    again = Sent(tour, names[0], bodies[0], device, now=NOON)
    other = Sent(tour, names[1], note(words="Other bytes"), device, now=NOON)
    return [*sent, again, other]


def told(answer):
    if isinstance(answer, Exception):
        return type(answer), str(answer)
    return answer.sha256, answer.received_at, answer.is_new, answer.set_aside


def kept(tour):
    findings = Finding.objects.filter(tour=tour).order_by("pk")
    events = Event.objects.filter(about=f"tours.tour:{tour.pk}", kind="observation_received")
    rows = Observation.objects.filter(tour=tour)
    return (
        [(one.title, one.is_sensitive, one.category_id) for one in findings],
        sorted(events.values_list("summary", flat=True)),
        sorted((row.words, bytes(row.body)[:20], row.set_aside, row.lat) for row in rows),
    )


@pytest.mark.django_db
def test_together_is_the_same_as_one_after_the_other(walk):
    other = make_another(walk)
    evenings = [an_evening(tour, make_phone(tour).device) for tour in (walk.tour, other.tour)]
    together = take_all(evenings[0])
    alone = [take_all([one])[0] for one in evenings[1]]
    assert [told(answer)[1:] for answer in together] == [told(answer)[1:] for answer in alone]
    assert kept(walk.tour) == kept(other.tour)
    refs = Finding.objects.values_list("ref", "pk")
    assert refs and all(ref == f"F-{pk:04d}" for ref, pk in refs)


@pytest.mark.django_db
def test_the_numbers_of_findings_go_past_four_figures(walk, phone):
    phone.send(note(words="First"))
    Finding.objects.update(id=123_456)
    number_findings(Finding.objects.all())
    assert Finding.objects.get().ref == "F-123456"


@pytest.mark.django_db
@pytest.mark.parametrize("error", [DataError("too long"), ValueError("a fault of ours")])
def test_what_is_wrong_with_one_stops_no_other_and_leaves_nothing_half(
    walk, phone, monkeypatch, error
):
    real = records.follow_or_open

    def refuses_the_second(told):
        if any(row.words == "Bad" for row, _ in told):
            raise error
        return real(told)

    monkeypatch.setattr(records, "follow_or_open", refuses_the_second)
    sent = [
        Sent(walk.tour, uuid.uuid4(), note(words=words), phone.device, now=NOON)
        for words in ("Good", "Bad", "Good too")
    ]
    first, wrong, last = take_all(sent)
    assert first.is_new and last.is_new and wrong is error
    assert sorted(row.words for row in Observation.objects.all()) == ["Good", "Good too"]
    assert Finding.objects.count() == 2


@pytest.mark.django_db
def test_a_database_that_is_busy_is_not_asked_again_for_each(walk, phone, monkeypatch):
    asked = []

    def busy(told):
        asked.append(told)
        raise OperationalError("database is locked")

    monkeypatch.setattr(records, "follow_or_open", busy)
    sent = [
        Sent(walk.tour, uuid.uuid4(), note(words="A"), phone.device, now=NOON) for _ in range(3)
    ]
    with pytest.raises(OperationalError):
        take_all(sent)
    assert len(asked) == 1 and not Observation.objects.exists()


@pytest.mark.django_db
def test_what_is_held_already_opens_no_transaction_to_write(walk, phone, monkeypatch):
    one = Sent(walk.tour, uuid.uuid4(), note(words="A"), phone.device, now=NOON)
    (first,) = take_all([one])
    monkeypatch.setattr(records, "_write", lambda fresh: pytest.fail("it wrote"))
    again, too = take_all([one, one])
    assert (again.sha256, again.is_new) == (too.sha256, too.is_new) == (first.sha256, False)
