"""All that a walker can record, as someone who has never seen the app does it on a small phone."""

import json

import pytest
from tests.journeys.test_phone import join, note_a_broken_lamp, picture, walk, works_offline

from studytours.fieldwork.models import Finding, Form, Observation, Photo, Voice
from studytours.fieldwork.questions.queries import me_toos
from studytours.partners.operations import create_organisation

from .conftest import ARGUMENTS, CHROMIUM

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
__all__ = ["walk"]  # the fixture

SIZES = """() => [...document.querySelectorAll(
    ".button, .row, .tile, .radio, .remove, .back, .counts, .top__name, summary, select, textarea,"
    + " input:not([type=radio], [type=checkbox], [type=file], [type=hidden]), .languages > *"
)].filter((one) => one.checkVisibility()).map((one) => [one.getBoundingClientRect(), one])
  .filter(([box]) => box.width < 44 || box.height < 44)
  .map(([box, one]) => `${one.className} “${one.textContent}” ${box.width}×${box.height}`)"""
OVERFLOWS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
SCREENS = (
    "", "tell", "others", *(f"shop/{step}" for step in range(1, 7)), "private", "area/before",
    "about-you", "feeling", "measures", "stops", "notes", "finish", "language", "tours",
    "forget/mill-lane-evening-walk",
)  # fmt: skip
ODD = "<script>alert(1)</script> 🏚️ שלום עולם مرحبا"


def sent(page):
    page.get_by_text("Sent and received").wait_for()


def save(page):
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Saved on this phone").wait_for()
    sent(page)


def go_on(page, to):
    """Continue, and be at the beginning of the next step for whoever listens."""
    page.get_by_role("button", name="Continue").click()
    page.locator("h1:focus", has_text=to).wait_for()


def open_screen(page, name):
    page.goto(f"/walk/#/{name}")
    page.locator("h1:focus").wait_for()


@pytest.fixture
def speaking_browser(browser):
    """A browser with a microphone that hears a tone, as it pretends itself."""
    pretended = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    chromium = browser.browser_type.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *pretended])
    yield chromium
    chromium.close()


def test_every_screen_fits_has_large_targets_and_is_open_to_everyone(phone_page, walk, axe_phone):
    page = phone_page
    page.set_viewport_size({"width": 360, "height": 780})
    for address in ("/w/", f"/w/{walk.join_code}"):
        page.goto(address)
        axe_phone(page)
    page.get_by_role("button", name="Join the walk").wait_for()
    assert page.evaluate(SIZES) == []
    join(page, walk.join_code)
    for screen in SCREENS:
        page.goto("/walk/#/")
        page.goto(f"/walk/#/{screen}")
        page.wait_for_timeout(150)
        assert page.evaluate(SIZES) == [], screen
        assert not page.evaluate(OVERFLOWS), screen
        axe_phone(page)
    page.goto("/walk/#/feeling")
    page.get_by_role("button", name="Uneasy").click()
    page.get_by_text("Who is with you?").wait_for()
    assert page.evaluate(SIZES) == []
    open_screen(page, "tell")
    page.get_by_role("button", name="A problem").click()
    page.get_by_role("button", name="Graffiti").click()
    page.get_by_text("More (you need not)").click()
    assert page.evaluate(SIZES) == []
    axe_phone(page)
    page.get_by_role("link", name="Change the place").click()
    for way in ("Where I stand now", "Between two stops", "In a street", "On a map"):
        page.get_by_label(way).check()
        assert page.evaluate(SIZES) == [], way
        axe_phone(page)


def test_at_twice_the_text_size_nothing_is_cut_off_or_covered(phone_page, walk):
    """In Polish, whose words are longer."""
    page = phone_page
    join(page, walk.join_code)
    open_screen(page, "language")
    page.get_by_label("Polski").check()
    page.get_by_role("heading", name="Język").wait_for()
    for screen in SCREENS:
        page.goto("/walk/#/")
        page.goto(f"/walk/#/{screen}")
        page.wait_for_timeout(100)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert not page.evaluate(OVERFLOWS), screen


