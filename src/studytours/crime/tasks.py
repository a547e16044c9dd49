"""Imports and downloads that a page ordered, run by the worker (`serve` starts one).

How one ended is kept on its CrimeImport, which the page shows; a refusal is no failed task.
"""

from contextlib import suppress

from django_tasks import task

from studytours.core.errors import Refused, TryLater

from . import operations
from .models import CrimeImport


@task()
def import_upload(import_id, path):
    with suppress(Refused):
        operations.run_upload(CrimeImport.objects.get(pk=import_id), path)


@task()
def download(import_id, force, first, last):
    with suppress(Refused, TryLater):
        operations.run_download(
            CrimeImport.objects.get(pk=import_id), force=force, first=first, last=last
        )
