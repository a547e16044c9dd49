"""What the recorded-crime archive holds. The rows are in Parquet files; this says which count."""

from django.conf import settings
from django.db import models


class CrimeImport(models.Model):
    """One import or download, with its progress while it runs and its report kept for good."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        REFUSED = "refused", "Refused"
        FAILED = "failed", "Broke off"

    source = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    # 0 to 100, and what is being done, in words.
    progress = models.PositiveSmallIntegerField(default=0)
    doing = models.CharField(max_length=200, blank=True)
    # The report of the command line (files, rows, force_months, …), or why it was refused.
    report = models.JSONField(default=dict)
    problem = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at"]

    def __str__(self):
        return f"{self.source} ({self.get_state_display().lower()})"


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