# The whole page has every name in it, and it is what has the focus while a screen is being drawn.
PRESSABLE = """() => {
  const at = document.activeElement;
  return at.matches("a, button") ? at.textContent : "";
}"""


def test_a_note_is_made_with_the_keyboard_alone_and_without_a_map(phone_page, walk):
    page = phone_page
    join(page, walk.join_code)

    def press(name, leads_to):
        """Tab to what has this name, press it, and wait for the screen it leads to."""
        for _ in range(60):
            page.keyboard.press("Tab")
            if name in page.evaluate(PRESSABLE):
                page.keyboard.press("Enter")
                return page.locator("h1:focus", has_text=leads_to).wait_for()
        raise AssertionError(f"{name} cannot be reached")

    press("Tell us what you see", "What do you want to tell us?")
    press("An idea", "What is it about?")
    press("Park, play", "What is your idea?")
    press("Change the place", "Where is it?")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            break
    while page.evaluate("document.activeElement.value") != "street":
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("14 Mill Lane")
    page.keyboard.press("Tab")
    page.keyboard.type("the chip shop")
    press("Use this place", "What is your idea?")
    page.get_by_text("Mill Lane, near the chip shop").wait_for()
    press("Save", "Saved on this phone")
    sent(page)
    assert Observation.objects.get().place == {"street": "Mill Lane", "near": "the chip shop"}


def test_a_photo_comes_first_and_what_it_shows_after(phone_page, walk):
    page = phone_page
    join(page, walk.join_code)
    page.get_by_role("button", name="Tell us").click()
    page.get_by_label("Begin with a photo").set_input_files(picture((800, 600)))
    page.get_by_text("Kept. Now say what it is.").wait_for()
    page.get_by_role("button", name="A good thing to keep").click()
    page.get_by_role("button", name="Park, play").click()
    page.get_by_role("img", name="Photo 1").wait_for()
    save(page)
    note = Observation.objects.get()
    assert note.kind == "good" and Photo.objects.get().observation == note.pk


def test_a_check_of_a_gate_that_is_gone_is_in_its_log_and_to_be_decided(phone_page, walk):
    page = phone_page
    join(page, walk.join_code)
    page.get_by_role("link", name="Check: Alley gates").click()
    page.get_by_role("button", name="It is not there any more").click()
    page.get_by_label("Very poor").check()
    save(page)
    check = walk.stops.first().measures.get().checks.get()
    assert (check.works, check.condition) == ("broken", "very_poor")
    assert Finding.objects.get().title == "It is not there any more."


def test_the_condition_guide_is_seen_and_told_without_signal(phone_page, walk, no_problems):
    page = phone_page
    join(page, walk.join_code)
    works_offline(page)
    with no_problems.offline(page.context):
        page.get_by_role("link", name="Check: Alley gates").click()
        page.get_by_role("button", name="It is broken").click()
        lying = page.get_by_role("img", name="A gate that lies on the ground; the way is open")
        lying.wait_for()
        page.wait_for_function("() => [...document.images].every((one) => one.naturalWidth > 0)")
        assert page.locator(".radios--pictures img").count() == 4
        lying.click()
        assert page.get_by_label("Very poor").is_checked()


def test_how_the_area_is_before_and_about_you_apart_from_it(phone_page, walk):
    page = phone_page
    join(page, walk.join_code)
    page.get_by_role("link", name="Before we walk").click()
    page.get_by_role("group", name="Feeling safe").get_by_label("2").check()
    page.get_by_label("What should be better?").fill("The light")
    save(page)
    page.get_by_role("link", name="About you").click()
    page.get_by_label("I live here").check()
    save(page)
    area, you = (Observation.objects.get(form=form) for form in ("whole_area", "about_you"))
    assert area.answers == {"when": "before", "scores": {"safe": 2}, "better": "The light"}
    assert you.answers == {"here": "lives"} and you.stop is None
    assert not Finding.objects.exists()
    page.get_by_role("link", name="Back to stop").click()
    page.get_by_role("link", name="How does it feel here?").wait_for()
    assert page.get_by_role("link", name="Before we walk").count() == 0
    open_screen(page, "finish")
    page.get_by_role("link", name="After the walk").click()
    page.get_by_role("group", name="Feeling safe").get_by_label("5").check()
    save(page)
    assert Observation.objects.filter(form="whole_area", answers__when="after").count() == 1


