"""Sunset and dusk, by the formula of the US National Oceanic and Atmospheric Administration.

Source: NOAA Global Monitoring Laboratory, "General Solar Position Calculations". Good to about
a minute in Britain, which is better than a hedge or a hill lets anyone notice.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import acos, cos, degrees, pi, radians, sin, tan

# How far the sun's centre is below the horizon, with refraction, at sunset and at civil dusk.
SUNSET, DUSK = 90.833, 96.0


@dataclass(frozen=True)
class Daylight:
    """Aware moments (UTC), or None where the sun does not go so low that day."""

    sunset: datetime | None
    dusk: datetime | None


def daylight(day: date, lat: float, lon: float) -> Daylight:
    """Sunset and the end of civil twilight at a place."""
    return Daylight(_goes_down(day, lat, lon, SUNSET), _goes_down(day, lat, lon, DUSK))


def _goes_down(day, lat, lon, zenith):
    # The sun's place changes through the day: take it at noon, then again at the first answer.
    hour = 12.0
    for _ in range(2):
        minutes_fast, tilt = _sun(day, hour)
        angle = cos(radians(zenith)) / (cos(radians(lat)) * cos(tilt)) - tan(radians(lat)) * tan(
            tilt
        )
        if not -1 <= angle <= 1:
            return None
        minutes = 720 - 4 * (lon - degrees(acos(angle))) - minutes_fast
        hour = minutes / 60
    return datetime.combine(day, time(), UTC) + timedelta(minutes=minutes)


def _sun(day, hour):
    """How many minutes the sun is ahead of the clock, and its declination in radians."""
    year = 366 if day.year % 4 == 0 and (day.year % 100 or day.year % 400 == 0) else 365
    g = 2 * pi / year * (day.timetuple().tm_yday - 1 + (hour - 12) / 24)
    minutes_fast = 229.18 * (
        0.000075 + 0.001868 * cos(g) - 0.032077 * sin(g) - 0.014615 * cos(2 * g)
        - 0.040849 * sin(2 * g)
    )  # fmt: skip
    tilt = (
        0.006918 - 0.399912 * cos(g) + 0.070257 * sin(g) - 0.006758 * cos(2 * g)
        + 0.000907 * sin(2 * g) - 0.002697 * cos(3 * g) + 0.00148 * sin(3 * g)
    )  # fmt: skip
    return minutes_fast, tilt
