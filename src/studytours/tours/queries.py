"""Reads over tours."""

from datetime import timedelta

from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from studytours.areas.layers import collection, feature
from studytours.partners.models import Organisation

from .models import Invitation, Tour
from .rules import GRACE, PLANNED

State = Tour.State
SHOWN = (State.INVITING, State.WALKING, State.DEBRIEF, State.REPORTED)


def tours_for(person):
    """The tours a person may know of at the desk: staff all, a leader only their own."""
    tours = Tour.objects.select_related("area", "leader")
    return tours if person.is_desk else tours.filter(leader=person)


def with_counts(tours):
    """Numbers for lists: stops, invited, coming. The same query for one tour or for hundreds."""
    return tours.annotate(
        stop_count=Count("stops", distinct=True),
        invited_count=Count("invitations", distinct=True),
        yes_count=Count("invitations", filter=Q(invitations__answer="yes"), distinct=True),
    )


def desk_lists(person, now=None):
    """Tours for the desk: {"coming": [...], "debrief": [...], "past": for a pager}."""
    now = now or timezone.now()
    tours = with_counts(tours_for(person))
    # A walk that begins late today is still coming.
    passed = now - GRACE
    coming = Q(state__in=PLANNED, starts_at__gte=passed) | Q(state=State.WALKING)
    debrief = Q(state=State.DEBRIEF) | Q(state__in=PLANNED, starts_at__lt=passed)
    return {
        "coming": list(tours.filter(coming).order_by("starts_at")),
        "debrief": list(tours.filter(debrief).order_by("starts_at")),
        "past": tours.filter(state__in=(State.REPORTED, State.CANCELLED)).order_by("-starts_at"),
    }


def not_yet_asked(tour):
    """Organisations that could still be put on the list."""
    asked = tour.invitations.exclude(organisation=None).values("organisation")
    return Organisation.objects.filter(is_active=True).exclude(pk__in=asked)


def invitations_of(tour):
    """Organisations by name, then guests; the two databases sort what is empty differently."""
    organisations_first = F("organisation__name").asc(nulls_last=True)
    invitations = tour.invitations.select_related("organisation")
    return invitations.order_by(organisations_first, "name", "email")


def answer_counts(tour):
    """{"yes": 3, "no": 1, "none": 2, "wait": 0, "unsent": 1, "all": 6}: invitations, not people."""
    return tour.invitations.aggregate(
        wait=Count("pk", filter=Q(answer=Invitation.Answer.WAIT)),
        yes=Count("pk", filter=Q(answer=Invitation.Answer.YES)),
        no=Count("pk", filter=Q(answer=Invitation.Answer.NO)),
        none=Count("pk", filter=Q(answer=Invitation.Answer.NONE)),
        unsent=Count("pk", filter=Q(sent_at=None) & _has_address()),
        all=Count("pk"),
    )


def places_taken(tour):
    """How many people come, those included whom somebody brings."""
    coming = tour.invitations.filter(answer=Invitation.Answer.YES)
    return coming.aggregate(n=Count("pk") + Sum("guests", default=0))["n"]


def waiting_list(tour):
    """Who waits for a place, the first in line first."""
    waiting = tour.invitations.filter(answer=Invitation.Answer.WAIT)
    return waiting.order_by("in_line_since", "pk")


def _has_address():
    return ~Q(email="") | ~Q(organisation__email="") & Q(organisation__isnull=False)


def public_tours():
    """What everyone may read of: a tour from when it is open for replies."""
    return (
        Tour.objects.filter(is_public=True, area__is_public=True, state__in=SHOWN)
        .select_related("area")
        .order_by("-starts_at")
    )


def stops_geojson(stops):
    """Numbered discs for the map component."""
    return collection(
        feature(_point(stop.lat, stop.lon), number=stop.number, label=stop.name, text=stop.look_at)
        for stop in stops
        if stop.lat is not None
    )


def route_geojson(line):
    """The way through the stops, as a line."""
    if len(line) < 2:
        return collection(())
    return collection([feature({"type": "LineString", "coordinates": line})])


def meeting_geojson(tour):
    """The meeting point, when it is on the map."""
    if tour.meeting_lat is None:
        return collection(())
    point = _point(tour.meeting_lat, tour.meeting_lon)
    return collection([feature(point, label="Meeting point", text=tour.meeting_point)])


def _point(lat, lon):
    return {"type": "Point", "coordinates": [lon, lat]}


# Contact details of those who walked or were asked: so many days after the report, or after the
# tour when nothing was ever reported.
KEEP_AFTER_REPORT, KEEP_WITHOUT_REPORT = 30, 120


def tours_to_forget(now=None):
    """Tours whose people need not be known any longer."""
    now = now or timezone.now()
    reported = Q(reported_at__lt=now - timedelta(days=KEEP_AFTER_REPORT))
    silent = Q(starts_at__lt=now - timedelta(days=KEEP_WITHOUT_REPORT), reported_at=None)
    return Tour.objects.filter(reported | silent)
