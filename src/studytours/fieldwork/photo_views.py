"""Photos: at the desk for those who may look, in public once a person has said yes."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from studytours.core.errors import Refused
from studytours.core.photos import make_small
from studytours.partners.access import leaders
from studytours.tours.loaders import see_tours

from . import operations
from .forms import PublishForm
from .loaders import get_desk_photo, get_led_photo
from .models import Photo
from .queries import finding_of_photo, is_private, is_public


@require_safe
def photo(request, uuid):
    """A published photo of a public finding; of any other, not even that it exists."""
    found = get_object_or_404(Photo.objects.exclude(published_at=None), pk=uuid)
    finding = finding_of_photo(found)
    if finding is None or not is_public(finding):
        raise Http404("There is no such photo.")
    # A photo can be taken back: no cache may keep it for long.
    return _picture(request, found, "public, max-age=300")


@see_tours
@require_safe
def desk_photo(request, uuid):
    found = get_desk_photo(request, uuid)
    finding = finding_of_photo(found)
    private = finding is None or is_private(finding)
    # A shared computer keeps nothing of what is private; the rest only while one works with it.
    return _picture(request, found, "private, no-store" if private else "private, max-age=300")


def _picture(request, photo, caching):
    """The picture that may be shown, never the original. `?small` gives the one for lists."""
    operations.make_picture(photo)
    if photo.problem:
        raise Http404(photo.problem)
    with photo.shown.open("rb") as file:
        data = file.read()
    if "small" in request.GET:
        data = make_small(data)
    return HttpResponse(data, content_type="image/jpeg", headers={"Cache-Control": caching})


@leaders
def desk_photo_page(request, uuid):
    """Look at a photo for faces and number plates; describe and publish it."""
    photo = get_led_photo(request, uuid)
    operations.make_picture(photo)
    form = PublishForm(request.POST or None, initial={"alt": photo.alt})
    if request.method == "POST" and form.is_valid():
        try:
            operations.publish_photo(photo, form.cleaned_data["alt"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The photo is published.")
            return redirect("desk_findings", photo.tour.slug)
    finding = finding_of_photo(photo)
    context = {
        "photo": photo, "tour": photo.tour, "form": form, "finding": finding,
        "private": finding is not None and is_private(finding),
    }  # fmt: skip
    return render(request, "fieldwork/desk_photo.html", context)


@leaders
@require_POST
def unpublish(request, uuid):
    photo = get_led_photo(request, uuid)
    operations.unpublish_photo(photo, by=request.user)
    messages.success(request, "The photo is off the public pages.")
    return redirect("desk_photo_page", uuid)
