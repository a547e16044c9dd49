"""The map points as middles of walkable areas, chosen one after the other: most crime first."""

import numpy as np
import scipy  # its parts load at first use: commands that count nothing start faster

from placestats import cover

from .footing import COVERED, on_foot


def choose(survey, most):
    """[(map point, Footing or None)]: the middles of at most so many areas that do not overlap."""
    points = np.flatnonzero(survey.weights > 0)
    if not len(points):
        return []
    rivals = Rivals(survey, points)
    chosen = cover(survey.weights[points], rivals.members(), most, near=rivals.near).chosen
    return [(int(points[at]), rivals.footing[at]) for at in chosen]


class Rivals:
    """What each area would hold, along streets where they are mapped, and which are too near."""

    def __init__(self, survey, points):
        self.radius_m, self.points = survey.radius_m, points
        self.tree = scipy.spatial.cKDTree(survey.recorded.xy[points])
        self.circles = _circles(self.tree, self.radius_m)
        self.footing = np.full(len(points), None, dtype=object)
        # Where the map is, no walk begins off its streets, and none is a circle.
        self.mapped = np.zeros(len(points), dtype=bool)
        for footing in survey.footings:
            on = np.isin(points, footing.points)
            covered = self.circles @ on >= COVERED * self.circles.sum(axis=1)
            self.footing[on & covered] = footing
            self.mapped |= covered

    def members(self):
        """(areas × points) sparse, non-zero where the area holds the point."""
        if not self.mapped.any():
            return self.circles
        circles = self.circles.tocoo()
        keep = ~self.mapped[circles.row]
        pairs = [(circles.row[keep], circles.col[keep])]
        for footing in set(self.footing) - {None}:
            pairs.append(self._reach(footing, np.flatnonzero(self.footing == footing), 1))
        rows, columns = (np.concatenate(side) for side in zip(*pairs, strict=True))
        size = len(self.points)
        return scipy.sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(size, size))

    def _reach(self, footing, areas, times):
        middles, reached = footing.reach(self.points[areas], times * on_foot(self.radius_m))
        return np.searchsorted(self.points, middles), np.searchsorted(self.points, reached)

    def near(self, area):
        """The areas that would share ground with this one."""
        close = np.array(self.tree.query_ball_point(self.tree.data[area], self._apart), dtype=int)
        footing = self.footing[area]
        if footing is None:
            return close
        # Two that are walked share no street when their middles are two walks apart.
        close = close[~self.mapped[close]]
        return np.append(close, self._reach(footing, [area], 2)[1])

    @property
    def _apart(self):
        return np.nextafter(2 * self.radius_m, 0)


def _circles(tree, radius_m):
    pairs = tree.query_pairs(radius_m, output_type="ndarray")
    own = np.arange(tree.n)
    rows = np.concatenate([pairs[:, 0], pairs[:, 1], own])
    columns = np.concatenate([pairs[:, 1], pairs[:, 0], own])
    return scipy.sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(tree.n, tree.n))
