"""Take a paper sheet in, row by row, each row once."""

from django.db import transaction
from django.utils import timezone

from studytours.core.errors import Refused

from ..paper.sheet import uuid_of
from ..refusals import OtherBytes
from .records import record_bytes, take_observation


class RowHere(Refused):
    """Something else was typed in as this row."""

    def __init__(self, name):
        self.name = name
        super().__init__(
            f"Row {name} is already here, with other words. It was not changed.",
            cure="Is it another sheet? Give it another letter.",
        )


@transaction.atomic
def type_in_rows(tour, rows, *, by, now=None):
    """Take rows in, all or none: {name: is it new?}. `rows` is {name: fields of a record}."""
    now = now or timezone.now()
    return {name: _take(tour, name, fields, by, now) for name, fields in rows.items()}


def _take(tour, name, fields, by, now):
    # Seen on the walk: the same row gives the same bytes, whenever it is typed in.
    body = record_bytes(captured_at=tour.starts_at, row=name, **fields)
    try:
        return take_observation(tour, uuid_of(tour, name), body, by=by, now=now).is_new
    except OtherBytes as error:
        raise RowHere(name) from error
