"""How a phone joins: its address, and that as a QR code."""

import io

import segno
from django.conf import settings
from django.urls import reverse


def join_address(tour):
    """Where a phone goes to join; the page belongs to fieldwork."""
    return settings.BASE_URL + reverse("join", args=[tour.join_code])


def qr_svg(tour):
    """The join address as a QR code: an SVG picture, black on white, with its quiet zone."""
    picture = io.BytesIO()
    segno.make(join_address(tour), error="m", micro=False).save(
        picture, kind="svg", border=4, scale=10, xmldecl=False, omitsize=True, light="#fff"
    )
    return picture.getvalue().decode()
