"""Where a series of months breaks: what lies on one side is not to be held against the other."""

from dataclasses import dataclass

from .forces import police_of
from .months import gaps, in_words, run_in_words, runs
from .sets import types_in

# Months under lockdown in England: homes were full and centres empty.
PANDEMIC = ("2020-03", "2021-07")
# These types were counted under other headings before.
NEW_IN_2013 = {"Bicycle theft": "2013-05", "Theft from the person": "2013-05"}
# The first month of which a force published nothing any more.
STOPPED = {"greater-manchester": "2019-07"}


@dataclass(frozen=True)
class Break:
    """A run of months that differ, or the first month after a change (then both are the same)."""

    kind: str  # missing, pandemic, heading or stopped
    first: str
    last: str
    words: str  # one sentence


def breaks(force, held, *, crimes="acquisitive"):
    """The breaks in a series of the months held of a force, in order."""
    if not held:
        return []
    found = [*_missing(held), *_pandemic(held), *_headings(held, crimes), *_stopped(force, held)]
    return sorted(found, key=lambda one: (one.first, one.last))


def _missing(held):
    missing = gaps(held)
    words = f"These months are missing and are not counted as zero: {in_words(missing)}."
    for first, last in runs(missing):
        yield Break("missing", first, last, words)


def _pandemic(held):
    first, last = PANDEMIC
    if any(first <= month <= last for month in held):
        words = (
            f"{run_in_words(first, last)} were pandemic months: people stayed at home and recorded "
            "theft and burglary fell, so other years should not be compared with them."
        )
        yield Break("pandemic", first, last, words)


def _headings(held, crimes):
    types = types_in(crimes)
    late = {
        name.lower(): since
        for name, since in NEW_IN_2013.items()
        if (types is None or name in types) and held[0] < since
    }
    if late:
        words = (
            f"Before May 2013 {' and '.join(late)} had no heading of their own and were counted "
            "under other theft or other crime."
        )
        since = min(late.values())
        yield Break("heading", since, since, words)


def _stopped(force, held):
    since = STOPPED.get(force)
    if since and held[-1] < since:
        month = run_in_words(since, since)
        words = f"{police_of(force)} has published no crimes for maps since {month}."
        yield Break("stopped", since, since, words)
