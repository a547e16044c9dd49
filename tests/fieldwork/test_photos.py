"""The phone's contract for photos, and who may see what becomes of them."""

import hashlib
import io
import os
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django_tasks_db.models import DBTaskResult
from PIL import Image

from studytours.areas.models import Area
from studytours.core.errors import Refused
from studytours.fieldwork import operations
from studytours.fieldwork.models import Finding, Photo
from studytours.fieldwork.queries import photos_by_finding
from studytours.tours.models import Tour

from .conftest import NOON, jpeg, make_another, make_phone, note, report

NAME = "6f1f27a0-52f3-4f5e-8a56-1d0a35a1c002"
RECORD = "6f1f27a0-52f3-4f5e-8a56-1d0a35a1c003"
HEIC = Path(__file__).parent / "files" / "iphone.heic"


class TooLong(io.RawIOBase):
    """A body that must not be read to its end."""

    def __init__(self):
        self.given = 0

    def read(self, size=-1):
        assert size > 0, "the whole photo was read into memory"
        self.given += size
        return b"\xff\xd8\xff" + bytes(size - 3)


def put_raw(phone, stream, length, **headers):
    return phone.client.generic(
        "PUT", f"/api/field/photos/{NAME}", b"", content_type="image/jpeg",
        headers={**phone.headers, "X-Observation": RECORD, "Digest": "sha-256=AA==", **headers},
        **{"wsgi.input": stream, "CONTENT_LENGTH": str(length)},
    )  # fmt: skip


def files():
    media = settings.HOME / "media"
    return [path for path in media.rglob("*") if path.is_file()] if media.exists() else []


def originals():
    return [path for path in files() if "originals" in path.parts]


def leftovers():
    return list(settings.UPLOADS.iterdir()) if settings.UPLOADS.exists() else []


def test_sixty_megabytes_are_refused_before_they_are_read(phone):
    stream = TooLong()
    answer = put_raw(phone, stream, 60_000_000)
    assert answer.status_code == 413
    refusal = answer.json()
    assert refusal["refused"] == NAME and refusal["retry"] is False and "25 MB" in refusal["why"]
    assert stream.given == 0 and not files() and not leftovers()


def test_a_photo_that_breaks_off_is_sent_again(phone):
    answer = put_raw(phone, io.BytesIO(jpeg()[:100]), 5000)
    assert answer.status_code == 422 and answer.json()["retry"] is True
    assert not files() and not leftovers()


def test_a_photo_damaged_on_its_way_is_sent_again(phone):
    answer = phone.send_photo(jpeg(), NAME, Digest="sha-256=" + "A" * 43 + "=")
    assert answer.status_code == 422
    assert answer.json() == {
        "refused": NAME, "retry": True, "why": "The photo was damaged on its way.",
    }  # fmt: skip
    assert not Photo.objects.exists() and not files() and not leftovers()


@pytest.mark.parametrize("header", ["", "md5=abc", "sha-256", "sha-256=%%%", "sha-256=é"])
def test_a_photo_without_its_hash_is_refused(phone, header):
    answer = phone.send_photo(jpeg(), NAME, Digest=header)
    assert answer.status_code == 400 and "Digest" in answer.json()["why"]


def test_a_photo_that_names_no_record_is_refused(phone):
    answer = phone.send_photo(jpeg(), NAME, of="the gate")
    assert answer.status_code == 400 and "X-Observation" in answer.json()["why"]
    assert not leftovers()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"Shopping list", "not a photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "not a photo"),
        (b"<!doctype html><title>Wi-Fi</title>", "not a photo"),
    ],
)
def test_what_is_no_photo_is_refused_for_good(phone, data, why):
    answer = phone.send_photo(data, NAME)
    assert answer.status_code == 400
    assert answer.json()["retry"] is False and why in answer.json()["why"]
    assert not Photo.objects.exists() and not files()


def test_other_bytes_under_a_known_name_are_refused_and_change_nothing(phone):
    phone.send_photo(jpeg("teal"), NAME, of=RECORD)
    assert phone.send_photo(jpeg("red"), NAME, of=RECORD).status_code == 409
    with Photo.objects.get().original.open() as file:
        assert file.read() == jpeg("teal")
    assert len(originals()) == 1


