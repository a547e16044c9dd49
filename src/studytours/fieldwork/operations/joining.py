"""Phones join a tour by its code, and can be withdrawn from it."""

import hashlib
import re
import secrets
from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from studytours.core.errors import Gone, Refused, TooMany
from studytours.core.models import Tries
from studytours.core.operations import count_try, record
from studytours.core.together import Together
from studytours.core.turns import in_turn
from studytours.tours.models import Tour

from ..models import Device
from ..refusals import WrongCode

MINUTES = 15
# Wrong codes from one address; right ones are never counted, so twenty phones behind one
# Wi-Fi all join. While codes are being guessed from everywhere, each address has fewer tries.
WRONG_FROM_ONE, WRONG_FROM_ONE_WHEN_BUSY, WRONG_FROM_ALL = 10, 3, 200
CONTACT_EVERY = timedelta(seconds=60)
COUNT_EVERY = timedelta(seconds=10)


def tidy_code(code):
    """A code as people type it: small letters, blanks and hyphens do not matter."""
    return re.sub(r"[\s-]", "", code).upper()


def token_hash(token):
    return hashlib.sha256(token.encode()).hexdigest()


def join(*, code, name="", role="", now=None, address=None):
    """(Device, token) for a phone. The token is told once and kept only as a hash."""
    now = now or timezone.now()
    tour = tour_by_code(code=code, address=address, now=now)
    if not tour.can_join(now):
        raise Gone(_why_not(tour))
    return _add_device(tour, name, role, now)


def tour_by_code(*, code, address=None, now=None):
    """The tour of this code, open or ended. Wrong ones are counted, by page and API alike."""
    now = now or timezone.now()
    address = address or "unknown"
    _check_tries(address, now)
    code = tidy_code(code)
    tour = Tour.objects.filter(join_code=code).first() if code else None
    if tour is None:
        _count_wrong(address, now)
        raise WrongCode(
            "No tour has this code.",
            cure="Look at the poster or ask the walk leader, then type it again.",
        )
    return tour


def _why_not(tour):
    if tour.state in (Tour.State.DRAFT, Tour.State.INVITING):
        return "This walk has not begun yet. The walk leader opens it at the start."
    return "This code has ended with its tour. Ask the walk leader for today's code."


@transaction.atomic
def _add_device(tour, name, role, now):
    token = secrets.token_urlsafe(32)
    device = Device.objects.create(
        tour=tour, token_sha256=token_hash(token), name=_line(name), role=_line(role),
        joined_at=now, last_contact=now,
    )  # fmt: skip
    record("phone_joined", about=tour, summary="A phone joined the tour", now=now, device=device.pk)
    return device, token


def _line(text):
    """One short line: what a person is called, never more."""
    return " ".join((text or "").replace("\0", "").split())[:60].strip()


def _check_tries(address, now):
    """Before the code is looked at, or guessing could go on once the limit is reached."""
    busy = _wrong_tries("join:all", now) >= WRONG_FROM_ALL
    most = WRONG_FROM_ONE_WHEN_BUSY if busy else WRONG_FROM_ONE
    if _wrong_tries(f"join:{address}", now) >= most:
        raise TooMany(
            "Too many wrong codes were typed here.", cure=f"Wait {MINUTES} minutes and try again."
        )


def _wrong_tries(key, now):
    since = now - timedelta(minutes=MINUTES)
    counts = Tries.objects.filter(key=key[:120], since__gte=since).values_list("count", flat=True)
    return counts.first() or 0


def _count_wrong(address, now):
    count_try(
        f"join:{address}", limit=WRONG_FROM_ONE, minutes=MINUTES, now=now,
        why="Too many wrong codes were typed here.",
    )  # fmt: skip
    with suppress(TooMany):  # it stays at its limit, which _check_tries reads
        count_try("join:all", limit=WRONG_FROM_ALL, minutes=MINUTES, now=now, why="")


def note_contact(device, *, waiting=None, now=None):
    """Remember that the phone was heard of and how many notes it still has: seldom, for a write
    with every call would slow the calls of all. The first and the last note are always news."""
    now = now or timezone.now()
    news = {}
    if waiting is not None and waiting != device.waiting:
        turn = not device.waiting or not waiting
        soon = turn or device.last_contact < now - COUNT_EVERY
        news = {"waiting": waiting} if soon else {}
    if device.nudge and not device.told_at:
        news["told_at"] = now
    elif device.nudge and waiting == 0:
        news["nudge"] = ""
    if news or device.last_contact < now - CONTACT_EVERY:
        _together.ask((device.pk, {"last_contact": now, **news}))
        for name, value in news.items():
            setattr(device, name, value)


@in_turn()
@transaction.atomic
def _write_contacts(contacts):
    """The news of several phones at once: most say the same, and the moment hardly differs."""
    alike = {}
    for pk, news in contacts:
        _, phones = alike.setdefault(str(news | {"last_contact": None}), (news, []))
        phones.append(pk)
    for news, phones in alike.values():
        Device.objects.filter(pk__in=phones).update(**news)
    return contacts


_together = Together(_write_contacts)


@transaction.atomic
def nudge_device(device, *, by, now=None):
    """Have the phone's screen ask for its notes: at its next contact, and on until none waits."""
    now = now or timezone.now()
    if device.revoked_at:
        raise Refused("This phone was withdrawn: it hears nothing.", cure="Ask its owner to join.")
    who = f"{device.name}: " if device.name else ""
    if device.waiting:
        what = f"{device.waiting} note is" if device.waiting == 1 else f"{device.waiting} notes are"
        words = f"{who}{what} still on your phone."
    else:
        words = f"{who}have all your notes been sent?"
    device.nudge, device.nudged_at, device.told_at = words, now, None
    device.save(update_fields=["nudge", "nudged_at", "told_at"])
    record(
        "phone_nudged", about=device.tour, summary="A phone was asked to send its notes",
        by=by, now=now, device=device.pk,
    )  # fmt: skip
    return device


@transaction.atomic
def withdraw_device(device, *, by, now=None):
    """The phone may send nothing more. What it sent stays."""
    now = now or timezone.now()
    if Device.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=now):
        device.revoked_at = now
        record(
            "phone_withdrawn", about=device.tour, summary="A phone was withdrawn from the tour",
            by=by, now=now, device=device.pk,
        )  # fmt: skip
    return device
