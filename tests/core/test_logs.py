"""What must not stand in a log."""

import logging

import pytest
from django.conf import settings

from studytours.core.logs import WithoutSecrets

TOKEN = "Xy" * 20


@pytest.mark.parametrize(
    "path",
    ["/mine/{}/", "/mine/{}/photo/1/", "/tours/reply/{}/", "/account/password/reset/key/{}/"],
)
def test_a_token_in_an_address_is_not_logged(path):
    assert TOKEN not in line("Not Found: %s", path.format(TOKEN))


def test_a_join_code_is_not_logged():
    assert line("Gone: %s", "/w/CDF234") == "Gone: /w/(secret)"


def test_a_traceback_holds_no_token():
    try:
        raise ValueError(f"/mine/{TOKEN}/ is odd")
    except ValueError as error:
        assert TOKEN not in line("Internal Server Error", error=error)


def test_other_addresses_are_logged_whole():
    assert line("Not Found: %s", "/mine/actions/A-0001/") == "Not Found: /mine/actions/A-0001/"


def test_every_line_goes_through_it():
    for handler in settings.LOGGING["handlers"].values():
        formatter = settings.LOGGING["formatters"][handler["formatter"]]
        assert formatter["()"] == f"{WithoutSecrets.__module__}.{WithoutSecrets.__qualname__}"


def line(message, *args, error=None):
    trace = error and (type(error), error, error.__traceback__)
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, message, args, trace)
    return WithoutSecrets("{message}", style="{").format(record)