def test_a_photo_of_another_tour_is_refused(walk, phone):
    stranger = make_phone(make_another(walk).tour)
    phone.send_photo(jpeg(), NAME)
    assert stranger.send_photo(jpeg(), NAME).status_code == 409


def test_a_photo_that_names_a_record_of_another_tour_shows_nothing_there(walk, phone, client):
    other = make_another(walk)
    make_phone(other.tour).send(note(words="Theirs"), RECORD)
    assert phone.send_photo(jpeg(), NAME, of=RECORD).status_code == 201
    theirs = Finding.objects.get()
    assert photos_by_finding([theirs])[theirs.pk] == []
    client.force_login(walk.amina)
    page = client.get(f"/desk/tours/{walk.tour.slug}/findings/").content.decode()
    assert "1 photo came before" in page


@pytest.mark.parametrize("state", ["debrief", "reported", "cancelled"])
def test_a_photo_of_a_closed_walk_is_kept(walk, phone, state):
    Tour.objects.filter(pk=walk.tour.pk).update(state=state)
    assert phone.send_photo(jpeg(), NAME, of=RECORD).status_code == 201


def moving(kind="GIF"):
    out, frames = io.BytesIO(), [Image.new("RGB", (40, 30), name) for name in ("red", "teal")]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()


def moving_png():
    return moving("PNG")


def moving_webp():
    return moving("WEBP")


def large():
    out = io.BytesIO()
    Image.new("L", (8000, 5000)).save(out, "JPEG", quality=10)
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "longest"), [(moving, 40), (moving_png, 40), (moving_webp, 40), (large, 1600)]
)
def test_unusual_photos_arrive_byte_for_byte_and_are_shown(phone, make, longest):
    data = make()
    assert phone.send_photo(data, NAME).json()["sha256"] == hashlib.sha256(data).hexdigest()
    photo = Photo.objects.get()
    assert max(photo.width, photo.height) == longest and photo.problem == ""


def test_a_photo_is_taken_once_with_a_receipt(phone):
    data = jpeg()
    first = phone.send_photo(data, NAME, of=RECORD)
    second = phone.send_photo(data, NAME, of=RECORD)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert first.json()["sha256"] == hashlib.sha256(data).hexdigest()
    assert phone.receipts()["photos"] == {NAME: hashlib.sha256(data).hexdigest()}
    assert len(originals()) == 1 and not leftovers()


def test_a_broken_photo_whose_bytes_arrived_whole_is_kept_with_the_reason(phone):
    assert phone.send_photo(jpeg()[:300], NAME).status_code == 201
    photo = operations.make_picture(Photo.objects.get())
    assert "damaged" in photo.problem and not photo.shown
    assert len(originals()) == 1


def test_a_crash_between_file_and_row_leaves_no_row_without_a_file(phone, monkeypatch):
    def crash(*args, **kwargs):
        raise SystemError("killed")

    with monkeypatch.context() as patch:
        patch.setattr("studytours.fieldwork.operations.photos._write", crash)
        assert phone.send_photo(jpeg(), NAME).status_code == 500
    assert not Photo.objects.exists() and len(files()) == 1
    assert phone.send_photo(jpeg(), NAME).status_code == 201
    assert Photo.objects.get().original.storage.exists(Photo.objects.get().original.name)


def test_what_a_crash_left_of_a_photo_goes_after_a_day(phone, settings):
    settings.UPLOADS.mkdir(parents=True, exist_ok=True)
    part = settings.UPLOADS / "half.part"
    part.write_bytes(b"half")
    at = NOON.timestamp()
    os.utime(part, (at, at))
    assert operations.forget_half_photos(now=NOON + timedelta(hours=23)) == 0 and part.exists()
    assert operations.forget_half_photos(now=NOON + timedelta(hours=25)) == 1 and not leftovers()


