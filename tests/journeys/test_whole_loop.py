"""The proof: Queensway from the recorded-crime file to a kept promise, in a real browser.

Real Northamptonshire data, a desk, a phone without signal, an owner without an account. The same
desk's work is done again with JavaScript off. axe-core looks at every page on the way.
"""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from studytours.actions.models import Action
from studytours.areas.operations import import_boundaries, import_statistics
from studytours.core.models import Message
from studytours.crime.operations import import_crimes
from studytours.fieldwork.models import Observation, Photo
from studytours.fieldwork.operations import seed_categories
from studytours.partners.operations import create_organisation, create_person, set_office
from studytours.tours.models import Tour

from .test_phone import join, note_a_broken_lamp, picture, works_offline

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PASSWORD = "three quiet lamps"
WORDS = "The alley gate is open. The latch was stolen."
BOUNDARIES = {
    "lsoa": "lsoa-2021-northamptonshire-rutland.geojson",
    "ward": "wards-2022-northamptonshire-rutland.geojson",
}
STATISTICS = [
    "census-deprivation/census2021-households-lsoa21-northamptonshire-rutland.csv",
    "census-deprivation/imd2025-lsoa21-northamptonshire-rutland.csv",
    "boundaries/lookup-lsoa21-ward24-lad24-northamptonshire-rutland.csv",
]


@pytest.fixture
def office(transactional_db, live_server, settings, shared_data):
    """An office in Northamptonshire on its first day: boundaries and census, no crime yet."""
    settings.BASE_URL = live_server.url
    seed_categories()
    set_office(
        name="Northamptonshire study tours", contact_email="office@example.org",
        home_force="northamptonshire",
    )  # fmt: skip
    create_organisation(name="Greatwell Homes", kind="landlord", email="repairs@greatwell.example")
    create_organisation(name="North Northamptonshire Council", kind="council")
    amina = create_person(
        email="amina@example.org", name="Amina", role="coordinator", password=PASSWORD
    )
    for kind, file in BOUNDARIES.items():
        import_boundaries(shared_data / "boundaries" / file, kind=kind)
    for file in STATISTICS:
        import_statistics(shared_data / file)
    return amina


def sign_in(page):
    page.goto("/account/login/")
    page.locator("input[name=login]").fill("amina@example.org")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/desk/")


def import_the_file(page, shared_data, looked_at):
    page.goto("/desk/crime/")
    looked_at(page)
    page.locator("input[type=file]").set_input_files(
        shared_data / "police-uk-northamptonshire-street.zip"
    )
    page.get_by_role("button", name="Import", exact=True).click()
    page.wait_for_url("**/desk/crime/imports/**")
    page.get_by_text("74,962").first.wait_for(timeout=30_000)
    looked_at(page)


def make_queensway_an_area(page, looked_at):
    """From the list of suggestions: the circle whose streets are those of Queensway."""
    page.goto("/desk/choose/?count=40")
    looked_at(page)
    suggestion = page.locator(".areas-suggestion").filter(
        has_text=re.compile("Kilnway|Minerva Way|Olympic Way|Queensway")
    )
    suggestion.first.get_by_role("link", name="Make this an area").click()
    page.get_by_label("Name of the area").fill("Queensway")
    page.get_by_label("Town or village").fill("Wellingborough")
    page.get_by_label("Why here?").fill(
        "Residents asked us. Gates were fitted in 2023 and some do not shut."
    )
    looked_at(page)
    page.get_by_role("button", name="Make this an area").click()
    page.wait_for_url("**/desk/areas/queensway/")
    looked_at(page)


def bring_in_the_measures(page, looked_at):
    page.goto("/desk/measures/import/")
    page.locator("input[type=file]").set_input_files(
        "src/studytours/measures/examples/queensway.csv"
    )
    page.locator("select[name=area]").select_option(label="Queensway")
    page.get_by_role("button", name="Import").click()
    page.get_by_text("43").first.wait_for()
    looked_at(page)


def plan_the_tour(page, looked_at):
    start = timezone.localtime() + timedelta(minutes=30)
    page.goto("/desk/tours/new/?area=queensway")
    looked_at(page)
    page.get_by_label("Title").fill("Queensway study tour")
    page.locator("input[name=day]").fill(f"{start:%Y-%m-%d}")
    page.locator("input[name=clock]").fill(f"{start:%H:%M}")
    page.get_by_label("Meeting point in words").fill("The church hall on Kilnway")
    page.get_by_role("button", name=re.compile("Save|Plan")).click()
    page.wait_for_url(re.compile("/desk/tours/queensway-study-tour"))
    tour_page = page.url
    page.goto(f"{tour_page}stops/")
    for _ in range(2):  # the list of streets: no map needed
        options = page.locator("select[name=place] option")
        page.locator("select[name=place]").select_option(
            index=1 + page.locator(".st-stops__item").count()
        )
        assert options.count() > 5
        page.get_by_role("button", name="Add the stop").click()
        page.wait_for_load_state()
    assert page.locator(".st-stops__item").count() == 2
    looked_at(page)
    page.goto(f"{tour_page}invitations/")
    page.get_by_label("Greatwell Homes").check()
    page.get_by_role("button", name="Put on the list").first.click()
    page.get_by_role("button", name="Send 1 invitation by e-mail").click()
    page.wait_for_load_state()
    looked_at(page)
    page.goto(f"{tour_page}poster/")
    looked_at(page)
    page.goto(f"{tour_page}risks/")
    page.get_by_label("Your name").fill("Amina Price")
    looked_at(page)
    page.get_by_role("button", name="Sign for this walk").click()
    page.wait_for_load_state()
    looked_at(page)
    page.goto(f"{tour_page}walk/")
    page.get_by_role("button", name="Open the walk").click()
    page.locator(".st-join__code").wait_for()
    looked_at(page)
    return tour_page, page.locator(".st-join__code").inner_text()


