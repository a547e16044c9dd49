"""Places: official boundaries with their statistics, and the areas the office has chosen."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from studytours.core.geometry import Located
from studytours.core.models import ImportRecord


class BoundarySet(models.Model):
    """One release of one kind of boundary. Older releases stay, so old results can be repeated."""

    class Kind(models.TextChoices):
        LSOA = "lsoa", "Small areas (LSOA)"
        WARD = "ward", "Wards"
        AUTHORITY = "authority", "Local authorities"
        NEIGHBOURHOOD = "neighbourhood", "Police neighbourhoods"

    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=200)
    # The year in the official name of the set: 2021.
    vintage = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    sha256 = models.CharField(max_length=64, unique=True)
    imported_at = models.DateTimeField()

    class Meta:
        ordering = ["kind", "-vintage", "-imported_at"]

    def __str__(self):
        return self.name


class Boundary(Located):
    """One polygon of a set."""

    boundary_set = models.ForeignKey(
        BoundarySet, on_delete=models.CASCADE, related_name="boundaries"
    )
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "boundaries"
        constraints = [
            models.UniqueConstraint(fields=["boundary_set", "code"], name="boundary_once_in_a_set")
        ]

    def __str__(self):
        return self.name


class StatisticSet(models.Model):
    """One imported table of figures or codes: households, deprivation, a lookup."""

    class Kind(models.TextChoices):
        HOUSEHOLDS = "households", "Residents and households"
        DEPRIVATION = "deprivation", "Deprivation"
        POPULATION = "population", "Population"
        LOOKUP = "lookup", "Lookup between codes"

    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=200)
    vintage = models.PositiveSmallIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, unique=True)
    imported_at = models.DateTimeField()

    def __str__(self):
        return self.name


class Statistic(models.Model):
    """The figures of one code in one set: {"households": 712, "residents": 1650}."""

    statistic_set = models.ForeignKey(StatisticSet, on_delete=models.CASCADE, related_name="rows")
    code = models.CharField(max_length=12, db_index=True)
    values = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["statistic_set", "code"], name="statistic_once_in_a_set"
            )
        ]


class DataImport(ImportRecord):
    """One file of boundaries, figures or streets that a page received."""

    class Kind(models.TextChoices):
        LSOA = "lsoa", "Boundaries: small areas (LSOA)"
        WARD = "ward", "Boundaries: wards"
        AUTHORITY = "authority", "Boundaries: local authorities"
        NEIGHBOURHOOD = "neighbourhood", "Boundaries: police neighbourhoods"
        STATISTICS = "statistics", "Census, deprivation or a lookup"
        STREETS = "streets", "Street map"

    kind = models.CharField(max_length=20, choices=Kind)


class Area(Located):
    """A neighbourhood the office tours: the unit of choosing, walking and reporting back."""

    class MadeFrom(models.TextChoices):
        SUGGESTION = "suggestion", "A suggestion from recorded crime"
        WARDS = "wards", "Wards"
        LSOAS = "lsoas", "Small areas (LSOA)"
        DRAWN = "drawn", "Drawn on the map"
        CIRCLE = "circle", "A circle round a place"

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, unique=True)
    town = models.CharField(max_length=80, blank=True)
    made_from = models.CharField(max_length=12, choices=MadeFrom)
    # Codes of the wards or LSOAs it was made from, or that it touches.
    codes = models.JSONField(default=list)
    force = models.CharField(max_length=60, blank=True)
    # Why it was chosen, in the office's words: public.
    why = models.TextField()
    # What the decision was based on: months of crime, boundary sets, score. Never changed.
    vintage = models.JSONField(default=dict)
    is_public = models.BooleanField(default=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("area", args=[self.slug])

    def get_desk_url(self):
        return reverse("desk_area", args=[self.slug])


class Weighting(models.Model):
    """How the queue of next areas weighs its criteria. The latest counts; none is ever changed."""

    class Compete(models.TextChoices):
        WALKABLE = "walkable", "Walkable places"
        WARDS = "ward", "Wards"
        LSOAS = "lsoa", "Small areas (LSOA)"

    # Criterion → 0 to 5, see queue/criteria.py.
    weights = models.JSONField()
    # Beside the office's areas and what residents asked for.
    compete = models.CharField(max_length=10, choices=Compete, default=Compete.WALKABLE)
    crimes = models.CharField(max_length=40, default="acquisitive")
    # Only places of this town; empty for all.
    town = models.CharField(max_length=80, blank=True)
    # Why these weights, in the office's words: public.
    reason = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]


class Hold(Located):
    """A place that the office lets wait until a date, with a reason that residents can read."""

    name = models.CharField(max_length=120)
    reason = models.TextField()
    review_on = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["review_on", "id"]


class WalkRequest(models.Model):
    """Someone without account asks for a walk near a place."""

    # A street or landmark of our own data, never words that a stranger typed.
    place = models.CharField(max_length=120)
    near = models.CharField(max_length=160, blank=True)
    lat = models.FloatField()
    lon = models.FloatField()
    # Read by the office only; both are forgotten (operations.forget_requests).
    words = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    at = models.DateTimeField(db_index=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # Abuse is hidden: it does not count. Only the office sees why.
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self):
        return f"{self.place}, {self.near}" if self.near else self.place


class Decision(Located):
    """One choice from the queue, with all that is needed to work it out again.

    Never changed; one that was a mistake is withdrawn and stays.
    """

    # What was asked: force, crimes, which places compete, town.
    question = models.JSONField()
    weights = models.JSONField()
    criteria_version = models.PositiveSmallIntegerField()
    # Force-months, boundary and statistic sets by sha256, see queue/vintage.py.
    vintage = models.JSONField()
    # Every place that competed: shape, figures, scores, contributions, order.
    places = models.JSONField()
    chosen = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    # Public.
    reason = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self):
        return self.name

    def get_desk_url(self):
        return reverse("desk_queue_decision", args=[self.pk])

    @property
    def chosen_place(self):
        """The entry of `places` that was chosen."""
        return next(one for one in self.places if one["key"] == self.chosen)
