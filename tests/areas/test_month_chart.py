"""The drawing of months: what each bar and mark stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytours.areas.month_chart import HEIGHT, TOP, _round_up, month_chart
from studytours.crime.breaks import breaks


def test_a_month_that_is_not_held_has_no_bar_and_a_band():
    held = ["2025-01", "2025-02", "2025-04"]
    chart = month_chart(held, [10, 5, 20], {"2025-04"}, breaks("kent", held))
    assert [(bar.month, bar.count) for bar in chart.bars] == [
        ("2025-01", 10), ("2025-02", 5), ("2025-03", None), ("2025-04", 20),
    ]  # fmt: skip
    assert [(mark.kind, mark.x, mark.width) for mark in chart.marks] == [("missing", 50, 25)]
    assert len(chart.notes) == 1
    assert [bar.month for bar in chart.bars if bar.chosen] == ["2025-04"]


def test_a_change_that_goes_on_is_a_line_where_it_begins():
    held = ["2013-03", "2013-04", "2013-05", "2013-06"]
    (mark,) = month_chart(held, [1, 1, 1, 1], set(), breaks("kent", held)).marks
    assert (mark.kind, mark.x, mark.width) == ("heading", 50, 0)


def test_what_ended_is_marked_at_the_end():
    held = ["2019-05", "2019-06"]
    (mark,) = month_chart(held, [1, 1], set(), breaks("greater-manchester", held)).marks
    assert (mark.x, mark.width) == (100, 0)


def test_breaks_with_one_sentence_share_a_number():
    held = ["2025-01", "2025-03", "2025-05"]
    chart = month_chart(held, [1, 2, 3], set(), breaks("kent", held))
    assert [mark.number for mark in chart.marks] == [1, 1]


@pytest.mark.parametrize(
    "held, labels",
    [(["2025-01"], ["Jan 2025"]), ([f"{y}-01" for y in range(2011, 2026)], None)],
)
def test_labels_are_few(held, labels):
    chart = month_chart(held, [1] * len(held), set(), [])
    assert len(chart.labels) <= 5
    if labels:
        assert [words for _, words in chart.labels] == labels


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=60))
def test_bars_are_as_high_as_their_share_of_the_upper_line(counts):
    months = [f"{2000 + at // 12}-{at % 12 + 1:02d}" for at in range(len(counts))]
    chart = month_chart(months, counts, set(months), [])
    assert chart.most >= max(counts)
    for bar, count in zip(chart.bars, counts, strict=True):
        assert bar.height == pytest.approx(HEIGHT * count / chart.most)
        assert bar.y + bar.height == pytest.approx(TOP + HEIGHT)
        assert bar.x >= 0 and bar.x + chart.bar <= 100 + 1e-9


@given(st.integers(0, 10**9))
def test_the_upper_line_is_a_round_number_not_much_above(number):
    assert number <= _round_up(number) <= max(2 * number, 1)
