"""The office's own words, or those that every office begins with."""

import tomllib
from functools import lru_cache
from pathlib import Path

from .models import OfficeWords

SCRIPT = (
    "If anyone is in danger, we ring 999. A crime that is over goes to 101 or online, not into "
    "our notes.\n"
    "We photograph places, not people: no faces, no number plates, no house numbers, nobody’s "
    "windows.\n"
    "What someone tells us about themselves stays with us. Write down no names."
)
FIELDS = ("key", "hazard", "harmed", "control", "who", "likely", "severe")
MOST_HAZARDS = 20


@lru_cache
def usual_hazards():
    """As in risks.toml."""
    text = (Path(__file__).parent / "risks.toml").read_text()
    return tuple(tomllib.loads(text)["hazards"])


def office_words():
    """The row of this office; not saved where nobody has changed anything."""
    words = OfficeWords.objects.first() or OfficeWords()
    words.script = words.script or SCRIPT
    words.hazards = words.hazards or [dict(row) for row in usual_hazards()]
    return words


def script_of(tour):
    """The lines the leader says at the start: the tour's own, or the office's."""
    return (tour.script or office_words().script).splitlines()
