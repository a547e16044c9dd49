"""Reads over invitations for the pages of this folder."""

from django.db.models import Count, Q, Sum

from studytours.core.models import Event, Message
from studytours.core.operations import label

from ..models import Invitation, Tour
from ..queries import invitations_of, public_tours, waiting_list

# Fewer people than this are never shown apart.
FEW = 5
# How far back a calendar of all tours goes.
FEED_TOURS = 300


def listed(tour):
    """{"invitations": …, "waiting": …, "failed": how many letters came back}.

    Each invitation has `place_in_line` while it waits, and `failure` where a letter came back.
    """
    invitations = list(invitations_of(tour).select_related("instead_of__organisation"))
    line = {
        pk: place for place, pk in enumerate(waiting_list(tour).values_list("pk", flat=True), 1)
    }
    failures = _failures(invitations)
    for one in invitations:
        one.place_in_line = line.get(one.pk)
        one.failure = failures.get(label(one))
    waiting = sorted((one for one in invitations if one.place_in_line), key=_place)
    return {"invitations": invitations, "waiting": waiting, "failed": len(failures)}


def _place(invitation):
    return invitation.place_in_line


def _failures(invitations):
    """The last message to each that came back: label → Message."""
    failed = Message.objects.filter(
        about__in=[label(one) for one in invitations], state=Message.State.FAILED
    )
    return {message.about: message for message in failed.order_by("created_at", "pk")}


def places_initial(tour):
    names = ("capacity", "come_along", "ask_again_days", "remind_days")
    return {name: getattr(tour, name) for name in names}


def attendance_of(tour):
    """{"people", "residents", "partners", "organisations"} as counted on the day; None before."""
    if tour.attendance_at is None:
        return None
    came = tour.invitations.filter(came__gt=0)
    apart = came.aggregate(
        residents=Sum("came", filter=Q(organisation=None), default=0),
        partners=Sum("came", filter=~Q(organisation=None), default=0),
        organisations=Count("organisation", distinct=True),
    )
    residents = apart["residents"] + tour.walk_up_residents
    partners = apart["partners"] + tour.walk_up_partners
    return {
        "people": residents + partners, "residents": residents, "partners": partners,
        "organisations": apart["organisations"],
    }  # fmt: skip


def attendance_words(tour):
    """Who came, as anyone may read it: "31 people came: 12 residents and guests, 19 from 9
    organisations." Fewer than five are never shown apart, nor can they be worked out; "" before.
    """
    came = attendance_of(tour)
    if came is None or not came["people"]:
        return ""
    if came["people"] < FEW:
        return "Fewer than five people came."
    said = f"{came['people']} people came"
    organisations = _number(came["organisations"], "organisation")
    if min(came["residents"], came["partners"]) >= FEW:
        residents = f"{came['residents']} residents and guests"
        return f"{said}: {residents}, {came['partners']} from {organisations}."
    return f"{said}, from {organisations} too." if came["organisations"] else f"{said}."


def _number(count, word):
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def tours_in_the_feed():
    """Public tours, the latest first, and those called off after everyone could read of them."""
    opened = Event.objects.filter(kind="tour_opened").values_list("about", flat=True)
    ids = [int(about.rpartition(":")[2]) for about in opened]
    cancelled = Tour.objects.filter(
        state=Tour.State.CANCELLED, is_public=True, area__is_public=True, pk__in=ids
    )
    found = [*public_tours()[:FEED_TOURS], *cancelled.select_related("area")[:FEED_TOURS]]
    return sorted(found, key=lambda tour: (tour.starts_at, tour.pk))


def tour_in_the_feed(slug):
    """One of them, or None."""
    return next((tour for tour in tours_in_the_feed() if tour.slug == slug), None)


def invitation_by(token):
    return Invitation.objects.select_related("tour__area", "organisation").filter(token=token)
