"""Letters to homes. The addresses live for one request, in memory, and nowhere else."""

import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from studytours.areas.places import places_near
from studytours.core.errors import Refused
from studytours.partners.access import coordinators

from ..loaders import get_tour
from ..models import Tour
from ..queries import public_tours
from . import homes

PRINT, FILE = "print", "csv"


class LettersForm(forms.Form):
    """To whom, and as what."""

    streets = forms.MultipleChoiceField(
        label="Streets", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="One letter for each street, to copy for its homes.",
    )  # fmt: skip
    addresses = forms.CharField(
        label="Or addresses, pasted", required=False, max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="One in each line: “12 Kilnway, Wellingborough, NN8 3AB”.",
    )  # fmt: skip
    file = forms.FileField(
        label="Or an address list", required=False,
        help_text="CSV in UTF-8 with a column “address”, at most 5,000 rows.",
    )  # fmt: skip
    make = forms.ChoiceField(
        label="What to make", widget=forms.RadioSelect, initial=PRINT,
        choices=[(PRINT, "Letters to print"), (FILE, "A file for a mailing house (CSV)")],
    )  # fmt: skip

    def __init__(self, *args, streets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["streets"].choices = [(name, name) for name in streets]
        if not streets:
            del self.fields["streets"]

    def homes(self):
        """The Homes of the one way that was chosen."""
        data = self.cleaned_data
        ways = [
            (data.get("streets"), homes.of_streets),
            (data["addresses"], homes.of_words),
            (data["file"], homes.of_file),
        ]
        chosen = [(what, read) for what, read in ways if what]
        if len(chosen) != 1:
            raise Refused(
                "Choose one way: streets, pasted addresses or a file.",
                cure="Leave the others empty." if chosen else "Say to whom the letters go.",
            )
        [(what, read)] = chosen
        return read(what)


@csrf_exempt  # only until the next line has said where uploads go: `_letters` checks it
def desk_tour_letters(request, slug):
    # A file that does not fit in memory is not taken at all: none is ever written to the disk.
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    return _letters(request, slug)


@csrf_protect
@coordinators
def _letters(request, slug):
    tour = get_tour(request, slug)
    can_write = may_write(tour)
    streets = sorted({one.name for one in places_near(tour.area) if one.kind == "street"})
    form = LettersForm(request.POST or None, request.FILES or None, streets=streets)
    if request.method == "POST" and can_write:
        if int(request.META.get("CONTENT_LENGTH") or 0) > homes.LARGEST + 500_000:
            form.add_error(None, "The list is larger than 2 MB. Send at most 5,000 addresses.")
        elif form.is_valid():
            try:
                return _made(request, tour, form)
            except Refused as error:
                form.add_error(None, str(error))
    context = {"tour": tour, "form": form, "can_write": can_write}
    return render(request, "tours/invitations/letters.html", context)


def may_write(tour):
    """The letters ask people to come, and lead to the public page."""
    inviting = public_tours().filter(state=Tour.State.INVITING, starts_at__gt=timezone.now())
    return inviting.filter(pk=tour.pk).exists()


def _made(request, tour, form):
    found = form.homes()
    if form.cleaned_data["make"] == FILE:
        messages.success(request, f"The file has {_said(found)}")
        response = HttpResponse(homes.for_mailing_house(found), content_type="text/csv")
        response["Content-Disposition"] = f'attachment; filename="letters-{tour.slug}.csv"'
        return response
    address = settings.BASE_URL + tour.get_absolute_url()
    context = {"tour": tour, "homes": found, "said": _said(found), "address": address,
               "qr": _qr(address)}  # fmt: skip
    return render(request, "tours/invitations/letters_print.html", context)


def _said(found):
    count, twice = len(found.addresses), found.duplicates
    said = "1 address." if count == 1 else f"{count:,} addresses."
    left_out = "1 was there twice and is" if twice == 1 else f"{twice:,} were there twice and are"
    return f"{said} {left_out} left out." if twice else said


def _qr(address):
    """The lines of a QR code, drawn once on the page and used in each letter."""
    code = segno.make(address, error="m", micro=False)
    return {
        "size": code.symbol_size(border=2)[0],
        "svg": mark_safe(code.svg_inline(border=2, svgclass=None, lineclass=None, omitsize=True)),  # noqa: S308
    }
