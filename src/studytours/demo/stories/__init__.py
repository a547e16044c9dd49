"""What was found and agreed in Saltmere: a file of words for each walk, to be edited by people.

Findings and promises stand in the order in which they came. `days` count from the walk. A
picture is a scene of `pictures.py` with its choices, and what it shows in words.
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Stop:
    name: str
    at: list  # metres, as in geography.py
    look_at: str


@dataclass(frozen=True)
class Picture:
    scene: str
    alt: str
    choices: dict


@dataclass(frozen=True)
class Found:
    key: str
    kind: str
    category: str
    stop: int
    words: str
    same: list = field(default_factory=list)  # words of others who saw the same
    me_too: int = 0  # how many others only agreed
    dark: bool | None = None
    feeling: int | None = None
    urgent: bool = False
    picture: Picture | None = None
    # What was put right at once, and by whom: a key of town.BODIES.
    done_now: str = ""
    done_by: str = ""
    # accept, decline (with why) or private; merge: only what is the same; open: nothing yet.
    decision: str = "accept"
    why: str = ""


@dataclass(frozen=True)
class Step:
    """What owner or office said later."""

    days: int
    state: str
    words: str = ""
    picture: Picture | None = None


@dataclass(frozen=True)
class Promised:
    title: str
    owner: str  # a key of town.BODIES, as everywhere here
    answers: list  # keys of what was found
    days: int
    finder_name: str = ""
    confidence: str = "agreed"
    milestones: list = field(default_factory=list)  # (title, days)
    steps: list = field(default_factory=list)
    verdicts: list = field(default_factory=list)
    replaced_by: str = ""  # the title of another promise


@dataclass(frozen=True)
class Visit:
    """To a shop: answers by the codes of questions/asked.py, and what the public reads of it."""

    stop: int
    answers: dict
    words: str
    summary: str


@dataclass(frozen=True)
class Phone:
    """On a walk that is on now. Times are minutes ago; 0 is never."""

    role: str
    joined: int
    heard: int
    name: str = ""
    waiting: int | None = None
    nudged: int = 0
    heard_again: int = 0


@dataclass(frozen=True)
class Walk:
    title: str
    introduction: str
    meeting: str
    invited: list
    stops: list
    in_rain: str = ""
    summary: str = ""
    found: list = field(default_factory=list)
    # The whole area from 1 to 7, a row for each person, in the order of questions/asked.py.
    before: list = field(default_factory=list)
    later: list = field(default_factory=list)
    # How it felt from 0 to 3, a row for each person, at each stop in turn.
    felt: list = field(default_factory=list)
    visits: list = field(default_factory=list)
    phones: list = field(default_factory=list)
    promised: list = field(default_factory=list)


def read(name):
    """The walk of a file. `stops` may name another walk that went the same way."""
    walk = tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text())
    stops = walk.pop("stops")
    stops = read(stops).stops if isinstance(stops, str) else [Stop(**stop) for stop in stops]
    found = [Found(**_drawn(one)) for one in walk.pop("found", [])]
    visits = [Visit(**one) for one in walk.pop("visits", [])]
    phones = [Phone(**one) for one in walk.pop("phones", [])]
    promised = [_promised(one) for one in walk.pop("promised", [])]
    said = {"found": found, "visits": visits, "phones": phones, "promised": promised}
    return Walk(stops=stops, **said, **walk)


def _promised(one):
    steps = [Step(**_drawn(step)) for step in one.pop("steps", [])]
    return Promised(steps=steps, **one)


def _drawn(one):
    """With its picture, if it has one."""
    if picture := one.pop("picture", None):
        scene, alt = picture.pop("scene"), picture.pop("alt")
        one["picture"] = Picture(scene, alt, picture)
    return one


OSIER, AGAIN, CURLEW, SEABANK, HARBOUR, NEXT = map(
    read, ("osier", "again", "curlew", "seabank", "harbour", "next")
)
