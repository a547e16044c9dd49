"""The slow, obvious twins: loops that read like the definition. Only for tests."""

import itertools


def decayed(counts, half_life, window, ages):
    """Weighted counts of each area, and the weights' sum."""
    weights = [0.5 ** (age / half_life) if age < window else 0.0 for age in ages]
    return [sum(w * c for w, c in zip(weights, row, strict=True)) for row in counts], sum(weights)


def posterior_mean(counts, exposure, prior, kappa):
    return [(kappa + n) / (kappa / m + e) for n, e, m in zip(counts, exposure, prior, strict=True)]


def kappa_by_moments(counts, exposure, prior):
    expected = [e * m for e, m in zip(exposure, prior, strict=True)]
    beyond = sum((n - x) ** 2 - x for n, x in zip(counts, expected, strict=True))
    return sum(x**2 for x in expected) / beyond if beyond > 0 else None


def greedy_cover(values, sets, k):
    """`sets` is a list of sets of point numbers. Returns the chosen numbers and their gains."""
    covered, chosen, gains = set(), [], []
    for _ in range(k):
        best, best_gain = None, 1e-9
        for number, points in enumerate(sets):
            gain = sum(values[point] for point in points - covered)
            if number not in chosen and gain > best_gain + 1e-12:
                best, best_gain = number, gain
        if best is None:
            break
        chosen.append(best)
        gains.append(best_gain)
        covered |= sets[best]
    return chosen, gains


def top_k_chance_of_two(first, second, steps=4000):
    """P(first gamma > second gamma) by summing over thin slices of the first."""
    from scipy.stats import gamma

    total = 0.0
    for step in range(steps):
        value = gamma.ppf((step + 0.5) / steps, first[0], scale=1 / first[1])
        total += gamma.cdf(value, second[0], scale=1 / second[1])
    return total / steps


def top_k_by_draws(drawn, k):
    """How often each area is among the k highest of a draw."""
    times = [0] * len(drawn[0])
    for rates in drawn:
        for area in sorted(range(len(rates)), key=lambda at: -rates[at])[:k]:
            times[area] += 1
    return [number / len(drawn) for number in times]


def gamma_below(value, shape, rate, steps=20_000):
    """P(gamma ≤ value), its density summed over thin slices in the logarithm."""
    from math import exp, lgamma, log

    total, bottom, top = 0.0, log(value) - 40, log(value)
    for step in range(steps):
        at = bottom + (step + 0.5) * (top - bottom) / steps
        total += exp(shape * (log(rate) + at) - rate * exp(at) - lgamma(shape))
    return total * (top - bottom) / steps


def drift(pre, post):
    """What the squared differences hold beyond Poisson chance, as a share of the level."""
    factor = sum(post) / sum(pre)
    beyond = sum((b - factor * a) ** 2 - b - factor**2 * a for a, b in zip(pre, post, strict=True))
    return max(0.0, beyond / sum((factor * a) ** 2 for a in pre)) ** 0.5


def gi_z(values, weights):
    """z of Ord & Getis (1995) for any weights (rows of `weights`): with or without self.

    Without self (a zero on the diagonal) mean and deviation are those of the other places.
    """
    found = []
    for place, row in enumerate(weights):
        among = [i for i in range(len(values)) if row[place] or i != place]
        n = len(among)
        mean = sum(values[i] for i in among) / n
        deviation = (sum(values[i] ** 2 for i in among) / n - mean**2) ** 0.5
        total = sum(row[i] * values[i] for i in among)
        w, s1 = sum(row), sum(weight**2 for weight in row)
        room = (n * s1 - w**2) / (n - 1)
        found.append((total - mean * w) / (deviation * room**0.5) if room > 0 else 0.0)
    return found


def window_weights(inside, reach):
    """(cells inside, weights): 1 for each cell of the square window that is inside."""
    cells = [(r, c) for r, row in enumerate(inside) for c, is_in in enumerate(row) if is_in]
    return cells, [
        [int(abs(r - row) <= reach and abs(c - column) <= reach) for row, column in cells]
        for r, c in cells
    ]


def draw_mid_p(others, k, reached):
    """P(sum > reached) + ½ P(sum = reached) of k of `others`, by counting all ways."""
    ways = {(0, 0): 1}
    for value in others:
        for (drawn, total), number in list(ways.items()):
            if drawn < k:
                then = (drawn + 1, total + value)
                ways[then] = ways.get(then, 0) + number
    full = {total: number for (drawn, total), number in ways.items() if drawn == k}
    above = sum(number for total, number in full.items() if total > reached)
    return (2 * above + full.get(reached, 0)) / (2 * sum(full.values()))


def gi_mid_p(values, weights):
    known, found = {}, []
    for place, row in enumerate(weights):
        near = [i for i, weight in enumerate(row) if weight and i != place]
        case = (values[place], len(near), sum(values[i] for i in near))
        if case not in known:
            others = values[:place] + values[place + 1 :]
            known[case] = draw_mid_p(others, case[1], case[2])
        found.append(known[case])
    return found


def false_discovery(p):
    """Benjamini–Hochberg: for each p the least p′·n / (how many are ≤ p′) over all p′ ≥ p."""
    n = len(p)
    return [min(1.0, *(r * n / sum(s <= r for s in p) for r in p if r >= one)) for one in p]


def density(x, y, at, bandwidth):
    """The exact sum of Gaussians at points `at`, per square unit, nothing cut off."""
    from math import exp, pi

    return [
        sum(
            exp(-((across - px) ** 2 + (up - py) ** 2) / (2 * bandwidth**2))
            for px, py in zip(x, y, strict=True)
        )
        / (2 * pi * bandwidth**2)
        for across, up in at
    ]


def standing(values):
    """The share of the others below each, those level counting half; None is not compared."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return [0.5 for _ in values]
    return [
        0.5
        if value is None
        else (sum(v < value for v in known) + (sum(v == value for v in known) - 1) / 2)
        / (len(known) - 1)
        for value in values
    ]


def priorities(scores, weights, groups, had):
    """Call the places one by one. Returns the order and each place's list of contributions."""
    total, had, order = sum(weights), list(had), []
    given = {}
    while len(order) < len(scores):
        best, best_sum = None, -1
        for place, row in enumerate(scores):
            if place in order:
                continue
            row = [*row, 1 / (1 + had[groups[place]])]
            parts = [w * s / total for w, s in zip(weights, row, strict=True)]
            if round(sum(parts), 12) > best_sum:
                best, best_sum, given[place] = place, round(sum(parts), 12), parts
        order.append(best)
        had[groups[best]] += 1
    return order, [given[place] for place in range(len(scores))]


def every_walk(travel, value, dwell, budget, start, end, required):
    """(value, duration) of the best walk, by trying every order of every choice; None if none."""
    inner = [point for point in range(len(value)) if point not in (start, end)]
    best = None
    for number in range(len(inner) + 1):
        for stops in itertools.permutations(inner, number):
            walk = [start, *stops, end]
            visited = set(walk)
            time = sum(travel[a][b] for a, b in itertools.pairwise(walk))
            time += sum(dwell[point] for point in visited)
            if time <= budget + 1e-9 and set(required) <= visited:
                found = (sum(value[point] for point in visited), -time)
                best = max(best, found) if best else found
    return best and (best[0], -best[1])
