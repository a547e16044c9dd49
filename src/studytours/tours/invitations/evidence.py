"""Why a kind of work is needed on a walk, and who answers for it, told by whoever knows.

A context registers a provider in its `remit_evidence.py`; a tour asks them all about its area.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from studytours.areas.places import places_near
from studytours.partners.models import Organisation

_NEEDS, _REMITS = [], []


@dataclass(frozen=True)
class Need:
    """A reason why somebody of this work should come; with the organisation that has it in hand."""

    work: str
    why: str
    organisation: Organisation | None = None


@dataclass(frozen=True)
class Remit:
    """An organisation that answers for a kind of work, everywhere or in a place."""

    work: str
    organisation: Organisation
    place: str = ""


def remit_evidence(provider):
    """Register `provider(ground)` → Needs."""
    _NEEDS.append(provider)
    return provider


def who_answers(provider):
    """Register `provider(ground)` → Remits."""
    _REMITS.append(provider)
    return provider


def needs_on(ground):
    return [need for provider in _NEEDS for need in provider(ground)]


def remits_on(ground):
    """Those that hold here."""
    told = [remit for provider in _REMITS for remit in provider(ground)]
    return [remit for remit in told if ground.has(remit.place)]


class Ground:
    """The area of a tour and the names of what lies in it."""

    def __init__(self, area):
        self.area = area

    @cached_property
    def names(self):
        """The area, its town, its streets and landmarks, in small letters."""
        names = {self.area.name, self.area.town, *(one.name for one in places_near(self.area))}
        return sorted(name.casefold() for name in names if name)

    def has(self, place):
        """Do these words name a place here? No words are everywhere."""
        words = " ".join(place.split()).casefold()
        return not words or any(_within(words, name) or _within(name, words) for name in self.names)


def _within(part, whole):
    return re.search(rf"(?<!\w){re.escape(part)}(?!\w)", whole) is not None
