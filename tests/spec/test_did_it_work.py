"""A forecast is made from the months before a date and judged by the months after it. It is good
when few places hold many of the crimes that came, and better than plain counting or it is not
worth its trouble."""

import numpy as np

from placestats import compare_forecasts, hit_rate, pai, pei, rri

title = "Did the forecast work?"
METHODS = {
    "decayed counts": "decayed_counts",
    "counts of 3 months": "counts_3",
    "counts of 12 months": "counts_12",
    "counts of 36 months": "counts_36",
    "Gi* of 12 months": "gi_star",
    "perfect foresight": "perfect_foresight",
}
PLACES = ["Mill Lane", "Kiln Road", "Park Walk", "Church End", "Bell Yard"]


def test_the_hit_rate_is_the_share_of_crimes_in_the_places_named_first(spec):
    """The hit rate: walk the two places of five that were ranked first, and meet 70 % of what came.

    Two of five places are 40 % of the area.
    """

    def answer(given):
        return {
            "hit rate so far": [
                hit_rate(given["came"], given["foreseen"], share).value
                for share in (0.2, 0.4, 0.6, 0.8, 1.0)
            ]
        }

    spec(
        {"place": PLACES, "foreseen": [9, 7, 4, 2, 1], "came": [8, 6, 3, 2, 1]},
        answer,
        {"hit rate so far": [0.4, 0.7, 0.85, 0.95, 1.0]},
    )


def test_the_index_says_how_much_better_than_blind(spec):
    """Accuracy (PAI): how many times more than in places picked blindly. 1 is no better than blind.

    Efficiency (PEI): the part of what perfect foresight would have found in as many places.
    """
    spec(
        {"place": PLACES, "foreseen": [9, 7, 4, 2, 1], "came": [6, 8, 3, 1, 2]},
        lambda given: {
            "PAI so far": pai(given["came"], given["foreseen"]).value,
            "PEI so far": pei(given["came"], given["foreseen"]).value,
        },
        {"PAI so far": [1.5, 1.75, 1.42, 1.13, 1.0], "PEI so far": [0.75, 1.0, 1.0, 0.95, 1.0]},
    )


def test_the_level_can_be_wrong_where_the_ranking_is_right(spec):
    """Level (RRI): twice as much was foreseen as came, though the ranking was perfect."""
    spec(
        {"place": PLACES, "foreseen": [16, 12, 6, 4, 2], "came": [8, 6, 3, 2, 1]},
        lambda given: {
            "RRI so far": rri(given["came"], given["foreseen"]).value,
            "PEI so far": pei(given["came"], given["foreseen"]).value,
        },
        {"RRI so far": [2.0, 2.0, 2.0, 2.0, 2.0], "PEI so far": [1.0, 1.0, 1.0, 1.0, 1.0]},
    )


def county(level):
    """100 squares of 250 m; `level(square, month)` crimes in each of 30 months."""
    column, row = np.meshgrid(np.arange(10), np.arange(10))
    counts = [[level(square, month) for month in range(30)] for square in range(100)]
    x, y = column.ravel() * 250.0 + 125, row.ravel() * 250.0 + 125
    found = compare_forecasts(x, y, counts, months=range(30), shares=(0.05,))
    return dict(zip(found.methods, found.mean(found.hits)[:, 0], strict=True))


def in_five_squares(level):
    def answer(given):
        hits = county(level)
        return {"hit rate in 5 of 100 squares": [hits[METHODS[name]] for name in given["method"]]}

    return answer


def test_where_nothing_moves_counting_is_perfect(spec):
    """In a county where every place keeps its level, plain counting finds all that can be found.

    The five fullest of a hundred squares hold a tenth of all crimes here.
    """
    spec(
        {
            "method": [
                "decayed counts",
                "counts of 3 months",
                "counts of 36 months",
                "perfect foresight",
            ]
        },
        in_five_squares(lambda square, month: square),
        {"hit rate in 5 of 100 squares": [0.098, 0.098, 0.098, 0.098]},
    )


def test_where_trouble_moves_old_counts_mislead(spec):
    """Where trouble moved to other squares, old counts still point to the old ones.

    After nine months all crime left five squares for five others. Seven dates, three to nine
    months after the move: counts of three months know of it at once, decayed counts begin to, and
    counts of all months hardly.
    """
    spec(
        {
            "method": [
                "counts of 3 months",
                "decayed counts",
                "counts of 36 months",
                "perfect foresight",
            ]
        },
        in_five_squares(lambda square, month: 6 * (square < 5 if month < 9 else square > 94)),
        {"hit rate in 5 of 100 squares": [1.0, 0.29, 0.07, 1.0]},
    )


def test_where_all_is_alike_no_method_can_help(spec):
    """Where all places are alike, no method is better than walking anywhere."""
    spec(
        {
            "method": [
                "decayed counts",
                "counts of 12 months",
                "Gi* of 12 months",
                "perfect foresight",
            ]
        },
        in_five_squares(lambda square, month: 1),
        {"hit rate in 5 of 100 squares": [0.05, 0.05, 0.05, 0.05]},
    )
