"""Reads over organisations and people."""

from django.db.models import Prefetch

from .models import Office, Organisation, Person


def get_office():
    """The office's settings; defaults until someone has saved them."""
    return Office.objects.first() or Office()


def organisations_with_people():
    """Every organisation with the people who sign in for it; those no longer active last."""
    people = Prefetch("people", Person.objects.order_by("-is_active", "name"))
    return Organisation.objects.prefetch_related(people).order_by(
        "-is_active", *Organisation._meta.ordering
    )


def people_of_the_office():
    """People who belong to no organisation: coordinators, analysts, walk leaders."""
    return Person.objects.filter(organisation=None).order_by("-is_active", "role", "name")
