"""The register of earlier measures, and a log of how each was found."""

from django.db import models
from django.urls import reverse

from studytours.areas.models import Area
from studytours.partners.models import Organisation


class Kind(models.TextChoices):
    ALLEY_GATE = "alley_gate", "Alley gates"
    CCTV = "cctv", "CCTV cameras"
    DOOR = "door", "Secure doors and windows"
    LIGHTING = "lighting", "Security lighting"
    STREET_LIGHTING = "street_lighting", "Street lighting"
    FENCE = "fence", "Fences or barriers"
    PLANTING = "planting", "Cutting back or planting"
    BIKE_STORE = "bike_store", "Cycle storage"
    SIGN = "sign", "Signs"
    PATROL = "patrol", "Patrols or wardens"
    YOUTH = "youth", "Youth provision"
    OTHER = "other", "Other"


class Condition(models.TextChoices):
    GOOD = "good", "Good"
    SATISFACTORY = "satisfactory", "Satisfactory"
    POOR = "poor", "Poor"
    VERY_POOR = "very_poor", "Very poor"


class Works(models.TextChoices):
    WORKS = "works", "It works"
    SOMETIMES = "sometimes", "It works sometimes"
    BROKEN = "broken", "It is broken"
    WORSE = "worse", "It makes things worse"
    UNKNOWN = "unknown", "Don't know"


class Measure(models.Model):
    """Something put in place against crime. It has an owner for as long as it stands."""

    ref = models.CharField(max_length=12, unique=True)  # M-0007
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=120)
    count = models.PositiveIntegerField(default=1)
    # What the count counts, where it needs saying: "doors on 287 homes".
    unit = models.CharField(max_length=60, blank=True)
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.SET_NULL, related_name="measures"
    )
    place = models.CharField(max_length=200)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    # "2023", "2023-04" or "2023-04-18": as exact as it is known.
    installed_from = models.CharField(max_length=10, blank=True)
    installed_to = models.CharField(max_length=10, blank=True)
    funder = models.CharField(max_length=120, blank=True)
    cost = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    owner = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="measures_owned"
    )
    maintainer = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="measures_kept"
    )
    # Private: a role or team, not a person's name.
    key_holder = models.CharField(max_length=120, blank=True)
    warranty_until = models.DateField(null=True, blank=True)
    legal_order = models.CharField(max_length=120, blank=True)
    legal_order_ends = models.DateField(null=True, blank=True)
    next_check = models.DateField(null=True, blank=True)
    removed_on = models.DateField(null=True, blank=True)
    is_public = models.BooleanField(default=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["ref"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("measure", args=[self.ref])


class Check(models.Model):
    """One look at a measure. Checks are never changed; a later one says otherwise."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="checks")
    at = models.DateTimeField()
    works = models.CharField(max_length=12, choices=Works, default=Works.UNKNOWN)
    condition = models.CharField(max_length=14, choices=Condition, blank=True)
    words = models.TextField(blank=True)
    # "a walker", "Greatwell Homes": an organisation or a part played, never a person's name.
    by = models.CharField(max_length=120)
    # The walker's observation that it came from; the same one lands only once.
    observation = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["-at", "-id"]
