"""What people answer: guests, needs, somebody else instead; and hostile words."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.tours.conftest import NOW, START

from studytours.core.errors import Gone, Refused
from studytours.core.models import Event, Message
from studytours.tours import operations
from studytours.tours.models import Invitation

HOSTILE = "Eve\r\nBcc: all@example.org\r\n\r\n<script>alert(1)</script>"


def instead(invitation, email, name="Tom"):
    return operations.answer_invitation(
        invitation, "no", instead=name, instead_email=email, now=NOW
    )


def test_what_is_no_address_is_refused_and_the_answer_with_it(guest):
    ann = guest("ann")
    with pytest.raises(Refused, match="is not an e-mail address"):
        instead(ann, "tom at example")
    with pytest.raises(Refused, match="is not an e-mail address"):
        instead(ann, "tom@example.org\nBcc: all@example.org")
    ann.refresh_from_db()
    assert ann.answer == "none"


def test_someone_who_was_asked_already_is_not_asked_again(open_tour, guest, landlord):
    operations.invite(open_tour, organisation=landlord, now=NOW)
    ann = guest("ann")
    guest("ben")
    for known in ("ben@example.org", "G@example.org"):
        with pytest.raises(Refused, match="asked them already"):
            instead(ann, known)
    with pytest.raises(Refused, match="your own address"):
        instead(ann, "ann@example.org")


def test_who_is_named_instead_is_invited_once_and_only_one_can_be_named(open_tour, guest):
    ann = guest("ann")
    for _ in range(2):
        instead(ann, "Tom@example.org")
    tom = Invitation.objects.get(instead_of=ann)
    assert (tom.name, tom.email, tom.sent_at) == ("Tom", "tom@example.org", NOW)
    [letter] = Message.objects.filter(to="tom@example.org")
    assert "Someone we asked cannot come, and named you instead" in letter.text
    assert "ann@" not in letter.text and "Ann" not in letter.text
    with pytest.raises(Refused, match="named somebody already"):
        instead(ann, "zoe@example.org")


def test_who_comes_for_an_organisation_comes_for_its_work(open_tour, landlord):
    one = operations.invite(open_tour, organisation=landlord, work="homes", now=NOW)
    operations.open_invitations(open_tour, now=NOW)
    instead(one, "tom@example.org")
    tom = Invitation.objects.get(instead_of=one)
    assert (tom.organisation, tom.work, str(tom)) == (landlord, "homes", "Greatwell Homes: Tom")


def test_an_answer_to_an_invitation_that_was_taken_back_is_told_so(tour):
    one = operations.invite(tour, email="ann@example.org", now=NOW)
    held = Invitation.objects.select_related("tour").get(pk=one.pk)
    operations.withdraw_invitation(one, now=NOW)
    with pytest.raises(Gone, match="taken back"):
        operations.answer_invitation(held, "yes", now=NOW)


def test_hostile_words_become_one_line_and_reach_no_header(open_tour, client, coordinator):
    one = operations.invite(open_tour, name=HOSTILE, email="eve@example.org", now=NOW)
    operations.open_invitations(open_tour, now=NOW)
    operations.answer_invitation(one, "yes", HOSTILE, access_needs=HOSTILE, phone=HOSTILE, now=NOW)
    for message in Message.objects.all():
        assert (
            "\n" not in message.subject and "Bcc" not in message.calendar.split("BEGIN:VEVENT")[0]
        )
    one.refresh_from_db()
    assert "\n" not in one.name + one.note + one.access_needs + one.phone
    client.force_login(coordinator)
    page = client.get(reverse("desk_tour_invitations", args=[open_tour.slug])).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_what_is_kept_for_good_names_nobody(open_tour, guest):
    zelda = guest("zelda")
    operations.answer_invitation(zelda, "yes", "I am deaf", access_needs="signs", now=NOW)
    instead(zelda, "tom@example.org")
    said = " ".join(Event.objects.values_list("summary", flat=True)).lower()
    assert not any(word in said for word in ("zelda", "tom", "deaf", "signs"))


def test_needs_and_phone_are_forgotten_with_the_rest_and_so_are_the_letters(open_tour, guest):
    ann = guest("ann")
    operations.answer_invitation(ann, "yes", access_needs="a rest", phone="07700 900123", now=NOW)
    assert Message.objects.filter(to="ann@example.org").exists()
    Message.objects.update(state="sent", sent_at=NOW)
    for _ in range(2):
        operations.forget_guests(now=START + timedelta(days=121))
    ann.refresh_from_db()
    assert (ann.name, ann.email, ann.access_needs, ann.phone) == ("", "", "", "")
    assert ann.answer == "yes" and not Message.objects.filter(to="ann@example.org").exists()


def test_two_contacts_of_one_organisation_are_forgotten_too(open_tour, landlord):
    for email in ("a@example.org", "b@example.org"):
        operations.invite(open_tour, organisation=landlord, email=email, now=NOW)
    operations.forget_guests(now=START + timedelta(days=121))
    assert list(open_tour.invitations.values_list("email", flat=True)) == ["", ""]


# -- the page -------------------------------------------------------------------------------------


@pytest.fixture
def link(soon):
    """The reply page of a guest of next week's tour."""
    one = operations.invite(soon, name="Ann", email="ann@example.org")
    operations.open_invitations(soon)
    return reverse("tour_reply", args=[one.token])


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"note": "Perhaps"}, "This field is required"),
        ({"answer": "else"}, "Say whom we should ask instead"),
        ({"answer": "yes", "instead_email": "tom@example.org"}, "Choose “Somebody else”"),
        ({"answer": "yes", "guests": "99"}, "less than or equal to 10"),
        ({"answer": "else", "instead_email": "ann@example.org"}, "your own address"),
    ],
)
def test_a_wrong_answer_comes_back_with_the_reason(client, link, form, says):
    answer = client.post(link, form)
    assert says in answer.content.decode()
    assert Invitation.objects.get().answer == "none"


