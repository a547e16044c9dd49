"""Areas along streets: what can be reached on foot, in one outline, beside circles elsewhere."""

import numpy as np
import pytest
from django.urls import reverse
from shapely.geometry import Point
from tests.areas import counties, streets
from tests.areas.test_suggest import northamptonshire  # noqa: F401  (a fixture)

from studytours.areas import operations
from studytours.areas.catchments import survey
from studytours.areas.models import Area
from studytours.areas.queries import profile, suggest_areas, suggestion_at, with_earlier
from studytours.areas.shapes import suggestion_shape
from studytours.core.geometry import on_grid
from studytours.crime.operations import import_crimes
from studytours.measures.operations import register_measure
from studytours.streets.operations import import_streets

pytestmark = pytest.mark.django_db
MILL_LANE, KILN_ROAD = 0, 1


def test_a_motorway_is_no_ground_to_walk_on(tmp_path):
    counties.import_county(tmp_path, last="2025-02")
    streets.add(
        [one | {"on_foot": False} for one in streets.chequer(MILL_LANE, "M1", kind="motorway")]
    )
    assert [one.shape for one in suggest_areas(count=4)] == ["circle"] * 4


def test_a_single_mapped_street_at_the_edge_of_a_map_does_not_make_a_place_walkable(tmp_path):
    """Millby's points lie off the one street that reaches into it from the next county."""
    counties.import_county(tmp_path, last="2025-02")
    add_points_off_streets(tmp_path)
    streets.add(streets.chequer(MILL_LANE, "Mill Lane", width=2, height=0))
    assert suggest_areas(count=1).areas[0].shape == "circle"


def add_points_off_streets(folder):
    lat, lon = counties.spot(MILL_LANE)
    rows = [counties.HEAD]
    for number in range(12):
        place = f"{lon + 0.0003 * number},{lat + 0.0015},On or near Back Field {number}"
        area = f"{counties.code(MILL_LANE)},Millshire 001A"
        rows.append(f"x{number:063d},2025-03,P,P,{place},{area},Burglary,,")
    file = folder / "more" / "2025-03" / "2025-03-millshire-street.csv"
    file.parent.mkdir(parents=True)
    file.write_text("\n".join(rows) + "\n")
    import_crimes([file.parent.parent])


def test_where_streets_are_mapped_the_area_is_what_can_be_walked(tmp_path):
    counties.import_county(tmp_path)
    streets.add(streets.chequer(MILL_LANE, "Mill Lane"))
    first, second = suggest_areas(count=2)
    assert (first.shape, first.walk_m, first.name) == ("streets", 650, "Mill Lane")
    assert (second.shape, second.walk_m) == ("circle", None)
    assert first.geometry.geom_type == "Polygon"
    assert first.geometry.is_valid
    reach = on_grid(first.geometry)
    middle = on_grid(Point(first.lon, first.lat))
    # On a chequer 650 m of walking are a square on its corner, 650 m to each tip; and its sides.
    assert reach.covers(middle)
    assert reach.area == pytest.approx(2 * 650**2 + 4 * 919 * 40, rel=0.03)
    assert reach.hausdorff_distance(middle) == pytest.approx(650 + 40, abs=15)
    assert "along the streets and paths" in first.caveats[0]
    assert "A circle of 500 metres" in second.caveats[0]


def test_the_page_says_which_are_circles(tmp_path):
    counties.import_county(tmp_path)
    assert suggest_areas(count=2).ground.startswith("Each place is a circle in a straight line")
    streets.add(streets.chequer(MILL_LANE, "Mill Lane"))
    mixed = suggest_areas(count=3)
    assert mixed.ground.startswith("2, 3 are circles in a straight line: no streets are mapped")
    assert "650 metres along streets" in mixed.method
    assert suggest_areas(count=1).ground == (
        "Each place is what can be reached on foot along its streets."
    )


