"""What stands on the route map: stops, meeting point, scale, arrow to the north."""

from math import ceil

import numpy as np
import shapely

from studytours.core.geometry import to_grid

from .map_names import INK

PRIMARY = "#0b6e6e"
DISC, FLAG = 36, (190, 58)
# The lower edge, which the route keeps free for the scale.
FOOT = 100
BARS = (20, 50, 100, 200, 250, 500, 1000, 2000, 5000)


def path(d, colour, width, more=""):
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width}" '
        f'stroke-linecap="round" stroke-linejoin="round"{more}/>'
    )


def discs(sheet, placed, taken):
    """A numbered disc a stop. One that would hide another stands aside, joined by a line."""
    found = []
    for stop in placed:
        x, y = sheet.at(*to_grid(stop.lon, stop.lat))
        cx, cy = _free(sheet, x, y, taken)
        taken.append(shapely.Point(cx, cy).buffer(DISC + 6))
        if (cx, cy) != (x, y):
            found.insert(0, path(f"M{x:.0f} {y:.0f}L{cx:.0f} {cy:.0f}", INK, 6))
            found.insert(1, f'<circle cx="{x:.0f}" cy="{y:.0f}" r="10" fill="{INK}"/>')
        found.append(
            f'<circle cx="{cx:.0f}" cy="{cy:.0f}" r="{DISC}" fill="{PRIMARY}" stroke="#ffffff" '
            f'stroke-width="7"/><text x="{cx:.0f}" y="{cy + 15:.0f}" text-anchor="middle" '
            f'font-size="44" font-weight="700" fill="#ffffff">{stop.number}</text>'
        )
    return found


def _free(sheet, x, y, taken):
    """The place nearest to (x, y) where a disc covers nothing that stands there."""
    for away in range(0, 600, DISC):
        for turn in range(8 if away else 1):
            cx = x + away * np.cos(turn * np.pi / 4)
            cy = y + away * np.sin(turn * np.pi / 4)
            inside = DISC < cx < sheet.width - DISC and DISC < cy < sheet.height - DISC
            here = shapely.Point(cx, cy).buffer(DISC)
            if inside and not any(here.intersects(one) for one in taken):
                return (x, y) if not away else (cx, cy)
    return x, y


def meeting(sheet, tour, taken):
    """A flag with a word: never told from a stop by colour alone."""
    if tour.meeting_lat is None:
        return ""
    x, y = sheet.at(*to_grid(tour.meeting_lon, tour.meeting_lat))
    left, top = _flag_place(sheet, x, y, taken)
    taken.append(shapely.box(left, top, left + FLAG[0], top + FLAG[1]))
    foot = min(max(x, left), left + FLAG[0]), min(max(y, top), top + FLAG[1])
    return (
        path(f"M{x:.0f} {y:.0f}L{foot[0]:.0f} {foot[1]:.0f}", INK, 8)
        + f'<rect x="{left:.0f}" y="{top:.0f}" width="{FLAG[0]}" height="{FLAG[1]}" fill="#ffc845" '
        f'stroke="{INK}" stroke-width="5"/>'
        f'<text x="{left + FLAG[0] / 2:.0f}" y="{top + 41:.0f}" text-anchor="middle" '
        f'font-size="36" font-weight="700" fill="{INK}">We meet</text>'
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="13" fill="{INK}"/>'
    )


def _flag_place(sheet, x, y, taken):
    """(left, top) where the flag hides nothing, as far as there is such a place."""
    wide, high = FLAG
    places = [(left, top) for top in (y - 130, y + 72) for left in (x, x - wide)]
    for away in range(150, 600, 50):
        for turn in np.arange(12) * np.pi / 6:
            places.append((x + away * np.cos(turn) - wide / 2, y + away * np.sin(turn) - high / 2))
    paper = shapely.box(0, 0, sheet.width, sheet.height)
    rooms = {place: shapely.box(*place, place[0] + wide, place[1] + high) for place in places}
    on_paper = [place for place in places if paper.contains(rooms[place])]
    free = (one for one in on_paper if not any(rooms[one].intersects(other) for other in taken))
    return next(free, (on_paper or places)[0])


def scale_room(sheet):
    """The lower left corner, where the scale stands."""
    return shapely.box(0, sheet.height - FOOT, min(560, sheet.width / 2), sheet.height)


def scale_bar(sheet):
    """A round number of metres, at most a quarter of the width."""
    metres = max((m for m in BARS if m * sheet.scale < sheet.width / 4), default=BARS[0])
    long, y = metres * sheet.scale, sheet.height - 46
    words = f"{metres} m" if metres < 1000 else f"{metres // 1000} km"
    back = 24 + ceil(long) + 40 + 19 * len(words)
    return (
        f'<rect x="16" y="{y - 44}" width="{back}" height="74" fill="#ffffff" fill-opacity="0.9"/>'
        f'<path d="M40 {y - 14}v28M40 {y}H{40 + long:.0f}M{40 + long:.0f} {y - 14}v28" '
        f'stroke="{INK}" stroke-width="6" fill="none"/>'
        f'<text x="{58 + long:.0f}" y="{y + 12}" font-size="36" fill="{INK}">{words}</text>'
    )


def north_room(sheet):
    """The upper right corner, where the arrow stands."""
    return shapely.box(sheet.width - 120, 10, sheet.width - 20, 160)


def north(sheet):
    x = sheet.width - 70
    return (
        f'<rect x="{x - 44}" y="16" width="88" height="136" fill="#ffffff" fill-opacity="0.9"/>'
        f'<path d="M{x} 28l26 66l-26 -16l-26 16z" fill="{INK}"/>'
        f'<text x="{x}" y="140" text-anchor="middle" font-size="40" font-weight="700" '
        f'fill="{INK}">N</text>'
    )
