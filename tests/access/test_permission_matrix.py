"""Every address × every role, as tests/access/matrix.py says."""

import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver

from .matrix import MATRIX, ROLES

ROUTE_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
SIGN_IN, SET_UP = "/account/login/", "/account/2fa/totp/activate/"
DENIED = ("in", "403", "404", "setup")


def addresses(patterns=None, before=""):
    """Every address of the project, as its urls.py writes it."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        here = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield here
        else:
            yield from addresses(entry.url_patterns, here)


def filled(route, page, world):
    """The address with the world's values in it."""
    if route.startswith("^"):
        route = route.strip("^$").replace("(?P<uidb36>[0-9A-Za-z]+)", "<uidb36>")
        route = route.replace("(?P<key>.+)", "<key>")

    def value(match):
        return str(world[page.args.get(match[1], match[1])])

    return "/" + ROUTE_ARGUMENT.sub(value, route) + (f"?{page.query}" if page.query else "")


def outcome(answer, method):
    where = answer.headers.get("Location", "")
    if answer.status_code in (301, 302):
        if where.startswith(SIGN_IN):
            return "in"
        if where.startswith(SET_UP):
            return "setup"
        return "ok" if method == "post" else "go"
    # A form sent empty may be refused for reasons of its own: whoever got so far was let in.
    if method == "post" and answer.status_code in (200, 201, 204, 400, 409, 410, 422):
        return "ok"
    return "ok" if answer.status_code == 200 else str(answer.status_code)


class Visitor:
    """Asks for one address after another; each finds the same world and the same cookies."""

    def __init__(self, person):
        self.client = Client()
        if person:
            self.client.force_login(person)
        self.cookies = self.client.cookies.output()

    def ask(self, method, address):
        self.client.cookies.clear()
        self.client.cookies.load(self.cookies.replace("Set-Cookie: ", ""))
        with transaction.atomic():
            answer = getattr(self.client, method)(address)
            if answer.streaming:
                b"".join(answer.streaming_content)
            transaction.set_rollback(True)
        return outcome(answer, method)


def test_no_address_is_missing_and_no_line_is_left_over():
    real = set(addresses())
    missing, left_over = sorted(real - set(MATRIX)), sorted(set(MATRIX) - real)
    assert not missing, "add to tests/access/matrix.py:\n" + "\n".join(missing)
    assert not left_over, "take out of tests/access/matrix.py:\n" + "\n".join(left_over)


def test_no_address_is_written_twice():
    real = list(addresses())
    assert sorted({route for route in real if real.count(route) > 1}) == []


@pytest.mark.parametrize("role", ROLES)
def test_everyone_gets_what_the_matrix_says(role, world, people, settings):
    settings.SECOND_FACTOR_REQUIRED = role == "unproven"
    visitor, wrong = Visitor(getattr(people, role)), []
    for route, page in MATRIX.items():
        address, expected = filled(route, page, world), page.who[role]
        got = visitor.ask(page.method, address)
        if got != expected:
            wrong.append(f"{page.method} {route}: {got}, not {expected}")
        elif page.method == "get" and expected in DENIED:
            # Who may not look may not send a form there either.
            got = visitor.ask("post", address)
            if got not in (*DENIED, "405"):
                wrong.append(f"post {route}: {got}, not {expected}")
    assert not wrong, f"{role}:\n" + "\n".join(wrong)


def test_addresses_that_only_take_a_form_say_so_to_a_visitor(world, people):
    visitor = Visitor(people.coordinator)
    visits = {
        route: visitor.ask("get", filled(route, page, world))
        for route, page in MATRIX.items()
        if page.method != "get" and not route.startswith("api/")
    }
    assert {route: got for route, got in visits.items() if got != "405"} == {}
