"""Does the ranking work on the office's own crimes? Rolling origins, rivals beside it.

The area is every cell that holds a map point of the force's own small areas at which any crime,
of whatever type, was ever recorded: where people live, work and walk, not moor or sea. It is the
same for every method and every origin.
"""

from dataclasses import dataclass

import numpy as np

from placestats import ForecastComparison, compare_forecasts, rolling_origins
from studytours.core.errors import Refused
from studytours.core.geometry import to_grid
from studytours.crime.caveats import caveats
from studytours.crime.counting import POINTS, counted, own_lsoas
from studytours.crime.months import in_words
from studytours.crime.queries import months as months_held
from studytours.crime.sets import types_in

from .outlook import numbers_of
from .suggesting import chosen_force

LEAST_CELL, LARGEST_CELL = 100, 2000
LONGEST = 36  # months ahead
HISTORY = 12  # months that must be known before an origin
OTHER_CRIMES = "Choose other crimes, or bring in more months."
OTHER_CELLS = "Choose another size of square, other crimes or fewer months ahead."


@dataclass(frozen=True)
class ForecastCheck:
    """What each method found at each origin, of one force and one set of crimes."""

    force: str
    crimes: str
    months: tuple[str, ...]  # all held
    compared: ForecastComparison
    caveats: tuple[str, ...]

    @property
    def origins(self):
        """[(month, months known then, the newest of them, crimes that came)]"""
        starts = np.searchsorted(numbers_of(self.months), self.compared.start).tolist()
        crimes = self.compared.crimes.tolist()
        return [
            (self.months[at], at, self.months[at - 1], came)
            for at, came in zip(starts, crimes, strict=True)
        ]

    @property
    def area_km2(self):
        return self.compared.cells * (self.compared.cell / 1000) ** 2


def check_forecast(force=None, crimes="acquisitive", cell=250, horizon=12):
    """Hit rates of each method at each origin; refused where the archive cannot show any."""
    if not LEAST_CELL <= cell <= LARGEST_CELL:
        raise Refused(
            f"Cells of {cell:g} metres cannot be checked.",
            cure=f"Use {LEAST_CELL} to {LARGEST_CELL} metres; 250 is usual.",
        )
    if not 1 <= horizon <= LONGEST:
        raise Refused(f"{horizon} months ahead cannot be checked.", cure=f"Use 1 to {LONGEST}.")
    types_in(crimes)
    force = chosen_force(force)
    held = months_held(force)
    if not len(rolling_origins(numbers_of(held), horizon=horizon, history=HISTORY)):
        raise _too_few(held, horizon)
    x, y, counts = recorded(force, crimes, held)
    if not counts.any():
        raise Refused(f"No crime of the set “{crimes}” with a place is held.", cure=OTHER_CRIMES)
    try:
        compared = compare_forecasts(
            x, y, counts, months=numbers_of(held), cell=cell, horizon=horizon, history=HISTORY
        )
    except ValueError as error:
        raise Refused(f"This cannot be checked: {error}", cure=OTHER_CELLS) from error
    return ForecastCheck(force, crimes, tuple(held), compared, tuple(caveats(force, crimes=crimes)))


def _too_few(held, horizon):
    here = f"{len(held)} month{'s' if len(held) != 1 else ''} ({in_words(held)})"
    return Refused(
        f"To check a forecast, {HISTORY} months are needed to learn from, and after them "
        f"{horizon} in a row to see what came. Held are {here}.",
        cure=f"Bring in more months: {HISTORY + horizon} in a row show it once, 48 show it well.",
    )


def recorded(force, crimes, held):
    """(x, y, counts): the map points of the force's own small areas, and crimes by month at each.

    A point at which only crimes of other types were recorded has none here; it is a place all
    the same.
    """
    own = own_lsoas(force)
    every = counted(POINTS, force=force, crimes="all", lsoas=own, over=())
    places = np.unique(_points(every)[1])
    found = counted(POINTS, force=force, crimes=crimes, lsoas=own, over=("month",))
    located, at = _points(found)
    counts = np.zeros((len(places), len(held)))
    counts[np.searchsorted(places, at)] = found.by_month()[located]
    return *to_grid(places.real, places.imag), counts


def _points(cube):
    """(which of its places have coordinates, these as one number each to sort and find them by)"""
    lat, lon = (cube.places[name].astype(float) for name in ("lat", "lon"))
    located = np.isfinite(lon)
    return located, lon[located] + 1j * lat[located]
