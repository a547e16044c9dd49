"""The file that a phone saved when it could not send."""

import base64
import io
import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from studytours.core.errors import BadFile
from studytours.fieldwork import operations
from studytours.fieldwork.models import Observation, Photo

from .conftest import NOON, jpeg, note


def b64(data):
    return base64.b64encode(data).decode()


def saved(*records, photos=(), **more):
    return {
        "studytours": 1,
        "observations": [{"uuid": name, "body_base64": b64(body)} for name, body in records],
        "photos": list(photos),
        **more,
    }


def a_file(content):
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    file = io.BytesIO(data)
    file.name = "notes.json"
    return file


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not a file"),
        (b"\xff\xd8\xff", "not a file"),
        (b'{"studytours": 1, "observations": [', "broke off"),
        (b"[]", "not a file"),
        ({"studytours": 2}, "not a file"),
        ({"studytours": 1, "tour": "another"}, "another tour"),
    ],
)
def test_a_wrong_file_is_refused_in_words(walk, content, why):
    with pytest.raises(BadFile, match=why):
        operations.import_saved_file(walk.tour, a_file(content), by=walk.cora)


def test_one_broken_record_stops_no_other(walk):
    content = saved(
        (str(uuid.uuid4()), note(words="Whole")),
        ("no uuid", note()),
        (str(uuid.uuid4()), b"broken"),
    )
    content["observations"] += ["text", {}, {"uuid": str(uuid.uuid4()), "body_base64": "%"}, None]
    report = operations.import_saved_file(walk.tour, a_file(content), by=walk.cora, now=NOON)
    assert (report.new, report.known, len(report.refused)) == (1, 0, 6)
    assert "6 could not be taken" in report.summary()


def test_everything_comes_in_once_however_often_and_whoever_was_first(walk, phone):
    name, photo = str(uuid.uuid4()), str(uuid.uuid4())
    body = note(words="From the cellar", category="GAT")
    content = saved(
        (name, body), tour=walk.tour.slug,
        photos=[{"uuid": photo, "observation": name, "content_type": "image/jpeg",
                 "base64": b64(jpeg())}],
    )  # fmt: skip
    first = operations.import_saved_file(walk.tour, a_file(content), by=walk.cora, now=NOON)
    again = operations.import_saved_file(walk.tour, a_file(content), by=walk.cora, now=NOON)
    assert (first.new, first.photos_new) == (1, 1)
    assert (again.new, again.known, again.photos_known) == (0, 1, 1)
    assert phone.send(body, name).status_code == 200
    assert phone.send_photo(jpeg(), photo, of=name).status_code == 200
    assert Observation.objects.count() == Photo.objects.count() == 1
    assert bytes(Observation.objects.get().body) == body


def test_the_page_takes_the_file_and_says_what_it_brought(walk, client):
    client.force_login(walk.amina)
    url = f"/desk/tours/{walk.tour.slug}/phones/file/"
    data = json.dumps(saved((str(uuid.uuid4()), note(words="Late")))).encode()
    page = client.post(url, {"file": SimpleUploadedFile("notes.json", data)})
    assert "1 new notes" in page.content.decode()
    page = client.post(url, {"file": SimpleUploadedFile("notes.json", b"nonsense")})
    assert "not a file that the phone saved" in page.content.decode()
