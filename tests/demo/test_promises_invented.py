"""The demonstration says everywhere that it is invented, and a real office nowhere."""

import pytest
from django.core import mail
from tests.crawl import pages

from studytours.actions.models import Action
from studytours.actions.operations import link_for
from studytours.core.models import Message
from studytours.fieldwork.operations import join
from studytours.partners.operations import send_welcome, set_office


def silent(texts):
    """The pages that do not say it."""
    return [url for url, text in texts.items() if "invented" not in text.lower()]


def test_a_real_office_never_says_so(town, client):
    set_office(is_invented=False)
    client.force_login(town.amina)
    starts = ("/", "/desk/", f"{town.open_walk.get_desk_url()}poster/", "/w/", "/walk/")
    assert [url for url, text in pages(client, *starts).items() if "invented" in text.lower()] == []


def test_every_page_that_a_stranger_can_come_to_says_so(town, client):
    action = Action.objects.filter(owner=town.bodies["homes"]).first()
    invitation = town.coming_tour.invitations.first()
    texts = pages(
        client, "/", "/w/", f"/w/{town.open_walk.join_code}", "/w/WRONG7", "/walk/",
        "/no/such/page", "/account/login/", "/account/password/reset/", "/account/login/code/",
        f"/tours/reply/{invitation.token}/", link_for(action).removeprefix("http://testserver"),
    )  # fmt: skip
    assert len(texts) > 30
    assert silent(texts) == []


def test_every_page_of_the_desk_says_so(town, client):
    client.force_login(town.amina)
    walk = town.open_walk.get_desk_url()
    texts = pages(client, "/desk/", f"{walk}poster/", f"{walk}phones/", f"{walk}paper/")
    assert len(texts) > 60
    assert silent(texts) == []


def test_a_partner_reads_it_too(town, client):
    client.force_login(town.eve)
    texts = pages(client, "/mine/")
    assert len(texts) > 5 and silent(texts) == []


def test_the_phone_is_told_so(town, client):
    _, token = join(code=town.open_walk.join_code, now=town.now)
    pack = client.get("/api/field/pack", headers={"Authorization": f"Bearer {token}"}).json()
    assert pack["office"]["is_invented"] is True


def test_every_e_mail_says_so(town, client):
    send_welcome(town.dee)
    texts = {f"{m.pk} {m.subject}": m.text for m in Message.objects.all()}
    assert len(texts) > 20 and silent(texts) == []


@pytest.mark.parametrize("page", ["/account/login/code/", "/account/password/reset/"])
@pytest.mark.parametrize("who", ["eve", "stranger"])
def test_e_mails_about_signing_in_say_so(town, client, page, who):
    address = town.eve.email if who == "eve" else "stranger@saltmere.example"
    client.post(page, {"email": address})
    assert silent({m.subject: m.body for m in mail.outbox}) == []
    assert len(mail.outbox) == 1
