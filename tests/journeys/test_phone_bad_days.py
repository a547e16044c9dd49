"""The phone app in a real browser on bad days: pages killed, two at once, no room left."""

import pytest

from studytours.fieldwork.models import Observation
from studytours.fieldwork.operations import nudge_device
from studytours.partners.operations import set_office

from .test_phone import (
    NEW_VERSION_WAITS,
    join,
    note_a_broken_lamp,
    walk,  # noqa: F401
    works_offline,
)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

NO_ROOM_FOR_PHOTOS = """() => {
  navigator.storage.estimate = async () => ({ quota: 1e9, usage: 1e9 - 1e6 });
}"""


def sent(page, number):
    page.get_by_role("link", name=f"{number} sent, 0 waiting").wait_for()


def test_a_page_killed_while_it_sends_loses_and_doubles_nothing(
    phone_page, walk, no_problems  # noqa: F811
):  # fmt: skip
    """The server has the note; the page dies before it has heard so."""
    page = phone_page
    join(page, walk.join_code)

    arrived = []
    page.route("**/api/field/observations/**", lambda route: arrived.append(route.fetch()))
    with no_problems.expected():
        page.evaluate(
            """async () => {
              const { Store } = await import("/static/field/store.js");
              const store = new Store();
              const [{ id }] = await store.tours();
              const captured_at = new Date().toISOString();
              await store.save(id, { kind: "idea", captured_at, words: "A track" });
              dispatchEvent(new Event("online"));
            }"""
        )
        while not arrived:
            page.wait_for_timeout(50)
        second = page.context.new_page()
        page.close()
    second.goto("/walk/")
    sent(second, 1)
    assert Observation.objects.filter(words="A track").count() == 1


def test_two_pages_at_once_send_each_note_once(phone_page, walk, no_problems):  # noqa: F811
    page = phone_page
    join(page, walk.join_code)
    works_offline(page)
    answers = []
    page.context.on("response", lambda answer: answers.append(answer))
    with no_problems.offline(page.context):
        for number in range(3):
            note_a_broken_lamp(page, words=f"Lamp {number}")
            page.goto("/walk/#/")
        other = page.context.new_page()
        other.goto("/walk/")
    sent(page, 3)
    sent(other, 3)
    assert [one.status for one in answers if one.request.method == "PUT"] == [201] * 3
    assert Observation.objects.count() == 3


def test_a_full_phone_says_so_before_a_photo_is_taken(phone_page, walk, axe):  # noqa: F811
    page = phone_page
    join(page, walk.join_code)
    page.evaluate(NO_ROOM_FOR_PHOTOS)
    page.get_by_role("button", name="Tell us").click()
    page.get_by_text("there is no room for a photo").wait_for()  # nor to begin with one
    assert page.locator("input[type=file]").count() == 0
    page.get_by_role("button", name="A problem").click()
    page.get_by_role("button", name="Poor or broken lighting").click()
    page.get_by_text("there is no room for a photo").wait_for()
    assert page.locator("input[type=file]").count() == 0
    axe(page)
    page.get_by_role("button", name="Make room").click()
    page.get_by_text("There was nothing that could go").wait_for()
    page.get_by_role("button", name="Save").click()  # the words fit
    sent(page, 1)


def test_the_walk_leaders_question_shows_until_it_was_read(phone_page, walk, axe):  # noqa: F811
    page = phone_page
    join(page, walk.join_code)
    page.wait_for_load_state("networkidle")  # or this page would hear it already
    nudge_device(walk.devices.get(), by=None)
    page.reload()
    page.get_by_text("have all your notes been sent?").first.wait_for()
    axe(page)
    page.get_by_role("button", name="All right").click()
    page.get_by_text("The walk leader asks").wait_for(state="detached")


def test_a_new_version_waits_for_the_notes_of_another_walk_too(
    phone_page, walk, no_problems  # noqa: F811
):  # fmt: skip
    page = phone_page
    join(page, walk.join_code)
    works_offline(page)
    page.evaluate(
        """async () => {
          const { Store } = await import("/static/field/store.js");
          const store = new Store();
          await store.putTour("another", { token: "none", title: "Another walk", joined_at: 0 });
          await store.save("another", { kind: "idea", captured_at: new Date().toISOString() });
        }"""
    )
    set_office(name="A new name")  # part of the shell, so a new release
    with no_problems.expected():  # the other walk's token is not known
        page.reload()
        page.evaluate(NEW_VERSION_WAITS)
        page.get_by_role("button", name="Tell us").wait_for()
        assert page.get_by_text("There is a new version").count() == 0
        page.goto("/walk/#/forget/another")
        page.get_by_role("button", name="Leave, and lose 1 note").click()
        page.get_by_role("button", name="Use it now").wait_for()


def test_a_page_left_open_follows_when_another_leaves_the_walk(
    phone_page, walk, no_problems  # noqa: F811
):  # fmt: skip
    """Else it would go on to keep notes that nobody sends."""
    page = phone_page
    join(page, walk.join_code)
    page.get_by_role("button", name="Tell us").click()
    page.get_by_role("button", name="A problem").click()
    other = page.context.new_page()
    other.goto(f"/walk/#/forget/{walk.slug}")
    other.get_by_role("button", name="Leave and forget").click()
    page.get_by_text("This phone has not joined a walk yet.").wait_for()
    draft = page.evaluate(
        """async (tour) => {
          const { Store } = await import("/static/field/store.js");
          return (await new Store().draft(tour)) ?? null;
        }""",
        walk.slug,
    )
    assert draft is None
