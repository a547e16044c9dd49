"""Before the day: who is silent is asked once more, who comes is reminded. Each once."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from studytours.core.operations import record

from ..models import Invitation, Tour
from .letters import ask_again, remind
from .locks import lock_tour

# Who was only just asked is not asked again.
PATIENCE = timedelta(days=2)


def remind_invited(*, now=None):
    """Write what is due today → how many of each kind. Running it again adds none."""
    now = now or timezone.now()
    sent = {"asked_again": 0, "reminded": 0}
    for tour in Tour.objects.filter(state=Tour.State.INVITING, starts_at__gt=now):
        for kind, count in _remind(tour, now).items():
            sent[kind] += count
    return sent


@transaction.atomic
def _remind(tour, now):
    """One tour, locked, so that two runs at once write one mail."""
    lock_tour(tour)
    if tour.state != Tour.State.INVITING or tour.starts_at <= now:
        return {}
    days = (timezone.localdate(tour.starts_at) - timezone.localdate(now)).days
    sent = {"asked_again": 0, "reminded": 0}
    if tour.ask_again_days > 0 and days <= tour.ask_again_days:
        silent = tour.invitations.filter(
            answer=Invitation.Answer.NONE, sent_at__lte=now - PATIENCE, asked_again_at=None
        )
        sent["asked_again"] = _each(silent, "asked_again_at", ask_again, tour, now)
    if days <= tour.remind_days:
        coming = tour.invitations.filter(answer=Invitation.Answer.YES, reminded_at=None)
        sent["reminded"] = _each(coming, "reminded_at", remind, tour, now)
    if any(sent.values()):
        record("tour_reminded", about=tour, summary=f"{tour.title}: reminders", now=now, **sent)
    return sent


def _each(invitations, written, write, tour, now):
    count = 0
    for invitation in invitations.select_related("organisation"):
        if not invitation.address:
            continue
        setattr(invitation, written, now)
        invitation.save(update_fields=[written])
        write(invitation, tour, now=now)
        count += 1
    return count
