"""What is held in common by every forecast here: which months, how much levels move."""

from placestats import drift
from studytours.crime.months import next_month

# How much an area's level moves in a year where that cannot be measured: 0.19 to 0.25 in
# Lancashire, October 2020 to October 2022, and then nine ranges in ten did hold.
USUAL_DRIFT = 0.25
LEAST_DRIFT = 0.15
ENOUGH_MONTHS = 36
SEED = 2024  # of the draws: the same archive gives the same chances


def numbers_of(months):
    """Months as whole numbers that grow by one a month."""
    return [12 * int(month[:4]) + int(month[5:]) for month in months]


def ages_of(months):
    """How many months each is before the last of them."""
    numbers = numbers_of(months)
    return [max(numbers) - number for number in numbers]


def two_years(months):
    """Columns of the 12 months before the last 12 and of the last 12; None with a gap in them."""
    column = {month: index for index, month in enumerate(months)}
    if not months:
        return None
    wanted = [next_month(months[-1], -age) for age in range(23, -1, -1)]
    if any(month not in column for month in wanted):
        return None
    columns = [column[month] for month in wanted]
    return columns[:12], columns[12:]


def yearly_drift(by_month, months):
    """How much a level moves in a year, from (areas × months) counts where they allow it.

    On fewer than 36 months it is never taken to be less than usual: a short run cannot show
    that a place is steady.
    """
    years = two_years(months)
    if years is None:
        return USUAL_DRIFT
    before, last = by_month[:, years[0]].sum(axis=1), by_month[:, years[1]].sum(axis=1)
    if not before.sum() or not last.sum():
        return USUAL_DRIFT
    least = LEAST_DRIFT if len(months) >= ENOUGH_MONTHS else USUAL_DRIFT
    return max(least, drift(before, last).value)
