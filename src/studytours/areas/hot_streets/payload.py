"""What the map needs of all rows, in columns: a county in some tens of kilobytes, compressed.

Places are whole numbers of 1/100,000 degree (about a metre), counted from a corner; a name that
occurs often is sent once. static/areas/hot_streets.js reads it.
"""

import numpy as np

from .lines import parts

FINE = 100_000


def payload(spots, steps):
    if not len(spots):
        return {"n": []}
    x, y = _whole(spots.lon), _whole(spots.lat)
    west, south = int(x.min()), int(y.min())
    names, name = _numbered(spots.name)
    places, place = _numbered(spots.place)
    shade = np.searchsorted(steps, spots.count, side="right")
    packed = {
        "west": west,
        "south": south,
        "x": (x - west).tolist(),
        "y": (y - south).tolist(),
        "n": spots.count.tolist(),
        "shade": shade.tolist(),
        "level": spots.level.tolist(),
        "names": names,
        "name": name,
        "places": places,
        "place": place,
        "lines": {
            at: [_steps(part) for part in parts(line)]
            for at, line in enumerate(spots.line)
            if line is not None
        },
    }
    if spots.last is not None:
        packed |= {"last": spots.last.tolist(), "before": spots.before.tolist()}
    return packed


def _whole(degrees):
    return np.rint(np.asarray(degrees) * FINE).astype(int)


def _numbered(texts):
    """The different texts in order of their first use, and the number of each."""
    number = {}
    numbers = [number.setdefault(text, len(number)) for text in texts]
    return list(number), numbers


def _steps(part):
    """[x, y, dx, dy, …]: the first corner, and from each corner to the next."""
    corners = _whole(part)
    return np.concatenate([corners[:1], np.diff(corners, axis=0)]).ravel().tolist()
