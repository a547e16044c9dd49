"""How sign-in differs from allauth's default: nobody makes their own account."""

import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from django.shortcuts import redirect

from studytours.core.errors import TryLater

from . import operations
from .queries import get_office


class AccountAdapter(DefaultAccountAdapter):
    """Closed sign-up, the right first page, tries counted, e-mails in the office's name."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is not right.",
        "incorrect_code": "That code is not right. Look at it again, or ask for a new one.",
        "incorrect_password": "That password is not right.",
        "enter_current_password": "That is not your password now.",
        "rate_limited": "That was too often. Wait a few minutes and try again.",
        "too_many_login_attempts": "That was too often. Wait five minutes and try again.",
    }

    def is_open_for_signup(self, request):
        return False

    def get_login_redirect_url(self, request):
        return request.user.first_page

    def get_password_change_redirect_url(self, request):
        return "/account/2fa/"

    def is_reauthentication_required(self, *, app, **kwargs):
        """Who has just signed in is not asked again, so that setting up takes two minutes."""
        records = get_authentication_records(self.request, self.request.user)
        last = max((entry["at"] for entry in records), default=0)
        recent = time.time() - last < app_settings.REAUTHENTICATION_TIMEOUT
        return not recent and super().is_reauthentication_required(app=app, **kwargs)

    def pre_authenticate(self, request, **credentials):
        operations.count_sign_in(credentials.get("email", ""))
        super().pre_authenticate(request, **credentials)

    def authenticate(self, request, **credentials):
        person = super().authenticate(request, **credentials)
        if person:
            operations.sign_in_worked(credentials.get("email", ""))
        return person

    def format_email_subject(self, subject):
        return f"{get_office().name}: {subject}"

    def send_mail(self, template_prefix, email, context):
        """At once and not through the queue: a code in the queue could be read by others."""
        context = {"office": get_office(), **context}
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # the mail server; smtplib's errors are OSErrors too
            raise TryLater(
                "We cannot send e-mails just now. Try again in a few minutes."
            ) from error


class SecondStepAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code is not right. Wait for the next one and type that.",
        "rate_limited": AccountAdapter.error_messages["rate_limited"],
    }

    def get_totp_label(self, user):
        return user.email

    def get_totp_issuer(self):
        """The name beside the codes in the app: the office's, as people know it."""
        return get_office().name


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Signing in through the organisation's own system, for people who are already here."""

    def is_open_for_signup(self, request, sociallogin):
        return False

    def can_authenticate_by_email(self, login, email):
        # The office chose this provider; allauth only asks for addresses it has verified.
        return True

    def pre_social_login(self, request, sociallogin):
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            # An address matches or it does not; foreign accounts are not tied to a person.
            raise ImmediateHttpResponse(redirect("mfa_index"))
