"""The same stops in less time: segments turned round (2-opt) or moved elsewhere (Or-opt)."""

import numpy as np

NOTHING = -1e-9
LONGEST_MOVED = 3


def shorten(stops, cost, start, end):
    """`stops` in an order that no turned segment and no moved one to three stops makes shorter.

    cost  (n × n), the way there and the way back may differ.
    """
    walk = np.concatenate([[start], stops, [end]])
    while len(walk) > 3:
        apart = cost[np.ix_(walk, walk)]
        better = min([_turned(apart), *_moved(apart)], key=lambda move: move[0])
        gain, *change = better
        if gain >= NOTHING:
            break
        walk = _changed(walk, *change)
    return walk[1:-1]


def _turned(apart):
    """Walk a segment the other way round: points i+1 to j of the walk."""
    there = np.diagonal(apart, 1)
    on, back = (np.concatenate([[0], np.cumsum(way)]) for way in (there, np.diagonal(apart, -1)))
    turn = on - back  # saved up to each point by walking backwards
    delta = apart[:-1, :-1] + apart[1:, 1:] - there[:, None] - there[None, :]
    delta -= turn[None, :-1] - turn[1:, None]
    delta[np.tril_indices(len(delta))] = 0
    i, j = np.unravel_index(delta.argmin(), delta.shape)
    return delta[i, j], i + 1, j + 1, j, True


def _moved(apart):
    """Put one to three stops between two others, either way round."""
    there = np.diagonal(apart, 1)
    gaps = np.arange(len(there))
    for length in range(1, min(LONGEST_MOVED, len(apart) - 2) + 1):
        first = np.arange(1, len(apart) - length)
        last = first + length - 1
        saved = there[first - 1] + there[last] - apart[first - 1, last + 1]
        elsewhere = (gaps < first[:, None] - 1) | (gaps > last[:, None])
        for head, tail, turned in ((first, last, False), (last, first, True))[: min(length, 2)]:
            added = apart[:-1, head].T + apart[tail, 1:] - there - saved[:, None]
            if turned:
                added += (_along(apart, first, length, -1) - _along(apart, first, length, 1))[
                    :, None
                ]
            added[~elsewhere] = 0
            which, gap = np.unravel_index(added.argmin(), added.shape)
            yield added[which, gap], first[which], last[which] + 1, gap, turned


def _along(apart, first, length, way):
    """The time from end to end of the segments, forwards (1) or backwards (−1)."""
    steps = [(first + k, first + k + 1)[::way] for k in range(length - 1)]
    return sum((apart[a, b] for a, b in steps), np.zeros(len(first)))


def _changed(walk, low, high, gap, turned):
    """The walk with its points low…high−1 between what stood at gap and gap + 1."""
    part = walk[low:high][::-1] if turned else walk[low:high]
    if low <= gap < high:  # turned where it is
        return np.concatenate([walk[:low], part, walk[high:]])
    if gap < low:
        return np.concatenate([walk[: gap + 1], part, walk[gap + 1 : low], walk[high:]])
    return np.concatenate([walk[:low], walk[high : gap + 1], part, walk[gap + 1 :]])
