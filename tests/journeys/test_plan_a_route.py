"""A route through Oakham's real streets: proposed, used and changed by keyboard, dragged by mouse,
and all of it again without JavaScript."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from shapely.geometry import box

from studytours.areas.operations import make_area
from studytours.crime.operations import import_crimes
from studytours.demo.town import PASSWORD
from studytours.fieldwork.operations import seed_categories
from studytours.partners.operations import create_local_accounts
from studytours.streets import operations as streets
from studytours.tours.operations import plan_tour

from .test_choose_by_keyboard import Keyboard

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
READY = "() => document.querySelector('[data-map][data-ready]')"


@pytest.fixture
def oakham(transactional_db, live_server, settings, shared_data, monkeypatch):
    """Streets and crimes of Rutland, and a tour that meets at the library; no tiles are drawn."""
    settings.BASE_URL = live_server.url
    seed_categories()
    create_local_accounts(PASSWORD)
    monkeypatch.setattr(streets.base_map, "is_missing", lambda sha256: False)
    streets.import_streets(shared_data / "osm/rutland-2022-07-20.osm.pbf")
    import_crimes([shared_data / "police-uk-leicestershire-street-rutland-only.zip"])
    area = make_area(
        name="Oakham", geometry=box(-0.740, 52.663, -0.715, 52.675), made_from="drawn",
        why="Residents asked.", force="leicestershire",
    )  # fmt: skip
    return plan_tour(
        area=area, title="Oakham study tour", starts_at=timezone.now() + timedelta(20),
        meeting_point="The library on Catmose Street", meeting=(52.6700, -0.7265),
    )  # fmt: skip


def names(page):
    return page.locator("#stops-list .st-stops__words strong a").all_inner_texts()


def test_a_route_is_proposed_used_and_changed(oakham, desk_page, browser, live_server, axe):
    page, keys = desk_page, Keyboard(desk_page)
    keys.sign_in()
    page.goto(f"{oakham.get_desk_url()}stops/")
    keys.tab_to("a:has-text('Propose a route')")
    keys.press("Enter")
    page.wait_for_url("**/route/")
    keys.tab_to("button:has-text('Propose a route')")
    keys.press("Enter")
    expect(page.locator("#proposal-heading")).to_contain_text("points in")
    page.wait_for_function(READY)
    axe(page)
    keys.tab_to("button:has-text('Use this route')")
    keys.press("Enter")
    page.wait_for_url("**/stops/")
    page.wait_for_function(READY)
    expect(page.locator("body")).to_contain_text("Change it here as you like")
    before = names(page)
    assert len(before) > 3
    axe(page)

    keys.tab_to("#stops-list [data-change^='down-'] button")
    keys.press("Enter")
    expect(page.locator("#stops-said")).to_contain_text("is now stop 2")
    assert names(page)[:2] == before[1::-1]
    assert keys.focused("[data-change^='down-'] button")

    ends = page.locator("#stops-list").inner_text()
    disc = page.locator(".st-map__disc--drag").first
    disc.scroll_into_view_if_needed()
    at = disc.bounding_box()
    page.mouse.move(at["x"] + 8, at["y"] + 8)
    page.mouse.down()
    page.mouse.move(at["x"] + 70, at["y"] + 50, steps=5)
    page.mouse.up()
    expect(page.locator("#stops-said")).to_contain_text("was moved")
    assert page.locator("#stops-list").inner_text() != ends

    page.goto(f"{oakham.get_desk_url()}walk/")
    expect(page.locator(".st-directions")).to_contain_text("Leave the library on Catmose Street by")
    axe(page)
    without_script(browser, live_server, oakham)


def without_script(browser, live_server, tour):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    Keyboard(page).sign_in()
    page.goto(f"{tour.get_desk_url()}stops/")
    page.locator("button:has-text('Lock')").first.click()
    assert page.locator("strong.govuk-tag:has-text('Locked')").count() == 1
    page.locator("a:has-text('Propose a route')").click()
    page.locator("button:has-text('Propose a route')").click()
    assert "points in" in page.locator("#proposal-heading").inner_text()
    page.locator("button:has-text('Use this route')").click()
    assert page.locator("strong.govuk-tag:has-text('Locked')").count() == 1
    context.close()
