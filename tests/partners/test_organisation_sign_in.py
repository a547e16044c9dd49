"""Sign-in through the organisation's own system, against a small OpenID Connect provider."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider

from studytours.partners import operations
from studytours.partners.models import Person

from .conftest import signed_in


class Provider(BaseHTTPRequestHandler):
    """Says who `person` is to anybody who brings a code."""

    person = None

    def do_GET(self):
        here = f"http://{self.headers['Host']}"
        if self.path == "/.well-known/openid-configuration":
            self.say(
                {
                    "issuer": here,
                    "authorization_endpoint": f"{here}/authorize",
                    "token_endpoint": f"{here}/token",
                    "userinfo_endpoint": f"{here}/userinfo",
                    "jwks_uri": f"{here}/keys",
                }
            )
        else:
            self.say(self.person)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.say({"access_token": "a", "token_type": "Bearer"})

    def say(self, thing):
        body = json.dumps(thing).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def provider(settings, monkeypatch):
    # The settings install it only where STUDYTOURS_OIDC_URL is given.
    monkeypatch.setitem(registry.provider_map, "openid_connect", OpenIDConnectProvider)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "organisation",
                    "name": "Northants Police",
                    "client_id": "studytours",
                    "secret": "s",
                    "settings": {"server_url": f"http://127.0.0.1:{server.server_port}"},
                }
            ]
        }
    }
    yield Provider
    server.shutdown()
    server.server_close()


def come_back(client, provider, *, email, verified=True, process="login"):
    provider.person = {"sub": f"id of {email}", "email": email, "email_verified": verified}
    away = client.post(f"/account/oidc/organisation/login/?process={process}")
    asked = parse_qs(urlsplit(away.headers["Location"]).query)
    return client.get(
        "/account/oidc/organisation/login/callback/", {"code": "c", "state": asked["state"][0]}
    )


def test_without_a_provider_there_is_no_button_and_no_page(people, client):
    assert b"Sign in with" not in client.get("/account/login/").content
    assert client.get("/account/oidc/organisation/login/").status_code == 404
    assert client.post("/account/oidc/organisation/login/").status_code == 404


def test_the_button_says_where_it_leads_and_asks_first(people, client, provider):
    assert b"Sign in with Northants Police" in client.get("/account/login/").content
    page = client.get("/account/oidc/organisation/login/")
    assert page.status_code == 200 and b"You go to their page" in page.content


def test_a_known_verified_address_signs_in_without_our_second_step(
    people, client, provider, settings
):
    settings.SECOND_FACTOR_REQUIRED = True
    answer = come_back(client, provider, email="Amina@example.org")
    assert answer.headers["Location"] == "/desk/"
    assert client.get("/desk/partners/").status_code == 200
    people.amina.refresh_from_db()
    assert people.amina.has_usable_password()


def test_an_unknown_address_makes_no_account(people, client, provider):
    answer = come_back(client, provider, email="stranger@example.org")
    assert b"You cannot make an account here" in answer.content
    assert not signed_in(client)
    assert Person.objects.count() == 4


def test_an_address_that_the_provider_has_not_verified_is_not_believed(people, client, provider):
    answer = come_back(client, provider, email="amina@example.org", verified=False)
    assert b"You cannot make an account here" in answer.content
    assert not signed_in(client)


def test_someone_switched_off_does_not_come_in_this_way(people, client, provider):
    operations.change_person(people.lee, active=False)
    come_back(client, provider, email="lee@example.org")
    assert not signed_in(client)


def test_a_foreign_account_is_not_tied_to_a_person(people, client, provider):
    client.force_login(people.lee)
    answer = come_back(client, provider, email="other@example.org", process="connect")
    assert answer.headers["Location"] == "/account/2fa/"
    client.logout()
    come_back(client, provider, email="other@example.org")
    assert not signed_in(client)


def test_a_failed_or_stopped_visit_has_a_page_of_ours(db, client, provider):
    answer = client.get("/account/oidc/organisation/login/callback/", {"error": "server_error"})
    assert answer.status_code == 401 and b"could not say who you are" in answer.content
    assert b"You stopped" in client.get("/account/organisation/cancelled/").content
    assert client.get("/account/organisation/error/").status_code == 401