def test_two_arrivals_of_a_photo_never_share_a_file(phone, monkeypatch):
    """Storage cannot see to it: between its look and its renaming another may come. The one that
    is taken back must not take the file of the other with it."""
    asked, write = [], operations.photos._write
    look = FileSystemStorage.get_available_name

    def note_name(storage, name, **more):
        asked.append(name)
        return look(storage, name, **more)

    def second_comes_between(photo, now):
        monkeypatch.setattr(operations.photos, "_write", write)
        assert phone.send_photo(jpeg(), NAME, of=RECORD).status_code == 201
        write(photo, now)

    monkeypatch.setattr(FileSystemStorage, "get_available_name", note_name)
    monkeypatch.setattr(operations.photos, "_write", second_comes_between)
    assert phone.send_photo(jpeg(), NAME, of=RECORD).status_code == 200
    wanted = [name for name in asked if "originals" in name]
    assert len(wanted) == len(set(wanted)) == 2
    assert [path.name for path in originals()] == [Photo.objects.get().original.name.split("/")[-1]]


def test_a_picture_from_an_iphone_is_shown_upright_without_its_place(phone):
    assert phone.send_photo(HEIC.read_bytes(), NAME, content_type="image/heic").status_code == 201
    photo = operations.make_picture(Photo.objects.get())
    assert (photo.width, photo.height) == (80, 120) and photo.original.name.endswith(".heic")
    with photo.shown.open() as file:
        assert not Image.open(file).getexif()


def test_a_picture_is_made_once(phone):
    phone.send_photo(jpeg(), NAME)
    first = operations.make_picture(Photo.objects.get()).shown.name
    stale = Photo.objects.get()
    stale.shown = ""  # another worker read the row before the first had finished
    assert operations.make_picture(stale).shown.name == first
    assert len(files()) == 2


def test_the_worker_makes_the_picture_once_the_photo_is_in(phone):
    phone.send_photo(jpeg(), NAME)
    assert Photo.objects.get().width == 64


