"""What a way on foot is, whoever finds it: our own network, straight lines, or another router."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from shapely.geometry import LineString

from studytours.core.errors import Refused


class NoWay(Refused):
    """Between these two places nobody can walk along the streets that are mapped."""


@dataclass(frozen=True)
class Wish:
    """What a way should rather be, where the longer way is not much longer."""

    avoid_steps: bool = False
    prefer_lit: bool = False


NO_WISH = Wish()


@dataclass(frozen=True)
class Spot:
    """A point on a street, nearest to the place that was asked for."""

    lon: float
    lat: float
    away_m: float  # from the place asked for
    street: str = ""  # "" where the way has no name
    connected: bool = True  # False on a path that does not join the other streets
    edge: int = -1  # for the router that gave it
    along_m: float = 0.0


@dataclass(frozen=True)
class Leg:
    """A stretch along one street."""

    street: str  # "" where the way has no name
    kind: str
    length_m: float
    line: LineString  # longitude/latitude, in the direction walked
    lit: bool | None = None  # None where nobody mapped it, or where it changes
    steps: bool = False
    gate: bool = False


@dataclass(frozen=True)
class Walk:
    """The shortest way between two spots."""

    length_m: float
    legs: tuple[Leg, ...]

    @property
    def line(self):
        """The whole way as one line in longitude/latitude."""
        corners = [leg.line.coords[0] for leg in self.legs[:1]]
        for leg in self.legs:
            corners.extend(leg.line.coords[1:])
        return LineString(corners)


@runtime_checkable
class Router(Protocol):
    """Finds ways on foot. Another one (Valhalla, say) may stand in for ours."""

    along_streets: bool  # False where it only guesses from straight lines

    def nearest(self, lon: float, lat: float, *, step_free: bool = False) -> Spot:
        """The point of the streets that lies nearest."""

    def between(self, spots, *, step_free: bool = False, wish: Wish = NO_WISH) -> np.ndarray:
        """(spots × spots) metres on foot; infinite where there is no way."""

    def path(self, start, end, *, step_free: bool = False, wish: Wish = NO_WISH) -> Walk:
        """The shortest way, or NoWay."""

    def paths(self, spots, *, step_free: bool = False, wish: Wish = NO_WISH):
        """From each spot to the next: a Walk, or the NoWay that says why there is none."""
