"""Spoken notes: kept as they came, heard at the desk by those who lead, and forgotten."""

import uuid
from datetime import timedelta

import pytest
from django.db.models.fields.files import FieldFile

from studytours.fieldwork.models import Finding, Photo, Voice
from studytours.fieldwork.operations import forget_walkers

from .conftest import NOON, jpeg, make_another, make_phone, note

OGG = b"OggS" + bytes(200)
WEBM = b"\x1a\x45\xdf\xa3" + bytes(200)
M4A = b"\0\0\0\x1cftypM4A " + bytes(200)


@pytest.fixture
def spoken(phone):
    """A note without words, and the voice that says it: (observation, voice)."""
    name, voice = uuid.uuid4(), uuid.uuid4()
    phone.send(note(category="LIT", photos=[str(voice)]), name)
    assert phone.send_photo(WEBM, voice, of=name, content_type="audio/webm").status_code == 201
    return name, voice


@pytest.mark.parametrize("sound", [b"ID3\x03" + bytes(90), b"RIFF\0\0\0\0WAVE" + bytes(90), b""])
def test_other_sound_is_refused_and_nothing_is_kept(phone, sound):
    answer = phone.send_photo(sound, content_type="audio/mpeg")
    assert answer.status_code == 400 and answer.json()["retry"] is False
    assert not Voice.objects.exists() and not Photo.objects.exists()


def test_more_than_ten_megabytes_are_refused(phone):
    answer = phone.send_photo(OGG + bytes(10 * 1024 * 1024), content_type="audio/ogg")
    assert answer.status_code == 413
    assert "several" in answer.json()["why"]
    assert not Voice.objects.exists()


def test_other_bytes_under_the_same_name_are_refused(phone, spoken):
    _, voice = spoken
    for other in (OGG, jpeg()):
        assert phone.send_photo(other, voice).status_code == 409
    photo = uuid.uuid4()
    phone.send_photo(jpeg(), photo)
    assert phone.send_photo(OGG, photo).status_code == 409
    with Voice.objects.get().original.open() as kept:
        assert kept.read() == WEBM


@pytest.mark.parametrize(
    ("sound", "kind"), [(OGG, "audio/ogg"), (WEBM, "audio/webm"), (M4A, "audio/mp4")]
)
def test_what_it_is_its_bytes_say(phone, sound, kind):
    phone.send_photo(sound, content_type="image/jpeg")
    assert Voice.objects.get().content_type == kind


def test_a_repeat_gets_the_same_receipt_and_both_are_listed(phone, spoken):
    observation, voice = spoken
    again = phone.send_photo(WEBM, voice, of=observation, content_type="audio/webm")
    assert again.status_code == 200 and again.json()["accepted"] == str(voice)
    assert phone.receipts()["photos"] == {str(voice): again.json()["sha256"]}
    assert Voice.objects.count() == 1


def test_two_arrivals_of_a_voice_never_share_a_file(phone, spoken, monkeypatch):
    """The one that is taken back must not take the file of the other with it."""
    name, save, asked = uuid.uuid4(), FieldFile.save, []

    def second_comes_between(file, wanted, content, save_row):
        asked.append(wanted)
        save(file, wanted, content, save_row)
        if len(asked) == 1:
            assert phone.send_photo(OGG, name).status_code == 201

    monkeypatch.setattr(FieldFile, "save", lambda *one, save: second_comes_between(*one, save))
    assert phone.send_photo(OGG, name).status_code == 200
    assert len(set(asked)) == 2
    with Voice.objects.get(pk=name).original.open() as kept:
        assert kept.read() == OGG


def test_a_note_that_is_only_spoken_is_a_finding(phone, spoken):
    assert Finding.objects.get().observation_id == spoken[0]


def test_the_leader_hears_it_in_parts_as_safari_asks(client, walk, spoken):
    client.force_login(walk.amina)
    url = f"/desk/voices/{spoken[1]}"
    part = client.get(url, headers={"Range": "bytes=0-1"})
    assert part.status_code == 206 and b"".join(part) == WEBM[:2]
    assert part["Content-Type"] == "audio/webm" and part["Cache-Control"] == "private, no-store"
    assert f'src="{url}"' in client.get(f"/desk/tours/{walk.tour.slug}/findings/").content.decode()


def test_an_analyst_another_leader_and_the_public_hear_nothing(client, walk, spoken):
    url = f"/desk/voices/{spoken[1]}"
    assert client.get(url).status_code == 302
    for person, status in ((walk.ana, 403), (walk.leo, 404), (walk.paul, 403)):
        client.force_login(person)
        assert client.get(url).status_code == status
    client.force_login(walk.ana)
    page = client.get(f"/desk/tours/{walk.tour.slug}/findings/").content.decode()
    assert "<audio" not in page


def test_a_voice_goes_with_the_names_and_its_file_too(
    walk, phone, spoken, django_capture_on_commit_callbacks
):
    other = make_another(walk)
    phone_there = make_phone(other.tour)
    phone_there.send_photo(OGG, content_type="audio/ogg")
    walk.tour.state, walk.tour.reported_at = "reported", NOON - timedelta(days=31)
    walk.tour.save()
    voice = Voice.objects.get(pk=spoken[1])
    storage, name = voice.original.storage, voice.original.name
    with django_capture_on_commit_callbacks(execute=True):
        forget_walkers(now=NOON)
    assert not storage.exists(name)
    assert [one.tour for one in Voice.objects.all()] == [other.tour]
