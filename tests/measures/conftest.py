"""A measure of Queensway: the gates behind Kilnway."""

import pytest
from tests.people import *  # noqa: F403  (fixtures)
from tests.people import NOW

from studytours.measures.operations import register_measure


@pytest.fixture
def gates(area, landlord, coordinator):
    return register_measure(
        kind="alley_gate", name="Kilnway gates", count=12, place="Alleys behind Kilnway",
        area=area, owner=landlord, key_holder="The caretakers' office", note="Costs are a guess",
        lat=52.3035, lon=-0.7170, installed_from="2023-04", by=coordinator, now=NOW,
    )  # fmt: skip
