"""The slow, obvious twins: loops that read like the definition. Only for tests."""


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
