"""On the day: the leader ticks who came, on a phone, without JavaScript."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from studytours.core.errors import Refused
from studytours.partners.access import leaders

from .. import operations
from ..loaders import get_tour
from ..queries import invitations_of
from ..rules import may_count
from .forms import AttendanceForm
from .queries import attendance_of, attendance_words

# Who said yes stands first: they are looked for first.
ORDER = ["yes", "wait", "none", "no"]


@leaders
def desk_tour_attendance(request, slug):
    tour = get_tour(request, slug)
    invitations = sorted(invitations_of(tour), key=lambda one: ORDER.index(one.answer))
    form = AttendanceForm(request.POST or None, tour=tour, invitations=invitations)
    if request.method == "POST" and form.is_valid():
        try:
            operations.record_attendance(tour, **form.values(), by=request.user)
            messages.success(request, f"Saved. {attendance_of(tour)['people']} people came.")
            return redirect("desk_tour_attendance", slug)
        except Refused as error:
            form.add_error(None, str(error))
    context = {
        "tour": tour, "form": form, "may_count": may_count(tour, timezone.now()),
        "came": attendance_of(tour), "words": attendance_words(tour),
    }  # fmt: skip
    return render(request, "tours/invitations/attendance.html", context)
