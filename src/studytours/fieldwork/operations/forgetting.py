"""A walker's first name is kept as long as the tour needs it, and then gone for good."""

from django.db import transaction

from studytours.tours.queries import tours_to_forget

from ..models import Device


@transaction.atomic
def forget_walkers(*, now=None):
    """Take the first names off the phones of tours that are long over; how many."""
    return Device.objects.filter(tour__in=tours_to_forget(now)).exclude(name="").update(name="")
