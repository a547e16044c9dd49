"""Streets for the crimes of counties.py: a chequered town round each place, and a railway."""

from tests.areas import counties

from studytours.core.geometry import from_grid, to_grid
from studytours.streets import operations

GAP = 100  # metres between one street and the next


def chequer(number, name, *, width=20, height=20, railway=False, kind="residential"):
    """Streets round a place of counties.py: "Mill Lane 0" east to west, nameless ones across.

    With a railway the ones across end at its middle, on both sides: east and west meet nowhere.
    """
    x, y = to_grid(*reversed(counties.spot(number)))
    rows = range(-height // 2, height // 2 + 1)
    columns = range(-width // 2, width // 2 + 1)
    halves = [[c for c in columns if c < 0], [c for c in columns if c >= 0]]
    for row in rows:
        for part in halves if railway else [columns]:
            yield _street(f"{name} {row}" if row else name, kind, x, y, [(c, row) for c in part])
    for column in columns if height else ():
        yield _street("", kind, x, y, [(column, row) for row in rows])


def _street(name, kind, x, y, corners):
    line = [from_grid(x + GAP * column, y + GAP * row) for column, row in corners]
    return {"name": name, "kind": kind, "line": [(round(a, 6), round(b, 6)) for a, b in line]}


def add(*streets, sha256="a" * 64, **more):
    return operations.add_street_map(
        name="Millshire", source="drawn for a test", licence="MIT", sha256=sha256,
        streets=[one for some in streets for one in some], **more,
    )  # fmt: skip
