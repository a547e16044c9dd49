"""The office's words for every walk, and each tour's risk assessment in all its versions."""

from django.conf import settings
from django.db import models


class Likely(models.TextChoices):
    UNLIKELY = "unlikely", "Unlikely"
    POSSIBLE = "possible", "Possible"
    LIKELY = "likely", "Likely"


class Severe(models.TextChoices):
    MINOR = "minor", "Minor"
    SERIOUS = "serious", "Serious"
    VERY = "very serious", "Very serious"


class OfficeWords(models.Model):
    """One row: what the leader says, and the risk assessment that each tour begins with."""

    script = models.TextField(blank=True)
    # As in risks.toml; empty for those.
    hazards = models.JSONField(default=list)
    changed_at = models.DateTimeField()


class RiskAssessment(models.Model):
    """One version. Never changed once signed: a change is the next version."""

    tour = models.ForeignKey("tours.Tour", on_delete=models.CASCADE, related_name="assessments")
    version = models.PositiveSmallIntegerField()
    # Hazards as in risks.toml, each with `here`: what this tour's plan says about it.
    rows = models.JSONField()
    # The plan that it was written for (plan.py), to tell what changed since.
    plan = models.JSONField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()
    signed_name = models.CharField(max_length=120, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["tour", "version"], name="assessment_version_once"),
            models.CheckConstraint(
                condition=models.Q(signed_at=None) | ~models.Q(signed_name=""),
                name="signed_by_a_name",
            ),
        ]
