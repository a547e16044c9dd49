"""Answers that take a second are kept until the data they rest on changes."""

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Max

from studytours.crime.models import ForceMonth
from studytours.streets.models import StreetMap
from studytours.streets.network import maps_with_network

from .models import BoundarySet, StatisticSet

A_DAY = 24 * 3600


def state_of_the_data():
    """Changes whenever crimes, boundaries, statistics or streets are imported."""
    parts = [
        str(settings.CRIME_ARCHIVE),
        # A month that is replaced may keep its row, but comes from a later import.
        ForceMonth.objects.aggregate(
            rows=Count("pk"),
            last=Max("crime_import_id"),
            at=Max("crime_import__started_at"),
        ),
        *(
            model.objects.aggregate(rows=Count("pk"), last=Max("pk"), at=Max("imported_at"))
            for model in (BoundarySet, StatisticSet, StreetMap)
        ),
        [one.sha256 for one in maps_with_network()],
    ]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def kept(function, *args, state=None, **kwargs):
    """`function(*args, **kwargs)`, worked out once for each state of the data."""
    question = repr((function.__name__, args, sorted(kwargs.items())))
    key = hashlib.sha256(question.encode()).hexdigest()[:32]
    return cache.get_or_set(
        f"areas:{state or state_of_the_data()}:{key}",
        lambda: function(*args, **kwargs),
        timeout=A_DAY,
    )
