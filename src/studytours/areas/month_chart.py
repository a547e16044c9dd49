"""Counts by month as a drawing: bars, with what must not be compared marked and numbered.

Only numbers are worked out here; templates/areas/_month_chart.html draws them. Places across are
shares of the width, so that the words keep their size on a phone.
"""

from dataclasses import dataclass

from studytours.core.templatetags.ui import month_name
from studytours.crime.months import months_between

TOP, HEIGHT = 22, 130  # pixels: room for the marks' numbers, and the bars
MOST_LABELS = 5


@dataclass(frozen=True)
class Bar:
    month: str
    count: int | None  # None: not held
    chosen: bool  # in the period the page is about
    x: float
    y: float
    height: float


@dataclass(frozen=True)
class Mark:
    """A break: a band over its months, or a line before the first of them."""

    number: int  # of the sentence about it
    kind: str
    x: float
    width: float


@dataclass(frozen=True)
class Chart:
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    notes: tuple[str, ...]  # the sentences about the marks, in the order of their numbers
    labels: tuple[tuple[float, str], ...]
    most: int  # at the upper line
    bar: float  # width of a bar


def month_chart(held, series, chosen, breaks):
    """`series` counts the months `held`; `chosen` are those of the period."""
    months = list(months_between(held[0], held[-1]))
    counts = dict(zip(held, series, strict=True))
    most = _round_up(max(series))
    step = 100 / len(months)
    notes = tuple(dict.fromkeys(one.words for one in breaks))

    def bar(at, month):
        count = counts.get(month)
        height = HEIGHT * (count or 0) / most
        return Bar(month, count, month in chosen, at * step + step / 10, TOP + HEIGHT - height,
                   height)  # fmt: skip

    return Chart(
        bars=tuple(bar(at, month) for at, month in enumerate(months)),
        marks=tuple(_mark(notes.index(one.words) + 1, one, months, step) for one in breaks),
        notes=notes,
        labels=tuple(_labels(months, step)),
        most=round(most),
        bar=step * 0.8,
    )


def _mark(number, broken, months, step):
    first = sum(month < broken.first for month in months)
    last = sum(month <= broken.last for month in months)
    line = broken.kind in ("heading", "stopped")
    return Mark(number, broken.kind, first * step, 0 if line else max(last - first, 0) * step)


def _labels(months, step):
    """Few enough to be read on a phone: each January's year, or every so many months."""
    years = len(months) > 18
    chosen = [at for at, month in enumerate(months) if month.endswith("-01") or not years]
    for at in chosen[:: -(-len(chosen) // MOST_LABELS)]:
        year = months[at][:4]
        yield at * step, year if years else f"{month_name(months[at])[:3]} {year}"


def _round_up(number):
    """The next number with one digit before its noughts, or half of such a step: 1,200, 1,500."""
    size = 10 ** max(0, len(str(number)) - 1)
    return next(size * by for by in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if size * by >= number)
