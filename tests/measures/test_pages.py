"""The pages of the register, as each role sees them."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from studytours.areas.operations import change_area
from studytours.measures.models import Measure
from studytours.measures.operations import change_measure, record_check, register_measure
from studytours.measures.panels import measures as area_panel
from studytours.measures.views import EXAMPLE

from .conftest import NOW

DESK = ["desk_measures"]
WRITE = ["desk_measure_new", "desk_measures_import", "desk_measures_template"]


@pytest.mark.parametrize("name", DESK + WRITE)
def test_a_stranger_is_asked_to_sign_in(client, db, name):
    answer = client.get(reverse(name))
    assert answer.status_code == 302 and "/account/login/" in answer["Location"]


@pytest.mark.parametrize("who", ["leader", "partner"])
@pytest.mark.parametrize("name", DESK + WRITE)
def test_leaders_and_partners_have_no_register(client, request, who, name):
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", ["change", "check", "remove", "restore"])
def test_an_analyst_reads_and_does_not_write(client, analyst, gates, name):
    client.force_login(analyst)
    assert client.get(reverse("desk_measure", args=[gates.ref])).status_code == 200
    assert client.post(reverse(f"desk_measure_{name}", args=[gates.ref])).status_code == 403


def test_a_measure_that_is_not_public_is_not_there_for_the_public(client, gates):
    change_measure(gates, is_public=False, now=NOW)
    assert client.get(reverse("measure", args=[gates.ref])).status_code == 404


def test_the_public_page_does_not_name_an_area_that_is_kept_back(client, coordinator, gates, area):
    page = reverse("measure", args=[gates.ref])
    assert area.name in client.get(page).content.decode()
    change_area(area, is_public=False, by=coordinator)
    assert area.name not in client.get(page).content.decode()
    client.force_login(coordinator)
    assert area.name in client.get(reverse("desk_measure", args=[gates.ref])).content.decode()


def test_the_public_page_never_names_the_key_holder_or_a_walkers_own_words(client, gates):
    record_check(
        gates, works="broken", words="Mr Smith broke it", by_whom="a walker",
        observation=uuid.uuid4(), now=NOW,
    )  # fmt: skip
    record_check(gates, works="works", words="New latch fitted", by_whom="Greatwell Homes")
    page = client.get(reverse("measure", args=[gates.ref])).content.decode()
    assert "Greatwell Homes" in page and "April 2023" in page and "New latch fitted" in page
    assert "Broken" in page and "Seen by a walker" in page
    for private in ("caretakers", "Mr Smith", "Costs are a guess"):
        assert private not in page


def test_a_look_that_is_late_is_said_to_everyone(client, gates):
    page = reverse("measure", args=[gates.ref])
    change_measure(gates, next_check=NOW.date() + timedelta(3650), now=NOW)
    assert "Due since" not in client.get(page).content.decode()
    change_measure(gates, next_check=NOW.date() - timedelta(10), now=NOW)
    assert "Due since" in client.get(page).content.decode()


def test_the_list_shows_what_is_due_and_filters(client, coordinator, gates):
    fine = register_measure(
        kind="cctv", name="Cameras", place="Mill Lane", next_check=NOW.date() + timedelta(3650)
    )
    client.force_login(coordinator)
    page = client.get(reverse("desk_measures")).content.decode()
    assert gates.name in page and fine.name in page and page.count("Due for a check</strong>") == 1
    for query, shown, hidden in [
        ("due=yes", gates, fine), ("kind=cctv", fine, gates), ("area=queensway", gates, fine),
    ]:  # fmt: skip
        page = client.get(reverse("desk_measures") + "?" + query).content.decode()
        assert shown.ref in page and hidden.ref not in page
    assert client.get(reverse("desk_measures") + "?area=nowhere&kind=x").status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_list(
    client, coordinator, gates, landlord, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(coordinator)
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("desk_measures"))
    for number in range(12):
        made = register_measure(
            kind="cctv", name=f"Camera {number}", place=f"Place {number}", area=gates.area,
            owner=landlord,
        )  # fmt: skip
        record_check(made, works="works", by_whom="a walker")
    with django_assert_num_queries(len(one)):
        client.get(reverse("desk_measures"))


def a_form(**changes):
    return {
        "kind": "cctv", "name": "Cameras", "count": "3", "place": "Olympic Way",
        "point": "52.3042, -0.7175", "is_public": "on", "form_key": str(uuid.uuid4()), **changes,
    }  # fmt: skip


def test_a_form_posted_twice_makes_one_measure(client, coordinator):
    client.force_login(coordinator)
    form = a_form()
    first = client.post(reverse("desk_measure_new"), form)
    again = client.post(reverse("desk_measure_new"), form)
    assert first["Location"] == again["Location"] == "/desk/measures/M-0001/"
    made = Measure.objects.get()
    assert (made.lat, made.lon, made.next_check) == (52.3042, -0.7175, timezone.localdate())


@pytest.mark.parametrize(
    "wrong",
    [{"point": "Paris"}, {"point": "48.85, 2.35"}, {"installed_from": "soon"}, {"count": "0"}],
    ids=str,
)
def test_a_wrong_form_comes_back_with_the_reason(client, coordinator, wrong):
    client.force_login(coordinator)
    page = client.post(reverse("desk_measure_new"), a_form(**wrong))
    assert page.status_code == 200 and b"There is a problem" in page.content
    assert not Measure.objects.exists()


def test_a_coordinator_changes_a_measure(client, coordinator, gates):
    client.force_login(coordinator)
    url = reverse("desk_measure_change", args=[gates.ref])
    assert b"Kilnway gates" in client.get(url).content
    client.post(url, a_form(kind="alley_gate", name="Kilnway alley gates", point=""))
    gates.refresh_from_db()
    assert (gates.name, gates.lat, gates.owner) == ("Kilnway alley gates", None, None)


def test_a_check_is_recorded_from_the_page_once(client, coordinator, gates):
    client.force_login(coordinator)
    form = {
        "works": "broken", "condition": "poor", "words": "Latch stolen", "by_whom": "the caretaker",
        "on": timezone.localdate().isoformat(), "form_key": str(uuid.uuid4()),
    }  # fmt: skip
    for _ in range(2):
        answer = client.post(reverse("desk_measure_check", args=[gates.ref]), form, follow=True)
    assert gates.checks.count() == 1
    assert b"Latch stolen" in answer.content


def test_a_check_form_without_an_answer_comes_back(client, coordinator, gates):
    client.force_login(coordinator)
    page = client.post(reverse("desk_measure_check", args=[gates.ref]), {"on": "2199-01-01"})
    assert b"There is a problem" in page.content and not gates.checks.exists()


def test_removing_asks_first_and_can_be_taken_back(client, coordinator, gates):
    client.force_login(coordinator)
    url = reverse("desk_measure_remove", args=[gates.ref])
    assert b"Its record and its log stay" in client.get(url).content
    client.post(url, {"reason": "Alley was built over"})
    assert b"no longer stands" in client.get(reverse("measure", args=[gates.ref])).content
    page = client.post(reverse("desk_measure_restore", args=[gates.ref]), follow=True)
    assert b"stands again" in page.content


def test_queensway_is_imported_from_the_page(client, coordinator, area):
    client.force_login(coordinator)
    example = client.get(reverse("desk_measures_example"))
    assert example.content == EXAMPLE.read_bytes()
    with EXAMPLE.open("rb") as file:
        page = client.post(
            reverse("desk_measures_import"), {"area": area.pk, "file": file}, follow=True
        )
    assert b"4 of 4 measures were added" in page.content and b"594" in page.content


def test_a_bad_file_is_explained_on_the_page(client, coordinator, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text("kind,name,place\nmoat,M,P\n")
    client.force_login(coordinator)
    with bad.open("rb") as file:
        page = client.post(reverse("desk_measures_import"), {"file": file})
    assert "bad.csv, row 2, column “kind”" in page.content.decode()


def test_the_template_can_be_imported_as_it_is(client, coordinator, tmp_path):
    client.force_login(coordinator)
    file = tmp_path / "template.csv"
    file.write_bytes(client.get(reverse("desk_measures_template")).content)
    with file.open("rb") as opened:
        page = client.post(reverse("desk_measures_import"), {"file": opened}, follow=True)
    assert b"1 of 1 measures were added" in page.content


def test_the_panel_of_an_area_says_what_is_due(rf, coordinator, gates, area):
    request = rf.get("/")
    request.user = coordinator
    html = area_panel(request, area)
    assert "Kilnway gates" in html and "Due for a check" in html and "Never checked" in html
