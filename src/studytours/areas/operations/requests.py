"""Requests for a walk: from anyone, moderated at the desk, forgotten when they no longer count."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from studytours.areas.facts import RECENT_MONTHS
from studytours.areas.kept import kept
from studytours.areas.models import WalkRequest
from studytours.areas.places import in_bounds, nearest_place, office_bounds
from studytours.core.errors import Refused
from studytours.core.operations import count_try, record, write_message
from studytours.partners.queries import get_office

LONGEST_WORDS = 1000
KEEP_EMAIL_DAYS = 180


def ask_for_walk(*, lat, lon, words="", email="", address=None, now=None):
    """Keep someone's wish for a walk near a place. No account; one address asks at most six times
    an hour, so that a library can, and a script cannot, speak for many."""
    now = now or timezone.now()
    if not in_bounds(kept(office_bounds), lat, lon):
        raise Refused(
            "This is outside the area where we walk.", cure="Ask the police force or council there."
        )
    place = nearest_place(lat, lon)
    if place is None:
        raise Refused(
            "This is not near any street that we know.", cure="Find a street or landmark by name."
        )
    if address:
        count_try(
            f"ask:{address}", limit=6, minutes=60,
            why="Many requests came from this connection.", now=now,
        )  # fmt: skip
    with transaction.atomic():
        request = WalkRequest.objects.create(
            place=place.name[:120], near=place.near[:160], lat=place.lat, lon=place.lon,
            words=words.strip()[:LONGEST_WORDS], email=email, at=now,
        )  # fmt: skip
        record("walk_asked_for", about=request, summary=f"A walk is wished for near {request}",
               now=now)  # fmt: skip
        return request


@transaction.atomic
def hide_request(request, *, why, by=None, now=None):
    """Take a request that is abuse, or not about a walk, out of the count."""
    now, why = now or timezone.now(), (why or "").strip()
    if not why:
        raise Refused("Say why it is hidden.", cure="Only the office reads this.")
    WalkRequest.objects.filter(pk=request.pk).update(hidden_at=now, hidden_why=why[:200])
    record("request_hidden", about=request, summary="A request for a walk was hidden", by=by,
           now=now)  # fmt: skip


@transaction.atomic
def show_request(request, *, by=None, now=None):
    """Let a request that was hidden count again."""
    if (
        WalkRequest.objects.filter(pk=request.pk)
        .exclude(hidden_at=None)
        .update(hidden_at=None, hidden_why="")
    ):
        record("request_shown", about=request, summary="A request for a walk counts again", by=by,
               now=now)  # fmt: skip


@transaction.atomic
def answer_request(request, *, words, by=None, now=None):
    """Write to someone who left an address; it is forgotten as soon as that is in the post."""
    now, words = now or timezone.now(), (words or "").strip()
    if not words:
        raise Refused("The answer is empty.", cure="Write what residents need to know.")
    waiting = WalkRequest.objects.select_for_update().filter(pk=request.pk).exclude(email="")
    if not (found := waiting.first()):
        raise Refused("There is no address to answer to.", cure="It was answered or forgotten.")
    office = get_office()
    text = f"{words}\n\nYou asked us for a walk near {found}.\n{office.name}\n{office.disclaimer}"
    write_message(to=found.email, subject=f"Your wish for a walk near {found.place}",
                  text=text.strip(), about=found, now=now)  # fmt: skip
    WalkRequest.objects.filter(pk=found.pk).update(email="", answered_at=now)
    record("request_answered", about=found, summary=f"A wish for a walk near {found} was answered",
           by=by, now=now)  # fmt: skip


@transaction.atomic
def forget_requests(*, now=None):
    """Delete addresses that got no answer in half a year, and requests that no longer count."""
    now = now or timezone.now()
    old = now - timedelta(days=RECENT_MONTHS * 365.25 / 12)
    gone, _ = WalkRequest.objects.filter(at__lt=old).delete()
    unanswered = WalkRequest.objects.filter(at__lt=now - timedelta(days=KEEP_EMAIL_DAYS))
    return gone + unanswered.exclude(email="").update(email="")
