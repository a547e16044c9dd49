"""A busy square may be busy by chance. Gi* asks of each square whether the squares round it hold
more than they would if the same crimes were dealt out anywhere."""

import numpy as np

from placestats import gi_star, kde

title = "Is it a hot spot or chance?"


def rows(table):
    return np.array([[int(count) for count in line.split()] for line in table])


def called_hot(given):
    found = gi_star(rows(given["crimes in each square"]))
    marks = np.where(found.hot(0.05), "■", "·")
    return {"hot": [" ".join(line) for line in marks]}


def test_a_cluster_is_hot_and_a_lone_square_is_not(spec):
    """The heart of a cluster is hot. One full square alone is not: its neighbours are empty.

    Both hold a square with 9 crimes. At most one in twenty of the squares shown may be chance.
    """
    spec(
        {
            "crimes in each square": [
                "0 0 0 0 0 0 0 0 0 0 0 0",
                "0 5 6 4 0 0 0 0 0 0 0 0",
                "0 6 9 5 0 0 0 0 9 0 0 0",
                "0 4 5 6 0 0 0 0 0 0 0 0",
                "0 0 0 0 0 0 0 0 0 0 0 0",
                "0 0 0 0 0 0 0 0 0 0 0 0",
                "0 0 0 0 0 0 0 0 0 0 0 0",
                "0 0 0 0 0 0 0 0 0 0 0 0",
            ]
        },
        called_hot,
        {
            "hot": [
                "· · · · · · · · · · · ·",
                "· · ■ · · · · · · · · ·",
                "· ■ ■ ■ · · · · · · · ·",
                "· · ■ · · · · · · · · ·",
                "· · · · · · · · · · · ·",
                "· · · · · · · · · · · ·",
                "· · · · · · · · · · · ·",
                "· · · · · · · · · · · ·",
            ]
        },
    )


def test_a_sprinkle_is_chance(spec):
    """Crimes that are sprinkled about make no hot spot, however they fall together."""
    spec(
        {
            "crimes in each square": [
                "0 1 0 2 0 0 1 0",
                "1 0 1 0 0 1 0 2",
                "0 0 2 1 0 0 0 0",
                "1 0 0 0 1 0 1 0",
                "0 1 0 0 0 2 0 1",
            ]
        },
        called_hot,
        {"hot": ["· · · · · · · ·"] * 5},
    )


def test_empty_land_is_never_hot(spec):
    """Empty land is never hot, whatever else the county holds."""
    west = "six squares in the west: hot"
    spec(
        {"crimes in each square": ["0 0 0 0 0 0 0 8 9"] * 3},
        lambda given: {west: [line[:11] for line in called_hot(given)["hot"]]},
        {west: ["· · · · · ·"] * 3},
    )


def test_smoothing_draws_and_does_not_prove(spec):
    """A smooth surface spreads each crime over its surroundings and loses none.

    Twelve crimes at one map point, smoothed over 200 metres: crimes for each square of 200 metres
    from the point outwards. It draws a map; it tests nothing.
    """

    def across(given):
        options = {"bandwidth": 200.0, "cell": 200.0, "bounds": (0, 0, 2600, 2600)}
        x = np.full(12, 1300.0)
        found = kde(x, x, **options).density * 200**2
        distance = np.array(given["metres from the point"]) // 200
        return {"crimes in the square": found[6, 6 + distance]}

    spec(
        {"metres from the point": [0, 200, 400, 600]},
        across,
        {"crimes in the square": [1.91, 1.16, 0.26, 0.02]},
    )
