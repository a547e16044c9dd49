"""What a person typed, made tidy or refused in words."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from studytours.core.errors import Refused


def one_line(text, *, what, longest, needed=True):
    """The text on one line without spaces around it."""
    text = " ".join(str(text or "").split())
    if needed and not text:
        raise Refused(f"{what} is missing.", cure="Type it and save again.")
    if len(text) > longest:
        raise Refused(f"{what} is too long.", cure=f"Use at most {longest} letters.")
    return text


def e_mail(text, *, needed=False):
    """The address in small letters: the same post box however it was typed."""
    text = str(text or "").strip().lower()
    if not text and not needed:
        return ""
    try:
        validate_email(text)
    except ValidationError as error:
        raise Refused(
            f"“{text}” is not an e-mail address.", cure="Type one like name@example.org."
        ) from error
    if len(text) > 254:
        raise Refused("The e-mail address is too long.", cure="Use at most 254 letters.")
    return text


def web_address(text):
    """A web address that is safe to link to, or nothing."""
    text = str(text or "").strip()
    if not text:
        return ""
    if "://" not in text:
        text = f"https://{text}"
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError as error:
        raise Refused(
            f"“{text}” is not a web address.", cure="Type one like www.example.org."
        ) from error
    return text


def choice(value, choices, *, what):
    """One of the choices of a list."""
    if value not in choices.values:
        raise Refused(f"“{value}” is not {what}.", cure=f"Use one of: {', '.join(choices.values)}.")
    return choices(value)
