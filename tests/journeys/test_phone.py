"""The phone app in a real browser: what was saved without signal arrives once, whatever happens."""

import hashlib
import io
import json
from base64 import b64decode
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image
from shapely.geometry import box
from tests.walks import open_walk

from studytours.areas.operations import make_area
from studytours.fieldwork.models import Finding, Observation, Photo
from studytours.fieldwork.operations import seed_categories, withdraw_device
from studytours.measures.operations import register_measure
from studytours.partners.operations import set_office
from studytours.tours.operations import add_stop, open_invitations, plan_tour

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WORDS = "Two of the three lamps by the garages are out. 🔦"

NO_ROOM = """() => {
    const full = new DOMException("full", "QuotaExceededError");
    IDBObjectStore.prototype.add = () => { throw full };
}"""
NEW_VERSION_WAITS = """async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    while (!registration.waiting) await new Promise((go) => setTimeout(go, 50));
}"""


@pytest.fixture
def walk(transactional_db):
    """Two stops and a gate, open at this moment: a browser's clock cannot be set."""
    now = timezone.now()
    seed_categories()  # an emptied database has lost them
    mill = make_area(
        name="Mill Lane",
        geometry=box(-0.722, 52.302, -0.713, 52.307),
        made_from="drawn",
        why="Burglaries",
    )
    gate = register_measure(
        kind="alley_gate", name="Alley gates", place="Behind Mill Lane", area=mill
    )
    tour = plan_tour(
        area=mill, title="Mill Lane evening walk", starts_at=now + timedelta(hours=1),
        meeting_point="the church hall", meeting=(52.3042, -0.7175),
    )  # fmt: skip
    add_stop(
        tour, name="Garages", lat=52.3036, lon=-0.7195, look_at="Who can see in?", measures=[gate]
    )
    add_stop(tour, name="Shops", lat=52.3040, lon=-0.7178)
    open_invitations(tour)
    open_walk(tour, by=None, now=now)
    tour.refresh_from_db()
    return tour