def test_a_shop_visit_from_the_phone_to_the_public_page(phone_page, walk):
    page = phone_page
    join(page, walk.join_code)
    page.get_by_role("button", name="Tell us").click()
    page.get_by_role("link", name="A visit to a shop").click()
    page.get_by_label("Corner shop").check()
    go_on(page, "2 of 6")
    page.get_by_label("3 to 5").check()
    go_on(page, "3 of 6")
    go_on(page, "4 of 6")  # nothing has to be answered
    page.get_by_label("What would help?").fill("Someone who comes")
    page.wait_for_timeout(500)
    page.reload()  # half filled in, it is kept, and so is where one was
    page.get_by_role("heading", name="4 of 6").wait_for()
    assert page.get_by_label("What would help?").input_value() == "Someone who comes"
    go_on(page, "5 of 6")
    go_on(page, "6 of 6")
    page.get_by_role("link", name="What kind of shop is it? Corner shop").wait_for()
    page.get_by_role("link", name="Is there abuse or violence against staff? No answer").click()
    page.get_by_label("Every week").check()
    go_on(page, "6 of 6")  # a change leads back to the whole
    save(page)
    visit = Observation.objects.get(form=Form.SHOP)
    assert visit.answers == {
        "kind": "corner",
        "thefts": "3-5",
        "abuse": "weekly",
        "help": "Someone who comes",
    }
    assert visit.finding.is_sensitive


def test_a_visit_that_says_nothing_cannot_be_saved(phone_page, walk):
    join(phone_page, walk.join_code)
    open_screen(phone_page, "shop/6")
    phone_page.get_by_text("You have not answered anything yet").wait_for()
    assert phone_page.get_by_role("button", name="Save").count() == 0


def test_a_phone_closed_in_a_shop_goes_on_where_it_was(phone_page, walk):
    page = phone_page
    join(page, walk.join_code)
    open_screen(page, "shop/1")
    page.get_by_label("Chemist").check()
    go_on(page, "2 of 6")
    page.get_by_label("None").check()
    go_on(page, "3 of 6")
    page.get_by_label("Always").check()
    page.goto("/walk/#/")
    page.reload()
    page.get_by_role("link", name="Go on with it").click()
    page.locator("h1:focus", has_text="3 of 6").wait_for()
    for step in ("2 of 6", "1 of 6"):
        page.get_by_role("link", name="Back").click()
        page.locator("h1:focus", has_text=step).wait_for()
    assert page.get_by_label("Chemist").is_checked()


def test_a_note_to_the_coordinator_alone(phone_page, walk):
    page = phone_page
    join(page, walk.join_code)
    page.get_by_role("button", name="Tell us").click()
    page.get_by_role("link", name="Tell only the coordinator").click()
    page.get_by_label("In your own words").fill("Not in front of the others")
    page.get_by_label("How can we reach you?").fill("01234")
    save(page)
    told = Observation.objects.get(form=Form.NOTE)
    assert told.answers == {"contact": "01234"} and not Finding.objects.exists()


def test_me_too_is_one_tap_and_is_kept_without_signal(phone_page, walk, no_problems, browser):
    page = phone_page
    join(page, walk.join_code)
    note_a_broken_lamp(page)
    sent(page)
    context = browser.new_context(base_url=page.url.split("/walk")[0])
    neighbour = context.new_page()
    join(neighbour, walk.join_code)
    works_offline(neighbour)
    neighbour.goto("/walk/#/others")
    neighbour.get_by_role("button", name="Me too").wait_for()
    context.set_offline(True)
    neighbour.get_by_role("button", name="Me too").click()
    neighbour.get_by_text("You said so too").wait_for()
    context.set_offline(False)
    neighbour.get_by_role("link", name="1 sent, 0 waiting").wait_for()
    [finding] = Finding.objects.all()
    assert me_toos([finding]) == {finding.pk: 1}
    context.close()


