"""What every context may use: facts that happened, post to send, forms already taken."""

import uuid

from django.conf import settings
from django.db import models


class Event(models.Model):
    """A fact. Never changed. A higher context reads what a lower one recorded."""

    kind = models.CharField(max_length=60, db_index=True)
    # "tours.tour:12": a name and not a foreign key, because core knows no context.
    about = models.CharField(max_length=100, db_index=True)
    summary = models.CharField(max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(db_index=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self):
        return self.summary


class Message(models.Model):
    """An e-mail, written in one transaction with its cause: none is lost or sent twice."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Not delivered"

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    # A calendar entry that goes with it (iCalendar), or nothing.
    calendar = models.TextField(blank=True)
    about = models.CharField(max_length=100, db_index=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING, db_index=True)
    error = models.CharField(max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self):
        return f"{self.subject} → {self.to}"


class FormReceipt(models.Model):
    """A form that was taken: the same form posted again answers with the same place."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    location = models.CharField(max_length=300)
    at = models.DateTimeField(auto_now_add=True)


class Tries(models.Model):
    """How often something was tried in the current window, so that a code cannot be guessed."""

    key = models.CharField(max_length=120, primary_key=True)
    since = models.DateTimeField()
    count = models.PositiveIntegerField()


class ImportRecord(models.Model):
    """One import, with its progress while it runs and its report kept for good."""

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
    # What --json prints of the same import, or why it was refused.
    report = models.JSONField(default=dict)
    problem = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-started_at"]

    def __str__(self):
        return f"{self.source} ({self.get_state_display().lower()})"