def test_somebody_else_is_asked_from_the_page(client, link):
    form = {"answer": "else", "instead": "Tom", "instead_email": "tom@example.org"}
    page = client.post(link, form, follow=True).content.decode()
    assert "We have your answer: not coming" in page
    assert Invitation.objects.get(email="tom@example.org").instead_of.name == "Ann"


def test_who_waits_reads_so_and_a_full_walk_says_so_before(client, soon, link):
    operations.set_places(soon, capacity=1)
    operations.come_along(soon, name="Bea")
    assert "All places are taken just now" in client.get(link).content.decode()
    page = client.post(link, {"answer": "yes"}, follow=True).content.decode()
    assert "You are on the waiting list" in page and "We write to you" in page


def test_needs_and_phone_are_not_for_the_analyst(client, request, soon, link):
    form = {"answer": "yes", "access_needs": "a ramp", "phone": "07700 900123"}
    client.post(link, form)
    for who, sees in (("coordinator", True), ("leader", True), ("analyst", False)):
        client.force_login(request.getfixturevalue(who))
        page = client.get(reverse("desk_tour_invitations", args=[soon.slug])).content.decode()
        assert ("a ramp" in page, "07700 900123" in page) == (sees, sees)


def test_what_somebody_said_by_telephone_is_kept_and_gives_or_frees_a_place(
    client, coordinator, soon, church
):
    one = operations.invite(soon, organisation=church)
    operations.set_places(soon, capacity=2)
    operations.open_invitations(soon)
    operations.answer_invitation(one, "yes", "By bus", guests=1, access_needs="a ramp")
    waits = operations.come_along(soon, name="Bea")
    client.force_login(coordinator)
    url = reverse("desk_tour_answer", args=[soon.slug, one.pk])
    assert client.post(url, {"answer": "perhaps"}).status_code == 409
    page = client.post(url, {"answer": "no"}, follow=True).content.decode()
    assert "St Mark&#x27;s: not coming." in page
    for invitation in (one, waits):
        invitation.refresh_from_db()
    assert (one.answer, one.note, one.access_needs) == ("no", "By bus", "a ramp")
    assert waits.answer == "yes"
    client.post(url, {"answer": "yes"})
    assert soon.invitations.get(pk=one.pk).answer == "yes"
