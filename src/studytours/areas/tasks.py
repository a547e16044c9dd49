"""Imports that the page ordered, run by the worker. How one ended is kept on its DataImport."""

from contextlib import suppress

from django_tasks import task

from studytours.core.errors import Refused

from . import operations
from .models import DataImport


@task()
def import_data(import_id, path):
    with suppress(Refused):
        operations.run_data_import(DataImport.objects.get(pk=import_id), path)
