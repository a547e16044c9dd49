"""Does the ranking work on the office's own crimes? Refusals first."""

import json
from dataclasses import replace

import numpy as np
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from tests.areas import gridshire

from studytours.areas.checking import check_forecast
from studytours.areas.checking_words import LABELS, as_dict, cautions, rows, verdict
from studytours.core.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def county_of_the_module(for_the_module):
    gridshire.import_gridshire(for_the_module)


@pytest.fixture
def county(county_of_the_module, in_its_folder):
    """January 2023 to January 2025: two dates to check."""


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"cell": 20}, "Cells of 20 metres cannot be checked. Use 100 to 2000"),
        ({"cell": 5000}, "Cells of 5000 metres"),
        ({"cell": -250}, "Cells of -250 metres"),
        ({"cell": float("nan")}, "Cells of nan metres"),
        ({"horizon": 0}, "0 months ahead cannot be checked. Use 1 to 36"),
        ({"horizon": 120}, "120 months ahead"),
        ({"horizon": 14}, "after them 14 in a row .* Held are 25 months"),
        ({"crimes": "jaywalking"}, "“jaywalking” is not a set of crimes"),
        ({"crimes": "shoplifting"}, "No crime of the set “shoplifting” with a place is held"),
        ({"force": "elsewhere"}, "No crimes of “elsewhere” are held"),
        ({"cell": 500}, "at least 100 cells, and here are .* Choose another size"),
    ],
)
def test_what_cannot_be_checked_is_refused_with_the_cure(county, options, why):
    with pytest.raises(Refused, match=why):
        check_forecast(**options)


def test_dates_have_a_year_before_and_their_horizon_after(county):
    found = check_forecast()
    assert found.origins == [
        ("2024-01", 12, "2023-12", 55 * 12),
        ("2024-02", 13, "2024-01", 55 * 12),
    ]
    short = check_forecast(horizon=6)
    assert [one[0] for one in short.origins] == [f"2024-{n:02d}" for n in range(1, 9)]


def test_the_area_is_where_the_forces_own_crimes_of_any_type_were_recorded(county):
    """120 squares with a point, 110 of them without a burglary; Cornwall's is not counted."""
    found = check_forecast()
    assert found.compared.cells == 120
    assert found.area_km2 == pytest.approx(120 * 0.0625)
    assert check_forecast(cell=200).compared.cells == 120


def test_in_a_steady_county_counts_find_all_that_can_be_found(county):
    by_name = {row.method: row for row in rows(check_forecast())}
    # 1, 2 and 6 of 120 squares; the points hold 10, 9, 8 … of 55.
    assert by_name["decayed_counts"].hit_rate == pytest.approx((10 / 55, 19 / 55, 45 / 55))
    assert by_name["decayed_counts"].pei == pytest.approx((1, 1, 1))
    assert by_name["counts_3"].hit_rate == by_name["perfect_foresight"].hit_rate
    assert by_name["decayed_counts"].pai[-1] == pytest.approx(45 / 55 / 0.05)


def test_it_says_plainly_what_it_found(county):
    said = verdict(check_forecast())
    assert said.answer == "yes"
    assert said.headline == "Yes. On your own data no other method found more in 5% of the area."
    assert "held 81.8% of the crimes of the 12 months that followed" in said.reasons[0]
    assert "at least as much on 2 of 2 dates" in said.reasons[1]
    assert "reached 100% of that" in said.reasons[2]


@pytest.mark.parametrize(
    ("ours", "best", "crimes", "answer"),
    [
        ([0.10, 0.20, 0.40], [0.10, 0.20, 0.40], 10_000, "yes"),
        ([0.10, 0.20, 0.40], [0.101, 0.201, 0.399], 10_000, "yes"),
        ([0.10, 0.20, 0.40], [0.10, 0.20, 0.401], 10_000, "as good"),
        ([0.10, 0.20, 0.40], [0.12, 0.20, 0.39], 10_000, "partly"),
        ([0.10, 0.20, 0.40], [0.10, 0.20, 0.42], 10_000, "no"),
        ([0.10, 0.20, 0.40], [0.10, 0.20, 0.42], 100, "as good"),  # two crimes of a hundred
    ],
)
def test_the_verdict_weighs_what_is_more_than_chance(county, ours, best, crimes, answer):
    found = check_forecast()
    hits = np.full((len(LABELS), 1, 3), 0.05)
    hits[0], hits[2], hits[-1] = [ours], [best], [[0.2, 0.3, 0.5]]
    compared = replace(found.compared, hits=hits, crimes=np.array([crimes]))
    assert verdict(replace(found, compared=compared)).answer == answer


def test_it_says_what_it_cannot_say(county):
    said = " ".join(cautions(check_forecast()))
    assert "2 dates are not 2 separate trials" in said
    assert "2 dates are little to go by" in said
    assert "counts of up to 36 months could not yet show their strength" in said
    assert "1% of the area is only 1 square here" in said
    assert "fewer than 200 crimes" not in said


def test_every_method_has_a_name(county):
    assert set(check_forecast().compared.methods) == set(LABELS)


def test_the_command_prints_json(county, capsys):
    call_command("check_forecast", json=True)
    result = json.loads(capsys.readouterr().out)
    assert result == json.loads(json.dumps(as_dict(check_forecast())))
    assert result["shares"] == [0.01, 0.02, 0.05]
    assert result["cells_used"] == [1, 2, 6]
    assert [one["month"] for one in result["origins"]] == ["2024-01", "2024-02"]
    decayed = result["methods"][0]
    assert np.mean([one["hit_rate"][-1] for one in decayed["by_origin"]]) == pytest.approx(
        decayed["hit_rate"][-1]
    )


def test_the_command_reads_as_a_table(county, capsys):
    call_command("check_forecast", cell=200)
    text = capsys.readouterr().out
    assert "Gridshire, acquisitive: 120 squares of 200 m" in text
    assert "Perfect foresight (the limit)" in text
    assert "2024-02 after 13 months" in text


def test_the_command_exits_with_2_on_what_it_refuses(county, capsys):
    with pytest.raises(CommandError, match="cannot be checked") as refusal:
        call_command("check_forecast", cell=1, json=True)
    assert refusal.value.returncode == 2
    assert "250 is usual" in json.loads(capsys.readouterr().out)["cure"]
