"""Slow, obvious twins of what checks a forecast. Only for tests."""

from fractions import Fraction
from math import floor


def highest_first(values):
    """Indices, the largest value first, equal ones in the order given."""
    return sorted(range(len(values)), key=lambda at: -values[at])


def hit_rate(observed, predicted, share, area):
    """(share of the crimes, share of the area) in the first whole places that fit."""
    found = used = 0
    for at in highest_first(predicted):
        if used + area[at] > Fraction(share) * sum(area):
            break
        used += area[at]
        found += observed[at]
    return found / sum(observed), used / sum(area)


def pai(observed, predicted, area):
    values, found, used = [], 0, 0
    for at in highest_first(predicted):
        found += observed[at]
        used += area[at]
        values.append((found / sum(observed)) / (used / sum(area)))
    return values


def pei(observed, predicted, area):
    """PAI over the PAI of whoever knows the crimes for each unit of area beforehand."""
    known = [crimes / size for crimes, size in zip(observed, area, strict=True)]
    mine, best = pai(observed, predicted, area), pai(observed, known, area)
    return [one / other for one, other in zip(mine, best, strict=True)]


def rri(observed, predicted):
    values, came, foreseen = [], 0, 0
    for at in highest_first(predicted):
        came += observed[at]
        foreseen += predicted[at]
        values.append(foreseen / came if came else float("inf"))
    return values


def evened_hits(observed, score, places):
    """Share of the crimes in so many places; the last of them drawn from those of equal score."""
    found, left = Fraction(0), places
    for value in sorted(set(score), reverse=True):
        tied = [crimes for crimes, one in zip(observed, score, strict=True) if one == value]
        taken = min(left, len(tied))
        found += Fraction(taken * sum(tied), len(tied))
        left -= taken
    return float(found / sum(observed))


def cells(x, y, cell):
    """{(row, column): numbers of the points in it}, the south-west corner of all at (0, 0)."""
    at = [(floor(up / cell), floor(across / cell)) for across, up in zip(x, y, strict=True)]
    south, west = min(row for row, _ in at), min(column for _, column in at)
    found = {}
    for point, (row, column) in enumerate(at):
        found.setdefault((row - south, column - west), []).append(point)
    return found


def origins(months, horizon, history):
    """[(origin, months before it, months it is about)]"""
    found = []
    for month in months:
        past = [one for one in months if one < month]
        future = range(month, month + horizon)
        if len(past) >= history and all(one in months for one in future):
            found.append((month, past, list(future)))
    return found
