"""Whatever order people answer in, and however the number of places changes."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.town import NOW, Town

from studytours.core.errors import Refused
from studytours.tours import operations
from studytours.tours.models import Invitation
from studytours.tours.queries import places_taken, waiting_list

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("yes"), st.integers(0, 4), st.integers(0, 3)),
        st.tuples(st.just("no"), st.integers(0, 4), st.just(0)),
        st.tuples(st.just("places"), st.just(0), st.integers(1, 8)),
        st.tuples(st.just("come"), st.just(0), st.integers(0, 2)),
    ),
    max_size=14,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_happens_no_place_is_given_twice_and_none_stays_empty(five_guests, db, steps):
    """After any steps: at most `capacity` people, and the first in line would not fit."""
    tour, guests = five_guests
    tour.invitations.filter(came_along=True).delete()
    tour.invitations.update(answer="none", guests=0, in_line_since=None)
    operations.set_places(tour, capacity=4, now=NOW)
    for at, step in enumerate(steps):
        with suppress(Refused):
            take(tour, guests, step, NOW + timedelta(minutes=at))
        taken, first = places_taken(tour), waiting_list(tour).first()
        assert taken <= tour.capacity
        line = [one for one in waiting_list(tour) if one.party <= tour.capacity]
        assert not line or taken + line[0].party > tour.capacity, first
        assert [one.in_line_since for one in waiting_list(tour)] == sorted(
            one.in_line_since for one in waiting_list(tour)
        )


@pytest.fixture(scope="module")
def five_guests(for_the_module):
    tour = Town().build().coming_tour
    guests = [operations.invite(tour, email=f"g{n}@example.org") for n in range(5)]
    tour.invitations.exclude(pk__in=[one.pk for one in guests]).delete()
    return tour, guests


def take(tour, guests, step, now):
    kind, which, number = step
    if kind == "places":
        operations.set_places(tour, capacity=number, now=now)
    elif kind == "come":
        operations.come_along(tour, guests=number, now=now)
    else:
        one = Invitation.objects.select_related("tour").get(pk=guests[which].pk)
        operations.answer_invitation(one, kind, guests=number, now=now)
