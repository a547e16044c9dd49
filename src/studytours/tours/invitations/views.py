"""Who should come to a tour, who is on the list, and what they answered."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from studytours.core.errors import Refused
from studytours.partners.access import coordinators
from studytours.partners.models import Organisation, Role

from .. import operations
from ..loaders import get_tour, see_tours
from ..models import Invitation
from ..queries import answer_counts, not_yet_asked, places_taken
from ..rules import may
from .contacts import contact_for
from .evidence import Ground
from .forms import AddressForm, GuestForm, OrganisationsForm, PlacesForm
from .queries import listed, places_initial
from .who import MISSING, missing_of, who_should_come


@see_tours
def desk_tour_invitations(request, slug):
    return _show(request, get_tour(request, slug))


def _show(request, tour, *, guest_form=None, organisations_form=None, places_form=None):
    organisations = not_yet_asked(tour)
    may_invite = request.user.is_coordinator and may(tour, "invite")
    rows = who_should_come(tour)
    context = {
        "tour": tour, "rows": rows, **missing_of(rows), "answers": answer_counts(tour),
        "to_ask": pairs_to_ask(rows), "people": places_taken(tour), **listed(tour),
        "may_invite": may_invite, "guest_form": guest_form or GuestForm(prefix="guest"),
        "organisations_form": organisations_form or OrganisationsForm(organisations=organisations),
        "places_form": places_form or PlacesForm(prefix="places", initial=places_initial(tour)),
        "any_left": may_invite and organisations.exists(),
        "sees_private": request.user.role != Role.ANALYST,
    }  # fmt: skip
    return render(request, "tours/invitations/desk.html", context)


def pairs_to_ask(rows):
    """["12:lighting", …]: for each kind of work that is missing, the first who answers for it."""
    return [
        f"{row.to_ask[0].pk}:{row.work.key}" for row in rows if row.state == MISSING and row.to_ask
    ]


@require_POST
@coordinators
def desk_tour_ask(request, slug):
    """Put who answers for a missing kind of work on the list, at the contact that fits."""
    tour = get_tour(request, slug)
    ground, asked = Ground(tour.area), []
    for pair in request.POST.getlist("ask")[:100]:
        pk, _, work = pair.partition(":")
        organisation = get_object_or_404(Organisation, pk=pk if pk.isdecimal() else None)
        contact = contact_for(organisation, work, ground)
        where = {"name": contact.name, "email": contact.email} if contact else {}
        operations.invite(tour, organisation=organisation, work=work, **where, by=request.user)
        asked.append(organisation.name)
    if not asked:
        messages.error(request, "Nobody was chosen. Nothing was changed.")
    else:
        names = ", ".join(dict.fromkeys(asked))
        messages.success(request, f"On the list: {names}. Nothing is sent yet.")
    return redirect("desk_tour_invitations", slug)


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
def desk_tour_places(request, slug):
    """How many may come, and when we write again."""
    tour = get_tour(request, slug)
    form = PlacesForm(request.POST, prefix="places")
    if form.is_valid():
        try:
            operations.set_places(tour, **form.cleaned_data, by=request.user)
            messages.success(request, "Saved.")
            return redirect("desk_tour_invitations", slug)
        except Refused as error:
            form.add_error("capacity", str(error))
    return _show(request, tour, places_form=form)


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


@require_POST
@coordinators
def desk_tour_address(request, slug, pk):
    """The right address for a letter that came back."""
    invitation = get_object_or_404(get_tour(request, slug).invitations, pk=pk)
    form = AddressForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Nothing was sent. Type an e-mail address like name@example.org.")
        return redirect("desk_tour_invitations", slug)
    try:
        operations.correct_address(invitation, form.cleaned_data["email"], by=request.user)
        messages.success(request, f"We write to {invitation} again, at the new address.")
    except Refused as error:
        messages.error(request, f"Nothing was sent. {error}")
    return redirect("desk_tour_invitations", slug)


@require_POST
@coordinators
def desk_tour_answer(request, slug, pk):
    """What somebody said by telephone or at the door; what they wrote before stays."""
    invitation = get_object_or_404(get_tour(request, slug).invitations, pk=pk)
    kept = {name: getattr(invitation, name) for name in ("access_needs", "phone", "note")}
    answer = request.POST.get("answer", "")
    guests = invitation.guests if answer == Invitation.Answer.YES else 0
    operations.answer_invitation(invitation, answer, guests=guests, **kept, by=request.user)
    messages.success(request, f"{invitation}: {invitation.get_answer_display().lower()}.")
    return redirect("desk_tour_invitations", slug)
