"""Recorded crime by map point and by street, for the map of hot streets.

    hot_streets(force, crimes="acquisitive", by="street", months=None) → Spots

`points.py` counts, `groups.py` makes streets of points, `lines.py` finds them on the street map,
`standing_out.py` says where more is than chance explains, `payload.py` packs it for the map.
"""

from .spots import Spots, hot_streets

__all__ = ["Spots", "hot_streets"]
