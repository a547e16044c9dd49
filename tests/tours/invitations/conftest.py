"""The tour of Queensway, open for replies."""

import pytest
from tests.core.conftest import at_once, shared_database  # noqa: F401  (fixtures)
from tests.tours.conftest import *  # noqa: F403  (fixtures)
from tests.tours.conftest import NOW

from studytours.tours import operations


@pytest.fixture
def open_tour(tour):
    return operations.open_invitations(tour, now=NOW)


@pytest.fixture
def guest(open_tour):
    """A function: someone who was asked by e-mail."""

    def ask(name):
        invitation = operations.invite(open_tour, name=name, email=f"{name}@example.org", now=NOW)
        operations.open_invitations(open_tour, now=NOW)
        invitation.refresh_from_db()
        return invitation

    return ask
