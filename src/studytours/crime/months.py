"""Months as the archive writes them, "2025-03": in order, in runs, in words."""

from datetime import date

from django.utils.formats import date_format


def next_month(month, by=1):
    """The month so many after (or, negative, before) a month: "2025-12" → "2026-01"."""
    year, number = map(int, month.split("-"))
    count = year * 12 + number - 1 + by
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


def months_between(first, last):
    """Every month from first to last, both included."""
    month = first
    while month <= last:
        yield month
        month = next_month(month)


def gaps(held):
    """The months that are missing between the first and the last of these."""
    have = set(held)
    return [month for month in months_between(min(have), max(have)) if month not in have]


def runs(months):
    """Months as first and last without a break: [("2019-12", "2020-05"), …]."""
    found = []
    for month in sorted(months):
        if found and next_month(found[-1][1]) == month:
            found[-1][1] = month
        else:
            found.append([month, month])
    return [tuple(run) for run in found]


def in_words(months):
    """ "June 2020, August 2020 to September 2020"."""
    return ", ".join(run_in_words(*run) for run in runs(months))


def run_in_words(first, last):
    return _name(first) if first == last else f"{_name(first)} to {_name(last)}"


def _name(month):
    return date_format(date.fromisoformat(f"{month}-01"), "F Y")
