"""What a measure must say to be in the register, and when it is looked at next."""

import calendar
from datetime import timedelta
from decimal import Decimal

from studytours.core.errors import Refused
from studytours.core.geometry import in_uk

from .dates import check_partial
from .models import Condition, Kind, Measure, Works

MOST = 1_000_000
TEXTS = (
    "name", "place", "unit", "installed_from", "installed_to", "funder", "key_holder",
    "legal_order", "note",
)  # fmt: skip
FIELDS = {
    *TEXTS, "kind", "count", "area", "lat", "lon", "cost", "owner", "maintainer",
    "warranty_until", "legal_order_ends", "next_check", "is_public",
}  # fmt: skip


class WrongField(Refused):
    """One field of a measure cannot stand. Names it, for a form or a row of a file."""

    def __init__(self, field, why, *, cure=""):
        self.field = field
        super().__init__(why, cure=cure)


def checked(fields):
    """The fields with tidy texts, or WrongField with the reason."""
    if unknown := set(fields) - FIELDS:
        raise TypeError(f"A measure has no field {sorted(unknown)}")
    fields = {**fields, **{name: fields[name].strip() for name in TEXTS if name in fields}}
    _check_texts(fields)
    _check_numbers(fields)
    _check_dates(fields)
    return fields


def _check_texts(fields):
    if "kind" in fields and fields["kind"] not in Kind:
        raise WrongField(
            "kind", f"“{fields['kind']}” is not a kind of measure.",
            cure=f"Use one of: {', '.join(Kind.values)}.",
        )  # fmt: skip
    for name in ("name", "place"):
        if fields.get(name) == "":
            raise WrongField(name, f"The {name} is missing.", cure="Every measure has one.")
    for name in TEXTS:
        most = Measure._meta.get_field(name).max_length
        if most and len(fields.get(name, "")) > most:
            raise WrongField(name, f"This is longer than {most} characters.")


def _check_numbers(fields):
    if not 1 <= fields.get("count", 1) <= MOST:
        raise WrongField("count", f"The count must be from 1 to {MOST:,}.")
    cost = fields.get("cost")
    if cost is not None and not 0 <= cost < Decimal(10) ** 10:
        raise WrongField("cost", "The cost must be an amount in pounds, not below 0.")
    lat, lon = fields.get("lat"), fields.get("lon")
    if (lat is None) != (lon is None):
        raise WrongField("lat", "A point needs both latitude and longitude.")
    if lat is not None and not in_uk(lat, lon):
        raise WrongField(
            "lat", f"{lat}, {lon} is not in Great Britain or Northern Ireland.",
            cure="Latitude is about 50 to 61, longitude about -8 to 2.",
        )  # fmt: skip


def _check_dates(fields):
    for name in ("installed_from", "installed_to"):
        if fields.get(name):
            try:
                check_partial(fields[name])
            except ValueError as error:
                raise WrongField(name, str(error)) from None
    start, end = fields.get("installed_from", ""), fields.get("installed_to", "")
    shared = min(len(start), len(end))
    if end and not start:
        raise WrongField("installed_from", "An end date needs a date it began.")
    if shared and end[:shared] < start[:shared]:
        raise WrongField("installed_to", "The work cannot end before it began.")


def months_later(day, months):
    """The same day so many months on; the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))


def suggested_check(day, works, condition=""):
    """When to look again: two weeks if it is broken, three months if it is failing, else six."""
    if works in (Works.BROKEN, Works.WORSE) or condition == Condition.VERY_POOR:
        return day + timedelta(weeks=2)
    if works == Works.SOMETIMES or condition == Condition.POOR:
        return months_later(day, 3)
    return months_later(day, 6)
