"""What walkers recorded (never changed), and what the tour decided about it (findings)."""

from django.conf import settings
from django.db import models

from studytours.measures.models import Condition, Measure
from studytours.partners.models import Organisation
from studytours.tours.models import Stop, Tour


class Category(models.Model):
    """What a finding is about, in residents' words. At most twenty are active."""

    code = models.CharField(max_length=3, primary_key=True)
    label = models.CharField(max_length=60)
    # Tabler icon name.
    icon = models.CharField(max_length=40)
    # Crime-prevention principle: surveillance, access, ownership, physical protection, activity,
    # maintenance.
    principle = models.CharField(max_length=40, blank=True)
    default_remit = models.CharField(max_length=200, blank=True)
    # Private by default, place only roughly, no public photo.
    is_sensitive = models.BooleanField(default=False)
    allows_photo = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField()
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["order"]
        verbose_name_plural = "categories"

    def __str__(self):
        return self.label


class Device(models.Model):
    """A phone that joined one tour by its code. The name is optional and ends with the tour."""

    tour = models.ForeignKey(Tour, on_delete=models.CASCADE, related_name="devices")
    token_sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=60, blank=True)
    joined_at = models.DateTimeField()
    last_contact = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    # Notes that were still on it when it last said so; empty until it has.
    waiting = models.PositiveIntegerField(null=True, blank=True)
    # What its screen is to say until nothing waits, and when it was first told.
    nudge = models.CharField(max_length=200, blank=True)
    nudged_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)


class Kind(models.TextChoices):
    PROBLEM = "problem", "A problem"
    GOOD = "good", "A good thing to keep"
    IDEA = "idea", "An idea"
    MEASURE_CHECK = "measure_check", "A check of an earlier measure"
    EXPERIENCE = "experience", "Someone's experience"


class Form(models.TextChoices):
    """Questions that a record may answer beside, or instead of, saying what was seen."""

    WHOLE_AREA = "whole_area", "The whole area"
    ABOUT_YOU = "about_you", "About you"
    SHOP = "shop", "Shop visit"
    NOTE = "note", "Private note"


SPOT_WORDS = {
    True: "in their remit",
    False: "outside their remit: to be checked",
    None: "nobody is known to look after this: to be checked",
}


class Observation(models.Model):
    """One record from a phone, exactly as sent. A correction is a new record.

    The primary key is the promise: a resend cannot make a second row, and other bytes under the
    same name are refused, never written over.
    """

    uuid = models.UUIDField(primary_key=True)
    tour = models.ForeignKey(Tour, on_delete=models.PROTECT, related_name="observations")
    device = models.ForeignKey(
        Device, null=True, on_delete=models.SET_NULL, related_name="observations"
    )
    # The bytes as sent and their hash; everything below is read from them.
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()

    kind = models.CharField(max_length=14, choices=Kind)
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.PROTECT)
    words = models.TextField(blank=True)
    captured_at = models.DateTimeField()
    # As sent: {"lat","lon","accuracy_m"} | {"stop"} | {"between":[…]} | {"street","near"}.
    place = models.JSONField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    stop = models.ForeignKey(Stop, null=True, blank=True, on_delete=models.SET_NULL)
    measure = models.ForeignKey(Measure, null=True, blank=True, on_delete=models.SET_NULL)
    condition = models.CharField(max_length=14, choices=Condition, blank=True)
    feeling = models.JSONField(null=True, blank=True)
    urgent = models.BooleanField(default=False)
    dark = models.BooleanField(null=True)
    # What the walker's organisation did on the spot, in words; empty when nothing.
    done_now = models.TextField(blank=True)
    # Who did that: an organisation we know, or its name as the walker gave it.
    done_by = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    done_by_words = models.CharField(max_length=120, blank=True)
    # Was it in its remit when the record came? Empty: nobody can say.
    done_in_remit = models.BooleanField(null=True, blank=True)
    corrects = models.UUIDField(null=True, blank=True, db_index=True)
    # The record that this walker says "me too" to.
    me_too = models.UUIDField(null=True, blank=True, db_index=True)
    # Which questions it answers, when it answers some (questions/), and what it answered.
    form = models.CharField(max_length=10, choices=Form, blank=True)
    answers = models.JSONField(null=True, blank=True)
    # Accepted but set aside for a person to look at: "the tour had ended".
    set_aside = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["received_at"]
        indexes = [models.Index(fields=["tour", "received_at"])]

    @property
    def spot_words(self):
        """ "Done on the spot by Seabank Homes (in their remit)"; "" when nothing was done."""
        if not self.done_now:
            return ""
        if self.done_by is None:
            by = f" by {self.done_by_words} (to be checked)" if self.done_by_words else ""
            return f"Done on the spot{by}"
        return f"Done on the spot by {self.done_by} ({SPOT_WORDS[self.done_in_remit]})"