def test_a_spoken_note_arrives(speaking_browser, live_server, walk):
    context = speaking_browser.new_context(base_url=live_server.url, permissions=["microphone"])
    page = context.new_page()
    join(page, walk.join_code)
    page.get_by_role("button", name="Tell us").click()
    page.get_by_role("button", name="An idea").click()
    page.get_by_role("button", name="Nothing for young").click()
    page.get_by_role("button", name="Say it instead").click()
    page.get_by_text("Recording. Speak now.").wait_for()
    page.wait_for_timeout(1200)
    save(page)  # saving ends the recording
    voice = Voice.objects.get()
    assert voice.content_type == "audio/webm" and voice.bytes > 500
    assert voice.observation == Observation.objects.get().pk
    context.close()


def test_microphone_and_place_refused_say_so_and_hold_up_nothing(browser, live_server, walk):
    context = browser.new_context(base_url=live_server.url)  # no permissions
    page = context.new_page()
    join(page, walk.join_code)
    page.get_by_role("button", name="Tell us").click()
    page.get_by_role("button", name="An idea").click()
    page.get_by_role("button", name="Park, play").click()
    page.get_by_role("button", name="Say it instead").click()
    page.get_by_text("Please write it instead.").wait_for()
    page.get_by_label("Choose a photo").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"no photo at all"}
    )
    page.get_by_text("This phone cannot read that picture.").wait_for()
    page.get_by_role("link", name="Change the place").click()
    page.get_by_label("Where I stand now").check()
    page.get_by_text("This phone was told not to share its place.").wait_for()
    page.get_by_role("button", name="Use this place").click()
    save(page)
    assert Observation.objects.get().stop == walk.stops.first()
    context.close()


def test_script_emoji_other_scripts_and_100_000_characters_stay_words(phone_page, walk):
    page = phone_page
    page.goto(f"/w/{walk.join_code}")
    page.get_by_text("Tell us who you are").click()
    page.get_by_label("First name").fill(ODD)
    page.get_by_role("button", name="Join the walk").click()
    page.get_by_role("button", name="Tell us what you see").wait_for()
    words = ODD + "x" * 100_000
    note_a_broken_lamp(page, words=words)
    sent(page)
    assert Observation.objects.get().words == words
    page.get_by_role("link", name="Back to stop").click()
    page.get_by_role("link", name="We put something right").click()
    page.get_by_role("button", name="Graffiti").click()
    page.get_by_label("Its name").fill(ODD)
    page.get_by_role("button", name="Use this name").click()
    page.get_by_label("What did you do about it?").fill(ODD)
    page.get_by_role("link", name="Change the place").click()
    page.get_by_label("In a street").check()
    page.get_by_label("Street, or a place").fill(ODD)
    page.get_by_label("Near what?").fill(ODD)
    page.get_by_role("button", name="Use this place").click()
    save(page)
    done = Observation.objects.get(done_now=ODD)
    assert done.done_by_words == ODD and done.done_by is None
    assert done.place == {"street": ODD, "near": ODD}
    open_screen(page, "notes")
    page.get_by_text("שלום").first.wait_for()
    assert page.locator("main script").count() == 0


