"""Who came on the day."""

from django.db import transaction
from django.utils import timezone

from studytours.core.errors import Refused
from studytours.core.operations import record

from ..models import Invitation
from ..rules import may_count
from .locks import lock_tour

MOST = 500


@transaction.atomic
def record_attendance(tour, *, came, residents=0, partners=0, by=None, now=None):
    """How many of each invitation came ({pk: number}) and how many nobody expected.

    Whoever is not in `came` did not come. Counting again replaces the last count.
    """
    now = now or timezone.now()
    lock_tour(tour)
    if not may_count(tour, now):
        raise Refused("The walk has not begun.", cure="Count on the day who comes.")
    if not all(0 <= number <= MOST for number in (residents, partners, *came.values())):
        raise Refused(f"A number of people is between 0 and {MOST}.")
    invitations = list(tour.invitations.all())
    for invitation in invitations:
        invitation.came = came.get(invitation.pk, 0)
    Invitation.objects.bulk_update(invitations, ["came"])
    tour.walk_up_residents, tour.walk_up_partners = residents, partners
    tour.attendance_at = now
    tour.save(update_fields=["walk_up_residents", "walk_up_partners", "attendance_at"])
    record("attendance_counted", about=tour, summary=f"{tour.title}: who came", by=by, now=now)
    return tour
