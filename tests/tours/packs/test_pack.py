"""The printed pack: a PDF that a screen reader reads, whatever people wrote into the tour."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, box
from tests.pdf import headings, tags, words
from tests.streets.maps import a_map
from tests.tours.conftest import NOW, START

from studytours.core.errors import Refused
from studytours.fieldwork.models import Category, Kind
from studytours.fieldwork.operations import seed_categories
from studytours.fieldwork.paper.sheet import LETTERS
from studytours.tours import operations
from studytours.tours.models import Tour
from studytours.tours.packs import content
from studytours.tours.packs.content import content_of
from studytours.tours.packs.letters import FONTS, USUAL, printable, shapes
from studytours.tours.packs.parts import PARTS, chosen
from studytours.tours.packs.route import Way
from studytours.tours.packs.typesetting import typeset
from studytours.tours.route import line_of

HOSTILE = '#panic("x") *bold* $x^2$ @ref <label> `raw` \\ "quoted" // gone /* and gone */ [x]{y}'


@pytest.fixture
def read(tmp_path):
    """(tour, *parts) → all words of its pack."""
    return lambda tour, *parts, **how: words(printed(tour, *parts, **how), tmp_path)


def printed(tour, *parts, **how):
    return typeset(content_of(tour, chosen(parts), **how))


def squeezed(text):
    return re.sub(r"[\s\u200b]", "", text)


def test_a_part_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(Refused, match="no part “map”"):
        chosen(["map", "cover"])


@pytest.mark.parametrize("sheets", ["0", "13", "many", "-1"])
def test_so_many_sheets_are_refused(client, coordinator, tour, sheets):
    client.force_login(coordinator)
    url = reverse("desk_tour_pack_pdf", args=[tour.slug])
    answer = client.get(url, {"sheets": sheets})
    assert answer.status_code == 409 and b"Say 1 to 12" in answer.content


@pytest.mark.parametrize("large", [False, True])
def test_the_whole_pack_has_a_heading_for_each_part_and_tables_with_heads(
    tour, gates, large, tmp_path
):
    seed_categories()
    operations.make_join_code(tour, now=NOW)
    tree = tags(printed(tour, large=large, sheets=1), tmp_path)
    first = [text for level, text in headings(tree) if level == 1]
    assert first == [
        tour.title, "Stops", "Emergency numbers and first words", "Risk assessment", "Attendance",
        "Recording sheet A", "Codes for the recording sheet", tour.title, "Feedback",
    ]  # fmt: skip
    # Every table has a head, read out with its cells.
    assert tree.count("THead") == len(re.findall(r"^\s*Table\b", tree, flags=re.M)) > 3
    assert tree.count("Figure") == 2  # the map and the code; without words they are refused
    assert "Page 1" not in tree  # feet of pages are not read out


def test_the_map_is_told_in_words(tour):
    assert content_of(tour, ["cover"])["cover"]["map"]["alt"] == (
        "Map of the route from Church hall by way of the stops 1 Kilnway garages, "
        "2 Olympic Way bridge."
    )


@pytest.mark.parametrize(
    "text", [HOSTILE, "</svg><script>alert(1)</script>&amp;", "'; {{ x }} {% y %}"]
)
def test_what_people_write_is_printed_and_never_obeyed(tour, read, text):
    operations.change_tour(tour, title=text, meeting_point=text, now=NOW)
    operations.add_stop(tour, name=text, look_at=text, now=NOW)
    operations.set_meeting_words(tour, in_rain=text, script=text, now=NOW)
    said = read(tour, "cover", "stops", "emergency", "poster")
    assert squeezed(said).count(squeezed(text)) >= 6


def test_a_street_with_markup_in_its_name_is_only_a_name(tour, read):
    line = [(-0.7175, 52.30), (-0.7175, 52.31)]
    a_map(streets=[{"name": "</text><b>&", "kind": "residential", "line": line}])
    assert "</text><b>" not in content_of(tour, ["cover"])["cover"]["map"]["svg"]
    read(tour, "cover")


LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 2
KILNWAY = [(-0.7220, 52.3052), (-0.7150, 52.3052)]
NAMES = {
    "long": LONG[:110], "without spaces": "W" * 110, "right to left": "حديقة الملك فهد",
    "Hebrew": "גן העצמאות", "Polish": "Ulica Święty Łazarz", "emoji": "Park 🌳 and 👩‍👩‍👧 ❤️",
    "Chinese": "北京路", "turned": "abc\u202edef", "combined": "Z͑ͫ̓ͪ̂ͫ̽a̴l͎g͈o", "Greek": "Οδός",
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_any_script_gives_a_pack(tour, read, name):
    text = NAMES[name]
    operations.change_tour(tour, title=text, meeting_point=text, now=NOW)
    operations.add_stop(tour, name=text, now=NOW)
    said = read(tour, "cover", "stops", "poster")
    if name in ("long", "without spaces", "Polish", "Greek"):
        assert squeezed(text) in squeezed(said)
    if name == "Chinese":
        assert "□□□" in said  # no font holds it: said by a box, not left out


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=80))
def test_no_text_keeps_a_pack_from_being_made(tour, text):
    data = content_of(tour, ["emergency"])
    data["tour"]["title"] = data["emergency"]["script"][0] = text
    assert typeset(data).startswith(b"%PDF")


def test_the_fonts_hold_what_is_taken_for_granted():
    regular = shapes("SourceSans3_400Regular.ttf")
    assert {letter for letter in USUAL if ord(letter) not in regular} == set()
    for bold in FONTS.glob("*[67]00*.ttf"):
        usual = bold.name.split("_")[0] + "_400Regular.ttf"
        assert shapes(bold.name) == shapes(usual)


def test_a_word_that_no_line_can_hold_may_be_broken():
    assert printable("x" * 70).replace("\u200b", "") == "x" * 70
    assert max(map(len, printable("x" * 70).split("\u200b"))) <= 32


def test_a_tour_of_25_stops_has_25_stops(tour, read):
    Tour.objects.get(pk=tour.pk).stops.all().delete()
    for number in range(25):
        operations.add_stop(
            tour, name=f"Place {number}", lat=52.303 + number % 5 / 5000, lon=-0.718, now=NOW,
        )  # fmt: skip
    said = read(tour, "cover", "stops", "emergency", "sheet", sheets=1)
    assert "25. Place 24" in said and "25 Place 24" in said
    svg = content_of(tour, ["cover"])["cover"]["map"]["svg"]
    assert svg.count('font-size="44"') == 25
    found = re.findall(r'<circle cx="(\d+)" cy="(\d+)" r="36"', svg)
    discs = [complex(int(x), int(y)) for x, y in found]
    apart = [abs(one - other) for i, one in enumerate(discs) for other in discs[:i]]
    assert min(apart) > 70  # none hides another


def test_a_tour_without_stops_says_so(tour, read):
    tour.stops.all().delete()
    operations.change_tour(tour, meeting=None, now=NOW)
    said = read(tour, "cover", "stops", "emergency", "sheet", sheets=1)
    assert "No stops are planned yet. The walk goes from Church hall and back." in said
    assert "No stops are planned: write the street." in said
    alt = content_of(tour, ["cover"])["cover"]["map"]["alt"]
    assert alt == "Map of Queensway. No stop is marked on it."


def test_a_stop_without_a_point_is_named_below_the_map(tour, read):
    operations.add_stop(tour, name="Somewhere", now=NOW)
    said = read(tour, "cover", "stops")
    assert "Not marked on the map: 3 Somewhere." in said and "3. Somewhere" in said


def test_without_a_street_map_the_page_says_so(tour, read):
    assert "No street map is loaded for this place." in read(tour, "cover")
    a_map()
    assert "© OpenStreetMap contributors" not in read(tour, "cover")  # it lies elsewhere
    a_map(sha256="b" * 64, streets=[
        {"name": "Kilnway", "kind": "residential", "line": KILNWAY},
    ])  # fmt: skip
    said = read(tour, "cover")
    assert "Streets: © OpenStreetMap contributors." in said
    assert ">Kilnway<" in content_of(tour, ["cover"])["cover"]["map"]["svg"]


def test_a_poster_without_a_join_code_is_a_poster(tour, read):
    said = read(tour, "poster")
    assert "Come along" in said and "QR" not in said
    operations.make_join_code(tour, now=NOW)
    said = read(tour, "poster")
    assert tour.join_code in said and "paper sheets" in said


def test_a_code_that_has_ended_is_not_printed(tour, read):
    operations.make_join_code(tour, now=NOW)
    operations.cancel_tour(tour, now=NOW)
    said = read(tour, "cover", "poster")
    assert tour.join_code not in said and said.count("This tour was cancelled.") == 2


def test_the_attendance_list_names_those_who_said_yes(tour, read, landlord):
    operations.invite(tour, organisation=landlord, now=NOW)
    for name in ("Yes Guest", "No Guest", "Silent Guest"):
        operations.invite(tour, name=name, email=f"{name[:2]}@example.org", now=NOW)
    operations.open_invitations(tour, now=NOW)
    for invitation, answer in ((landlord, "yes"), ("Yes Guest", "yes"), ("No Guest", "no")):
        found = next(one for one in tour.invitations.all() if str(one) == str(invitation))
        operations.answer_invitation(found, answer, now=NOW)
    said = read(tour, "attendance")
    assert "Greatwell Homes" in said and "Yes Guest" in said
    assert "No Guest" not in said and "Silent Guest" not in said and "@" not in said
    assert re.search(r"\b19 20\b", said)  # rows to write on


def test_the_recording_sheet_has_the_codes_of_the_phone(tour, gates, read):
    seed_categories()
    said = read(tour, "sheet", sheets=2)
    for category in Category.objects.filter(is_active=True):
        assert f"{category.code} {category.label}" in said
    assert f"{gates.ref} Kilnway gates, Alleys behind Kilnway" in said
    assert "1 Kilnway garages" in said and "A10 P G I C E" in said and "B1 P G I C E" in said
    assert set(LETTERS) == set(Kind) and len(set(LETTERS.values())) == len(Kind)


def test_the_risk_assessment_is_the_signed_one_and_says_by_whom(tour, read):
    assert "Not signed yet." in read(tour, "risks")
    operations.sign_assessment(tour, name="Amina Price", now=NOW)
    said = read(tour, "risks")
    assert "Version 1. Signed by Amina Price" in said and "dark from 8:35pm" in said
    operations.change_tour(tour, starts_at=START + timedelta(days=1), now=NOW)
    assert "Not signed yet." in read(tour, "risks")


def test_the_page_offers_each_part_alone_and_what_is_missing(client, leader, tour):
    client.force_login(leader)
    page = client.get(reverse("desk_tour_pack", args=[tour.slug])).content.decode()
    for name in PARTS:
        assert f"?part={name}&amp;large=1" in page
    assert "the join code on the poster" in page and "the signature" in page


def test_the_pdf_is_for_whoever_asked_for_it(client, leader, tour):
    client.force_login(leader)
    answer = client.get(
        reverse("desk_tour_pack_pdf", args=[tour.slug]), {"part": ["stops"], "large": "1"}
    )
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"] == f'inline; filename="{tour.slug}-stops-large.pdf"'
    assert "no-store" in answer["Cache-Control"]


def test_the_way_to_a_stop_is_told_where_the_planner_knows_it(tour, read, monkeypatch):
    def along_streets(tour, stops):
        return Way(line_of(tour, stops), 900, 25, {2: ["Left into Kilnway."]}, along_streets=True)

    monkeypatch.setattr(content, "way_of", along_streets)
    said = read(tour, "cover", "stops")
    assert "The way: Left into Kilnway." in said and "straight" not in said


def test_in_large_print_the_words_of_the_map_are_twice_as_large(tour):
    maps = [content_of(tour, ["cover"], large=large)["cover"]["map"] for large in (False, True)]
    assert 'viewBox="0 0 1760 1480"' in maps[0]["svg"]
    assert 'viewBox="0 0 880 740"' in maps[1]["svg"]
    assert maps[0]["alt"] == maps[1]["alt"]


def test_the_flag_of_the_meeting_point_hides_no_stop(tour):
    stop = tour.stops.first()
    operations.change_tour(tour, meeting=(stop.lat, stop.lon), now=NOW)
    svg = content_of(tour, ["cover"])["cover"]["map"]["svg"]
    left, top = map(int, re.search(r'x="(\d+)" y="(\d+)" width="190"', svg).groups())
    flag = box(left, top, left + 190, top + 58)
    for x, y in re.findall(r'<circle cx="(\d+)" cy="(\d+)" r="36"', svg):
        assert not flag.intersects(Point(int(x), int(y)).buffer(35))
