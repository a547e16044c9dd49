"""Staff prove who they are twice where the office asks for it."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.shortcuts import redirect

# The phone shows walkers nothing that a signed-in person would see, and must never be led astray.
ALWAYS_OPEN = ("/account/", "/static/", "/healthz", "/api/field/", "/w/", "/walk/")


class SecondFactor:
    """Lead staff without a second step to the page that sets one up, before any other page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if needs_second_step(request):
            return redirect("mfa_activate_totp")
        return self.get_response(request)


def needs_second_step(request):
    """Whether this person must set up a second step before they go on."""
    if not settings.SECOND_FACTOR_REQUIRED or request.path.startswith(ALWAYS_OPEN):
        return False
    person = request.user
    if not person.is_authenticated or not person.is_desk:
        return False
    return not came_through_organisation(request) and not is_mfa_enabled(person)


def came_through_organisation(request):
    """The organisation's own sign-in (OpenID Connect) has its own second step."""
    records = get_authentication_records(request, request.user)
    return any(entry["method"] == "socialaccount" for entry in records)
