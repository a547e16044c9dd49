"""Shortest ways from many places that end after a limit, without looking at the whole county."""

import numpy as np
import scipy  # its parts load at first use

TILE_M = 4000
AT_ONCE = 256


def reached(matrix, xy, sources, limit_m):
    """(sources × nodes) sparse metres on foot, where they are at most `limit_m`.

    matrix  (nodes × nodes) sparse lengths, both ways.
    xy      (nodes × 2) metres: nobody gets further on foot than in a straight line, so the
            sources of one tile need only the nodes within the limit of them.
    A source's distance to itself is an entry with the value 0.
    """
    sources = np.asarray(sources, dtype=int)
    tile = np.unique(np.floor(xy[sources] / TILE_M), axis=0, return_inverse=True)[1]
    order = np.argsort(tile, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(tile[order])) + 1) if len(order) else []
    rows, columns, metres = [], [], []
    for group in groups:
        near = _box(xy, sources[group], limit_m)
        local = matrix[near][:, near]
        for some in np.array_split(group, -(-len(group) // AT_ONCE)):
            found = scipy.sparse.csgraph.dijkstra(
                local, indices=np.searchsorted(near, sources[some]), limit=limit_m
            )
            row, column = np.nonzero(np.isfinite(found))
            rows.append(some[row])
            columns.append(near[column])
            metres.append(found[row, column])
    if not rows:
        return scipy.sparse.csr_array((len(sources), len(xy)))
    entries = np.concatenate(metres), (np.concatenate(rows), np.concatenate(columns))
    return scipy.sparse.csr_array(entries, shape=(len(sources), len(xy)))


def _box(xy, sources, margin):
    """Indices of the nodes in the box round the sources, in order."""
    low, high = xy[sources].min(axis=0) - margin, xy[sources].max(axis=0) + margin
    return np.flatnonzero(((xy >= low) & (xy <= high)).all(axis=1))
