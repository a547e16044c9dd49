"""Who came: ticked by the leader, counted, and never shown in numbers that point at a person."""

import pytest
from django.urls import reverse
from tests.tours.conftest import NOW, START
from tests.walks import open_walk

from studytours.core.errors import Refused
from studytours.tours import operations
from studytours.tours.invitations.queries import attendance_of, attendance_words


@pytest.fixture
def walked(open_tour, guest, landlord):
    operations.invite(open_tour, organisation=landlord, now=NOW)
    guest("ann")
    return operations.close_walk(open_tour, now=START)


def counted(tour, residents, partners, came=()):
    return operations.record_attendance(
        tour, came=dict(came), residents=residents, partners=partners, now=START
    )


def test_nobody_is_counted_before_the_day(open_tour):
    with pytest.raises(Refused, match="has not begun"):
        operations.record_attendance(open_tour, came={}, now=NOW)


@pytest.mark.parametrize("wrong", [-1, 501])
def test_a_number_that_cannot_be_is_refused(walked, wrong):
    with pytest.raises(Refused, match="between 0 and 500"):
        counted(walked, wrong, 0)
    assert attendance_of(walked) is None and attendance_words(walked) == ""


def test_counting_again_replaces_the_count(walked, landlord):
    ann, homes = walked.invitations.get(name="ann"), walked.invitations.get(organisation=landlord)
    counted(walked, 9, 5, {ann.pk: 2, homes.pk: 3})
    assert attendance_of(walked) == {
        "people": 19, "residents": 11, "partners": 8, "organisations": 1,
    }  # fmt: skip
    counted(walked, 10, 6, {ann.pk: 1})
    assert attendance_of(walked)["people"] == 17 and attendance_of(walked)["organisations"] == 0


@pytest.mark.parametrize(
    ("residents", "partners", "said"),
    [
        (12, 19, "31 people came: 12 residents and guests, 19 from 0 organisations."),
        (4, 20, "24 people came."),  # 24 and 20 would say 4
        (20, 4, "24 people came."),
        (3, 1, "Fewer than five people came."),
        (0, 0, ""),
    ],
)
def test_fewer_than_five_are_never_shown_apart(walked, residents, partners, said):
    assert attendance_words(counted(walked, residents, partners)) == said


def test_the_leader_ticks_on_a_phone_and_the_report_says_how_many(client, leader, soon, landlord):
    homes = operations.invite(soon, organisation=landlord)
    operations.open_invitations(soon)
    operations.answer_invitation(homes, "yes", guests=5)
    url = reverse("desk_tour_attendance", args=[soon.slug])
    client.force_login(leader)
    assert "The walk has not begun" in client.get(url).content.decode()
    open_walk(soon)
    page = client.get(url).content.decode()
    assert "Tick who is here" in page and 'value="6"' in page
    form = {f"tick_{homes.pk}": "on", f"came_{homes.pk}": "6", "residents": "12", "partners": ""}
    page = client.post(url, form, follow=True).content.decode()
    assert "Saved. 18 people came." in page
    assert b"There is a problem" in client.post(url, {"residents": "many"}).content
    operations.report_back(operations.close_walk(soon), summary="We saw.")
    report = client.get(soon.get_absolute_url()).content.decode()
    assert "18 people came: 12 residents and guests, 6 from 1 organisation." in report


def test_an_unticked_row_did_not_come_whatever_its_number(client, leader, soon, landlord):
    homes = operations.invite(soon, organisation=landlord)
    open_walk(soon)
    client.force_login(leader)
    url = reverse("desk_tour_attendance", args=[soon.slug])
    client.post(url, {f"came_{homes.pk}": "3", "residents": "1"})
    homes.refresh_from_db()
    assert homes.came == 0
