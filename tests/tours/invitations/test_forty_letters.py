"""Forty invitations, a mail server that refuses one: the rest once, the one shown with its cure."""

import pytest
from django.urls import reverse
from tests.core.test_messages import post_office  # noqa: F401  (a real SMTP peer)

from studytours.core.errors import Refused
from studytours.core.models import Message
from studytours.tours import operations


@pytest.fixture
def forty(soon, post_office, django_capture_on_commit_callbacks):  # noqa: F811
    """Guests 0 to 38, and one whose address is wrong."""
    for name in [*range(39), "gone"]:
        operations.invite(soon, name=f"Guest {name}", email=f"{name}@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        operations.open_invitations(soon)
        operations.open_invitations(soon)
    return soon


def received(post_office):  # noqa: F811
    return sorted(to[0] for to, _ in post_office.letters)


def test_the_rest_are_sent_once_and_the_one_is_shown_with_the_words_of_the_server(
    forty,
    post_office,  # noqa: F811
    client,
    coordinator,
):
    assert received(post_office) == sorted(f"{n}@example.org" for n in range(39))
    client.force_login(coordinator)
    page = client.get(reverse("desk_tour_invitations", args=[forty.slug])).content.decode()
    assert "1 e-mail came back. All others were sent, each once." in page
    assert "no such person here" in page and "Put the address right" in page


def test_with_the_right_address_it_is_written_again_and_nothing_else_is(
    forty,
    post_office,  # noqa: F811
    client,
    coordinator,
    django_capture_on_commit_callbacks,
):
    gone = forty.invitations.get(email="gone@example.org")
    url = reverse("desk_tour_address", args=[forty.slug, gone.pk])
    client.force_login(coordinator)
    for wrong, says in (("x", "Type an e-mail address"), ("3@example.org", "at this address")):
        assert says in client.post(url, {"email": wrong}, follow=True).content.decode()
    assert Message.objects.filter(state="failed").count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {"email": "found@example.org"})
        answer = client.post(url, {"email": "found@example.org"}, follow=True)
    assert "found@example.org" in received(post_office) and len(post_office.letters) == 40
    gone.refresh_from_db()
    [letter] = [text for to, text in post_office.letters if to == ["found@example.org"]]
    assert gone.token[:20] in letter.replace("=\r\n", "").replace("=\n", "")
    with pytest.raises(Refused, match="came back"):
        operations.correct_address(gone, "other@example.org")
    assert answer.status_code == 200
