"""The second step with codes as a phone makes them, from the secret shown on the page."""

import base64
import hmac
import re
import struct
import time

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command

from studytours.partners import operations

from .conftest import PASSWORD, ask_for_code, code_in

SET_UP = "/account/2fa/totp/activate/"


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def code_of(secret):
    """The six digits that an app shows now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), "sha1")
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def set_up(client):
    page = client.get(SET_UP).content.decode()
    secret = re.search(r'class="st-secret">([A-Z2-7]+)<', page)[1]
    return secret, client.post(SET_UP, {"code": code_of(secret)})


def spare_codes(person):
    stored = Authenticator.objects.get(user=person, type=Authenticator.Type.RECOVERY_CODES)
    return stored.wrap().get_unused_codes()


@pytest.mark.parametrize("email", ["amina@example.org", "ana@example.org"])
def test_staff_without_a_second_step_only_come_to_the_page_that_sets_it_up(
    people, sign_in, client, required, email
):
    sign_in(email)
    for page in ("/desk/", "/desk/partners/", "/"):
        answer = client.get(page)
        assert (answer.status_code, answer.headers["Location"]) == (302, SET_UP)
    assert client.get("/account/password/change/").status_code == 200
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("email", ["lee@example.org", "pat@example.org"])
def test_leaders_and_partners_are_not_asked_for_one(people, sign_in, client, required, email):
    sign_in(email)
    assert client.get("/").status_code == 200


def test_on_a_laptop_it_is_offered_and_not_asked_for(people, sign_in, client):
    sign_in("amina@example.org")
    assert client.get("/desk/partners/").status_code == 200
    assert b"Your own sign-in" in client.get("/desk/settings/").content


def test_setting_it_up_shows_the_picture_then_the_spare_codes_then_lets_one_work(
    people, sign_in, client, required
):
    sign_in("amina@example.org")
    page = client.get(SET_UP).content.decode()
    picture = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', page)[1]
    assert b"<svg" in base64.b64decode(picture)
    assert "img-src 'self' data:" in client.get(SET_UP).headers["Content-Security-Policy"]
    wrong = client.post(SET_UP, {"code": "000000"})
    assert b"not right" in wrong.content
    _, right = set_up(client)
    assert right.headers["Location"] == "/account/2fa/recovery-codes/"
    shown = client.get("/account/2fa/recovery-codes/").content.decode()
    assert all(code in shown for code in spare_codes(people.amina))
    saved = client.get("/account/2fa/recovery-codes/download/")
    assert len(saved.content.split()) == 10
    assert client.get("/desk/partners/").status_code == 200


def test_signing_in_asks_for_the_code_of_the_phone(people, sign_in, client, required):
    sign_in("amina@example.org")
    secret, _ = set_up(client)
    client.post("/account/logout/")
    cache.clear()  # half a minute later: a code is not taken twice
    answer = sign_in("amina@example.org")
    assert answer.headers["Location"] == "/account/2fa/authenticate/"
    assert client.get("/desk/partners/").headers["Location"].startswith("/account/login/")
    assert b"Type your second code" in client.get("/account/2fa/authenticate/").content
    wrong = client.post("/account/2fa/authenticate/", {"code": "123"})
    assert b"not right" in wrong.content
    right = client.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert right.headers["Location"] == "/desk/"
    assert client.get("/desk/partners/").status_code == 200


def test_the_code_by_e_mail_does_not_go_round_the_second_step(people, sign_in, client, required):
    sign_in("amina@example.org")
    set_up(client)
    client.post("/account/logout/")
    ask_for_code(client, "amina@example.org")
    answer = client.post("/account/login/code/confirm/", {"code": code_in(mail.outbox[-1])})
    assert answer.headers["Location"] == "/account/2fa/authenticate/"
    assert client.get("/desk/partners/").status_code == 302


def test_a_spare_code_works_once(people, sign_in, client, required):
    sign_in("amina@example.org")
    set_up(client)
    code = spare_codes(people.amina)[0]
    for expected in (302, 200):
        client.post("/account/logout/")
        sign_in("amina@example.org")
        answer = client.post("/account/2fa/authenticate/", {"code": code})
        assert answer.status_code == expected


def test_taking_it_away_asks_again_who_it_is_and_leads_back_to_setting_it_up(
    people, sign_in, client, required, settings
):
    sign_in("amina@example.org")
    set_up(client)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    ask = client.get("/account/2fa/totp/deactivate/")
    assert ask.headers["Location"].startswith("/account/reauthenticate/")
    assert b"Is it still you?" in client.get(ask.headers["Location"]).content
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    client.post(ask.headers["Location"], {"password": PASSWORD})
    assert b"Take it away" in client.get("/account/2fa/totp/deactivate/").content
    client.post("/account/2fa/totp/deactivate/")
    assert client.get("/desk/").headers["Location"] == SET_UP


def test_a_coordinator_helps_someone_who_lost_phone_and_codes(people, sign_in, client):
    sign_in("ana@example.org")
    set_up(client)
    client.logout()
    sign_in("amina@example.org")
    page = client.get(f"/desk/partners/people/{people.ana.pk}/")
    assert b"Take away their second step" in page.content
    client.post(f"/desk/partners/people/{people.ana.pk}/second-step/")
    assert not Authenticator.objects.filter(user=people.ana).exists()


def test_the_command_line_helps_the_only_coordinator(people, sign_in, client, capsys):
    sign_in("amina@example.org")
    set_up(client)
    call_command("remove_second_step", "Amina@example.org")
    assert not Authenticator.objects.filter(user=people.amina).exists()


def test_the_app_shows_the_name_of_the_office_beside_the_codes(people):
    operations.set_office(name="Walk with us")
    url = get_adapter().build_totp_url(people.amina, "ABC")
    assert "issuer=Walk%20with%20us" in url and "amina%40example.org" in url
