"""From the choose page to the check of the method, by keyboard alone."""

import pytest
from django.core.cache import cache
from tests.areas import gridshire
from tests.journeys.test_every_page import WIDTHS, sign_in

from studytours.demo.town import PASSWORD
from studytours.partners.operations import create_person

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def analyst(transactional_db, tmp_path):
    """In a county with fifteen months of crime: enough to look three months ahead."""
    cache.clear()
    gridshire.import_gridshire(tmp_path, "2024-01", "2025-03")
    return create_person(email="ana@example.org", name="Ana", role="analyst", password=PASSWORD)


def test_an_analyst_checks_the_method_by_keyboard(analyst, desk_page, axe):
    page = desk_page
    sign_in(page, analyst)
    page.goto("/desk/choose/")
    page.get_by_role("link", name="Does this method work on our data?").press("Enter")
    page.wait_for_url("**/desk/choose/check/**")
    assert "12 months are needed to learn from" in page.get_by_role("alert").inner_text()
    axe(page)
    page.get_by_label("How far ahead").press("3")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Yes. On your own data").wait_for()
    page.locator("summary", has_text="What these words mean").press("Enter")
    assert page.get_by_text("the ranking of someone who knew what would come").is_visible()
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        axe(page)
