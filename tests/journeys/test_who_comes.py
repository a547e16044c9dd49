"""From a missing remit to a tick on the day: the coordinator, a guest, a resident, the leader."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from shapely.geometry import box

from studytours.areas.operations import make_area
from studytours.demo.town import PASSWORD
from studytours.fieldwork.operations import seed_categories
from studytours.partners.operations import create_local_accounts, create_organisation
from studytours.tours import operations
from studytours.tours.models import Tour

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def tour(transactional_db, live_server, settings):
    """Next week's walk in Queensway; the lamp team answers for street lighting."""
    settings.BASE_URL = live_server.url
    seed_categories()  # an emptied database has lost them
    people = create_local_accounts(PASSWORD)
    create_organisation(
        name="Lamp team", kind="council", looks_after="street lights", email="lamps@example.org"
    )
    area = make_area(
        name="Queensway", geometry=box(-0.725, 52.300, -0.710, 52.308), made_from="drawn",
        why="Residents asked.", by=people["coordinator"],
    )  # fmt: skip
    return operations.plan_tour(
        area=area, title="Queensway study tour", starts_at=timezone.now() + timedelta(days=7),
        meeting_point="Church hall", leader=people["leader"], by=people["coordinator"],
    )  # fmt: skip


def sign_in(page, role):
    page.goto("/account/login/")
    page.fill("input[name=login]", f"{role}@studytours.example")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/desk/**")


def test_who_is_missing_is_asked_answers_and_is_ticked(tour, desk_page, phone_page, axe):
    invitations = f"/desk/tours/{tour.slug}/invitations/"
    sign_in(desk_page, "coordinator")
    desk_page.goto(invitations)
    desk_page.get_by_role("button", name="Ask Lamp team").press("Enter")
    desk_page.get_by_role("button", name="Send 1 invitation by e-mail").press("Enter")
    expect(desk_page.get_by_text("1 e-mail is on the way")).to_be_visible()
    axe(desk_page)

    phone_page.goto(f"/tours/reply/{tour.invitations.get().token}/")
    phone_page.get_by_label("Yes").check()
    phone_page.get_by_label("What do you need to take part?").fill("No steps")
    phone_page.get_by_role("button", name="Send my answer").click()
    expect(phone_page.get_by_text("We have your answer: coming.")).to_be_visible()
    axe(phone_page)

    phone_page.goto(f"/tours/{tour.slug}/")
    phone_page.get_by_role("link", name="Come along").click()
    phone_page.get_by_role("button", name="I come along").click()
    expect(phone_page.get_by_text("Keep this page")).to_be_visible()

    desk_page.goto(invitations)
    expect(desk_page.get_by_text("Needs: No steps")).to_be_visible()
    Tour.objects.filter(pk=tour.pk).update(starts_at=timezone.now() - timedelta(minutes=5))
    phone_page.context.clear_cookies()
    sign_in(phone_page, "leader")
    phone_page.goto(f"/desk/tours/{tour.slug}/attendance/")
    phone_page.get_by_label("Lamp team").first.check()
    phone_page.get_by_label("Residents and guests").fill("12")
    axe(phone_page)
    phone_page.get_by_role("button", name="Save").click()
    expect(phone_page.get_by_text("Saved. 13 people came.")).to_be_visible()
