"""What a page orders: noted at once, done by the worker."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.text import get_valid_filename

from .downloads import order_download
from .imports import order_import


@transaction.atomic
def receive_upload(file, *, by=None, now=None):
    """Keep an uploaded file until the worker has imported it; return the CrimeImport."""
    from ..tasks import import_upload

    folder = Path(settings.UPLOADS) / uuid.uuid4().hex
    folder.mkdir(parents=True)
    # Its own name, made harmless, because refusals name the file.
    path = folder / get_valid_filename(Path(file.name).name)[-60:]  # disks count bytes, not letters
    with path.open("wb") as target:
        for chunk in file.chunks():
            target.write(chunk)
    ordered = order_import(file.name, by=by, now=now)
    transaction.on_commit(lambda: import_upload.enqueue(ordered.pk, str(path)))
    return ordered


@transaction.atomic
def request_download(*, force, first, last, by=None, now=None):
    """Have the worker download these months; return the CrimeImport."""
    from ..tasks import download

    ordered = order_download(force=force, first=first, last=last, by=by, now=now)
    transaction.on_commit(lambda: download.enqueue(ordered.pk, force, first, last))
    return ordered