def test_what_lies_beyond_a_railway_is_another_place(tmp_path):
    """Two places 260 m apart, no way across: each has its own streets, and they share no ground."""
    counties.import_county(tmp_path, places=(("Mill Lane", 9),))
    across(tmp_path, metres_west=260)
    together = suggest_areas(count=5)
    assert [one.name for one in together] == ["Mill Lane and Railway Side"]
    streets.add(streets.chequer(MILL_LANE, "Mill Lane", railway=True))
    first, second = suggest_areas(count=5)
    assert first.total == 12 * 7 and second.total == 12
    assert on_grid(first.geometry).intersection(on_grid(second.geometry)).area < 1


def across(folder, metres_west):
    """A burglary a month on the other side of the railway."""
    lat, lon = counties.spot(MILL_LANE)
    lon -= metres_west / 68_000
    for number in range(1, 13):
        month = f"2025-{number:02d}"
        file = folder / "crimes" / month / f"{month}-millshire-street.csv"
        place = f"{lon},{lat},On or near Railway Side,{counties.code(MILL_LANE)},Millshire 001A"
        with file.open("a") as more:
            more.write(f"y{number:063d},{month},P,P,{place},Burglary,,\n")
    import_crimes([folder / "crimes"])


def test_no_two_areas_along_streets_overlap(tmp_path):
    """A town with crime at every corner is covered by areas that only touch."""
    town_wide_crime(tmp_path)
    streets.add(streets.chequer(MILL_LANE, "Street", width=40, height=30))
    found = suggest_areas(count=12, minutes=60)
    assert len(found) > 4
    assert {one.shape for one in found} == {"streets"}
    shapes = [on_grid(one.geometry) for one in found]
    for at, one in enumerate(shapes):
        assert all(one.intersection(other).area < 1 for other in shapes[at + 1 :])
    assert found.share_of_force < 1
    totals = [one.expected.mean for one in found]
    assert totals == sorted(totals, reverse=True)


def town_wide_crime(folder):
    from studytours.core.geometry import from_grid, to_grid

    x, y = to_grid(*reversed(counties.spot(MILL_LANE)))
    rows = [counties.HEAD]
    for number in range(600):
        east, north = number % 30 - 15, number // 30 - 10
        lon, lat = from_grid(x + 100 * east, y + 100 * north)
        place = f"{lon:.6f},{lat:.6f},On or near Street,{counties.code(0)},Millshire 001A"
        rows.append(f"z{number:063d},2025-01,P,P,{place},Burglary,,")
    file = folder / "2025-01" / "2025-01-millshire-street.csv"
    file.parent.mkdir(parents=True)
    file.write_text("\n".join(rows) + "\n")
    import_crimes([folder])


def test_the_areas_chosen_are_those_of_plain_counting(tmp_path):
    """The slow way: for each map point the points within 650 m on foot, one by one."""
    town_wide_crime(tmp_path)
    streets.add(streets.chequer(MILL_LANE, "Street", width=40, height=30))
    found = survey("millshire", "acquisitive", 500)
    (footing,) = found.footings
    spots = [footing.network.nearest(found.recorded.lon[p], found.recorded.lat[p])
             for p in footing.points[:40]]  # fmt: skip
    metres = footing.network.between(spots)
    middles, reached = footing.reach(footing.points[:40], 650)
    fast = {(one, other) for one, other in zip(middles, reached, strict=True)
            if other in set(footing.points[:40])}  # fmt: skip
    slow = {(footing.points[a], footing.points[b]) for a, b in np.argwhere(metres <= 650)}
    assert fast == slow


