"""Points on edges as nodes of the graph, for one question, without building the graph anew."""

from dataclasses import dataclass

import numpy as np
import scipy  # its parts load at first use

A_STEP = 0.01  # metres


@dataclass(frozen=True)
class Base:
    """Lengths between nodes (both ways), and which edge gave each: of several the shortest."""

    matrix: object  # sparse (nodes × nodes)
    edge: np.ndarray  # beside matrix.data

    @classmethod
    def of(cls, start, end, length, edges, nodes):
        """From the chosen edges of a graph; `length` is what they count."""
        matrix, which = _shortest(start[edges], end[edges], length[edges], (nodes, nodes))
        return cls(matrix, edges[which])

    def measured(self, length):
        """The matrix again with other lengths of the same edges."""
        matrix = self.matrix
        return scipy.sparse.csr_array(
            (length[self.edge], matrix.indices, matrix.indptr), shape=matrix.shape
        )

    def find(self, one, other):
        """The edge between two nodes."""
        matrix = self.matrix
        row = slice(matrix.indptr[one], matrix.indptr[one + 1])
        return int(self.edge[row][matrix.indices[row] == other][0])


@dataclass(frozen=True)
class Joined:
    """The base with points on edges as nodes `nodes`, `nodes` + 1, … after its own.

    The edges themselves stay: a stretch from end to end is as long as its parts.
    """

    base: Base
    graph: object
    nodes: int
    matrix: object  # what each link counts
    metres: object  # what it measures: the same matrix unless something is wished for
    parts: dict  # (node, node) → (edge, from, to) for the stretches that the points made

    @classmethod
    def of(cls, base, graph, edge, along, *, step_free, weight=None):
        nodes, count = base.matrix.shape[0], len(edge)
        one, other, on, since, to = _split(graph, edge, along, nodes)
        if step_free:
            keep = ~graph.steps[on] | (to - since < A_STEP)  # a spot at their foot is no step
            one, other, on, since, to = (column[keep] for column in (one, other, on, since, to))
        size = nodes + count
        counts = (to - since) if weight is None else (to - since) * weight[on]
        more, which = _shortest(one, other, counts, (size, size))
        parts = {}
        for at in np.unique(which).tolist():
            stretch = int(on[at]), float(since[at]), float(to[at])
            parts[int(one[at]), int(other[at])] = stretch
            parts[int(other[at]), int(one[at])] = stretch[0], stretch[2], stretch[1]
        matrix = _grown(base.matrix, more)
        metres = matrix
        if weight is not None:
            more.data[:] = (to - since)[which]
            metres = _grown(base.measured(graph.length), more)
        return cls(base, graph, nodes, matrix, metres, parts)

    def measured(self, counts, before, targets):
        """(sources × targets) metres of the ways that count least, walked back link by link."""
        links = self.metres.tocoo()
        size = self.metres.shape[0]
        key = links.row.astype(np.int64) * size + links.col
        order = np.argsort(key)
        key, length = key[order], links.data[order]
        row = np.repeat(np.arange(len(before)), len(targets))
        here = np.tile(targets, len(before))
        metres = np.where(np.isfinite(counts[row, here]), 0.0, np.inf)
        on = np.flatnonzero(np.isfinite(metres) & (before[row, here] >= 0))
        while len(on):
            previous = before[row[on], here[on]].astype(np.int64)
            metres[on] += length[np.searchsorted(key, previous * size + here[on])]
            here[on] = previous
            on = on[before[row[on], previous] >= 0]
        return metres.reshape(len(before), len(targets))

    def stretch(self, one, other):
        """(edge, from, to) of the step between two neighbours, in the direction walked."""
        if (one, other) in self.parts:
            return self.parts[one, other]
        edge = self.base.find(one, other)
        length = float(self.graph.length[edge])
        return (edge, 0.0, length) if self.graph.start[edge] == one else (edge, length, 0.0)


def _split(graph, edge, along, nodes):
    """The edges with points on them, cut there: (from, to, edge, since, until) a stretch."""
    touched = np.unique(edge)
    on = np.concatenate([touched, edge, touched])
    at = np.concatenate([np.zeros(len(touched)), along, graph.length[touched]])
    rank = np.repeat([0, 1, 2], [len(touched), len(edge), len(touched)])
    node = np.concatenate([graph.start[touched], nodes + np.arange(len(edge)), graph.end[touched]])
    order = np.lexsort((at, rank, on))
    on, at, node = on[order], np.minimum(at, graph.length[on])[order], node[order]
    follows = on[1:] == on[:-1]
    return node[:-1][follows], node[1:][follows], on[1:][follows], at[:-1][follows], at[1:][follows]


def _shortest(one, other, length, shape):
    """A symmetric sparse matrix of the shortest link of each pair, and which link each is."""
    rows, columns = np.concatenate([one, other]), np.concatenate([other, one])
    lengths, link = np.tile(length, 2), np.tile(np.arange(len(one)), 2)
    apart = rows != columns
    rows, columns, lengths, link = (array[apart] for array in (rows, columns, lengths, link))
    order = np.lexsort((lengths, columns, rows))
    rows, columns, lengths, link = (array[order] for array in (rows, columns, lengths, link))
    first = np.append(True, (np.diff(rows) != 0) | (np.diff(columns) != 0))[: len(rows)]
    starts = np.searchsorted(rows[first], np.arange(shape[0] + 1))
    matrix = scipy.sparse.csr_array(
        (lengths[first], columns[first].astype(np.int32), starts.astype(np.int32)), shape=shape
    )
    return matrix, link[first]


def _grown(base, more):
    """The base matrix with the links of `more`, which touch none of the base's own pairs."""
    size, nodes = more.shape[0], base.shape[0]
    indptr = np.append(base.indptr, np.full(size - nodes, base.indptr[-1], base.indptr.dtype))
    wide = scipy.sparse.csr_array((base.data, base.indices, indptr), shape=(size, size))
    a, b = wide.tocoo(), more.tocoo()
    entries = np.append(a.data, b.data), (np.append(a.row, b.row), np.append(a.col, b.col))
    return scipy.sparse.csr_array(entries, shape=(size, size))
