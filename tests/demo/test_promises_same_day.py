"""The same day gives the same town: all of it, not only its crimes."""

import hashlib
import re
from datetime import UTC, datetime

import pytest
from django.core.files.storage import default_storage
from django.db import transaction

from studytours.actions.models import Action, Update
from studytours.areas.models import Area, Boundary
from studytours.core.models import Event
from studytours.crime.models import ForceMonth
from studytours.demo.town import Builder
from studytours.fieldwork.models import Finding, Observation, Photo
from studytours.fieldwork.operations import seed_categories
from studytours.measures.models import Measure
from studytours.reportback.models import Verdict
from studytours.tours.models import Tour

NOW = datetime(2026, 6, 3, 12, tzinfo=UTC)


def facts():
    """What people see of a town, and the hashes of its files; without random codes and tokens."""
    shown = {
        "areas": Area.objects.values_list("name", "why", "codes", "made_at"),
        "boundaries": Boundary.objects.values_list("code", "name", "geometry"),
        "months": ForceMonth.objects.values_list("force", "month", "rows", "sha256"),
        "tours": Tour.objects.values_list("slug", "state", "starts_at", "summary"),
        "stops": Tour.objects.values_list("slug", "stops__number", "stops__name", "stops__lat"),
        "observations": Observation.objects.values_list("words", "category", "captured_at"),
        "findings": Finding.objects.values_list("ref", "title", "decision", "reason"),
        "actions": Action.objects.values_list("ref", "title", "state", "due", "owner__name"),
        "verdicts": Verdict.objects.values_list("action__ref", "answer"),
        "measures": Measure.objects.values_list("ref", "name", "count", "next_check"),
        "history": Update.objects.values_list("action__ref", "words", "at"),
        "events": Event.objects.values_list("kind", "summary"),  # imports happen when they happen
    }
    first = Finding.objects.order_by("pk").first().pk
    counted = {
        name: sorted(_counted_from(first, repr(row)) for row in rows)
        for name, rows in shown.items()
    }
    counted["photos"] = sorted(map(content_hash, Photo.objects.all()))
    return counted


def _counted_from(first, text):
    """A finding is named by its row; on PostgreSQL the rows of the second town count on."""
    return re.sub(r"F-(\d+)", lambda ref: f"F-{int(ref[1]) - first + 1:04d}", text)


def content_hash(photo):
    with default_storage.open(photo.original.name) as file:
        return hashlib.sha256(file.read()).hexdigest()


@pytest.mark.one_database
@pytest.mark.django_db
def test_the_same_day_gives_the_same_town():
    seed_categories()  # a test with threads before this one may have emptied every table
    towns = []
    for _ in range(2):
        with transaction.atomic():
            Builder(NOW).build()
            towns.append(facts())
            transaction.set_rollback(True)
    first, second = towns
    assert all(first.values())
    differ = {name: set(first[name]) ^ set(second[name]) for name in first}
    assert {name: facts for name, facts in differ.items() if facts} == {}
