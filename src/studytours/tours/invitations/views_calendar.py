"""Calendar files: of one tour, of one invitation, and of all public tours to follow."""

import hashlib

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from studytours.partners.queries import get_office

from .calendar import calendar_of
from .queries import invitation_by, tour_in_the_feed, tours_in_the_feed


def feed(request):
    """Every public tour. Calendars ask every few hours: mostly they hear that nothing changed."""
    name = f"{get_office().name}: walks"
    response = _calendar(request, calendar_of(tours_in_the_feed(), name=name), "tours.ics")
    response["Cache-Control"] = "public, max-age=900"
    return response


def of_tour(request, slug):
    tour = tour_in_the_feed(slug)
    if tour is None:
        raise Http404("There is no such tour.")
    return _calendar(request, calendar_of([tour]), f"{slug}.ics")


def of_invitation(request, token):
    """For who has the link, also of a tour that is not on the public pages."""
    tour = get_object_or_404(invitation_by(token)).tour
    return _calendar(request, calendar_of([tour]), f"{tour.slug}.ics")


def _calendar(request, content, name):
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["ETag"] = etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    return get_conditional_response(request, etag, None, response)