class Photo(models.Model):
    """A photo. The original is private; what is shown is made anew, upright, without metadata."""

    uuid = models.UUIDField(primary_key=True)
    tour = models.ForeignKey(Tour, on_delete=models.PROTECT, related_name="photos")
    device = models.ForeignKey(Device, null=True, on_delete=models.SET_NULL, related_name="photos")
    # Not a foreign key: a photo may arrive before its observation.
    observation = models.UUIDField(db_index=True)
    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=60)
    bytes = models.PositiveIntegerField()
    received_at = models.DateTimeField()
    original = models.FileField(upload_to="originals/%Y/%m")
    shown = models.FileField(upload_to="shown/%Y/%m", blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    # Why no picture could be made of it; the original is kept.
    problem = models.CharField(max_length=200, blank=True)
    # A person looked at it for faces and number plates and said yes.
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    alt = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["received_at"]


class Voice(models.Model):
    """A spoken note, exactly as it was recorded: played at the desk, never published."""

    uuid = models.UUIDField(primary_key=True)
    tour = models.ForeignKey(Tour, on_delete=models.PROTECT, related_name="voices")
    device = models.ForeignKey(Device, null=True, on_delete=models.SET_NULL, related_name="voices")
    observation = models.UUIDField(db_index=True)
    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=60)
    bytes = models.PositiveIntegerField()
    received_at = models.DateTimeField()
    original = models.FileField(upload_to="voices/%Y/%m")

    class Meta:
        ordering = ["received_at"]


class PublicSummary(models.Model):
    """What the public may read of a private record: the coordinator's words, nobody else's."""

    observation = models.OneToOneField(
        Observation, on_delete=models.PROTECT, related_name="public_summary"
    )
    words = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()


class Finding(models.Model):
    """What the tour makes of one or more observations. Our decision is its own truth:
    the work on it lives on actions, the residents' verdict beside those."""

    class Decision(models.TextChoices):
        OPEN = "open", "Not decided yet"
        ACCEPTED = "accepted", "Accepted"
        MERGED = "merged", "Same as another"
        DECLINED = "declined", "No action"
        PRIVATE = "private", "Kept private"

    ref = models.CharField(max_length=12, unique=True)  # F-0042
    tour = models.ForeignKey(Tour, on_delete=models.PROTECT, related_name="findings")
    observation = models.OneToOneField(
        Observation, on_delete=models.PROTECT, related_name="finding"
    )
    category = models.ForeignKey(Category, null=True, on_delete=models.PROTECT)
    # The public words; begins as the walker's own.
    title = models.CharField(max_length=200)
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.OPEN)
    reason = models.TextField(blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    # Never shown in public whatever the decision: sensitive category, or a person said so.
    is_sensitive = models.BooleanField(default=False)
    votes = models.PositiveSmallIntegerField(default=0)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["ref"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decision="merged", merged_into__isnull=False)
                | (~models.Q(decision="merged") & models.Q(merged_into__isnull=True)),
                name="merged_findings_say_into_what",
            ),
            models.CheckConstraint(
                condition=~models.Q(decision="declined") | ~models.Q(reason=""),
                name="declined_findings_give_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.ref} {self.title}"