def test_a_photo_and_the_work_on_it_are_written_together(phone, settings, monkeypatch):
    """A crash leaves both or neither: no photo stays without its picture."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    def crash(*args, **kwargs):
        raise SystemError("killed")

    with monkeypatch.context() as patch:
        patch.setattr("studytours.fieldwork.operations.photos.record", crash)
        assert phone.send_photo(jpeg(), NAME).status_code == 500
    assert not Photo.objects.exists() and not DBTaskResult.objects.exists()
    assert phone.send_photo(jpeg(), NAME).status_code == 201
    assert DBTaskResult.objects.get().args_kwargs["args"] == [NAME]


@pytest.fixture
def seen(walk, phone):
    """A finding with a photo that came before it."""
    phone.send_photo(jpeg(), NAME, of=RECORD)
    phone.send(note(category="GAT", words="Latch stolen"), RECORD)
    return Finding.objects.get()


def public(client):
    return client.get(f"/photos/{NAME}.jpg").status_code


def test_a_photo_may_come_before_its_record(seen):
    assert [str(photo.pk) for photo in photos_by_finding([seen])[seen.pk]] == [NAME]


def test_a_photo_follows_its_record_through_a_correction(phone, seen):
    phone.send(note(category="GAT", words="Lock stolen", corrects=RECORD))
    finding = Finding.objects.get()
    assert finding.title == "Lock stolen" and len(photos_by_finding([finding])[finding.pk]) == 1


def test_nobody_sees_a_photo_before_its_tour_has_reported(walk, client, seen):
    operations.accept(seen, by=walk.cora, now=NOON)
    operations.publish_photo(Photo.objects.get(), "A gate", by=walk.cora, now=NOON)
    assert public(client) == 404
    report(walk.tour)
    assert public(client) == 200


def test_a_photo_goes_off_the_site_with_its_area(walk, client, seen):
    report(walk.tour)
    operations.accept(seen, by=walk.cora, now=NOON)
    operations.publish_photo(Photo.objects.get(), "A gate", by=walk.cora, now=NOON)
    Area.objects.update(is_public=False)
    assert public(client) == 404


def test_a_photo_is_private_when_its_walker_says_so_later(walk, phone, client, seen):
    operations.accept(seen, by=walk.cora, now=NOON)
    operations.publish_photo(Photo.objects.get(), "A gate", by=walk.cora, now=NOON)
    report(walk.tour)
    phone.send(note(words="It is my own home", private=True, corrects=RECORD))
    assert public(client) == 200  # what comes after the report waits for a person
    operations.take_in(walk.tour.observations.get(words="It is my own home"), by=walk.cora)
    private = Finding.objects.get(is_sensitive=True)
    assert public(client) == 404
    assert photos_by_finding([seen])[seen.pk] == []
    assert len(photos_by_finding([private, seen])[private.pk]) == 1
    client.force_login(walk.ana)
    assert client.get(f"/desk/photos/{NAME}.jpg").status_code == 404


def test_nobody_sees_a_photo_before_a_person_has_said_yes(walk, client, seen):
    report(walk.tour)
    assert public(client) == 404
    operations.accept(seen, by=walk.cora, now=NOON)
    assert public(client) == 404
    operations.publish_photo(Photo.objects.get(), "A gate", by=walk.cora, now=NOON)
    assert public(client) == 200
    operations.unpublish_photo(Photo.objects.get(), by=walk.cora, now=NOON)
    assert public(client) == 404


def test_a_published_photo_is_seen_only_while_its_finding_is_public(walk, client, seen):
    report(walk.tour)
    operations.publish_photo(Photo.objects.get(), "A gate", by=walk.cora, now=NOON)
    assert public(client) == 404  # not decided yet
    operations.accept(seen, by=walk.cora, now=NOON)
    answer = client.get(f"/photos/{NAME}.jpg?small")
    assert answer.status_code == 200 and answer["Content-Type"] == "image/jpeg"
    operations.mark_sensitive(seen, True, by=walk.cora, now=NOON)
    assert public(client) == 404
    assert photos_by_finding([seen], published=True)[seen.pk] == []


def test_a_photo_needs_words_for_those_who_cannot_see_it(walk, seen):
    with pytest.raises(Refused, match="cannot see"):
        operations.publish_photo(Photo.objects.get(), "  ", by=walk.cora, now=NOON)


def test_a_photo_without_a_finding_cannot_be_published(walk, phone):
    phone.send_photo(jpeg(), NAME)
    with pytest.raises(Refused, match="no finding"):
        operations.publish_photo(Photo.objects.get(), "A gate", by=walk.cora, now=NOON)


def test_a_broken_photo_cannot_be_published(walk, phone):
    phone.send_photo(jpeg()[:300], NAME, of=RECORD)
    phone.send(note(words="Broken"), RECORD)
    with pytest.raises(Refused, match="no picture"):
        operations.publish_photo(Photo.objects.get(), "A gate", by=walk.cora, now=NOON)


def test_a_photo_of_a_person_sleeping_rough_is_kept_and_never_published(walk, phone, client):
    assert phone.send_photo(jpeg(), NAME, of=RECORD).status_code == 201
    phone.send(note(category="ROU", words="Someone sleeps here"), RECORD)
    with pytest.raises(Refused, match="never published"):
        operations.publish_photo(Photo.objects.get(), "A tent", by=walk.cora, now=NOON)
    assert public(client) == 404


@pytest.mark.parametrize(
    ("who", "status"), [("cora", 200), ("amina", 200), ("ana", 200), ("leo", 404), ("paul", 403)]
)
def test_who_may_look_at_a_photo_at_the_desk(walk, client, seen, who, status):
    client.force_login(getattr(walk, who))
    assert client.get(f"/desk/photos/{NAME}.jpg").status_code == status


def test_no_browser_keeps_a_private_photo(walk, client, seen):
    client.force_login(walk.cora)
    assert client.get(f"/desk/photos/{NAME}.jpg").headers["Cache-Control"] == "private, max-age=300"
    operations.keep_private(seen, by=walk.cora, now=NOON)
    assert client.get(f"/desk/photos/{NAME}.jpg").headers["Cache-Control"] == "private, no-store"


def test_an_analyst_sees_no_private_photo(walk, client, seen):
    operations.mark_sensitive(seen, True, by=walk.cora, now=NOON)
    client.force_login(walk.ana)
    assert client.get(f"/desk/photos/{NAME}.jpg").status_code == 404
    client.force_login(walk.amina)
    assert client.get(f"/desk/photos/{NAME}.jpg").status_code == 200


def test_a_photo_that_does_not_exist_is_not_found(walk, client):
    client.force_login(walk.cora)
    for path in ("photos", "desk/photos"):
        assert client.get(f"/{path}/{uuid.uuid4()}.jpg").status_code == 404
