"""What every method refuses, in one voice. Nothing is quietly mended."""

import numpy as np


def table_of(values, name, ndim):
    """`values` as a float array of `ndim` dimensions, finite."""
    table = np.asarray(values, dtype=float)
    if table.ndim != ndim:
        raise ValueError(f"{name} must have {ndim} dimension(s), not {table.ndim}.")
    if not np.isfinite(table).all():
        raise ValueError(f"{name} holds a value that is missing or not finite.")
    return table


def whole_table(values, name, ndim):
    """`values` as a float array of `ndim` dimensions, finite and not negative."""
    table = table_of(values, name, ndim)
    if (table < 0).any():
        raise ValueError(f"{name} holds a negative value.")
    return table


def positive(value, name):
    """A single finite number above zero."""
    if not (np.isfinite(value) and value > 0):
        raise ValueError(f"{name} must be a number above zero, not {value}.")
    return float(value)


def same_length(first, second, names):
    if len(first) != len(second):
        raise ValueError(f"{names} must be of the same length: {len(first)} and {len(second)}.")
