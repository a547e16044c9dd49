"""The estates of the real scheme among Northamptonshire's places: by counts, and by criteria.

Only 2025 is held, after the first walks there, and nobody's requests: what the office knew in 2024
is not. The exact ranks stand in docs/methods/next-area.md.
"""

import pytest
from django.core.cache import cache
from django.utils import timezone

from studytours.areas import operations
from studytours.areas.models import Weighting
from studytours.areas.queue.criteria import PRESETS
from studytours.areas.queue.order import queue_of
from studytours.areas.shapes import circle_shape
from studytours.crime.operations import import_crimes

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
# Map points in the estates; Corby's is the centre of the town.
ESTATES = {
    "Queensway": (52.3042, -0.7175),
    "Semilong": (52.24816, -0.90027),
    "Kingsthorpe": (52.25777, -0.89665),
    "Eastfield": (52.25885, -0.86342),
    "Corby centre": (52.4869, -0.7009),
    "Redhill Grange": (52.32145, -0.70399),
}
TABLES = (
    "boundaries/lookup-lsoa21-ward24-lad24-northamptonshire-rutland.csv",
    "boundaries/lookup-lsoa11-lsoa21-northamptonshire-rutland.csv",
    "census-deprivation/census2021-households-lsoa21-northamptonshire-rutland.csv",
    "census-deprivation/imd2025-lsoa21-northamptonshire-rutland.csv",
)


@pytest.fixture(scope="module")
def county_of_the_module(shared_data, for_the_module):
    import_crimes([shared_data / "police-uk-northamptonshire-street.zip"])
    outlines = shared_data / "boundaries/lsoa-2021-northamptonshire-rutland.geojson"
    operations.import_boundaries(outlines, kind="lsoa")
    for name in TABLES:
        operations.import_statistics(shared_data / name)
    for name, (lat, lon) in ESTATES.items():
        shape = circle_shape(lat, lon, 500)
        operations.make_area(
            name=name, geometry=shape.geometry, made_from="circle", why="A real estate."
        )


@pytest.fixture
def county(county_of_the_module, in_its_folder):
    cache.clear()


def ranks(preset):
    """Estate → rank by counts alone and by these weights."""
    weights = PRESETS[preset][1]
    found = queue_of(Weighting(weights=weights), timezone.localdate())
    here = {row.place.name: row for row in found.rows if row.place.name in ESTATES}
    return {name: (here[name].by_counts, here[name].rank) for name in ESTATES}


def ask_everywhere(times):
    for lat, lon in ESTATES.values():
        for _ in range(times):
            operations.ask_for_walk(lat=lat, lon=lon, words="Please come.")


def test_counts_alone_put_most_of_the_estates_far_down(county):
    by_counts = {name: rank for name, (rank, _) in ranks("counts").items()}
    assert by_counts == {name: rank for name, (_, rank) in ranks("counts").items()}
    assert by_counts["Queensway"] > 30 and by_counts["Redhill Grange"] > 40
    assert by_counts["Semilong"] <= 6


def test_criteria_without_any_request_lift_queensway_and_not_every_estate(county):
    """Kingsthorpe's thefts are at its shops: without requests the criteria speak against it."""
    found = ranks("usual")
    assert found["Queensway"][1] <= found["Queensway"][0] - 8
    assert found["Redhill Grange"][1] < found["Redhill Grange"][0]
    assert found["Kingsthorpe"][1] > found["Kingsthorpe"][0]


def test_ten_requests_in_each_bring_all_of_them_within_reach(county):
    ask_everywhere(10)
    found = {name: rank for name, (_, rank) in ranks("usual").items()}
    assert max(found[name] for name in ("Queensway", "Semilong", "Eastfield", "Corby centre")) <= 8
    assert found["Kingsthorpe"] <= 15 and found["Redhill Grange"] <= 25
    assert ranks("residents")["Redhill Grange"][1] <= 10
