"""What the recorded-crime archive holds. The rows are in Parquet files; this says which count."""

from django.db import models

from studytours.core.models import ImportRecord


class CrimeImport(ImportRecord):
    """One import or download of recorded crime."""


class ForceMonth(models.Model):
    """One force's crimes of one month: the one Parquet file that counts.

    Readers take the list of files from these rows, so a new copy replaces the old one in a
    single transaction and a broken import leaves everything as it was.
    """

    force = models.CharField(max_length=60)
    month = models.CharField(max_length=7)  # YYYY-MM
    # Relative to settings.CRIME_ARCHIVE.
    file = models.CharField(max_length=200, unique=True)
    # Of the CSV as it came, so that importing the same again changes nothing.
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    no_coordinates = models.PositiveIntegerField()
    outside_force = models.PositiveIntegerField()
    exact_duplicates_dropped = models.PositiveIntegerField()
    by_type = models.JSONField(default=dict)
    crime_import = models.ForeignKey(
        CrimeImport, on_delete=models.PROTECT, related_name="force_months"
    )

    class Meta:
        ordering = ["force", "month"]
        constraints = [
            models.UniqueConstraint(fields=["force", "month"], name="one_copy_of_a_force_month")
        ]

    def __str__(self):
        return f"{self.force} {self.month}"
