"""The page of the check: who sees it, what it says, plot and tables of the same numbers."""

import re

import pytest
from django.core.cache import cache
from tests.areas import gridshire
from tests.areas import pages_world as world

from studytours.areas import checking
from studytours.partners.operations import set_office

pytestmark = pytest.mark.django_db
CHECK = "/desk/choose/check/"


@pytest.fixture(scope="module")
def counties_of_the_module(for_the_module, testham_of_the_module):
    gridshire.import_gridshire(for_the_module / "gridshire", last="2025-06")


@pytest.fixture
def people(counties_of_the_module, in_its_folder):
    """Gridshire, January 2023 to June 2025, has seven dates to check; Testshire has one year."""
    cache.clear()
    return world.people()


@pytest.fixture
def desk(client, people):
    client.force_login(people["analyst"])
    return client


@pytest.mark.parametrize("role", ["leader", "partner"])
def test_others_than_the_desk_may_not_see(client, people, role):
    client.force_login(people[role])
    assert client.get(CHECK).status_code == 403


def test_nothing_can_be_posted(desk):
    assert desk.post(CHECK).status_code == 405


def test_with_too_few_months_it_says_what_is_missing(desk):
    page = desk.get(CHECK, {"force": "testshire"})
    text = page.content.decode()
    assert page.status_code == 200  # nothing is wrong with the question
    assert "12 months are needed to learn from" in text
    assert "Held are 12 months (January 2025 to December 2025)" in text
    assert "Bring in more months" in text
    assert 'name="force"' in text


def test_plot_and_tables_hold_the_same_numbers(desk):
    page = desk.get(CHECK)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Yes. On your own data no other method found more" in text
    means = [f"{100 * row.hit_rate[-1]:.1f}%" for row in page.context["methods"]]
    described = re.search(r'id="plot-desc">(.*?)</desc>', text, re.S)[1]
    in_plot = re.findall(r'text-anchor="end">([\d.]+%)</text>', text)
    assert re.findall(r"\d+\.\d%", described) == in_plot == means
    assert text.count('r="6"><title>') == 7 * len(means)
    assert text.count("in 5% of the area") > 1


def test_the_plot_lies_within_its_frame(desk):
    drawn = desk.get(CHECK).context["plot"]
    places = [place for lane in drawn.lanes for place, _, _ in lane.marks]
    assert all(0 <= place <= 100 for place in places)
    assert [place for place, _ in drawn.ticks] == sorted({place for place, _ in drawn.ticks})
    assert drawn.height > drawn.lanes[-1].top


def test_every_date_has_a_row(desk):
    text = desk.get(CHECK).content.decode()
    for month in ("January", "February", "March", "April", "May", "June", "July"):
        assert f"{month} 2024</th>" in text


def test_it_says_what_area_and_what_data_it_used(desk):
    text = desk.get(CHECK).content.decode()
    assert "The area is the 120 squares of 250 metres" in text
    assert "Gridshire Police" in text
    assert "7 dates are not 7 separate trials" in text


def test_what_is_asked_can_be_changed_and_nonsense_falls_back(desk):
    page = desk.get(CHECK, {"crimes": "neighbourhood", "cell": "100", "horizon": "3"})
    assert page.context["asked"]["cell"] == page.context["check"].compared.cell == 100
    assert page.context["check"].compared.horizon == 3
    odd = desk.get(CHECK, {"force": "x", "cell": "7", "horizon": "-1", "crimes": "y"})
    assert odd.context["asked"] == {
        "force": "gridshire", "crimes": "acquisitive", "cell": 250, "horizon": 12,
    }  # fmt: skip


def test_the_second_visit_counts_nothing(desk, monkeypatch):
    first = desk.get(CHECK).context["check"]
    monkeypatch.setattr(checking, "compare_forecasts", None)
    assert (desk.get(CHECK).context["check"].compared.hits == first.compared.hits).all()


def test_the_offices_own_force_is_asked_about_first(desk):
    set_office(home_force="testshire")
    assert desk.get(CHECK).context["asked"]["force"] == "testshire"


def test_the_choose_page_leads_here_with_what_it_shows(desk):
    text = desk.get("/desk/choose/?force=testshire&crimes=neighbourhood").content.decode()
    assert f'href="{CHECK}?force=testshire&amp;crimes=neighbourhood"' in text
