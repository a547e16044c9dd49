"""Open a walk as an office does: its risk assessment is signed first."""

from studytours.tours import operations
from studytours.tours.before.signing import signing_of


def open_walk(tour, *, by=None, now=None):
    if not signing_of(tour).is_good:
        operations.sign_assessment(tour, name="Amina Price", by=by, now=now)
    return operations.open_walk(tour, by=by, now=now)
