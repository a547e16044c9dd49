"""`studytours check_setup`: is this installation fit for what it is used for?"""

import os
import shutil
from importlib.util import find_spec

from django.conf import settings
from django.core.checks import run_checks
from django.core.mail import get_connection
from django.db import connection

from studytours.core.commands import OurCommand
from studytours.core.errors import Refused
from studytours.core.leftovers import nameless_files
from studytours.partners.models import Person

from .serve import is_current


class Command(OurCommand):
    help = "Check settings, database, folders, mail and sign-ins; say what to do about each fault."

    def run(self, **options):
        faults = [fault for check in CHECKS for fault in check()]
        if faults:
            raise Refused(f"{len(faults)} to mend:\n" + "\n".join(f"- {fault}" for fault in faults))
        return {
            "environment": settings.ENVIRONMENT,
            "database": connection.vendor,
            # No fault: a crash may leave some, and `forget` deletes them after two weeks.
            "nameless_files": len(nameless_files(days=1)),
            "faults": [],
        }


def settings_fit():
    for message in run_checks(include_deployment_checks=settings.PRODUCTION):
        if message.is_serious():
            yield f"{message.msg} {message.hint or ''}".strip()


def database_is_current():
    if not is_current():
        yield "The database is behind the code: run `studytours migrate`."


def folder_can_be_written():
    if not os.access(settings.HOME, os.W_OK):
        yield f"{settings.HOME} cannot be written: allow it, or set STUDYTOURS_HOME."


def mail_leaves():
    if settings.NOTIFY_KEY:
        if not find_spec("notifications_python_client"):
            yield "GOV.UK Notify is set but not installed: install studytours[notify]."
        return
    if not settings.EMAIL_HOST:
        if settings.PRODUCTION:
            yield (
                "No mail server: set STUDYTOURS_SMTP_HOST or STUDYTOURS_NOTIFY_KEY, "
                "or owners are never told."
            )
        return
    try:
        with get_connection():
            pass
    except OSError as error:
        yield f"The mail server {settings.EMAIL_HOST} does not answer: {error}."


def spark_can_count():
    if not settings.SPARK_MASTER:
        return
    instead = "or unset STUDYTOURS_SPARK_MASTER to count with DuckDB."
    if not find_spec("pyspark"):
        yield f"The package pyspark is not installed: install studytours[spark], {instead}"
    java = f"{os.environ['JAVA_HOME']}/bin/java" if os.getenv("JAVA_HOME") else "java"
    if not shutil.which(java):
        yield f"Apache Spark needs Java 17 or newer, and there is no {java}: install it, {instead}"


def sign_ins_are_real():
    if not settings.PRODUCTION:
        return
    example = Person.objects.filter(email__endswith="@studytours.example", is_active=True).count()
    if example:
        yield f"{example} example sign-ins with a known password are active: switch them off."
    if not settings.SECOND_FACTOR_REQUIRED:
        yield "Staff may sign in without a second step: set STUDYTOURS_SECOND_FACTOR=yes."


CHECKS = [
    settings_fit, database_is_current, folder_can_be_written, mail_leaves, spark_can_count,
    sign_ins_are_real,
]  # fmt: skip
