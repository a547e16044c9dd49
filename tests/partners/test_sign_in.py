import re
import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import NoReverseMatch, reverse

from studytours.partners import operations

from .conftest import PASSWORD, ask_for_code, code_in, signed_in

# --- password --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("amina@example.org", "wrong password"),
        ("nobody@example.org", PASSWORD),
        ("amina@example.org", ""),
        ("not an address", PASSWORD),
    ],
)
def test_a_wrong_password_or_address_does_not_sign_in(people, sign_in, client, email, password):
    answer = sign_in(email, password)
    assert answer.status_code == 200
    assert b"There is a problem" in answer.content
    assert not signed_in(client)


def test_the_page_does_not_say_whether_the_address_is_known(people, sign_in):
    def words(answer):
        page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
        return page.replace("nobody@", "amina@")

    assert words(sign_in("nobody@example.org", "wrong")) == words(
        sign_in("amina@example.org", "wrong")
    )


@pytest.mark.parametrize(
    ("name", "page"),
    [("Amina", "/desk/"), ("Ana", "/desk/"), ("Lee", "/desk/tours/"), ("Pat", "/mine/")],
)
def test_everyone_comes_to_their_own_first_page(people, sign_in, client, name, page):
    answer = sign_in(f"{name.upper()}@Example.org")
    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    assert signed_in(client)


def test_the_page_asked_for_comes_first_but_never_another_site(people, sign_in, client):
    assert sign_in("amina@example.org", next="/desk/partners/").headers["Location"] == (
        "/desk/partners/"
    )
    client.logout()
    answer = sign_in("amina@example.org", next="https://evil.example/")
    assert answer.headers["Location"] == "/desk/"


def test_someone_switched_off_cannot_sign_in_and_is_put_out(people, sign_in, client):
    sign_in("lee@example.org")
    operations.change_person(people.lee, active=False)
    assert client.get("/account/2fa/").headers["Location"].startswith("/account/login/")
    client.logout()
    answer = sign_in("lee@example.org")
    assert not signed_in(client)
    assert answer.headers["Location"] == "/account/inactive/"
    assert b"switched off" in client.get("/account/inactive/").content


