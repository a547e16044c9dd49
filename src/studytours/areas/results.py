"""What the queries of this context answer with. Plain, frozen, ready for a page or for JSON."""

from dataclasses import asdict, dataclass, replace

from shapely.geometry import Polygon

from studytours.core.geometry import to_geojson


@dataclass(frozen=True)
class Estimate:
    """Crimes to expect in the next 12 months; nine times in ten between low and high."""

    mean: float
    low: float
    high: float

    def __str__(self):
        return f"about {self.mean:,.0f} (between {self.low:,.0f} and {self.high:,.0f})"


@dataclass(frozen=True)
class Trend:
    """The last 12 months held against the 12 calendar months before them."""

    last: int
    before: int

    @property
    def change(self):
        """Share by which it rose (+) or fell (−); None from zero."""
        return (self.last - self.before) / self.before if self.before else None

    def __str__(self):
        return f"{self.last:,} in the last 12 months, {self.before:,} in the 12 before"


@dataclass(frozen=True)
class TypeCount:
    type: str
    count: int
    share: float  # 0 to 1 of this area's


@dataclass(frozen=True)
class RankedArea:
    """One row of a ranking of small areas or wards."""

    rank: int
    code: str
    name: str  # of the boundary: "North Northamptonshire 033B", or the ward's name
    place: str  # the ward it lies in, or the authority of a ward; "" when no lookup is loaded
    score: float  # decayed crimes a month
    expected: Estimate
    sure: float  # chance, 0 to 1, that it belongs to the `Ranking.top`
    households: int | None
    rate: float | None  # expected crimes a year for each 1,000 households
    decile: int | None  # of deprivation; 1 = most deprived tenth of England
    series: tuple[int, ...]  # by month, up to the last 36 of `Ranking.months`

    @property
    def last_year(self):
        return sum(self.series[-12:])


@dataclass(frozen=True)
class Ranking:
    force: str
    crimes: str
    kind: str  # lsoa or ward
    by: str  # count or household
    top: int  # `RankedArea.sure` is the chance to belong to so many
    months: tuple[str, ...]  # all months the ranking rests on
    rows: tuple[RankedArea, ...]
    caveats: tuple[str, ...]

    @property
    def series_months(self):
        return self.months[-36:]


@dataclass(frozen=True)
class EarlierHere:
    """An area of the office on the same ground, and what was done there."""

    name: str
    url: str
    notes: tuple[str, ...]  # "Walked on 12 May 2025", "43 alley gates"


@dataclass(frozen=True)
class Suggestion:
    """A walkable area round a map point, with what was recorded in it."""

    rank: int  # 0 when it was asked for by place, not suggested
    name: str
    town: str
    force: str
    crimes: str
    lat: float
    lon: float
    radius_m: int  # of the circle, or of the circle that is like it
    walk_m: int | None  # so far along streets from its middle; None where it is a circle
    street_map: str  # sha256 of the map that was walked on; "" where it is a circle
    geometry: Polygon  # longitude/latitude
    codes: tuple[str, ...]  # LSOAs it touches
    total: int  # rows counted in all `months`
    months: tuple[str, ...]
    series: tuple[int, ...]  # by month, all `months`
    expected: Estimate
    share_of_force: float  # of the force's decayed crimes that have a map point, 0 to 1
    sure: float | None  # chance to be among the `top`; None when asked for by place
    top: int | None  # so many were suggested
    trend: Trend | None  # None with fewer than 24 months in a row
    mix: tuple[TypeCount, ...]
    households: int | None
    rate: float | None  # expected crimes a year for each 1,000 households
    decile: int | None  # of deprivation, the middle one of its households
    reasons: tuple[str, ...]  # three plain sentences
    caveats: tuple[str, ...]
    earlier: tuple[EarlierHere, ...] = ()  # see earlier.py; no figure rests on it

    @property
    def shape(self):
        return "streets" if self.street_map else "circle"

    @property
    def last_year(self):
        return sum(self.series[-12:])

    @property
    def vintage(self):
        """What a decision for this place rests on; goes into Area.vintage as it is.

        With the months, the outline of the area and the street map it was walked on, the counts
        can be taken again, and the rest from them.
        """
        return {
            "crimes": self.crimes,
            "force": self.force,
            "months": list(self.months),
            "total": self.total,
            "expected": asdict(self.expected),
            "share_of_force": round(self.share_of_force, 5),
            "rank": self.rank,
            "sure": self.sure,
            "top": self.top,
            "households": self.households,
            "decile": self.decile,
            "reasons": list(self.reasons),
            "shape": self.shape,
            "circle": {"lat": self.lat, "lon": self.lon, "radius_m": self.radius_m},
            "walk_m": self.walk_m,
            "street_map": self.street_map,
        }

    def as_dict(self):
        """For --json and for the map."""
        plain = asdict(replace(self, geometry=None))
        return plain | {"shape": self.shape, "geometry": to_geojson(self.geometry)}


@dataclass(frozen=True)
class Suggestions:
    force: str
    crimes: str
    minutes: int
    radius_m: int
    months: tuple[str, ...]
    areas: tuple[Suggestion, ...]
    share_of_force: float  # of all suggested together
    ground: str  # whether they follow streets or are circles, in a sentence
    caveats: tuple[str, ...]
    method: str  # one paragraph in plain words

    def as_dict(self):
        """For --json."""
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return plain | {"areas": [area.as_dict() for area in self.areas]}

    def __iter__(self):
        return iter(self.areas)

    def __len__(self):
        return len(self.areas)


@dataclass(frozen=True)
class Comparison:
    """This place beside the whole force, last 12 months held, for each 1,000 households."""

    here: float
    force: float

    @property
    def times(self):
        return self.here / self.force if self.force else None


@dataclass(frozen=True)
class Earlier:
    """The figures at the time of the decision (Area.vintage) beside those of today."""

    months: tuple[str, ...]
    total: int


@dataclass(frozen=True)
class Profile:
    """Everything known of an area: recorded crime, homes, people, deprivation."""

    force: str
    counted_by: str  # "map points inside the area", or "small areas (LSOA) by their code"
    months: tuple[str, ...]
    series: tuple[int, ...]  # acquisitive crimes by month
    all_series: tuple[int, ...]  # every type, by month
    total: int  # of `series`
    all_total: int  # of `all_series`
    mix: tuple[TypeCount, ...]  # every type, largest first
    expected: Estimate | None  # acquisitive, next 12 months; None with no months
    trend: Trend | None
    households: int | None
    residents: int | None
    decile: int | None
    rate: float | None  # acquisitive crimes in the last 12 months held per 1,000 households
    comparison: Comparison | None
    earlier: Earlier | None
    codes: tuple[str, ...]
    caveats: tuple[str, ...]
