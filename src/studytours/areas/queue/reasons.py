"""What a place's figures say, and why it waits, in sentences that anyone can read."""

from datetime import date

from studytours.core.templatetags.ui import day

from ..words import tenth
from .criteria import FEW_REQUESTS

WALKED_LATELY = 12  # months
STRONG = 0.5


def said(key, figures, whole, ahead=0):
    """The figure of a criterion in words."""
    return _SAID[key](figures, whole, ahead)


def _crime(f, whole, ahead):
    if f.yearly is None:
        return "Not known: no recorded crime is held."
    return f"About {f.yearly:,.0f} crimes a year"


def _rate(f, whole, ahead):
    if f.rate is None:
        return "Not known: how many homes there are is not held."
    return f"{f.rate:,.0f} crimes a year for each 1,000 homes ({f.households:,} homes)"


def _homes(f, whole, ahead):
    if f.near_homes is None:
        return "Not known: no theft is recorded here."
    homes = f"; {f.households:,} homes" if f.households is not None else ""
    return f"{100 * f.near_homes:.0f} of 100 thefts were near homes{homes}"


def _trend(f, whole, ahead):
    if not whole.months or f.last is None:
        return "Not known: a year of months in a row is needed."
    return (
        f"{f.last:,} crimes in the last {whole.months} months, {f.before:,} in the {whole.months} "
        f"before; "
        f"in the whole police area {_change(whole)}"
    )


def _change(whole):
    if not whole.before:
        return "none before"
    change = whole.last / whole.before - 1
    if abs(change) < 0.005:
        return "no change"
    return f"{abs(change):.0%} {'more' if change > 0 else 'fewer'}"


def _deprivation(f, whole, ahead):
    if f.tenth is None:
        return "Not known: no deprivation figures are held."
    return f"Its homes are in {tenth(round(f.tenth))} of England ({f.tenth:.1f} of 10)"


def _requests(f, whole, ahead):
    return asked_in_words(f.requests)


def asked_in_words(requests):
    """Never an exact count of people below five."""
    if not requests:
        return "Nobody has asked yet"
    often = f"{requests}" if requests >= FEW_REQUESTS else "fewer than five"
    return f"People asked for a walk {often} times"


def _since(f, whole, ahead):
    return f"Walked {months_ago(f.months_since)}" if f.last_walk else "Never walked"


def _promises(f, whole, ahead):
    said = f"{counted(f.in_hand, 'promise')} in hand" if f.in_hand else "None in hand"
    return f"{said}; {f.late} late" if f.late else said


def _town(f, whole, ahead):
    name = f.town or "A town not known"
    had = f"{name} had no walk in two years"
    if f.town_walks:
        had = f"{name} had or has planned {counted(f.town_walks, 'walk')} in two years"
    return f"{had}; {counted(ahead, 'place')} of it before this one" if ahead else had


_SAID = {
    "crime": _crime, "rate": _rate, "homes": _homes, "trend": _trend, "deprivation": _deprivation,
    "requests": _requests, "since": _since, "promises": _promises, "town": _town,
}  # fmt: skip


def counted(number, thing):
    """ "1 promise", "3 promises"."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def months_ago(months):
    whole = int(months)
    if whole < 1:
        return "less than a month ago"
    if whole < 24:
        return f"{counted(whole, 'month')} ago"
    return f"{counted(whole // 12, 'year')} ago"


def on(iso):
    return day(date.fromisoformat(iso))


def why_waits(figures, hold, decision):
    """Why a place is not in the order at all; "" when it is."""
    if figures.planned:
        return f"A walk is planned for {on(figures.planned)}."
    if decision:
        return f"We chose it on {day(decision.at)}. {decision.reason}"
    if hold:
        return f"{hold.reason} We look at it again on {day(hold.review_on)}."
    return ""


def why_not_yet(row, first, several_towns):
    """Sentences on what keeps a place from coming first; none for the first."""
    if row.rank == 1:
        return ()
    f, sentences = row.figures, []
    if f.last_walk and f.months_since < WALKED_LATELY:
        sentences.append(f"We walked here {months_ago(f.months_since)}.")
    if f.in_hand:
        verb = "is" if f.in_hand == 1 else "are"
        until = f"; the last is due on {on(f.last_due)}" if f.last_due else ""
        sentences.append(f"{counted(f.in_hand, 'promise')} made here {verb} still in hand{until}.")
    if f.town and several_towns:
        sentences += _towns_turn(f, row.ahead)
    return (*sentences, *_less_than(row, first))


def _towns_turn(f, ahead):
    if f.town_walks > 1:
        yield f"{f.town} had or has planned {f.town_walks} walks in two years."
    if ahead:
        verb = "comes" if ahead == 1 else "come"
        yield f"{counted(ahead, 'place')} in {f.town} {verb} before it."


def _less_than(row, first):
    """The criteria in which it falls furthest behind the first place."""
    told = {"since", "promises", "town"}  # by sentences of their own
    behind = [
        (theirs.points - ours.points, ours.criterion.name.lower())
        for ours, theirs in zip(row.parts, first.parts, strict=True)
        if ours.criterion.key not in told
    ]
    worst = [name for gap, name in sorted(behind, reverse=True)[:2] if gap >= 1]
    if worst:
        yield f"{first.place.name} has more points for: {'; '.join(worst)}."


def speaks_for(row):
    """The figures of the two criteria that give most, among those in which it scores well."""
    strong = [part for part in row.parts if part.score >= STRONG and part.points >= 1]
    strong.sort(key=lambda part: -part.points)
    told = ("since", "promises", "town")
    return tuple(part for part in strong if part.criterion.key not in told)[:2] or tuple(strong[:2])
