"""A walker's first name is kept as long as the tour needs it, and then gone for good."""

from django.db import transaction

from studytours.tours.queries import tours_to_forget

from ..models import Device
from .answers import forget_answers
from .voices import forget_voices


@transaction.atomic
def forget_walkers(*, now=None):
    """Take the first names off the phones of tours that are long over; how many.

    Spoken notes and what people said about themselves go at the same time.
    """
    forget_voices(now=now)
    forget_answers(now=now)
    return Device.objects.filter(tour__in=tours_to_forget(now)).exclude(name="").update(name="")
