"""allauth's forms in our words: a label, a hint, no placeholder."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp

from . import operations

ADVICE = "At least 10 characters. Three words that do not belong together work well."


class Plain:
    """Sets labels and hints; takes out the placeholders, which vanish when one types."""

    words: dict[str, tuple[str, str]] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            label, hint = self.words.get(name, (field.label, ""))
            field.label, field.help_text = label, hint


class LoginForm(Plain, account.LoginForm):
    words = {"login": ("E-mail address", ""), "password": ("Password", "")}


class RequestLoginCodeForm(Plain, account.RequestLoginCodeForm):
    words = {"email": ("E-mail address", "We send a code to it.")}

    def clean_email(self):
        operations.count_code_request(self.cleaned_data["email"])
        return super().clean_email()


class ConfirmLoginCodeForm(Plain, account.ConfirmLoginCodeForm):
    words = {"code": ("Code from the e-mail", "Capital or small letters are the same.")}


class ResetPasswordForm(Plain, account.ResetPasswordForm):
    words = {"email": ("E-mail address", "We send a link to it.")}

    def clean_email(self):
        operations.count_code_request(self.cleaned_data["email"])
        return super().clean_email()


class ResetPasswordKeyForm(Plain, account.ResetPasswordKeyForm):
    words = {
        "password1": ("New password", ADVICE),
        "password2": ("New password again", ""),
    }


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    words = {
        "oldpassword": ("Password now", ""),
        "password1": ("New password", ADVICE),
        "password2": ("New password again", ""),
    }


class SetPasswordForm(Plain, account.SetPasswordForm):
    words = ResetPasswordKeyForm.words


class ReauthenticateForm(Plain, account.ReauthenticateForm):
    words = {"password": ("Password", "")}


class AuthenticateForm(Plain, mfa.AuthenticateForm):
    words = {"code": ("Code", "Six digits from the app on your phone, or one of your spare codes.")}


class SecondStepAgainForm(Plain, mfa.ReauthenticateForm):
    words = AuthenticateForm.words


class ActivateTOTPForm(Plain, totp.ActivateTOTPForm):
    words = {"code": ("Code", "Six digits that the app on your phone shows now.")}