def walk_without_signal(page, code, no_problems, looked_at):
    page.goto(f"/w/{code}")
    looked_at(page)
    join(page, code)
    works_offline(page)
    with no_problems.offline(page.context):
        note_a_broken_lamp(page, words=WORDS, photo=picture())
        looked_at(page)
        assert not Observation.objects.exists()
    page.goto("/walk/#/finish")
    page.get_by_role("heading", name="All done").wait_for(timeout=30_000)


def close_the_walk(page, tour_page):
    page.goto(f"{tour_page}walk/")
    page.get_by_text("Close the walk").first.click()
    page.get_by_role("button", name="Close the walk").click()
    page.wait_for_load_state()


def agree(page, tour_page, looked_at):
    page.goto(f"{tour_page}debrief/")
    looked_at(page)
    due = timezone.localdate() + timedelta(days=28)
    page.get_by_text("Agree an action").first.click()
    form = page.locator("form").filter(has=page.get_by_role("button", name="Agree this action"))
    form.get_by_label("What will be done").fill("Fit a new latch on the alley gate")
    form.locator("select[name$=owner]").select_option(label="Greatwell Homes")
    form.locator("input[name$=due]").fill(f"{due:%Y-%m-%d}")
    form.get_by_role("button", name="Agree this action").click()
    page.get_by_text("1 of 1 decided").wait_for()
    looked_at(page)


def publish_the_photo(page, looked_at):
    photo = Photo.objects.get()
    page.goto(f"/desk/photos/{photo.uuid}/")
    looked_at(page)
    page.get_by_label(re.compile("words|shows", re.I)).first.fill("An alley gate that stands open")
    page.get_by_role("button", name=re.compile("Publish|Show")).click()
    page.wait_for_load_state()


def report_back(page, tour_page, looked_at):
    page.goto(f"{tour_page}report/")
    page.locator("textarea").first.fill("We walked Queensway. One promise was made.")
    page.get_by_role("button", name="Publish").click()
    page.wait_for_load_state()
    looked_at(page)


def owner_link():
    """The address in the owner's e-mail, as it was sent."""
    texts = [message.body for message in mail.outbox if "repairs@greatwell.example" in message.to]
    links = [link for text in texts for link in re.findall(r"https?://\S+/mine/\S+", text)]
    return links[-1]


def owner_says_it_is_done(page, looked_at):
    page.goto(owner_link())
    looked_at(page)
    page.get_by_label(re.compile("Done")).first.check()
    page.locator("textarea[name=words]").fill("New latch and lock are on.")
    page.locator("input[type=file]").set_input_files(picture((1200, 900)))
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_load_state()
    looked_at(page)


def test_queensway_from_the_crime_file_to_a_public_promise(
    office, desk_page, phone_page, browser, no_problems, axe, shared_data, live_server
):
    desk, phone = desk_page, phone_page
    sign_in(desk)
    axe(desk)
    import_the_file(desk, shared_data, axe)
    make_queensway_an_area(desk, axe)
    bring_in_the_measures(desk, axe)
    tour_page, code = plan_the_tour(desk, axe)
    walk_without_signal(phone, code, no_problems, axe)
    observation = Observation.objects.get()
    assert observation.words == WORDS
    close_the_walk(desk, tour_page)
    agree(desk, tour_page, axe)
    publish_the_photo(desk, axe)
    report_back(desk, tour_page, axe)

    owner = browser.new_context(base_url=live_server.url)
    no_problems.watch(owner)
    owner_says_it_is_done(owner.new_page(), axe)
    owner.close()
    action = Action.objects.get()
    assert (action.state, action.owner.name) == ("done", "Greatwell Homes")

    tour = Tour.objects.get()
    for page in (desk, phone):
        for url in (
            "/",
            tour.get_absolute_url(),
            tour.area.get_absolute_url(),
            action.get_absolute_url(),
        ):
            page.goto(url)
            axe(page)
        page.goto(tour.get_absolute_url())
        text = page.locator("main").inner_text()
        for words in (
            "Fit a new latch on the alley gate",
            "Greatwell Homes",
            "Done, awaiting check",
            WORDS,
        ):
            assert words in text
    assert Message.objects.filter(state="failed").count() == 0


def test_the_desk_works_without_javascript(office, browser, no_problems, shared_data, live_server):
    """The same loop with scripts off; the phone app and the maps are what needs them."""
    import_crimes([shared_data / "police-uk-northamptonshire-street.zip"])
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.set_default_timeout(60_000)
    no_problems.watch(context)
    page = context.new_page()

    def unwatched(page):
        """axe needs scripts."""

    sign_in(page)
    make_queensway_an_area(page, unwatched)
    bring_in_the_measures(page, unwatched)
    tour_page, _ = plan_the_tour(page, unwatched)
    close_the_walk(page, tour_page)
    page.goto(f"{tour_page}paper/")
    page.locator("textarea[name$=words]").first.fill(WORDS)
    page.get_by_role("button", name=re.compile("Save|Add|Keep")).first.click()
    page.wait_for_load_state()
    agree(page, tour_page, unwatched)
    report_back(page, tour_page, unwatched)
    owner_says_it_is_done(page, unwatched)
    page.goto(Tour.objects.get().get_absolute_url())
    assert "Fit a new latch on the alley gate" in page.locator("main").inner_text()
    context.close()
