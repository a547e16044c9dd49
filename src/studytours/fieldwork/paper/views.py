"""Type a paper sheet in: one row on the page for each row on paper."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from studytours.core.errors import Refused
from studytours.measures.models import Measure
from studytours.partners.access import leaders

from .. import operations
from ..loaders import get_led_tour
from ..on_the_spot import organisations_for_the_phone
from ..operations.paper import RowHere
from .forms import rows_of_sheet
from .sheet import letter_of, sheet_of, typed_in


@leaders
def paper(request, slug):
    """A sheet as a grid: rows that are here already are read, the others are typed."""
    tour = get_led_tour(request, slug)
    letter = letter_of(request.POST.get("sheet") or request.GET.get("sheet"))
    codes = _codes(tour)
    forms = rows_of_sheet(letter, codes, request.POST or None)
    if request.method == "POST":
        filled = [form for form in forms if form.is_bound]
        if filled and all([form.is_valid() for form in filled]) and _saved(request, tour, filled):
            return redirect(f"{reverse('desk_paper', args=[slug])}?sheet={letter}")
        if not filled:
            messages.info(request, "Nothing was typed in yet.")
    context = {
        "tour": tour, "letter": letter, "next": chr(ord(letter) + 1) if letter < "Z" else "",
        "letters": [chr(ord("A") + number) for number in range(26)],
        "rows": _rows(tour, forms), "lists": sheet_of(tour),
        "stops": tour.stops.all(), "organisations": organisations_for_the_phone(tour),
        "errors": [form for form in forms if form.errors],
    }  # fmt: skip
    return render(request, "fieldwork/desk_paper.html", context)


def _rows(tour, forms):
    """[(form, Observation or None)]: what was typed now goes before what is here."""
    here = typed_in(tour, [form.name for form in forms])
    return [(form, None if form.is_bound else here.get(form.name)) for form in forms]


def _codes(tour):
    """What a row may name."""
    measures = Measure.objects.filter(area=tour.area, removed_on=None)
    return {
        "categories": {one["code"] for one in sheet_of(tour)["categories"]},
        "stops": {str(stop.number): stop.pk for stop in tour.stops.all()},
        "measures": set(measures.values_list("ref", flat=True)),
    }


def _saved(request, tour, filled):
    """Whether all rows were taken; what was not is said at its row."""
    rows = {form.name: form.record() for form in filled}
    try:
        new = operations.type_in_rows(tour, rows, by=request.user)
    except RowHere as refusal:
        next(form for form in filled if form.name == refusal.name).add_error(None, str(refusal))
        return False
    except Refused as refusal:
        filled[0].add_error(None, str(refusal))
        return False
    saved = [name for name, is_new in new.items() if is_new]
    again = [name for name, is_new in new.items() if not is_new]
    if saved:
        messages.success(request, f"Saved: {', '.join(saved)}.")
    if again:
        messages.info(request, f"Already here, not saved twice: {', '.join(again)}.")
    return True
