"""Organisations, the people who sign in, and the office that runs this programme."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse


class Office(models.Model):
    """The office that runs the tours: one row, edited on the settings page."""

    name = models.CharField(max_length=120, default="Study tours")
    strapline = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField(blank=True)
    # The force whose crime is shown first: "northamptonshire".
    home_force = models.CharField(max_length=60, blank=True)
    # Everything in this database is made up; every page and every e-mail says so.
    is_invented = models.BooleanField(default=False)

    def __str__(self):
        return self.name

    @property
    def disclaimer(self):
        """What the e-mails of an invented town end with."""
        return "This is a demonstration. All that it says is invented." if self.is_invented else ""


class Organisation(models.Model):
    """A body that owns actions and measures: council, landlord, police team, school."""

    class Kind(models.TextChoices):
        OFFICE = "office", "Commissioner's office"
        POLICE = "police", "Police"
        COUNCIL = "council", "Council"
        LANDLORD = "landlord", "Housing association or landlord"
        TOWN_COUNCIL = "town_council", "Town or parish council"
        COMMUNITY = "community", "Residents' or community group"
        FAITH_SCHOOL = "faith_school", "School, church or charity"
        BUSINESS = "business", "Business or shop"
        AGENCY = "agency", "National body or utility"
        OTHER = "other", "Other"

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    # Where messages about its actions go. Never shown to the public.
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    # What it looks after, in words: "street lighting, highways, grounds".
    looks_after = models.CharField(max_length=300, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = [Lower("name")]
        constraints = [models.UniqueConstraint(Lower("name"), name="organisation_name_once")]

    def __str__(self):
        return self.name


class Contact(models.Model):
    """Whom to write to about a kind of work or a place, where it is not the usual address."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="contacts"
    )
    # A team, or a person. Never shown to the public.
    name = models.CharField(max_length=120)
    email = models.EmailField()
    # A key of works.py, and words for a place; empty is everything and everywhere.
    work = models.CharField(max_length=12, blank=True)
    place = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = [Lower("name"), "email"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email", "work", "place"], name="contact_once"
            )
        ]

    def __str__(self):
        return self.name


class Role(models.TextChoices):
    COORDINATOR = "coordinator", "Coordinator"
    ANALYST = "analyst", "Analyst"
    LEADER = "leader", "Walk leader"
    PARTNER = "partner", "Partner"


FIRST_PAGES = {
    Role.COORDINATOR: "desk",
    Role.ANALYST: "desk",
    Role.LEADER: "desk_tours",
    Role.PARTNER: "mine",
}


class Person(AbstractBaseUser):
    """Someone who signs in. Walkers and residents have no account."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=Role)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    objects = BaseUserManager()

    class Meta:
        ordering = [Lower("name")]
        verbose_name_plural = "people"

    def __str__(self):
        return self.name or self.email

    @property
    def is_coordinator(self):
        return self.role == Role.COORDINATOR

    @property
    def is_desk(self):
        """Works for the office: sees the crime data and every tour."""
        return self.role in (Role.COORDINATOR, Role.ANALYST)

    @property
    def first_page(self):
        """The address where their work begins."""
        return reverse(FIRST_PAGES[self.role])