def picture(size=(3000, 2000)):
    """A photo as a camera gives it: lying on its side, with the place in its metadata."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right
    exif.get_ifd(0x8825)[1] = "N"
    file = io.BytesIO()
    image.save(file, "JPEG", exif=exif)
    return {"name": "IMG_0001.JPG", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def join(page, code):
    page.goto(f"/w/{code}")
    page.get_by_role("button", name="Join the walk").click()
    page.wait_for_url("**/walk/")
    page.get_by_role("button", name="Tell us what you see").wait_for()


def note_a_broken_lamp(page, words=WORDS, photo=None):
    page.get_by_role("button", name="Tell us").click()
    page.get_by_role("button", name="A problem").click()
    page.get_by_role("button", name="Poor or broken lighting").click()
    page.get_by_label("In your own words").fill(words)
    if photo:
        page.get_by_label("Take a photo").set_input_files(photo)
        page.get_by_role("img", name="Photo 1").wait_for()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Saved on this phone").wait_for()


def works_offline(page):
    page.get_by_text("This works without signal").wait_for()


def test_a_note_with_a_photo_made_without_signal_arrives_once(
    phone_page, walk, no_problems, axe_phone
):
    page = phone_page
    page.goto(f"/w/{walk.join_code}")
    axe_phone(page)
    join(page, walk.join_code)
    works_offline(page)
    axe_phone(page)
    with no_problems.offline(page.context):
        note_a_broken_lamp(page, photo=picture())
        axe_phone(page)
        page.goto("/walk/#/finish")
        page.get_by_role("heading", name="Not quite finished").wait_for()
        page.reload()
        page.get_by_role("heading", name="Not quite finished").wait_for()
        page.get_by_role("link", name="0 sent, 1 waiting").wait_for()
        axe_phone(page)
        assert not Observation.objects.filter(words=WORDS).exists()
    page.get_by_role("heading", name="All done").wait_for()
    page.get_by_role("link", name="1 sent, 0 waiting").wait_for()

    note = Observation.objects.get(words=WORDS)
    assert note.category_id == "LIT"
    assert note.sha256 == hashlib.sha256(bytes(note.body)).hexdigest()
    assert Finding.objects.filter(observation=note).count() == 1
    photo = Photo.objects.get(observation=note.uuid)
    with photo.original.open() as file:
        sent = Image.open(file)
        assert sent.size == (1365, 2048)  # upright, and of a sensible size
        assert not sent.getexif()


def test_six_taps_lead_from_the_code_to_the_first_note(phone_page, walk):
    page = phone_page
    page.goto(f"/w/{walk.join_code}")
    way = ("Join the walk", "Tell us what you see", "A problem", "Poor or broken lighting", "Save")
    assert len(way) <= 6
    for name in way:
        page.get_by_role("button", name=name).tap()
    page.get_by_role("heading", name="Saved on this phone").wait_for()
    page.get_by_text("Sent and received").wait_for()


def test_a_begun_note_is_there_after_the_page_was_killed(phone_page, walk):
    join(phone_page, walk.join_code)
    phone_page.get_by_role("button", name="Tell us").click()
    phone_page.get_by_role("button", name="An idea").click()
    phone_page.get_by_role("button", name="Park, play").click()
    phone_page.get_by_label("In your own words").fill("A bike track")
    phone_page.wait_for_timeout(600)
    second = phone_page.context.new_page()
    phone_page.close()
    second.goto("/walk/")
    second.get_by_role("link", name="Go on with it").click()
    assert second.get_by_label("In your own words").input_value() == "A bike track"
    second.get_by_role("button", name="Save").click()
    second.get_by_text("Sent and received").wait_for()


def test_a_hall_wifi_that_answers_for_the_server_loses_nothing(phone_page, walk, no_problems):
    page = phone_page
    join(page, walk.join_code)
    works_offline(page)
    page.route("**/api/field/**", lambda route: route.fulfill(body="<h1>Welcome</h1>"))
    note_a_broken_lamp(page)
    page.goto("/walk/#/notes")
    page.get_by_text("This Wi-Fi may want you to sign in first").wait_for()
    page.unroute("**/api/field/**")
    page.get_by_role("button", name="Try to send now").click()
    page.get_by_text("Sent and received").wait_for()
    assert Observation.objects.filter(words=WORDS).count() == 1


def test_a_phone_that_was_withdrawn_keeps_its_notes_and_joins_again(phone_page, walk, no_problems):
    page = phone_page
    join(page, walk.join_code)
    withdraw_device(walk.devices.latest("pk"), by=None)
    with no_problems.expected():  # the phone tries again until it has joined
        note_a_broken_lamp(page)
        page.get_by_text("This phone has to join the walk again").wait_for()
        page.get_by_role("link", name="Join again").click()
        page.get_by_role("button", name="Join the walk").click()
        page.get_by_role("link", name="1 sent, 0 waiting").wait_for()
    assert Observation.objects.filter(words=WORDS).count() == 1


def test_no_photo_can_be_taken_of_someone_sleeping_rough(phone_page, walk, axe_phone):
    page = phone_page
    join(page, walk.join_code)
    page.get_by_role("button", name="Tell us").click()
    page.get_by_role("button", name="A problem").click()
    page.get_by_role("button", name="Rough sleeping").click()
    page.get_by_text("This stays private").wait_for()
    assert page.locator("input[type=file]").count() == 0
    axe_phone(page)


def test_waiting_notes_can_be_saved_to_a_file(phone_page, walk, no_problems):
    page = phone_page
    join(page, walk.join_code)
    works_offline(page)
    page.evaluate("delete Navigator.prototype.canShare")
    with no_problems.offline(page.context):
        note_a_broken_lamp(page)
        page.goto("/walk/#/finish")
        with page.expect_download() as download:
            page.get_by_role("button", name="Save them to a file").click()
        file = json.loads(download.value.path().read_text())
    (note,) = file["observations"]
    assert file["studytours"] == 1
    assert json.loads(b64decode(note["body_base64"]))["words"] == WORDS


def test_a_full_phone_says_so_and_offers_a_way_out(phone_page, walk):
    page = phone_page
    join(page, walk.join_code)
    page.evaluate(NO_ROOM)
    page.get_by_role("button", name="Tell us").click()
    page.get_by_role("button", name="A problem").click()
    page.get_by_role("button", name="Poor or broken lighting").click()
    page.get_by_label("In your own words").fill(WORDS)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="This phone is full").wait_for()
    page.get_by_text("not saved yet").wait_for()
    page.evaluate("delete Navigator.prototype.canShare")
    with page.expect_download() as download:
        page.get_by_role("button", name="Put the note into a file").click()
    assert len(json.loads(download.value.path().read_text())["observations"]) == 1


def test_a_new_version_waits_until_nothing_is_unsent(phone_page, walk, no_problems):
    page = phone_page
    join(page, walk.join_code)
    works_offline(page)
    page.route("**/api/field/observations/**", lambda route: route.abort())
    with no_problems.expected():
        note_a_broken_lamp(page)
        set_office(name="A new name")  # part of the shell, so a new release
        page.reload()
        page.evaluate(NEW_VERSION_WAITS)
        assert page.get_by_text("There is a new version").count() == 0
        page.unroute("**/api/field/observations/**")
        page.goto("/walk/#/notes")
        page.get_by_role("button", name="Try to send now").click()
    page.get_by_text("Sent and received").wait_for()
    page.get_by_role("button", name="Use it now").click()
    page.get_by_text("There is a new version").wait_for(state="detached")
    page.get_by_text("Sent and received").wait_for()
    with no_problems.offline(page.context):
        page.reload()
        page.get_by_text("Sent and received").wait_for()


def test_an_ended_code_says_what_to_do(phone_page, walk, no_problems, axe_phone):
    with no_problems.expected():
        assert phone_page.goto("/w/NEVER1").status == 404
        axe_phone(phone_page)
    phone_page.get_by_label("The code of your walk").fill(walk.join_code.lower())
    phone_page.get_by_role("button", name="Continue").click()
    phone_page.get_by_role("button", name="Join the walk").wait_for()
