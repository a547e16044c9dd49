"""Plan a tour, and change the plan."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify

from studytours.core.errors import Refused
from studytours.core.operations import record
from studytours.partners.models import Role

from ..models import Tour
from ..rules import PLANNED, checked_point, checked_text, refuse_unless
from .dates import new_date
from .letters import tell_of_change
from .locks import lock_tour

WHEN_AND_WHERE = {"starts_at", "minutes", "meeting_point", "meeting_lat", "meeting_lon"}
WORDS = {"title", "introduction", "summary", "step_free", "is_public", "leader"}


@transaction.atomic
def plan_tour(
    *, area, title, starts_at, minutes=90, meeting_point, meeting=None, introduction="",
    leader=None, step_free=False, by=None, now=None,
):  # fmt: skip
    """A new tour of an area, as a draft. `meeting` is (lat, lon) where it is known."""
    now = now or timezone.now()
    lat, lon = checked_point(*(meeting or (None, None)))
    tour = Tour(
        area=area, title=checked_text(title, "title", 120),
        starts_at=_checked_start(starts_at, now), minutes=_checked_minutes(minutes),
        meeting_point=checked_text(meeting_point, "meeting point", 200),
        meeting_lat=lat, meeting_lon=lon, introduction=introduction.strip(),
        leader=_checked_leader(leader), step_free=step_free,
        made_by=by if by is not None and by.is_authenticated else None, made_at=now,
    )  # fmt: skip
    _save_with_free_slug(tour)
    record("tour_planned", about=tour, summary=f"{tour.title} was planned", by=by, now=now)
    return tour


@transaction.atomic
def change_tour(tour, *, meeting=False, by=None, now=None, **fields):
    """Change the plan. Those who were asked by e-mail are told when time or place change.

    `meeting` is (lat, lon), or None to forget the point; left out, it stays.
    """
    now = now or timezone.now()
    if unknown := set(fields) - WHEN_AND_WHERE - WORDS:
        raise TypeError(f"A tour has no field {sorted(unknown)}")
    lock_tour(tour)
    if meeting is not False:
        fields["meeting_lat"], fields["meeting_lon"] = checked_point(*(meeting or (None, None)))
    changed = {name for name, value in fields.items() if value != getattr(tour, name)}
    if not changed:
        return tour
    refuse_unless(tour, "change the words")
    if changed & WHEN_AND_WHERE:
        refuse_unless(tour, "change the date or the meeting point")
    for name in changed:
        setattr(tour, name, _checked(name, fields[name], now))
    tour.save(update_fields=sorted(changed))
    if changed & WHEN_AND_WHERE:
        new_date(tour, now=now)
    words = ", ".join(sorted(name.replace("_", " ") for name in changed))
    record(
        "tour_changed", about=tour, summary=f"{tour.title} was changed: {words}", by=by, now=now,
        fields=sorted(changed),
    )  # fmt: skip
    if tour.state in PLANNED and changed & {"starts_at", "meeting_point"}:
        tell_of_change(tour, now=now)
    return tour


def _checked(name, value, now):
    if name == "starts_at":
        return _checked_start(value, now)
    if name == "minutes":
        return _checked_minutes(value)
    if name == "leader":
        return _checked_leader(value)
    if name in ("title", "meeting_point"):
        return checked_text(value, name.replace("_", " "), 120 if name == "title" else 200)
    return value.strip() if isinstance(value, str) else value


def _checked_start(starts_at, now):
    if timezone.is_naive(starts_at):
        raise ValueError("starts_at needs a time zone")
    if starts_at <= now:
        raise Refused(
            "A tour cannot be planned in the past.",
            cure=f"Choose a day after {date_format(timezone.localtime(now), 'j F Y')}.",
        )
    return starts_at


def _checked_minutes(minutes):
    if not 15 <= minutes <= 480:
        raise Refused("A tour lasts from 15 minutes to 8 hours.", cure="Most last 90 minutes.")
    return minutes


def _checked_leader(leader):
    if leader is not None and leader.role not in (Role.LEADER, Role.COORDINATOR):
        raise Refused(
            f"{leader} cannot lead a tour: their role is “{leader.get_role_display().lower()}”.",
            cure="Choose a walk leader or a coordinator.",
        )
    return leader


def _save_with_free_slug(tour):
    """The address says what and when; a second tour of the same name that month gets a 2."""
    when = slugify(date_format(timezone.localtime(tour.starts_at), "F Y"))
    base = slugify(tour.title)[:60].strip("-") or "tour"
    base = base if base.endswith(when) else f"{base}-{when}"
    for number in range(1, 1000):
        tour.slug = base if number == 1 else f"{base}-{number}"
        if Tour.objects.filter(slug=tour.slug).exists():
            continue
        try:
            with transaction.atomic():
                tour.save()
            return
        except IntegrityError:
            if not Tour.objects.filter(slug=tour.slug).exists():
                raise
    raise Refused("Too many tours have this title.", cure="Give it another title.")
