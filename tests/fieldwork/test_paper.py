"""A paper sheet is typed in by its codes, each row once; what is wrong is said at its row."""

import json

import pytest

from studytours.fieldwork import operations
from studytours.fieldwork.models import Finding, Observation
from studytours.fieldwork.operations.paper import RowHere
from studytours.fieldwork.paper.sheet import typed_in

from .conftest import NOON, make_another


@pytest.fixture
def url(walk):
    return f"/desk/tours/{walk.tour.slug}/paper/"


@pytest.fixture
def typist(client, walk):
    client.force_login(walk.amina)
    return client


def row(name, **fields):
    return {f"{name}-{field}": value for field, value in fields.items()}


def page_of(answer):
    return answer.content.decode()


WRONG = [
    ({"kind": "X", "words": "W"}, "Row B2, kind: “X” is no kind: P, G, I, C, E."),
    ({"category": "ZZZ"}, "Row B2, code: There is no code “ZZZ”."),
    ({"where": "9", "words": "W"}, "Row B2, stop or street: There is no stop 9 on this tour."),
    ({"measure": "M-0999"}, "There is no measure “M-0999” in this area."),
    ({"works": "broken", "words": "W"}, "Row B2, measure: Say which measure that is about."),
    ({"kind": "P"}, "Row B2, in the walker’s words: Type in the words, or say what it is about."),
    ({"words": "x" * 5001}, "at most 5000 characters"),
]


@pytest.mark.parametrize(("fields", "why"), WRONG)
def test_what_is_wrong_is_said_by_row_and_field_and_nothing_is_saved(typist, url, fields, why):
    data = {"sheet": "B", **row("B1", words="A good row"), **row("B2", **fields)}
    page = page_of(typist.post(url, data))
    assert why in page and "Nothing was saved yet" in page
    assert "A good row" in page  # and stays on the page
    assert not Observation.objects.exists()


def test_rows_become_records_with_their_codes(typist, url, walk):
    data = {
        "sheet": "A",
        **row("A1", kind="p", category="veg", words="Hedge over the path", where="1", urgent="on"),
        **row("A3", kind="G", words="The benches", where="Mill Lane"),
        **row("A4", measure="1", works="broken"),
        **row("A5", category="LIT", words="My own lamp", private="on"),
    }
    page = page_of(typist.post(url, data, follow=True))
    assert "Saved: A1, A3, A4, A5." in page and page.count("Already here") == 4
    seen = typed_in(walk.tour, ["A1", "A2", "A3", "A4", "A5"])
    first, bench, check = seen["A1"], seen["A3"], seen["A4"]
    assert (first.kind, first.category.code, first.stop, first.urgent) == (
        "problem", "VEG", walk.garages, True,
    )  # fmt: skip
    assert (bench.kind, bench.place) == ("good", {"street": "Mill Lane"})
    assert check.kind == "measure_check" and walk.gate.checks.get().works == "broken"
    assert json.loads(bytes(first.body))["row"] == "A1"
    assert seen["A5"].finding.is_sensitive and "A2" not in seen


def test_the_same_sheet_typed_twice_is_told_and_changes_nothing(typist, url):
    data = {"sheet": "A", **row("A4", category="LIT", words="Dark")}
    typist.post(url, data)
    page = page_of(typist.post(url, data, follow=True))
    assert "Already here, not saved twice: A4." in page
    other = {"sheet": "A", **row("A4", category="LIT", words="Another"), **row("A5", words="New")}
    page = page_of(typist.post(url, other))
    assert "Row A4 is already here, with other words. It was not changed." in page
    assert "Another" in page and "New" in page  # what was typed stays
    assert [one.words for one in Observation.objects.all()] == ["Dark"]


def test_two_who_type_the_same_row_at_once_make_one(walk):
    rows = {"C1": {"kind": "problem", "words": "Glass"}}
    assert operations.type_in_rows(walk.tour, rows, by=walk.amina, now=NOON) == {"C1": True}
    assert operations.type_in_rows(walk.tour, rows, by=walk.cora) == {"C1": False}
    with pytest.raises(RowHere, match="C1"):
        rows = {"C2": {"kind": "problem", "words": "B"}, "C1": {"kind": "idea", "words": "Glass"}}
        operations.type_in_rows(walk.tour, rows, by=walk.amina)
    assert Observation.objects.count() == Finding.objects.count() == 1  # C2 was not half taken


def test_the_same_row_of_another_sheet_or_tour_is_another_row(walk):
    for tour in (walk.tour, make_another(walk).tour):
        for name in ("A1", "B1"):
            rows = {name: {"kind": "problem", "words": "Glass"}}
            operations.type_in_rows(tour, rows, by=walk.cora)
    assert Observation.objects.count() == 4


def test_an_empty_sheet_is_no_mistake(typist, url):
    page = page_of(typist.post(url, {"sheet": "A"}))
    assert "Nothing was typed in yet." in page and "There is a problem" not in page


@pytest.mark.parametrize(("asked", "shown"), [("", "A"), ("d", "D"), ("12", "A"), ("É", "A")])
def test_a_sheet_has_a_letter_of_the_alphabet(typist, url, asked, shown):
    page = page_of(typist.get(url, {"sheet": asked}))
    assert f"Type in sheet {shown}" in page and f'name="{shown}10-words"' in page


def test_script_and_long_words_are_only_words(typist, url):
    words = "<script>alert(1)</script> " + "🌳" * 2000
    typist.post(url, {"sheet": "A", **row("A1", words=words)})
    page = page_of(typist.get(url))
    assert "<script>alert(1)" not in page and Observation.objects.get().words == words
