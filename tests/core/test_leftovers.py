"""Files that no row names go after two weeks; a file that a row names never goes."""

import os
import uuid
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, default_storage
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as rules
from hypothesis import strategies as st
from tests.fieldwork.conftest import NOON, jpeg, make_phone, make_walk

from studytours.core import leftovers, operations
from studytours.core.leftovers import file_fields, folder_of, is_named, nameless_files
from studytours.fieldwork.models import Photo, Voice

LATER = timedelta(days=15)
FOLDERS = ["originals/2026/06", "shown/2026/06", "voices/2026/06", "base-maps", "originals"]
FILES = st.dictionaries(
    st.tuples(st.sampled_from(FOLDERS), st.integers(0, 3)),
    st.tuples(st.integers(0, 30), st.booleans()), max_size=8,
)  # fmt: skip


@pytest.fixture
def tour(db):
    return make_walk().tour


def name_in_a_row(tour, name):
    """A row of the kind that keeps its files there; an old photo may lie in another folder."""
    common = {"uuid": uuid.uuid4(), "tour": tour, "observation": uuid.uuid4(), "bytes": 1}
    if name.startswith("voices"):
        Voice.objects.create(**common, original=name, received_at=NOON)
    elif name.startswith("shown"):
        Photo.objects.create(**common, original=f"originals/{name}", shown=name, received_at=NOON)
    else:
        Photo.objects.create(**common, original=name, received_at=NOON)


def there(name):
    return default_storage.exists(name)


@rules(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(FILES)
def test_a_file_that_a_row_names_never_goes_and_no_other_stays(tour, files):
    now, stay, go = timezone.now(), set(), set()
    with transaction.atomic():
        for (folder, number), (days, named) in files.items():
            name = default_storage.save(f"{folder}/{number}.jpg", ContentFile(b"x"))
            at = (now - timedelta(days=days, hours=1)).timestamp()
            os.utime(default_storage.path(name), (at, at))
            if named:
                name_in_a_row(tour, name)
            ours = folder != "base-maps"
            (go if ours and not named and days >= leftovers.KEEP_DAYS else stay).add(name)
        assert operations.forget_nameless_files(now=now) == len(go)
        transaction.set_rollback(True)
    assert all(map(there, stay)) and not any(map(there, go))
    for name in stay:
        default_storage.delete(name)


def test_what_two_crashes_left_goes_after_two_weeks(tour, monkeypatch):
    """One between a photo and its row, one between its picture and the row's knowing of it."""
    phone, name = make_phone(tour), str(uuid.uuid4())

    def crash(*args, **kwargs):
        raise SystemError("killed")

    for moment in ("_write", "_finish"):
        with monkeypatch.context() as patch:
            patch.setattr(f"studytours.fieldwork.operations.photos.{moment}", crash)
            phone.send_photo(jpeg(), name)
    if not Photo.objects.filter(shown__gt="").exists():
        assert phone.send_photo(jpeg(), name).status_code == 200
    now = timezone.now()
    left = nameless_files(days=0, now=now + timedelta(minutes=1))
    assert {name.split("/")[0] for _, name in left} == {"originals", "shown"}
    assert operations.forget_nameless_files(now=now) == 0  # they are of today
    assert operations.forget_nameless_files(now=now + LATER) == len(left)
    with Photo.objects.get().original.open() as kept:
        assert kept.read() == jpeg()


def test_a_row_that_comes_while_files_are_looked_through_counts(tour, monkeypatch):
    name = default_storage.save("originals/late.jpg", ContentFile(b"x"))
    looked = leftovers.nameless_files

    def row_comes_after(**asked):
        found = looked(**asked)
        name_in_a_row(tour, name)
        return found

    monkeypatch.setattr(operations, "nameless_files", row_comes_after)
    assert operations.forget_nameless_files(now=timezone.now() + LATER) == 0 and there(name)


def test_a_file_that_went_meanwhile_is_no_fault(tour, monkeypatch):
    name = default_storage.save("originals/gone.jpg", ContentFile(b"x"))
    monkeypatch.setattr(leftovers, "_below", lambda storage, folder: [name, "originals/never"])
    assert [one for _, one in nameless_files(now=timezone.now() + LATER)] == [name]


def test_a_store_that_is_no_folder_will_do(tour, monkeypatch):
    """Whatever speaks Django's storage: listing, time and deletion are all that is asked."""
    store = InMemoryStorage()
    for field in file_fields():
        monkeypatch.setattr(field, "storage", store)
    kept, left = (store.save(f"voices/2026/06/{n}.webm", ContentFile(b"x")) for n in "ab")
    name_in_a_row(tour, kept)
    assert is_named(store, kept) and not is_named(store, left)
    assert operations.forget_nameless_files(now=timezone.now() + LATER) == 1
    assert store.exists(kept) and not store.exists(left)


def test_file_fields_keep_to_folders_of_their_own():
    """What lies in such a folder without a row is deleted: nothing else may be kept there."""
    folders = [folder_of(field) for field in file_fields()]
    assert sorted(folders) == ["evidence", "evidence_shown", "originals", "shown", "voices"]
    assert {field.model for field in file_fields()} < set(apps.get_models())
