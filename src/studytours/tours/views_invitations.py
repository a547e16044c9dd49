"""The list of those who are asked, and the page on which they answer without an account."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from studytours.core.errors import Refused
from studytours.partners.access import coordinators

from . import operations
from .forms import GuestForm, OrganisationsForm, ReplyForm
from .loaders import get_tour, see_tours
from .models import Invitation
from .queries import answer_counts, invitations_of, not_yet_asked
from .rules import PLANNED, may


@see_tours
def desk_tour_invitations(request, slug):
    return _show(request, get_tour(request, slug))


def _show(request, tour, guest_form=None, organisations_form=None):
    organisations = not_yet_asked(tour)
    may_invite = request.user.is_coordinator and may(tour, "invite")
    context = {
        "tour": tour, "invitations": invitations_of(tour), "answers": answer_counts(tour),
        "may_invite": may_invite, "guest_form": guest_form or GuestForm(prefix="guest"),
        "organisations_form": organisations_form or OrganisationsForm(organisations=organisations),
        "any_left": may_invite and organisations.exists(),
    }  # fmt: skip
    return render(request, "tours/desk_tour_invitations.html", context)


@require_POST
@coordinators
def desk_tour_invite(request, slug):
    """Put organisations on the list."""
    tour = get_tour(request, slug)
    form = OrganisationsForm(request.POST, organisations=not_yet_asked(tour))
    if not form.is_valid():
        return _show(request, tour, organisations_form=form)
    for organisation in form.cleaned_data["organisations"]:
        operations.invite(tour, organisation=organisation, by=request.user)
    count = len(form.cleaned_data["organisations"])
    messages.success(request, f"{count} added to the list. Nothing is sent yet.")
    return redirect("desk_tour_invitations", slug)


@require_POST
@coordinators
def desk_tour_guest(request, slug):
    """Put one guest on the list."""
    tour = get_tour(request, slug)
    form = GuestForm(request.POST, prefix="guest")
    if form.is_valid():
        invitation = operations.invite(tour, **form.cleaned_data, by=request.user)
        messages.success(request, f"{invitation} is on the list. Nothing is sent yet.")
        return redirect("desk_tour_invitations", slug)
    return _show(request, tour, guest_form=form)


@require_POST
@coordinators
def desk_tour_send(request, slug):
    """Send what was not sent yet."""
    tour = get_tour(request, slug)
    waiting = answer_counts(tour)["unsent"]
    operations.open_invitations(tour, by=request.user)
    sent = "1 e-mail is" if waiting == 1 else f"{waiting} e-mails are"
    messages.success(request, f"The tour is open for replies. {sent} on the way.")
    return redirect("desk_tour_invitations", slug)


@require_POST
@coordinators
def desk_tour_withdraw(request, slug, pk):
    invitation = get_object_or_404(get_tour(request, slug).invitations, pk=pk)
    operations.withdraw_invitation(invitation, by=request.user)
    messages.success(request, f"{invitation} is no longer on the list.")
    return redirect("desk_tour_invitations", slug)


def tour_reply(request, token):
    """Yes or no without an account. Looking at the page changes nothing: mail scanners look too."""
    invitation = get_object_or_404(
        Invitation.objects.select_related("tour__area", "organisation"), token=token
    )
    form = ReplyForm(request.POST or None, initial={"answer": invitation.answer})
    if request.method == "POST" and form.is_valid():
        try:
            operations.answer_invitation(invitation, **form.cleaned_data)
            return redirect("tour_reply", token)
        except Refused as error:
            form.add_error(None, str(error))
    tour = invitation.tour
    is_open = tour.state in PLANNED and tour.starts_at > timezone.now()
    context = {"invitation": invitation, "tour": tour, "form": form, "is_open": is_open}
    return render(request, "tours/reply.html", context)
