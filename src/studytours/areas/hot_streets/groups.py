"""Which map points make one street: the same name, and never far from the next of them."""

import numpy as np
import scipy  # its parts load at first use: commands that count nothing start faster

# Along a street the points lie some 100 metres apart; the next High Street is in the next village.
NEXT_POINT = 300  # metres


def streets_of(points):
    """(points,) the number of the street of each point.

    What is named for its kind (a car park, a supermarket) is no street: each stays by itself.
    """
    count = len(points.lat)
    _, name = np.unique([text.casefold() for text in points.name], return_inverse=True)
    pairs = np.empty((0, 2), dtype=int)
    if count:
        tree = scipy.spatial.cKDTree(points.xy)
        pairs = tree.query_pairs(NEXT_POINT, output_type="ndarray").reshape(-1, 2)
    one, other = pairs.T
    together = (name[one] == name[other]) & points.street[one] & points.street[other]
    links = scipy.sparse.coo_array(
        (np.ones(together.sum()), (one[together], other[together])), shape=(count, count)
    )
    return scipy.sparse.csgraph.connected_components(links, directed=False)[1]
