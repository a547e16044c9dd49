"""A tour: where, when, which stops, who is asked."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from studytours.areas.models import Area
from studytours.measures.models import Measure
from studytours.partners.models import Organisation

from .before.models import OfficeWords, RiskAssessment

__all__ = ["Invitation", "OfficeWords", "RiskAssessment", "Stop", "Tour"]


class Tour(models.Model):
    """One walk through one area."""

    class State(models.TextChoices):
        DRAFT = "draft", "Being planned"
        INVITING = "inviting", "Open for replies"
        WALKING = "walking", "Walking"
        DEBRIEF = "debrief", "Agreeing what to do"
        REPORTED = "reported", "Reported back"
        CANCELLED = "cancelled", "Cancelled"

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="tours")
    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=90, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=90)
    meeting_point = models.CharField(max_length=200)
    meeting_lat = models.FloatField(null=True, blank=True)
    meeting_lon = models.FloatField(null=True, blank=True)
    # What residents read before they come, and after.
    introduction = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    step_free = models.BooleanField(default=False)
    # Where to stand when it rains; and what the leader says first, where it is not the office's.
    in_rain = models.CharField(max_length=200, blank=True)
    script = models.TextField(blank=True)
    # The same route walked again at dusk knows the walk by day.
    by_day = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="at_dusk"
    )
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="tours_led",
    )  # fmt: skip
    # Set while people may join by phone; a code ends with its tour.
    join_code = models.CharField(max_length=8, null=True, blank=True, unique=True)
    join_until = models.DateTimeField(null=True, blank=True)
    walked_at = models.DateTimeField(null=True, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    is_public = models.BooleanField(default=True)
    # How many may come in all; None for as many as wish.
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    # May residents say on the public page that they come?
    come_along = models.BooleanField(default=True)
    # So many days before the walk who is silent is asked again, and who comes reminded; 0 is never.
    ask_again_days = models.PositiveSmallIntegerField(default=7)
    remind_days = models.PositiveSmallIntegerField(default=1)
    # Rises whenever time or place change, so that calendars know which entry is newer.
    calendar_sequence = models.PositiveIntegerField(default=0)
    calendar_at = models.DateTimeField(null=True, blank=True)
    # Counted on the day: who came without having said so.
    walk_up_residents = models.PositiveSmallIntegerField(default=0)
    walk_up_partners = models.PositiveSmallIntegerField(default=0)
    attendance_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-starts_at"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("tour", args=[self.slug])

    def get_desk_url(self):
        return reverse("desk_tour", args=[self.slug])

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    def can_join(self, now):
        """May a phone join with the code now?"""
        return bool(
            self.join_code
            and self.state == self.State.WALKING
            and (self.join_until is None or now < self.join_until)
        )


class Stop(models.Model):
    """A place where the walk stands still. Numbers run from 1 without gaps."""

    tour = models.ForeignKey(Tour, on_delete=models.CASCADE, related_name="stops")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    look_at = models.CharField(max_length=300, blank=True)
    # Never sent through a spot because it is dangerous: look from here.
    look_from_here = models.BooleanField(default=False)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(default=5)
    # A proposed route always comes here.
    locked = models.BooleanField(default=False)
    measures = models.ManyToManyField(Measure, blank=True, related_name="stops")

    class Meta:
        ordering = ["number"]
        constraints = [
            # Checked at once (SQLite cannot wait): renumbering goes by way of high numbers.
            models.UniqueConstraint(fields=["tour", "number"], name="stop_number_once")
        ]

    def __str__(self):
        return f"{self.number}. {self.name}"


class RoutePlan(models.Model):
    """What is wished of the route, and what was last proposed."""

    class Light(models.TextChoices):
        ANY = "any", "It does not matter"
        DAYLIGHT = "daylight", "All of it in daylight"
        DUSK = "dusk", "Into the dusk"

    class Proof(models.TextChoices):
        NONE = "", "Nothing to prove"
        WAITING = "waiting", "Being checked"
        PROVEN = "proven", "Best possible, proven"
        BETTER = "better", "A better one was found, and is the best possible"
        STOPPED = "stopped", "Checked as far as the time allowed"

    tour = models.OneToOneField(Tour, on_delete=models.CASCADE, related_name="route_plan")
    # Where the walk ends, if not at the meeting point.
    end_point = models.CharField(max_length=200, blank=True)
    end_lat = models.FloatField(null=True, blank=True)
    end_lon = models.FloatField(null=True, blank=True)
    avoid_steps = models.BooleanField(default=False)
    prefer_lit = models.BooleanField(default=False)
    light = models.CharField(max_length=8, choices=Light, default=Light.ANY)
    # Kind of candidate → 0 to 5, see planner/candidates.py.
    weights = models.JSONField(default=dict)
    # What planner/propose.py found; null when there is none, or it was used.
    proposal = models.JSONField(null=True, blank=True)
    proof = models.CharField(max_length=8, choices=Proof, default=Proof.NONE, blank=True)


class Invitation(models.Model):
    """An organisation, or a guest, asked to come or signed up by themselves, and what they said."""

    class Answer(models.TextChoices):
        NONE = "none", "No answer yet"
        YES = "yes", "Coming"
        WAIT = "wait", "On the waiting list"
        NO = "no", "Not coming"

    tour = models.ForeignKey(Tour, on_delete=models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations"
    )
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    # For which kind of work the organisation is asked (partners/works.py).
    work = models.CharField(max_length=12, blank=True)
    token = models.CharField(max_length=43, unique=True)
    answer = models.CharField(max_length=4, choices=Answer, default=Answer.NONE)
    # How many come with them.
    guests = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    # For the coordinator and the leader alone.
    access_needs = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    # Who sent this one in their place has `replaced_by`.
    instead_of = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaced_by"
    )
    # Signed up on the public page, without being asked.
    came_along = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # Since when they have been in line for a place; a changed note does not lose it.
    in_line_since = models.DateTimeField(null=True, blank=True)
    asked_again_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    # How many of them came; None until somebody looked.
    came = models.PositiveSmallIntegerField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["organisation__name", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["tour", "organisation", "email"],
                condition=models.Q(organisation__isnull=False, forgotten_at__isnull=True),
                name="contact_invited_once",
            ),
            models.UniqueConstraint(
                fields=["tour", "email"],
                condition=models.Q(organisation__isnull=True) & ~models.Q(email=""),
                name="guest_invited_once",
            ),
        ]

    def __str__(self):
        if self.organisation and self.name:
            return f"{self.organisation}: {self.name}"
        return str(self.organisation or self.name or self.email or "A guest")

    @property
    def in_public_words(self):
        """For events, which are kept for good: an organisation by name, a person never."""
        return str(self.organisation or "A guest")

    @property
    def address(self):
        """Where to write to: the guest's own address, or the organisation's."""
        return self.email or (self.organisation.email if self.organisation else "")

    @property
    def party(self):
        """How many places they take."""
        return 1 + self.guests
