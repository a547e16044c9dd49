"""Contact details are kept as long as a tour needs them, and then gone for good."""

from django.db import transaction

from ..models import Invitation
from ..queries import tours_to_forget


@transaction.atomic
def forget_guests(*, now=None):
    """Take names, addresses and notes of guests off tours that are long over; how many."""
    invitations = Invitation.objects.filter(tour__in=tours_to_forget(now))
    guests = invitations.filter(organisation=None).exclude(name="", email="", note="")
    forgotten = guests.update(name="", email="", note="")
    invitations.exclude(organisation=None).exclude(name="", note="").update(name="", note="")
    return forgotten
