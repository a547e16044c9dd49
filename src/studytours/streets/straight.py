"""Ways where no street map is loaded: straight lines, a little longer. A page says so."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from shapely.geometry import LineString

from studytours.core.geometry import to_grid

from .ways import NO_WISH, Leg, Spot, Walk

# How much longer a walk is than its straight line.
DETOUR = 1.3


@dataclass(frozen=True)
class StraightLines:
    """A router that knows no streets."""

    along_streets = False

    def nearest(self, lon, lat, *, step_free=False):
        return Spot(lon, lat, away_m=0.0)

    def between(self, spots, *, step_free=False, wish=NO_WISH):
        x, y = to_grid([spot.lon for spot in spots], [spot.lat for spot in spots])
        return DETOUR * np.hypot(np.subtract.outer(x, x), np.subtract.outer(y, y))

    def path(self, start, end, *, step_free=False, wish=NO_WISH):
        length = float(self.between([start, end])[0, 1])
        line = LineString([(start.lon, start.lat), (end.lon, end.lat)])
        return Walk(length, (Leg("", "straight line", length, line),))

    def paths(self, spots, *, step_free=False, wish=NO_WISH):
        return [self.path(start, end) for start, end in pairwise(spots)]
