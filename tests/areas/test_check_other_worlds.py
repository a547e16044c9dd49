"""A check of forecasts where the archive is short, gapped, odd or against it."""

import pytest
from tests.areas import counties, gridshire

from studytours.areas.checking import check_forecast
from studytours.areas.checking_words import cautions, verdict
from studytours.core.errors import Refused

pytestmark = pytest.mark.django_db
BEFORE_AND_AFTER = "12 months are needed to learn from, and after them 12 in a row"


def test_without_any_crime_it_says_what_to_bring_in(db):
    with pytest.raises(Refused, match=r"no recorded crime yet\. Import a file"):
        check_forecast()


@pytest.mark.parametrize(
    ("last", "held"), [("2023-01", r"1 month \(January 2023\)"), ("2024-11", "23 months")]
)
def test_too_few_months_are_refused_with_how_many_it_takes(tmp_path, last, held):
    gridshire.import_gridshire(tmp_path, last=last)
    with pytest.raises(Refused, match=f"{BEFORE_AND_AFTER}.* Held are {held}.*24 in a row"):
        check_forecast()


def test_a_missing_month_in_every_year_after_leaves_nothing_to_check(tmp_path):
    gridshire.import_gridshire(tmp_path, last="2025-12", leave_out=["2024-06", "2025-03"])
    with pytest.raises(Refused, match="January 2023 to May 2024, July 2024 to February 2025"):
        check_forecast()


def test_all_crimes_on_one_point_are_refused(tmp_path):
    counties.import_county(tmp_path, "2023-01", "2024-12", places=(("Mill Lane", 9),))
    with pytest.raises(Refused, match=r"less than one cell.*here are 1\."):
        check_forecast()


def test_a_date_after_which_nothing_came_is_refused(tmp_path):
    gridshire.import_gridshire(
        tmp_path, last="2024-12", level=lambda point, month: int(month < "2024" and point < 9)
    )
    with pytest.raises(Refused, match="no crime came in the 12 months after"):
        check_forecast()


def test_missing_months_are_unknown_and_said(tmp_path):
    gridshire.import_gridshire(
        tmp_path, last="2025-12", leave_out=["2023-05", "2024-11", "2024-12"]
    )
    found = check_forecast()
    assert [one[:3] for one in found.origins] == [("2025-01", 21, "2024-10")]
    said = " ".join(cautions(found))
    assert "For January 2025 the newest month known was October 2024" in said
    assert "Dates near each other" not in said
    assert "One date is little" in said
    assert verdict(found).answer == "yes"


def test_a_county_where_trouble_moves_does_not_support_decayed_counts(tmp_path):
    """Each month the ten burglaries are in another place than before, and stay three months."""

    def moving(point, month):
        quarter = (int(month[:4]) * 12 + int(month[5:]) - 1) // 3
        return 10 if point // 6 == (7 * quarter) % 20 else 0

    gridshire.import_gridshire(tmp_path, last="2025-06", level=moving)
    found = check_forecast(horizon=1)
    assert verdict(found).answer == "no"
    assert verdict(found).headline.startswith("No. On your own data another method found more")
    assert "counts of 3 months" in verdict(found).reasons[1]
