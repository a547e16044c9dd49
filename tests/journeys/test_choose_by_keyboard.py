"""Choosing without a mouse: the suggestions, the hot streets, their map, list and table."""

import pytest
from playwright.sync_api import expect
from tests.areas import pages_world as world

from studytours.demo.town import PASSWORD
from studytours.fieldwork.operations import seed_categories
from studytours.partners.operations import create_local_accounts
from studytours.streets import operations as streets

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
READY = "() => document.querySelector('[data-spots-ready]')"


@pytest.fixture
def testham(transactional_db, live_server, settings, tmp_path):
    """Six small areas with a year of crime, and a street map with its base map."""
    settings.BASE_URL = live_server.url
    seed_categories()  # an emptied database has lost them
    world.import_world(tmp_path)
    lines = [street(number, name) for number, name in enumerate(world.STREETS, 1)]
    streets.draw_base_map("d" * 64, lines, [])
    streets.add_street_map(
        name="Testham", source="drawn for a test", licence="MIT", sha256="d" * 64, streets=lines
    )
    create_local_accounts(PASSWORD)


def street(number, name):
    lat, lon = world.middle(number)
    line = [(lon - 0.004, lat), (lon + 0.004, lat + 0.0005)]
    return {"name": name, "kind": "residential", "line": line}


class Keyboard:
    """A person who has only the keys."""

    def __init__(self, page):
        self.page = page

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def focused(self, selector):
        """Does what has the focus match this selector of Playwright's?"""
        return self.page.locator(selector).evaluate_all(
            "all => all.includes(document.activeElement)"
        )

    def tab_to(self, selector, most=120):
        for _ in range(most):
            self.press("Tab")
            if self.focused(selector):
                return
        pytest.fail(f"{selector} is not reached with {most} tabs on {self.page.url}")

    def sign_in(self):
        self.page.goto("/account/login/")
        self.tab_to("input[name=login]")
        self.page.keyboard.type("coordinator@studytours.example")
        self.tab_to("input[name=password]")
        self.page.keyboard.type(PASSWORD)
        self.press("Enter")
        self.page.wait_for_url("**/desk/")


def test_a_coordinator_finds_a_hot_street_by_keyboard_alone(testham, desk_page, axe):
    page, keys = desk_page, Keyboard(desk_page)
    keys.sign_in()
    keys.tab_to("nav a:has-text('Choose')")
    keys.press("Enter")
    page.wait_for_url("**/desk/choose/")
    axe(page)
    keys.tab_to("a:has-text('hot streets')")
    keys.press("Enter")
    page.wait_for_url("**/desk/choose/streets/**")
    page.wait_for_function(READY)
    axe(page)

    # Another set of crimes, by the form.
    keys.tab_to("#id_crimes")
    keys.press("ArrowDown")  # acquisitive with shoplifting
    keys.tab_to("form button:has-text('Show')")
    keys.press("Enter")
    page.wait_for_url("**crimes=acquisitive%2Bretail**")
    page.wait_for_function(READY)
    expect(page.locator("main")).to_contain_text("504 recorded crimes")

    # The list beside the map: the second street, shown on the map.
    keys.tab_to("#spots button")
    keys.press("ArrowDown")
    assert keys.focused("#spots button:has-text('Shelley Road')")
    keys.press("Enter")
    expect(page.locator(".maplibregl-popup")).to_contain_text("Near Shelley Road")
    expect(page.locator("#spots [aria-current]")).to_contain_text("Shelley Road")
    expect(page.locator("#spots li")).to_have_count(1)  # it moved closer; the list has followed
    assert keys.focused("#spots [aria-current]")

    # One street in the table, and the map again, moved until nothing is in view.
    keys.tab_to("#id_q")
    page.keyboard.type("kiln")
    keys.press("Enter")
    page.wait_for_url("**q=kiln**")
    page.wait_for_function(READY)
    keys.tab_to(".areas-show")
    keys.press("Enter")
    expect(page.locator(".maplibregl-popup")).to_contain_text("Near Kilnway")
    expect(page.locator("#spots li")).to_have_count(1)
    assert keys.focused(".maplibregl-canvas")
    for _ in range(12):
        keys.press("ArrowUp")
        page.wait_for_timeout(100)
    expect(page.locator("#spots")).to_contain_text("Nothing is recorded here in these months")
    axe(page)