def test_three_languages_from_the_first_screen_on_without_signal_too(
    phone_page, walk, no_problems, axe_phone
):
    page = phone_page
    page.goto(f"/w/{walk.join_code}")
    page.get_by_role("link", name="Polski").click()
    page.get_by_text("To tłumaczenie zrobiła maszyna").wait_for()
    axe_phone(page)
    page.get_by_role("button", name="Dołącz do spaceru").click()
    page.get_by_role("button", name="Powiedz nam, co widzisz").wait_for()
    assert page.locator("html").get_attribute("lang") == "pl"
    page.get_by_text("Działa bez zasięgu.").wait_for()
    with no_problems.offline(page.context):
        page.reload()
        page.get_by_role("button", name="Powiedz nam, co widzisz").click()
        page.get_by_role("button", name="Pomysł").click()
        page.get_by_role("button", name="Słabe lub zepsute oświetlenie").click()
        page.get_by_label("Własnymi słowami").fill("Lampa")
        page.get_by_role("button", name="Zapisz").click()
        page.get_by_text("Zapisano tutaj, czeka na wysłanie").wait_for()
        page.goto("/walk/#/language")
        page.get_by_label("Română").check()
        page.get_by_role("heading", name="Limba").wait_for()
        page.goto("/walk/#/finish")
        page.get_by_role("heading", name="Nu s-a terminat încă").wait_for()
        assert page.locator("html").get_attribute("lang") == "ro"
    page.get_by_role("heading", name="Gata. Mulțumim").wait_for()
    page.goto("/walk/#/language")
    page.get_by_label("English").check()
    page.get_by_role("heading", name="Language").wait_for()
    note = Observation.objects.get()
    assert (note.kind, note.category_id, note.words) == ("idea", "LIT", "Lampa")
    assert "pl" not in json.loads(bytes(note.body))


def test_an_iphone_is_told_of_the_home_screen_and_goes_on_from_there(browser, live_server, walk):
    iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15"
    context = browser.new_context(base_url=live_server.url, user_agent=iphone)
    page = context.new_page()
    page.goto(f"/w/{walk.join_code}")
    page.get_by_text("On an iPhone or iPad").click()
    page.get_by_text("“Add to Home Screen”").wait_for()
    context.add_init_script("Object.defineProperty(navigator, 'standalone', {value: true})")
    join(page, walk.join_code)
    page.goto(f"/w/{walk.join_code}")  # as the home screen opens it the next day
    page.wait_for_url("**/walk/")
    page.get_by_role("button", name="Tell us what you see").wait_for()
    context.close()


def test_leaving_forgets_and_another_walk_on_the_same_phone_comes_back(phone_page, walk):
    page = phone_page
    join(page, walk.join_code)
    note_a_broken_lamp(page)
    sent(page)
    page.goto("/walk/")  # as after a restart: the same walk
    page.get_by_role("link", name="1 sent, 0 waiting").wait_for()
    open_screen(page, "tours")
    page.get_by_role("link", name="Leave and forget").click()
    page.get_by_text("All your notes have arrived").wait_for()
    page.get_by_role("button", name="Leave and forget").click()
    page.get_by_text("This phone has not joined a walk yet.").wait_for()
    page.get_by_label("The code of your walk").fill(walk.join_code)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Join the walk").wait_for()


def test_who_put_it_right_is_asked_once_and_never_blocks(phone_page, walk, axe_phone):
    create_organisation(name="Mill Lane Homes", kind="landlord")
    create_organisation(name="Mill Lane Council", kind="council", looks_after="street lighting")
    page = phone_page
    join(page, walk.join_code)
    page.get_by_role("link", name="We put something right").click()
    page.get_by_role("button", name="Poor or broken lighting").click()
    page.get_by_role("heading", name="Who put it right?").wait_for()
    assert page.evaluate(SIZES) == [] and not page.evaluate(OVERFLOWS)
    axe_phone(page)
    page.get_by_role("button", name="Mill Lane Homes").click()
    page.get_by_text("This is usually looked after by Mill Lane Council.").wait_for()
    axe_phone(page)
    save(page)
    seen = Observation.objects.get()
    assert (seen.done_by.name, seen.done_in_remit) == ("Mill Lane Homes", False)
    page.reload()
    page.goto("/walk/#/")
    page.get_by_role("link", name="We put something right").click()
    page.get_by_role("button", name="Graffiti").click()
    page.get_by_role("link", name="Mill Lane Homes").wait_for()
