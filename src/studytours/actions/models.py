"""Who does what by when, and everything that happened to it since."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from studytours.areas.models import Area
from studytours.fieldwork.models import Finding, Observation
from studytours.partners.models import Organisation
from studytours.tours.models import Tour


class Remit(models.Model):
    """A kind of work in a place that an organisation answers for."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="remits")
    # A category code of the taxonomy: "LIT".
    category = models.CharField(max_length=3)
    # Empty for everywhere; else words: "Brickhill ward", "garages in Minerva Way".
    place = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "category", "place"], name="remit_once")
        ]


class Confidence(models.TextChoices):
    AGREED = "agreed", "Agreed in person"
    ASSUMED = "assumed", "Assumed from a rule"
    DISPUTED = "disputed", "Disputed"
    UNKNOWN = "unknown", "Not known yet"
    PRIVATE_LAND = "private_land", "Private land"
    SEVERAL = "several", "Needs several organisations"


class State(models.TextChoices):
    AGREED = "agreed", "Agreed"
    UNDER_WAY = "under_way", "Under way"
    DONE = "done", "Done, awaiting check"
    CONFIRMED = "confirmed", "Confirmed"
    DEFERRED = "deferred", "Put off"
    DECLINED = "declined", "Declined"
    SUPERSEDED = "superseded", "Replaced by another action"


OPEN_STATES = (State.AGREED, State.UNDER_WAY, State.DEFERRED)


class Action(models.Model):
    """One promise. It always has an owner, or a person who finds out who that is, by a date."""

    ref = models.CharField(max_length=12, unique=True)  # A-0012
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="actions")
    tour = models.ForeignKey(
        Tour, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    findings = models.ManyToManyField(Finding, blank=True, related_name="actions")
    title = models.CharField(max_length=200)
    detail = models.TextField(blank=True)
    owner = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    confidence = models.CharField(max_length=14, choices=Confidence, default=Confidence.AGREED)
    # When the owner is not known: the organisation that finds out, and who there (not published).
    finder = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT,
        related_name="actions_to_place",
    )  # fmt: skip
    finder_name = models.CharField(max_length=120, blank=True)
    due = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.AGREED, db_index=True)
    # Public words for put off, declined or disputed.
    reason = models.TextField(blank=True)
    review_on = models.DateField(null=True, blank=True)
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces"
    )
    done_on_the_spot = models.BooleanField(default=False)
    is_public = models.BooleanField(default=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["due", "ref"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(owner__isnull=False)
                | (models.Q(finder__isnull=False) & ~models.Q(finder_name="")),
                name="action_has_an_owner_or_a_finder",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["deferred", "declined"]) | ~models.Q(reason=""),
                name="put_off_or_declined_gives_a_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="deferred") | models.Q(review_on__isnull=False),
                name="put_off_has_a_review_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="superseded") | models.Q(superseded_by__isnull=False),
                name="superseded_says_by_what",
            ),
        ]

    def __str__(self):
        return f"{self.ref} {self.title}"

    def get_absolute_url(self):
        return reverse("action", args=[self.ref])

    @property
    def spot_words(self):
        """ "Done on the spot by Seabank Homes (in their remit)"; "" for what was promised."""
        if not self.done_on_the_spot:
            return ""
        found = models.Q(finding__in=self.findings.all())
        merged = models.Q(finding__merged_into__in=self.findings.all())
        record = Observation.objects.filter(found | merged, done_by=self.owner_id)
        record = record.exclude(done_now="").select_related("done_by").defer("body").first()
        words = record.spot_words if record else f"Done on the spot by {self.owner}"
        return words.replace("to be checked", "checked") if self.state == State.CONFIRMED else words

    @property
    def responsible(self):
        """The organisation that is asked: the owner, or who finds the owner."""
        return self.owner or self.finder

    def next_date(self):
        """The date it is next held to: the first open milestone, the review, or the due date."""
        if self.state == State.DEFERRED:
            return self.review_on
        open_milestones = [m.due for m in self.milestones.all() if m.reached_on is None]
        return min(open_milestones, default=self.due)

    def is_overdue(self, today):
        date = self.next_date()
        return self.state in OPEN_STATES and date is not None and date < today


class Milestone(models.Model):
    """A step of a long action with its own date."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(max_length=200)
    due = models.DateField()
    reached_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due", "id"]


class Update(models.Model):
    """One entry in an action's history. Never changed."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="updates")
    at = models.DateTimeField()
    from_state = models.CharField(max_length=10, choices=State, blank=True)
    to_state = models.CharField(max_length=10, choices=State)
    words = models.TextField(blank=True)
    # The organisation is shown, the person never.
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-at", "-id"]


class Evidence(models.Model):
    """A picture of work done. The original is private, as with walkers' photos."""

    update = models.ForeignKey(Update, on_delete=models.PROTECT, related_name="evidence")
    original = models.FileField(upload_to="evidence/%Y/%m")
    shown = models.FileField(upload_to="evidence_shown/%Y/%m")
    alt = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)


class OwnerLink(models.Model):
    """A link with which an organisation updates one action without signing in."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="links")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    # Only the hash is kept: a copy of the database opens nothing.
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