def test_too_many_passwords_stop_even_the_right_one(people, sign_in, client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": None, "login": None}
    for _ in range(10):
        assert sign_in("amina@example.org", "wrong").status_code == 200
    answer = sign_in("amina@example.org")
    assert answer.status_code == 429
    assert "Wait 15 minutes" in answer.content.decode()
    assert not signed_in(client)
    assert sign_in("ana@example.org").status_code == 302


def test_allauth_slows_down_one_address_too(people, sign_in):
    answers = [sign_in("amina@example.org", "wrong") for _ in range(6)]
    assert b"That was too often" in answers[-1].content


def test_signing_in_forgets_the_wrong_tries(people, sign_in, client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": None, "login": None}
    for _ in range(4):
        for _ in range(4):
            sign_in("amina@example.org", "wrong")
        assert sign_in("amina@example.org").status_code == 302
        client.logout()


def test_signing_out_needs_a_button(people, sign_in, client):
    sign_in("lee@example.org")
    assert b"Sign out?" in client.get("/account/logout/").content
    assert signed_in(client)
    assert client.post("/account/logout/").headers["Location"] == "/"
    assert not signed_in(client)


# --- a code by e-mail ------------------------------------------------------------------------


def test_a_code_by_e_mail_signs_in_someone_without_password(people, homes, client):
    operations.create_person(
        email="new@example.org", name="New", role="partner", organisation=homes
    )
    page = ask_for_code(client, "new@example.org")
    assert b"Type the code" in page.content
    (message,) = mail.outbox
    assert message.subject == "Study tours: your code to sign in"
    answer = client.post("/account/login/code/confirm/", {"code": code_in(message).lower()})
    assert answer.headers["Location"] == "/mine/"
    assert signed_in(client)


def test_an_unknown_address_gets_the_same_page_and_a_letter_without_code(people, client):
    known = ask_for_code(client, "lee@example.org")
    client.cookies.clear()
    unknown = ask_for_code(client, "nobody@example.org")
    assert unknown.redirect_chain == known.redirect_chain
    assert b"Type the code" in unknown.content
    assert "We do not have this address" in mail.outbox[1].body
    assert client.post("/account/login/code/confirm/", {"code": "ABCDEF"}).status_code == 200
    assert not signed_in(client)


def test_someone_switched_off_gets_no_code(people, client):
    operations.change_person(people.lee, active=False)
    page = ask_for_code(client, "lee@example.org")
    assert b"Type the code" in page.content
    assert "Your code is" not in mail.outbox[0].body


def test_another_code_or_another_address_can_be_asked_for(people, client):
    ask_for_code(client, "lee@example.org")
    page = client.post("/account/login/code/confirm/", {"action": "resend"}, follow=True)
    assert b"Type the code" in page.content
    assert code_in(mail.outbox[0]) != code_in(mail.outbox[1])
    page = client.post("/account/logout/", {"next": "/account/login/code/"}, follow=True)
    assert b"Send me a code" in page.content
    ask_for_code(client, "pat@example.org")
    assert mail.outbox[2].to == ["pat@example.org"]


def test_a_wrong_code_three_times_ends_the_code(people, client):
    ask_for_code(client, "lee@example.org")
    for _ in range(3):
        client.post("/account/login/code/confirm/", {"code": "WRONG1"})
    answer = client.post("/account/login/code/confirm/", {"code": code_in(mail.outbox[0])})
    assert answer.status_code == 302
    assert not signed_in(client)


def test_codes_cannot_be_asked_for_without_end(db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": None}
    statuses = [ask_for_code(Client(), "nobody@example.org").status_code for _ in range(7)]
    assert statuses == [200] * 6 + [429]
    assert len(mail.outbox) == 6


def test_a_broken_mail_server_is_said_the_same_way_for_everyone(people, client, monkeypatch):
    def refuse(self, messages):
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    for email in ("lee@example.org", "nobody@example.org"):
        answer = client.post("/account/login/code/", {"email": email})
        assert answer.status_code == 503
        assert "cannot send e-mails" in answer.content.decode()


# --- a new password --------------------------------------------------------------------------


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(people, client, sign_in):
    client.post("/account/password/reset/", {"email": "lee@example.org"})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True)
    assert b"Choose a new password" in form.content
    where = form.redirect_chain[-1][0]
    refused = client.post(where, {"password1": "short", "password2": "short"})
    assert b"at least 10 characters" in refused.content
    new = {"password1": "green kettle forty", "password2": "green kettle forty"}
    assert client.post(where, new).headers["Location"] == "/account/password/reset/key/done/"
    assert b"new password is saved" in client.get("/account/password/reset/key/done/").content
    assert b"no longer works" in client.get(link, follow=True).content
    assert sign_in("lee@example.org").status_code == 200
    assert sign_in("lee@example.org", "green kettle forty").status_code == 302


def test_asking_for_a_new_password_says_the_same_for_an_unknown_address(people, client):
    answers = [
        client.post("/account/password/reset/", {"email": f"{name}@example.org"}, follow=True)
        for name in ("lee", "nobody")
    ]
    assert answers[0].redirect_chain == answers[1].redirect_chain
    assert answers[0].content == answers[1].content
    assert "We do not have this address" in mail.outbox[1].body


def test_a_password_is_changed_with_the_old_one(people, sign_in, client):
    sign_in("lee@example.org")
    new = {"password1": "green kettle forty", "password2": "green kettle forty"}
    wrong = client.post("/account/password/change/", {"oldpassword": "no", **new})
    assert b"not your password now" in wrong.content
    right = client.post("/account/password/change/", {"oldpassword": PASSWORD, **new})
    assert right.headers["Location"] == "/account/2fa/"
    assert signed_in(client)


def test_someone_with_a_code_only_can_choose_a_password(people, client):
    person = operations.create_person(email="new@example.org", name="New", role="leader")
    ask_for_code(client, "new@example.org")
    client.post("/account/login/code/confirm/", {"code": code_in(mail.outbox[0])})
    assert b"None: you sign in with a code" in client.get("/account/2fa/").content
    client.post(
        "/account/password/set/",
        {"password1": "green kettle forty", "password2": "green kettle forty"},
    )
    person.refresh_from_db()
    assert person.check_password("green kettle forty")


# --- what there is not -----------------------------------------------------------------------


def test_nobody_makes_their_own_account(db, client):
    page = client.get("/account/signup/")
    assert b"You cannot make an account here" in page.content
    assert client.post("/account/signup/", {"email": "x@example.org"}).status_code == 405


@pytest.mark.parametrize(
    "name",
    ["account_email", "socialaccount_connections", "socialaccount_signup", "account_confirm_email"],
)
def test_pages_that_change_the_address_or_connect_accounts_do_not_exist(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    "page", ["login/", "login/code/", "password/reset/", "password/reset/done/", "inactive/"]
)
def test_sign_in_pages_look_like_ours(db, client, page):
    html = client.get(f"/account/{page}").content.decode()
    assert "govuk-heading-l" in html and "st-header" in html
    assert "<script>" not in html and "style=" not in html and "placeholder=" not in html
