"""A paper sheet is typed in by keyboard alone, and what is typed outlives a broken line."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from shapely.geometry import box
from tests.walks import open_walk

from studytours.areas.operations import make_area
from studytours.demo.town import PASSWORD
from studytours.fieldwork.models import Observation
from studytours.fieldwork.operations import seed_categories
from studytours.partners.operations import create_local_accounts
from studytours.tours.operations import add_stop, plan_tour

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sheet(transactional_db, live_server, settings, desk_page):
    """The page of sheet A, for a coordinator who has signed in."""
    settings.BASE_URL = live_server.url
    seed_categories()  # an emptied database has lost them
    create_local_accounts(PASSWORD)
    area = make_area(
        name="Mill Lane", geometry=box(-0.722, 52.302, -0.713, 52.307), made_from="drawn",
        why="Burglaries",
    )  # fmt: skip
    soon = timezone.now() + timedelta(minutes=1)
    tour = plan_tour(area=area, title="Mill Lane", starts_at=soon, meeting_point="The hall")
    add_stop(tour, name="Garages", lat=52.3036, lon=-0.7195)
    open_walk(tour)
    desk_page.goto("/account/login/")
    desk_page.locator("input[name=login]").fill("coordinator@studytours.example")
    desk_page.locator("input[name=password]").fill(PASSWORD)
    desk_page.keyboard.press("Enter")
    desk_page.wait_for_url("**/desk/")
    desk_page.goto(f"{tour.get_desk_url()}paper/")
    return desk_page


def type_row(page, kind, code, words, where):
    for text in (kind, code, words, where):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def test_three_rows_without_a_mouse(sheet, axe):
    expect(sheet.locator("[name=A1-kind]")).to_be_focused()  # begins at the first empty row
    type_row(sheet, "P", "LIT", "The lamp is out", "1")
    expect(sheet.locator("[name=A2-kind]")).to_be_focused()
    type_row(sheet, "g", "par", "The benches", "Mill Lane")
    type_row(sheet, "P", "XXX", "Glass", "7")
    axe(sheet)
    sheet.keyboard.press("Control+s")
    summary = sheet.locator(".govuk-error-summary")
    expect(summary).to_contain_text("Row A3, code: There is no code “XXX”.")
    expect(summary).to_contain_text("Row A3, stop or street: There is no stop 7 on this tour.")
    axe(sheet)
    assert not Observation.objects.exists()
    sheet.locator("[name=A3-category]").focus()
    sheet.keyboard.press("Control+a")
    sheet.keyboard.type("FLY")
    sheet.locator("[name=A3-where]").focus()
    sheet.keyboard.press("Control+a")
    sheet.keyboard.type("1")
    sheet.keyboard.press("Control+s")
    expect(sheet.locator("main")).to_contain_text("Saved: A1, A2, A3.")
    expect(sheet.locator("[name=A4-kind]")).to_be_focused()
    assert {one.words for one in Observation.objects.all()} == {
        "The lamp is out", "The benches", "Glass",
    }  # fmt: skip


def test_what_is_typed_outlives_a_broken_line_and_a_closed_page(sheet, no_problems):
    type_row(sheet, "P", "LIT", "The lamp is out", "1")
    with no_problems.offline(sheet.context):
        sheet.keyboard.press("Control+s")
        expect(sheet.locator("[data-kept]")).to_contain_text("There is no connection.")
    address = sheet.url
    sheet.goto("about:blank")
    sheet.goto(address)
    expect(sheet.locator("[name=A1-words]")).to_have_value("The lamp is out")
    expect(sheet.locator("[data-kept]")).to_contain_text("is here again")
    sheet.keyboard.press("Control+s")
    expect(sheet.locator("main")).to_contain_text("Saved: A1.")
    sheet.reload()
    expect(sheet.locator("[name=A1-words]")).to_have_count(0)
    assert sheet.evaluate("() => localStorage.length") == 0
