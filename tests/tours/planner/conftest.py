"""Queensway with a few drawn streets: a chequer of two by two blocks, a stair, an island path.

          Top Road (no light)     52.306
Mill Lane       |         Church Walk
          High Street (lit)       52.304     steps up to Top Road at -0.717
          Low Road                52.302
"""

import pytest
from tests.streets.maps import a_map
from tests.tours.conftest import *  # noqa: F403  (fixtures)

from studytours.tours import operations
from studytours.tours.models import Tour

WEST, MIDDLE, EAST = -0.719, -0.717, -0.715
LOW, HIGH, TOP = 52.302, 52.304, 52.306
STREETS = [
    ("High Street", "residential", [(WEST, HIGH), (MIDDLE, HIGH), (EAST, HIGH)], {"lit": True}),
    ("Top Road", "residential", [(WEST, TOP), (MIDDLE, TOP), (EAST, TOP)], {"lit": False}),
    ("Low Road", "residential", [(WEST, LOW), (EAST, LOW)], {}),
    ("Mill Lane", "residential", [(WEST, LOW), (WEST, HIGH), (WEST, TOP)], {}),
    ("Church Walk", "footway", [(EAST, LOW), (EAST, HIGH), (EAST, TOP)], {}),
    ("", "steps", [(MIDDLE, HIGH), (MIDDLE, TOP)], {"steps": True}),
    ("Island Path", "footway", [(-0.7105, 52.3075), (-0.7102, 52.3076)], {}),
]
MARKS = [
    {"name": "Corner Shop", "kind": "convenience shop", "point": (-0.7190, 52.3022)},
    {"name": "Church Tower", "kind": "viewpoint", "point": (-0.7151, 52.3059)},
]


@pytest.fixture
def street_map(db):
    rows = [
        {"name": name, "kind": kind, "line": line, **more} for name, kind, line, more in STREETS
    ]
    return a_map(streets=rows, landmarks=MARKS)


@pytest.fixture
def walk(area, leader, coordinator, street_map):
    """A tour that meets on High Street, in the middle, and has no stops yet."""
    return operations.plan_tour(
        area=area, title="Queensway study tour", starts_at=START, meeting_point="Church hall",  # noqa: F405
        meeting=(HIGH, MIDDLE), leader=leader, by=coordinator, now=NOW,  # noqa: F405
    )  # fmt: skip


def stop(tour, name, lon, lat, **more):
    return operations.add_stop(tour, name=name, lat=lat, lon=lon, **more)


def again(tour):
    """As another request would load it."""
    return Tour.objects.get(pk=tour.pk)
