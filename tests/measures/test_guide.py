"""The condition guide: four drawings for each kind of thing, the same on phone and desk."""

import gzip

import pytest
from django.conf import settings

from studytours.core.languages import LANGUAGES, WORDS, words_of_the_app
from studytours.fieldwork.taxonomy import CATEGORIES, GUIDES
from studytours.measures.guide import ANYTHING, SETS, guide_of, illustrated
from studytours.measures.models import Condition, Kind

DRAWINGS = settings.ROOT / "field/guide"


def test_a_kind_that_nobody_drew_is_shown_by_anything():
    assert guide_of(Kind.CCTV) == guide_of("a kind of later") == ANYTHING


def test_each_set_has_four_drawings_and_no_drawing_is_left_over():
    wanted = {f"{name}-{code}.svg" for name in SETS for code in Condition.values}
    assert {path.name for path in DRAWINGS.iterdir()} == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_drawing_is_described_in_each_language(language):
    file = (WORDS / f"{language}.json").read_text()
    for name in SETS:
        for code in Condition.values:
            assert f'"guide.{name}.{code}"' in file


def test_categories_and_kinds_name_sets_that_are_there():
    assert set(GUIDES.values()) <= set(SETS) and set(GUIDES) <= {row[0] for row in CATEGORIES}
    assert set().union(*SETS.values()) <= set(Kind)


def test_the_drawings_together_are_small():
    """As they are sent: the promise is 15 kB."""
    assert sum(len(gzip.compress(path.read_bytes())) for path in DRAWINGS.iterdir()) < 15_000


def test_no_drawing_can_run_or_fetch_anything():
    for path in DRAWINGS.iterdir():
        drawing = path.read_text()
        assert not any(word in drawing for word in ("<script", "href", "url(", "style", " on"))


def test_the_desk_shows_the_drawing_beside_what_it_means(client, gates, coordinator):
    client.force_login(coordinator)
    for page in (f"/desk/measures/{gates.ref}/", f"/desk/measures/{gates.ref}/check/"):
        text = client.get(page).content.decode()
        for code, label in illustrated(gates.kind):
            assert f'value="{code}"' in text and str(label) in text
        assert words_of_the_app("guide.gate.very_poor") in text
