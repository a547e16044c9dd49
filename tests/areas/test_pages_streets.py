"""The page of hot streets: who may see it, what it says, and that it works without a script."""

import gzip
import json
import re

import pytest
from django.core.cache import cache
from tests.areas import pages_world as world
from tests.areas.counties import import_county

from studytours.partners.operations import set_office

pytestmark = pytest.mark.django_db
STREETS = "/desk/choose/streets/"
ADDRESSES = [STREETS, f"{STREETS}spots.json", f"{STREETS}squares.geojson"]


@pytest.fixture
def people():
    cache.clear()
    return world.people()


@pytest.fixture
def desk(client, people):
    client.force_login(people["coordinator"])
    return client


@pytest.fixture
def page(testham, desk):
    """page(question) → the page's text."""

    def ask(**asked):
        answer = desk.get(STREETS, asked)
        assert answer.status_code == 200
        return answer.content.decode()

    return ask


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("role", ["leader", "partner"])
def test_others_than_the_desk_may_not_see(client, people, address, role):
    client.force_login(people[role])
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_can_be_posted(desk, address):
    assert desk.post(address).status_code == 405


def test_without_crimes_it_says_what_to_do(desk):
    assert "Bring in crime data" in desk.get(STREETS).content.decode()
    assert desk.get(f"{STREETS}spots.json").json() == {"n": []}
    assert desk.get(f"{STREETS}squares.geojson").json()["features"] == []


def test_crimes_that_nobody_recorded_leave_an_empty_page_and_a_cure(desk, tmp_path):
    import_county(tmp_path)
    text = desk.get(STREETS, {"crimes": "shoplifting"}).content.decode()
    assert "Nothing is recorded in these months" in text
    assert "data-map" not in text


def test_every_street_is_a_row_with_its_figures(page):
    text = page()
    # Small area six: six burglaries a month; shop thefts are another set.
    row = re.search(r"<tr[^>]*>(?:(?!</tr>).)*Supermarket.*?</tr>", text, re.S)[0]
    assert re.findall(r"<strong>([\d,]+)</strong>", row) == ["72"]
    assert "29%" in row
    assert "Recorded crimes by month, January 2025 to December 2025: 6, 6, 6" in row


def test_a_page_says_near_and_what_is_counted_from_what(page):
    text = page()
    assert "Near Supermarket" in text
    assert "<strong>252</strong> recorded crimes (acquisitive crime) near 6 streets" in text
    assert "It does not show a home" in text
    assert "anonymous map point" in text
    assert "A choice should rest on 36 months" in text


@pytest.mark.parametrize(
    "crimes, total",
    [("neighbourhood", 252), ("acquisitive", 252), ("acquisitive+retail", 504),
     ("shoplifting", 252)],
)  # fmt: skip
def test_the_crimes_can_be_changed(testham, desk, crimes, total):
    assert desk.get(STREETS, {"crimes": crimes}).context["spots"].total == total


def test_shoplifting_carries_its_caveat(page):
    assert "can be good news" in page(crimes="shoplifting")
    assert "can be good news" not in page()


def test_a_period_is_counted_alone_and_said(page, desk):
    text = page(first="2025-03", last="2025-04")
    assert "March 2025 to April 2025: <strong>42</strong>" in text
    assert "All months held" in text


def test_a_period_the_wrong_way_round_is_the_same_period(testham, desk):
    found = desk.get(STREETS, {"first": "2025-04", "last": "2025-03"}).context
    assert (found["asked"]["first"], found["asked"]["last"]) == ("2025-03", "2025-04")


def test_counting_by_map_point_is_another_table(page):
    assert "All map points" in page(by="point")
    assert "Map points</th>" not in page(by="point")


@pytest.mark.parametrize("nonsense", ["<script>alert", "999", "", "northumbria", "2031-01"])
def test_nonsense_in_the_address_falls_back_to_the_usual(testham, desk, nonsense):
    asked = dict.fromkeys(("force", "crimes", "by", "first", "last", "page"), nonsense)
    found = desk.get(STREETS, asked)
    assert found.status_code == 200
    assert found.context["spots"].total == 252
    assert "<script>alert" not in found.content.decode()


def test_a_street_can_be_found_and_all_shown_again(page):
    text = page(q="kiln")
    assert text.count('data-spot="') == 1
    assert "Show all again" in text
    assert "No street has this name here" in page(q="Nowhere")
    assert "<script>" not in page(q="<script>")


def test_the_home_force_comes_first(testham, desk):
    set_office(name="Testshire office", home_force="testshire")
    assert desk.get(STREETS).context["asked"]["force"] == "testshire"


def test_the_months_are_drawn_and_written(page):
    text = page()
    assert text.count("areas-chart__bar--chosen") == 12
    assert "<title>January 2025: 21</title>" in text
    assert "The numbers by month" in text


def test_missing_months_are_marked_and_the_trend_is_left_out(desk, tmp_path):
    import_county(tmp_path, "2023-01", "2025-12", leave_out=["2024-03"])
    text = desk.get(STREETS).content.decode()
    assert "areas-chart__band--missing" in text
    assert "These months are missing and are not counted as zero: March 2024" in text
    assert "12 before" not in text
    assert "not here" in text


def test_two_years_in_a_row_give_a_trend_in_words(desk, tmp_path):
    places = [("Mill Lane", lambda month: 20 if month >= "2025" else 4), ("Kiln Road", 4)]
    import_county(tmp_path, "2024-01", "2025-12", places)
    text = desk.get(STREETS).content.decode()
    assert re.search(r"180 <span[^>]*>\(36\)</span></span> More", text)
    assert re.search(r"36 <span[^>]*>\(36\)</span></span> No clear change", text)


def test_it_leads_to_the_choose_page_and_back_with_the_same_question(page, desk):
    there = re.search(r'href="(/desk/choose/\?[^"]*)"', page(crimes="shoplifting"))[1]
    back = desk.get(there.replace("&amp;", "&")).content.decode()
    assert re.search(r'href="/desk/choose/streets/\?force=testshire&amp;crimes=shoplifting"', back)


def test_all_crimes_on_one_point_are_still_a_map(desk, tmp_path):
    import_county(tmp_path, "2025-01", "2025-01", [("Mill Lane", 3)])
    found = desk.get(STREETS)
    assert "No square of 250 metres stands out" in found.content.decode()
    assert_addresses_answer(desk, found)


def test_the_map_asks_for_addresses_that_answer(testham, desk):
    assert_addresses_answer(desk, desk.get(STREETS))


def assert_addresses_answer(desk, found):
    layers = json.loads(json.dumps(found.context["layers"]))
    for url in [found.context["spots_url"], *(layer["url"] for layer in layers)]:
        assert desk.get(url).status_code == 200


def test_the_map_and_the_table_hold_the_same_rows(testham, desk):
    packed = desk.get(f"{STREETS}spots.json").json()
    spots = desk.get(STREETS).context["spots"]
    assert packed["n"] == spots.count.tolist()
    assert [packed["names"][name] for name in packed["name"]] == spots.name


def test_what_the_map_asks_for_is_compressed_and_kept_by_the_browser_alone(testham, desk):
    answer = desk.get(f"{STREETS}spots.json", headers={"Accept-Encoding": "gzip"})
    assert json.loads(gzip.decompress(answer.content))["n"]
    assert answer.headers["Cache-Control"] == "private, max-age=300"


def test_the_second_look_asks_the_database_little(testham, desk, django_assert_max_num_queries):
    desk.get(STREETS)
    with django_assert_max_num_queries(16):
        desk.get(STREETS)
