"""Names of streets on the route map: along the street, or beside it where something stands."""

from html import escape
from math import atan2, cos, degrees, radians, sin

import numpy as np
import shapely
from shapely import affinity
from shapely.ops import substring

from .letters import printable

INK = "#14343b"
# How far a street may bend away from a name that lies on it, and how far aside a name may stand.
BEND, ASIDE = 20, 42


def names(by_name, inside, taken):
    """Each street's name once, where it runs straight enough and nothing else stands."""
    longest_first = sorted(by_name.items(), key=lambda one: -sum(line.length for line in one[1]))
    for name, lines in longest_first:
        wide = 16 * len(name)
        spots = [spot for line in _joined(lines, inside) for spot in _straight(line, wide)]
        tried = (
            _room(spot, aside, wide, inside, taken)
            for aside in (0, ASIDE, -ASIDE) for spot in spots
        )  # fmt: skip
        room = next((one for one in tried if one), None)
        if room:
            taken.append(room[0])
            yield _name(printable(name), *room[1:])


def _joined(lines, inside):
    return shapely.get_parts(shapely.line_merge(shapely.union_all(lines).intersection(inside)))


def _straight(line, wide):
    """(x, y, turn in degrees) of the stretches of a line on which so long a name can lie."""
    starts = np.arange(0, line.length - 0.8 * wide, max(wide / 3, 40))
    middle = (line.length - wide) / 2
    for start in sorted(starts, key=lambda start: abs(start - middle)):
        part = substring(line, start, start + wide)
        (x1, y1), (x2, y2) = sorted((part.coords[0], part.coords[-1]))
        chord = shapely.LineString([(x1, y1), (x2, y2)])
        if chord.length > 0.7 * wide and shapely.hausdorff_distance(part, chord) < BEND:
            yield (x1 + x2) / 2, (y1 + y2) / 2, degrees(atan2(y2 - y1, x2 - x1))


def _room(spot, aside, wide, inside, taken):
    """(room, x, y, turn) for a name on the street or so far beside it; None where it is taken."""
    x, y, turn = spot
    x, y = x - aside * sin(radians(turn)), y + aside * cos(radians(turn))
    room = affinity.rotate(shapely.box(x - wide / 2, y - 17, x + wide / 2, y + 17), turn)
    if inside.contains(room) and not any(room.intersects(one) for one in taken):
        return room, x, y, turn
    return None


def _name(name, x, y, turn):
    return (
        f'<text transform="translate({x:.0f} {y:.0f}) rotate({turn:.1f})" y="11" '
        f'text-anchor="middle" font-size="32" fill="{INK}" stroke="#ffffff" stroke-width="7" '
        f'stroke-linejoin="round" paint-order="stroke">{escape(name)}</text>'
    )
