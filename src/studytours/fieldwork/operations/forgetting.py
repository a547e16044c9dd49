"""A walker's first name is kept as long as the tour needs it, and then gone for good."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

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


def forget_half_photos(*, now=None):
    """Take away what came of photos whose sending a crash of the server broke off; how many. The
    phones have sent them again since."""
    before = ((now or timezone.now()) - timedelta(days=1)).timestamp()
    old = [part for part in settings.UPLOADS.glob("*.part") if part.stat().st_mtime < before]
    for part in old:
        part.unlink(missing_ok=True)
    return len(old)
