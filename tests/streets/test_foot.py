"""METHODS.md §4: where a resident may walk."""

import pytest

from studytours.streets.foot import is_lit, may_walk


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "motorway"},
        {"highway": "motorway", "foot": "yes"},
        {"highway": "trunk"},
        {"highway": "residential", "foot": "no"},
        {"highway": "service", "access": "private"},
        {"highway": "path", "access": "no"},
        {"highway": "construction"},
    ],
)
def test_nobody_is_led_along(tags):
    assert not may_walk(tags)


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": kind}
        for kind in (
            "footway", "path", "steps", "pedestrian", "residential", "service", "living_street",
            "track", "cycleway", "bridleway", "unclassified", "tertiary", "secondary", "primary",
        )
    ]
    + [
        {"highway": "trunk", "sidewalk": "left"},
        {"highway": "trunk", "sidewalk:both": "yes"},
        {"highway": "service", "access": "private", "foot": "permissive"},
    ],
)  # fmt: skip
def test_people_may_walk_along(tags):
    assert may_walk(tags)


@pytest.mark.parametrize("value, lit", [("yes", True), ("no", False), (None, None), ("?", None)])
def test_light_is_known_or_unknown_never_guessed(value, lit):
    assert is_lit({"lit": value}) is lit
