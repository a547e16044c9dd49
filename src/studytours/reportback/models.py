"""What residents say about work that was reported as done: the third truth."""

from django.db import models

from studytours.actions.models import Action


class Verdict(models.Model):
    """One resident's word on one action, without an account."""

    class Answer(models.TextChoices):
        FIXED = "fixed", "Yes, it is fixed"
        PARTLY = "partly", "Partly"
        NOT_FIXED = "not_fixed", "No, it is not fixed"
        CAME_BACK = "came_back", "It came back"

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="verdicts")
    answer = models.CharField(max_length=10, choices=Answer)
    # Read by staff only: strangers' words are not published unread.
    words = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
