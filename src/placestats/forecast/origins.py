"""Rolling origins: the days on which a forecast could have been made and can be checked now."""

from dataclasses import dataclass

import numpy as np

from placestats.refusals import table_of


@dataclass(frozen=True)
class Origins:
    start: np.ndarray  # (origins,) first month that each forecast is about
    past: tuple[np.ndarray, ...]  # columns known then, oldest first
    future: tuple[np.ndarray, ...]  # the columns of its horizon
    possible: int  # before some were left out
    horizon: int
    history: int

    def __len__(self):
        return len(self.start)

    def summary(self):
        return (
            f"{len(self):,} of {self.possible:,} months have {self.history} known months before "
            f"them and are the first of {self.horizon} known months in a row."
        )


def rolling_origins(months, *, horizon=12, history=12, most=24):
    """Every month that can be forecast from what came before and checked by what followed.

    months   (columns,) which month each column is, as a whole number that grows by one a month
             (12 × year + month). A month left out is unknown, not a month without crime.
    horizon  so many months in a row, the origin the first, must be known.
    history  so many months before the origin must be known, in a row or not.
    most     where more months than this qualify, every second, third … is taken, back from the
             newest.

    The past of an origin is every known month before it and no other. Neighbouring origins share
    most of their months, so twelve origins are not twelve trials. None qualifies: no error, an
    empty answer. Errors: ValueError for months out of order or not whole, or less than one month.
    """
    months = table_of(months, "months", 1)
    if (months != np.rint(months)).any() or (np.diff(months) <= 0).any():
        raise ValueError("months must be whole numbers, each larger than the one before.")
    for name, value in (("horizon", horizon), ("history", history), ("most", most)):
        if value < 1 or value != int(value):
            raise ValueError(f"{name} must be a whole number, at least 1, not {value}.")
    months = months.astype(np.int64)
    first = np.arange(len(months))
    last = first + horizon - 1
    whole = last < len(months)
    whole[whole] = months[last[whole]] - months[whole] == horizon - 1
    fit = np.flatnonzero(whole & (first >= history))
    taken = fit[::-1][:: max(1, -(-len(fit) // most))][::-1]
    return Origins(
        start=months[taken],
        past=tuple(np.arange(at) for at in taken),
        future=tuple(np.arange(at, at + horizon) for at in taken),
        possible=len(fit),
        horizon=int(horizon),
        history=int(history),
    )
