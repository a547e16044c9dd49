"""Contact details are kept as long as a tour needs them, and then gone for good."""

from django.db import transaction
from django.utils import timezone

from studytours.core.models import Message
from studytours.core.operations import label

from ..models import Invitation
from ..queries import tours_to_forget

PERSONAL = ("name", "email", "note", "access_needs", "phone")


@transaction.atomic
def forget_guests(*, now=None):
    """Take what is personal off the invitations of tours that are long over; how many guests."""
    now = now or timezone.now()
    due = Invitation.objects.filter(tour__in=tours_to_forget(now), forgotten_at=None)
    nothing = dict.fromkeys(PERSONAL, "")
    guests = due.filter(organisation=None).exclude(**nothing).count()
    # Letters to a person's own address; those to an organisation are its own.
    letters = [label(one) for one in due.exclude(email="")]
    Message.objects.filter(about__in=letters).exclude(state=Message.State.WAITING).delete()
    due.update(**nothing, forgotten_at=now)
    return guests
