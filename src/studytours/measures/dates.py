"""Dates as exact as they are known: "2023", "2023-04" or "2023-04-18"."""

import re
from datetime import date

from django.utils.formats import date_format

SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def check_partial(text):
    """Raise ValueError, with the cure, when this is not a year, a month or a day."""
    match = SHAPE.fullmatch(text)
    if not match:
        raise ValueError("Write a year, a month or a day: 2023, 2023-04 or 2023-04-18.")
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        raise ValueError(f"“{text}” is not a day in the calendar.") from None


def in_words(text):
    """2023-04 → April 2023"""
    if len(text) == 7:
        return date_format(date.fromisoformat(f"{text}-01"), "F Y")
    return date_format(date.fromisoformat(text), "j F Y") if len(text) == 10 else text


def span_in_words(start, end):
    """2023-04, 2023-06 → April to June 2023"""
    if not start or not end or start == end:
        return in_words(start or end)
    first, last = in_words(start), in_words(end)
    if start[:4] == end[:4] and len(start) > 4 and len(end) > 4:
        first = first.removesuffix(f" {start[:4]}")
    return f"{first} to {last}"
