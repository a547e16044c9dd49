"""Pages without an account: the answer to an invitation, and coming along."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from studytours.core.addresses import client_address
from studytours.core.errors import Refused, TooMany
from studytours.core.forms import form_key
from studytours.core.operations import once

from .. import operations
from ..queries import places_taken, public_tours
from ..rules import PLANNED, may_come_along
from .forms import ComeForm, ReplyForm, reply_initial
from .queries import invitation_by


def tour_reply(request, token):
    """Yes or no without an account. Looking at the page changes nothing: mail scanners look too."""
    invitation = get_object_or_404(invitation_by(token))
    form = ReplyForm(request.POST or None, initial=reply_initial(invitation))
    if request.method == "POST" and form.is_valid():
        try:
            operations.answer_invitation(invitation, **form.values())
            return redirect("tour_reply", token)
        except Refused as error:
            form.add_error(None, str(error))
    tour = invitation.tour
    is_open = tour.state in PLANNED and tour.starts_at > timezone.now()
    context = {
        "invitation": invitation, "tour": tour, "form": form, "is_open": is_open,
        "full": tour.capacity is not None and places_taken(tour) >= tour.capacity,
    }  # fmt: skip
    return render(request, "tours/invitations/reply.html", context)


def come_along(request, slug):
    """A resident signs up. The page never says whether an e-mail address is known already."""
    tour = get_object_or_404(public_tours(), slug=slug)
    if not may_come_along(tour):
        raise Http404("Nobody can sign up for this tour here.")
    form = ComeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(once(form_key(request), lambda: _signed_up(request, tour, form)))
        except TooMany:
            raise
        except Refused as error:
            form.add_error(None, str(error))
    context = {
        "tour": tour, "form": form, "thanks": "thanks" in request.GET,
        "full": tour.capacity is not None and places_taken(tour) >= tour.capacity,
    }  # fmt: skip
    return render(request, "tours/invitations/come.html", context)


def _signed_up(request, tour, form):
    data = form.cleaned_data | {"guests": form.cleaned_data["guests"] or 0}
    invitation = operations.come_along(tour, **data, address=client_address(request))
    if data["email"]:
        return reverse("tour_come", args=[tour.slug]) + "?thanks"
    messages.success(request, "Thank you. Keep this page: you can change your answer here.")
    return reverse("tour_reply", args=[invitation.token])