def test_an_area_made_from_a_suggestion_has_the_outline_and_figures_that_were_shown(tmp_path):
    town_wide_crime(tmp_path)
    streets.add(streets.chequer(MILL_LANE, "Street", width=40, height=30))
    shown = suggest_areas(count=3).areas[2]
    shape = suggestion_shape(
        round(shown.lat, 6), round(shown.lon, 6), shown.radius_m, "millshire", "acquisitive", 3
    )
    assert shape.geometry == shown.geometry
    assert shape.vintage["sure"] == shown.sure
    area = operations.make_area(
        name="Street", why="x", geometry=shape.geometry, made_from=shape.made_from,
        codes=shape.codes, force=shape.force, vintage=shape.vintage,
    )  # fmt: skip
    figures = profile(area)
    assert figures.total == shown.total
    assert figures.expected.mean == pytest.approx(shown.expected.mean, rel=0.02)
    rests_on = Area.objects.get().vintage
    assert (rests_on["shape"], rests_on["walk_m"], rests_on["top"]) == ("streets", 650, 3)
    assert rests_on["street_map"] == "a" * 64


def test_the_outline_that_the_form_shows_is_the_suggested_one(tmp_path, client):
    from tests.areas.pages_world import people

    counties.import_county(tmp_path)
    streets.add(streets.chequer(MILL_LANE, "Mill Lane"))
    client.force_login(people()["coordinator"])
    answer = client.get(reverse("desk_choose"))
    outlines = client.get(reverse("desk_choose_suggestions")).json()["features"]
    assert len(outlines[0]["geometry"]["coordinates"][0]) != 129  # not the corners of a circle
    link = answer.content.decode().split('areas-make" href="')[1].split('"')[0]
    form = client.get(link.replace("&amp;", "&"))
    assert form.context["walk_m"] == 650
    assert "all streets within 650 metres on foot" in form.content.decode()


def test_a_suggestion_tells_what_was_done_there_before(tmp_path):
    counties.import_county(tmp_path)
    first = suggest_areas(count=2).areas[0]
    area = operations.make_area(
        name="Mill End", why="x", geometry=first.geometry, made_from="suggestion"
    )
    register_measure(name="Alley gates", kind="alley_gate", count=43, area=area, place="Mill End")
    here, elsewhere = with_earlier(suggest_areas(count=2))
    assert [(one.name, one.notes) for one in here.earlier] == [("Mill End", ("Alley gates (43)",))]
    assert elsewhere.earlier == ()


def test_earlier_areas_take_as_many_questions_for_many_as_for_one(
    tmp_path, django_assert_num_queries
):
    counties.import_county(tmp_path)
    found = suggest_areas(count=4)
    for number, one in enumerate(found):
        operations.make_area(
            name=f"Area {number}", why="x", geometry=one.geometry, made_from="suggestion"
        )
    with django_assert_num_queries(3):
        with_earlier(found)


@pytest.fixture(scope="module")
def rutland_of_the_module(for_the_module, shared_data):
    """Rutland's streets and crimes; its small areas and Northamptonshire's, and their homes."""
    import_crimes([shared_data / "police-uk-leicestershire-street-rutland-only.zip"])
    import_streets(shared_data / "osm/rutland-2022-07-20.osm.pbf")
    operations.import_boundaries(
        shared_data / "boundaries/lsoa-2021-northamptonshire-rutland.geojson", kind="lsoa"
    )


@pytest.mark.one_database
def test_rutland_is_walked_along_its_streets(rutland_of_the_module, in_its_folder):
    found = suggest_areas("leicestershire", count=5)
    assert {one.shape for one in found} == {"streets"}
    towns = [one.town for one in found]
    assert {"Oakham", "Uppingham"} <= set(towns[:2])
    oakham = found.areas[towns.index("Oakham")]
    assert on_grid(oakham.geometry).area < 3.1416 * 650**2
    assert "Market Place" in oakham.name or "High Street" in oakham.name


@pytest.mark.one_database
def test_northamptonshire_has_circles_beside_rutlands_streets(northamptonshire, shared_data):  # noqa: F811
    import_streets(shared_data / "osm/rutland-2022-07-20.osm.pbf")
    found = suggest_areas("northamptonshire", count=40)
    assert {one.shape for one in found} == {"circle"}
    queensway = suggestion_at(52.3042, -0.7175, force="northamptonshire")
    assert {"Kilnway", "Minerva Way", "Olympic Way"} & set(queensway.name.split(" and "))
    assert queensway.town == "Wellingborough"
