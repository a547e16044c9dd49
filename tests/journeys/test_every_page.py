"""The main page of each kind, for each who reads it, at a phone's and a desk's width.

axe-core finds nothing, no script complains, and no page is wider than its window.
"""

import pytest
from django.utils import timezone
from tests.town import Town

from studytours.actions.models import Action
from studytours.actions.operations import link_for
from studytours.areas.operations import decide
from studytours.demo.town import PASSWORD
from studytours.fieldwork.operations import seed_categories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WIDTHS = ((1280, 900), (390, 844))


@pytest.fixture
def town(transactional_db, live_server, settings):
    """The world of tests/town.py, as it stands at this moment: a browser's clock cannot be set."""
    settings.BASE_URL = live_server.url
    seed_categories()  # an emptied database has lost them
    return Town(now=timezone.now()).build()


def public_pages(town):
    tours = [town.walked, town.open_walk, town.coming_tour]
    actions = {action.state: action for action in Action.objects.all()}  # one of each state
    return [
        "/", "/areas/", "/areas/next/", "/areas/ask/", "/tours/", "/actions/",
        "/actions/?state=open", "/privacy/", "/accessibility/", "/account/login/", "/w/",
        f"/w/{town.open_walk.join_code}",
        town.osier.get_absolute_url(), "/measures/M-0001/",
        *(tour.get_absolute_url() for tour in tours),
        *(action.get_absolute_url() for action in actions.values()),
    ]  # fmt: skip


def desk_pages(town):
    walked, coming, open_walk = (
        tour.get_desk_url() for tour in (town.walked, town.coming_tour, town.open_walk)
    )
    action = Action.objects.order_by("pk").first()
    return [
        "/desk/", "/desk/choose/", "/desk/choose/streets/", "/desk/choose/check/",
        "/desk/choose/queue/", "/desk/choose/queue/?preset=crime",
        "/desk/choose/queue/decide/?place=area:osier-rows", "/desk/choose/decisions/",
        "/desk/choose/queue/wait/?place=area:osier-rows", "/desk/choose/requests/",
        f"{decide('area:osier-rows', reason='R', by=town.amina).get_desk_url()}?again=1",
        "/desk/areas/", "/desk/areas/new/", town.osier.get_desk_url(),
        "/desk/areas/data/", "/desk/tours/", "/desk/tours/new/?area=osier-rows", walked, coming,
        f"{coming}plan/", f"{coming}stops/", f"{coming}invitations/", f"{coming}cancel/",
        f"{open_walk}poster/", f"{open_walk}walk/", f"{open_walk}phones/", f"{open_walk}paper/",
        f"{open_walk}pack/", f"{open_walk}before/", f"{coming}risks/", f"{coming}before/words/",
        f"{coming}again/",
        "/desk/settings/walks/",
        f"{walked}findings/", f"{walked}debrief/", f"{walked}debrief/read-back/",
        "/desk/actions/", f"/desk/actions/{action.ref}/", "/desk/actions/new/", "/desk/remits/",
        "/desk/measures/", "/desk/measures/M-0001/", "/desk/measures/new/",
        "/desk/measures/import/", "/desk/crime/", "/desk/partners/", "/desk/partners/new/",
        "/desk/settings/", "/desk/settings/categories/",
    ]  # fmt: skip


def sign_in(page, person):
    page.goto("/account/login/")
    page.locator("input[name=login]").fill(person.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/account/" not in url)


def look_at(page, urls, axe):
    """Each page at both widths; the second only changes the window."""
    for url in urls:
        page.goto(url)
        assert page.locator("h1").count() == 1, url
        for width, height in WIDTHS:
            page.set_viewport_size({"width": width, "height": height})
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{url} is {wide} pixels wide in a window of {width}"
            axe(page)


def test_whoever_has_no_account_can_read_every_page(town, desk_page, axe):
    """Residents, and an owner with the link from the e-mail."""
    action = Action.objects.filter(owner=town.bodies["homes"]).first()
    look_at(desk_page, [*public_pages(town), link_for(action)], axe)


def test_whoever_signs_in_can_read_every_page_of_theirs(town, desk_page, axe):
    walk = town.open_walk.get_desk_url()
    action = Action.objects.filter(owner=town.eve.organisation).first()
    for person, urls in (
        (town.amina, desk_pages(town)),
        (town.cal, ["/desk/", "/desk/tours/", walk, f"{walk}walk/", f"{walk}debrief/"]),
        (town.eve, ["/mine/", f"/mine/actions/{action.ref}/"]),
    ):
        desk_page.context.clear_cookies()
        sign_in(desk_page, person)
        look_at(desk_page, urls, axe)
