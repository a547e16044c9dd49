"""A check of forecasts: the same cells for all methods, the past only, ties shared evenly."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose
from tests.placestats import textbook
from tests.placestats import textbook_forecast as slow

from placestats import compare_forecasts, occupied_cells
from placestats.forecast.rivals import Known, counts_of, decayed, density, neighbours

SIDE = 10
panels = arrays(np.int64, (SIDE * SIDE, 7), elements=st.sampled_from([0, 0, 0, 1, 2, 5]))


def town():
    """100 cells of 250 m, a point near the middle of each."""
    column, row = np.meshgrid(np.arange(SIDE), np.arange(SIDE))
    return column.ravel() * 250.0 + 120, row.ravel() * 250.0 + 130


def compared(counts, months=None, **options):
    x, y = town()
    months = range(counts.shape[1]) if months is None else months
    return compare_forecasts(x, y, counts, months=months, **options)


def steady(months=30):
    """Each cell has its own steady level, the first cell none, the last 99 crimes a month."""
    return np.repeat(np.arange(SIDE * SIDE)[:, None], months, axis=1)


@pytest.mark.parametrize(
    ("counts", "options", "why"),
    [
        (steady(23), {}, "no month has 12 known months before it and begins 12 in a row"),
        (steady(30), {"horizon": 19}, "begins 19 in a row"),
        (steady(30), {"horizon": 0}, "horizon"),
        (steady(30), {"cell": 0}, "cell must be"),
        (steady(30), {"cell": 1000}, "at least 100 cells, and here are 9"),
        (steady(30), {"shares": (0.05, 1.5)}, "up to 1"),
        (steady(30), {"shares": ()}, "up to 1"),
        (steady(30), {"months": range(29)}, "same length"),
        (steady(30)[:50], {}, "same length"),
        (-steady(30), {}, "negative"),
        (steady(30) * np.nan, {}, "missing"),
        (steady(30) * 0, {}, "no crime came"),
        (steady(30) + 0.5, {}, "whole numbers"),
    ],
)
def test_bad_input_is_refused(counts, options, why):
    with pytest.raises(ValueError, match=why):
        compared(counts, **options)


def test_all_crimes_on_one_point_are_refused():
    with pytest.raises(
        ValueError, match="less than one cell: it takes at least 100 cells, and here are 1"
    ):
        compare_forecasts([5.0], [5.0], steady(30)[-1:], months=range(30))


COUNTING = {"decayed": decayed, "all": counts_of(7), "newest": counts_of(1)}


@settings(max_examples=25)
@given(panels, st.sampled_from([None, [0, 1, 2, 5, 6, 7, 8]]))
def test_it_matches_the_textbook(counts, months):
    counts[0, :] = 1  # something came after every origin
    result = compared(counts, months, horizon=2, history=2, shares=(0.01, 0.13), rivals=COUNTING)
    months = list(range(7)) if months is None else months
    origins = slow.origins(months, 2, 2)
    assert result.start.tolist() == [origin for origin, _, _ in origins]
    for number, (_, past, future) in enumerate(origins):
        column = {month: at for at, month in enumerate(months)}
        rows = [[row[column[month]] for month in past] for row in counts.tolist()]
        came = [sum(row[column[month]] for month in future) for row in counts.tolist()]
        weighted, _ = textbook.decayed(rows, 24, 60, [past[-1] - month for month in past])
        scores = (weighted, [sum(row) for row in rows], [row[-1] for row in rows], came)
        expected = [[slow.evened_hits(came, score, n) for n in (1, 13)] for score in scores]
        assert_allclose(result.hits[:, number], expected, atol=1e-12)


@settings(max_examples=25)
@given(panels)
def test_nothing_finds_more_than_foresight_or_less_than_nothing(counts):
    counts[0, :] = 1
    result = compared(counts, horizon=2, history=3)
    assert (result.hits >= 0).all() and (result.hits <= result.hits[-1] + 1e-12).all()
    assert_allclose(result.pei[-1], 1)
    assert_allclose(result.pai, result.hits / [0.01, 0.02, 0.05])
    assert (np.diff(result.hits, axis=2) >= -1e-12).all()


@settings(max_examples=25)
@given(panels, st.randoms(use_true_random=False))
def test_the_order_of_the_points_changes_nothing(counts, random):
    counts[0, :] = 1
    x, y = town()
    order = list(range(len(x)))
    random.shuffle(order)
    options = {"months": range(7), "horizon": 2, "history": 3}
    mixed = compare_forecasts(x[order], y[order], counts[order], **options)
    assert_allclose(mixed.hits, compare_forecasts(x, y, counts, **options).hits, atol=1e-12)


@settings(max_examples=25)
@given(panels, st.integers(0, 50))
def test_what_comes_later_changes_no_ranking(counts, later):
    """The scores of an origin are the same, whatever is put into its future."""
    seen = []
    for future in (1, later):
        changed = counts.copy()
        changed[:, 5:] = future
        changed[0, :] = 1
        rivals = {"watched": lambda known: seen.append(known.by_cell.copy()) or known.by_cell[:, 0]}
        compared(changed, horizon=2, history=5, rivals=rivals)
    assert_allclose(seen[0], seen[1])


def test_in_a_steady_town_every_count_is_perfect():
    result = compared(steady())
    counting = [at for at, name in enumerate(result.methods) if "counts" in name]
    assert_allclose(result.pei[counting], 1)
    # The fullest of 100 cells holds 99 of 0 + 1 + … + 99 crimes.
    assert_allclose(result.hits[counting, :, 0], 99 / 4950)
    assert len(result.start) == 7
    assert result.trained.tolist() == list(range(12, 19))
    assert result.crimes.tolist() == [12 * 4950] * 7


def test_where_all_places_are_alike_every_method_is_as_good_as_blind():
    result = compared(np.ones((SIDE * SIDE, 30)))
    plain = [name not in ("kde", "perfect_foresight") for name in result.methods]
    assert_allclose(result.pai[plain], 1)


def test_places_without_a_crime_of_this_kind_belong_to_the_area():
    counts = np.zeros((SIDE * SIDE, 30), int)
    counts[55] = 3
    result = compared(counts)
    assert result.cells == 100
    assert_allclose(result.hits[result.methods.index("counts_12")], 1)


def test_a_year_is_the_newest_twelve_months_known():
    counts = np.zeros((SIDE * SIDE, 25), int)
    counts[7, :12] = 9  # known before the gap
    counts[:, 12:] = 1
    months = [*range(12), *range(40, 53)]
    result = compared(counts, months)
    assert result.start.tolist() == [40, 41]
    found = result.hits[result.methods.index("counts_12"), :, 0]
    assert_allclose(found, 0.01)  # cell 7 comes first, and as much came there as elsewhere


def known(counts):
    x, y = town()
    cells = occupied_cells(x, y, cell=250)
    by_cell = cells.total(counts)
    return Known(x, y, np.asarray(counts, float), cells, by_cell, np.arange(12)[::-1])


@settings(max_examples=10)
@given(arrays(np.int64, (SIDE * SIDE, 12), elements=st.sampled_from([0, 0, 0, 0, 1, 3])))
def test_neighbours_and_density_match_their_textbooks(counts):
    counts[3, 0] = 4
    totals = counts.sum(axis=1).tolist()
    _, weights = textbook.window_weights([[True] * SIDE] * SIDE, 1)
    assert_allclose(neighbours(known(counts)), textbook.gi_z(totals, weights), atol=1e-12)
    x, y = town()
    middles = [(column * 250 + 125, row * 250 + 125) for row in range(10) for column in range(10)]
    exact = textbook.density(np.repeat(x, totals), np.repeat(y, totals), middles, 200)
    assert_allclose(density(known(counts)), exact, atol=0.005 * sum(totals) / (2 * np.pi * 200**2))


def test_a_year_without_crime_ranks_all_places_alike():
    empty = known(np.zeros((SIDE * SIDE, 12)))
    assert neighbours(empty).tolist() == density(empty).tolist() == [0] * SIDE * SIDE


def test_many_origins_are_thinned_out():
    assert len(compared(steady(90), most=10).start) <= 10


def test_the_summary_names_every_method():
    text = compared(steady()).summary()
    assert "7 origins, 100 cells of 250" in text
    assert all(name in text for name in ("decayed_counts", "kde", "gi_star", "Perfect foresight"))
