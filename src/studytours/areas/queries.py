"""Reads over many rows: rankings, suggestions, profiles, the boundaries that count now.

    rank_areas(force, crimes="acquisitive", kind="lsoa", by="count", top=10) → Ranking
    suggest_areas(force=None, crimes="acquisitive", count=10, minutes=90) → Suggestions
    suggestion_at(lat, lon, radius_m=500, force=None, crimes="acquisitive", name="") → Suggestion
    with_earlier(suggestions) → Suggestions, each with what was done there before
    profile(area, crimes="acquisitive") → Profile

The results are described in results.py.
"""

from .boundaries import current_boundaries, current_set, figures_of
from .earlier import with_earlier
from .profiles import profile
from .ranking import rank_areas
from .suggesting import suggest_areas, suggestion_at

__all__ = [
    "current_boundaries",
    "current_set",
    "figures_of",
    "profile",
    "rank_areas",
    "suggest_areas",
    "suggestion_at",
    "with_earlier",
]
