"""Statistics of places. Arrays in, frozen results out; no files, no plots, no globals.

Each result has `.summary()`, one paragraph of plain English.
"""

from placestats.choice.priority import Priorities, priorities
from placestats.choice.scores import rise, saturating, standing
from placestats.forecast.accuracy import Curve, HitRate, hit_rate, pai, pei, rri
from placestats.forecast.comparison import ForecastComparison, compare_forecasts
from placestats.forecast.decay import DecayedCounts, decayed_counts
from placestats.forecast.drift import Drift, drift
from placestats.forecast.origins import Origins, rolling_origins
from placestats.forecast.shrinkage import ShrunkRates, shrink
from placestats.forecast.standing import TopProbability, top_k_probability
from placestats.hotspots.cells import Cells, occupied_cells
from placestats.hotspots.coverage import Cover, cover
from placestats.hotspots.gi_star import GiStar, gi_star
from placestats.hotspots.kde import Kde, kde
from placestats.routes.best_walk import NoWalk, Walk, best_walk
from placestats.routes.prove_walk import prove_walk

__all__ = [
    "Cells",
    "Cover",
    "Curve",
    "DecayedCounts",
    "Drift",
    "ForecastComparison",
    "GiStar",
    "HitRate",
    "Kde",
    "NoWalk",
    "Origins",
    "Priorities",
    "ShrunkRates",
    "TopProbability",
    "Walk",
    "best_walk",
    "compare_forecasts",
    "cover",
    "decayed_counts",
    "drift",
    "gi_star",
    "hit_rate",
    "kde",
    "occupied_cells",
    "pai",
    "pei",
    "priorities",
    "prove_walk",
    "rise",
    "rolling_origins",
    "rri",
    "saturating",
    "shrink",
    "standing",
    "top_k_probability",
]
