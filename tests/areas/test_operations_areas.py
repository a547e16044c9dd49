"""Making and changing areas."""

import pytest
import shapely
from tests.areas import counties
from tests.areas.files import BOW_TIE, SQUARE, geojson, lsoa

from studytours.areas.catchments import circle
from studytours.areas.models import Area
from studytours.areas.operations import change_area, import_boundaries, make_area
from studytours.core.errors import Refused
from studytours.core.geometry import on_grid
from studytours.core.models import Event
from studytours.partners.operations import create_person

pytestmark = pytest.mark.django_db

PARTS = {
    "name": "Queensway",
    "geometry": shapely.Polygon(SQUARE),
    "made_from": "drawn",
    "why": "Residents asked.",
}


@pytest.mark.parametrize(
    ("part", "value", "why"),
    [
        ("name", "  ", "needs a name"),
        ("name", "x" * 121, "121 characters"),
        ("why", "", "needs a reason"),
        ("made_from", "guess", "“guess” is not a way"),
        ("geometry", None, "There is no shape"),
        ("geometry", shapely.Polygon(), "There is no shape"),
        ("geometry", shapely.Point(-0.7, 52.3), "not a Point"),
        ("geometry", shapely.Polygon(BOW_TIE), "crosses itself"),
        ("geometry", circle(52.3, -0.7, 4000), "50 km²; an area for a tour is at most 25"),
        ("geometry", circle(52.3, -0.7, 20), "only 1,.* m²"),
        ("geometry", shapely.box(20, 52, 20.01, 52.01), "outside the United Kingdom"),
    ],
)
def test_an_area_that_cannot_be_toured_is_refused(part, value, why):
    with pytest.raises(Refused, match=why):
        make_area(**PARTS | {part: value})
    assert not Area.objects.exists()


def test_the_decision_is_kept_with_its_data(tmp_path):
    counties.import_county(tmp_path)
    import_boundaries(geojson(tmp_path, lsoa()), kind="lsoa")
    geometry = circle(*counties.spot(0), 400)
    area = make_area(**PARTS | {"geometry": geometry})
    assert (area.force, area.vintage["total"], len(area.vintage["months"])) == ("millshire", 84, 12)
    assert [one["vintage"] for one in area.vintage["boundaries"]] == [2021]
    assert Event.objects.get(kind="area_made").summary == "Queensway was chosen: Residents asked."


def test_an_area_touches_the_small_areas_it_covers(tmp_path):
    import_boundaries(geojson(tmp_path, lsoa()), kind="lsoa")
    assert make_area(**PARTS).codes == ["E01099001"]


def test_given_codes_force_and_figures_stay_as_they_are():
    area = make_area(
        **PARTS,
        codes=["E01099005"],
        force="millshire",
        vintage={"total": 12, "months": ["2025-01"]},
    )
    assert (area.codes, area.force, area.vintage["total"]) == (["E01099005"], "millshire", 12)


@pytest.mark.parametrize(
    ("name", "slugs"),
    [
        ("Queensway", ["queensway", "queensway-2", "queensway-3"]),
        ("New", ["new-2", "new-3", "new-4"]),  # /desk/areas/new/ is a page
        ("Data", ["data-2", "data-3", "data-4"]),  # so is /desk/areas/data/
        ("?!", ["area", "area-2", "area-3"]),
    ],
)
def test_each_area_has_an_address_of_its_own(name, slugs):
    assert [make_area(**PARTS | {"name": name}).slug for _ in slugs] == slugs


def test_the_shape_is_kept_as_drawn():
    area = make_area(**PARTS)
    area.refresh_from_db()
    assert area.geometry.equals(PARTS["geometry"])
    assert area.bounds == PARTS["geometry"].bounds
    assert on_grid(area.geometry).area > 5000


def test_changed_words_are_recorded_and_the_address_stays():
    amina = create_person(email="amina@example.org", name="Amina", role="coordinator")
    area = change_area(make_area(**PARTS), name="Queensway estate", is_public=False, by=amina)
    area.refresh_from_db()
    assert (area.name, area.slug, area.is_public) == ("Queensway estate", "queensway", False)
    event = Event.objects.get(kind="area_changed")
    assert event.summary == "Queensway estate: changed name, whether it is public"
    assert event.by == amina


def test_nothing_changed_is_no_event():
    change_area(make_area(**PARTS), name="Queensway", why=None)
    assert not Event.objects.filter(kind="area_changed").exists()


@pytest.mark.parametrize(("part", "why"), [("name", "needs a name"), ("why", "needs a reason")])
def test_name_and_reason_cannot_be_emptied(part, why):
    with pytest.raises(Refused, match=why):
        change_area(make_area(**PARTS), **{part: " "})
