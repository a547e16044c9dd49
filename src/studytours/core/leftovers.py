"""Files that no row names: what a crash left between a file and its row."""

from datetime import timedelta

from django.apps import apps
from django.db.models import FileField
from django.utils import timezone

# Phones keep their photos as long. Whoever brings back an older database by mistake has this
# time to bring back the right one and find all its files.
KEEP_DAYS = 14


def nameless_files(*, days=KEEP_DAYS, now=None):
    """[(storage, name)] of the files older than `days` in the folders of file fields. What lies
    elsewhere is not ours to judge.

    The files are listed before the rows are read: a row that comes meanwhile counts.
    """
    before = (now or timezone.now()) - timedelta(days=days)
    files = {
        (field.storage, name)
        for field in file_fields()
        for name in _below(field.storage, folder_of(field))
    }
    named = {(field.storage, name) for field in file_fields() for name in _names_in(field)}
    return sorted((one for one in files - named if _is_older(*one, before)), key=lambda one: one[1])


def is_named(storage, name):
    """Does a row name this file now?"""
    return any(
        field.model._base_manager.filter(**{field.name: name}).exists()
        for field in file_fields()
        if field.storage == storage
    )


def file_fields():
    return [
        field
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, FileField)
    ]


def folder_of(field):
    """`originals` of `originals/%Y/%m`."""
    return field.upload_to.split("/")[0]


def _names_in(field):
    return field.model._base_manager.values_list(field.name, flat=True).iterator()


def _below(storage, folder):
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # nothing was kept here yet
        return
    yield from (f"{folder}/{name}" for name in files)
    for name in folders:
        yield from _below(storage, f"{folder}/{name}")


def _is_older(storage, name, before):
    try:
        return storage.get_modified_time(name) < before
    except FileNotFoundError:  # taken back meanwhile
        return False
