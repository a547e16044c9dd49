"""Two walks beside each other: stop by stop, the whole area, recorded crime."""

from collections import Counter
from dataclasses import dataclass, field

from django.contrib.humanize.templatetags.humanize import apnumber

from studytours.core.templatetags.ui import day
from studytours.tours.before.queries import earlier_walks, ground_of
from studytours.tours.models import Tour
from studytours.tours.queries import public_tours

from ..questions.queries import area_rows, whole_area
from .crime import crime_beside
from .stops import Felt, felt_at_stops, same_stops

OVER = (Tour.State.DEBRIEF, Tour.State.REPORTED)
BETTER, SAME, WORSE = "better", "the same", "worse"


@dataclass(frozen=True)
class AtStop:
    stop: object
    before: Felt
    after: Felt

    @property
    def change(self):
        """better, the same or worse at the later walk; "" where too few answered to say."""
        if not (self.before.is_enough and self.after.is_enough):
            return ""
        if self.after.middle == self.before.middle:
            return SAME
        return BETTER if self.after.middle > self.before.middle else WORSE


@dataclass(frozen=True)
class Dark:
    answers: int
    in_the_dark: int

    @property
    def words(self):
        few, most = self.in_the_dark * 4 <= self.answers, self.in_the_dark * 4 >= self.answers * 3
        return "mostly in the light" if few else "mostly in the dark" if most else "in both"


@dataclass(frozen=True)
class Comparison:
    """The later walk beside the earlier one; of a pair, the walk at dusk beside that by day."""

    before: Tour
    after: Tour
    is_pair: bool
    stops: list
    dark: tuple  # of each walk
    moments: list = field(default_factory=list)  # of the whole area, by turns of both walks
    area_rows: list = field(default_factory=list)
    crime: object = None

    @property
    def names(self):
        """What the two columns are called."""
        if self.is_pair:
            return "By day", "At dusk"
        return tuple(day(tour.walked_at) for tour in (self.before, self.after))

    @property
    def says_something(self):
        return bool(self.area_rows or any(row.change for row in self.stops))

    @property
    def summary(self):
        """ "On the later walk people felt better at three of five stops, the same at one, …"."""
        counts = Counter(row.change for row in self.stops)
        few = counts.pop("", 0)
        total = counts.total()
        if not total:
            return ""
        when = "At dusk" if self.is_pair else "On the later walk"
        better, same, worse = (_words(counts[change]) for change in (BETTER, SAME, WORSE))
        of = "the one stop" if total == 1 else f"{_words(total)} stops"
        rest = f" At {_words(few)} more, too few people answered to say." if few else ""
        said = f"people felt better at {better} of {of}, the same at {same}, worse at {worse}"
        return f"{when} {said}.{rest}"


def _words(number):
    return str(apnumber(number)) if number else "none"


def comparisons(tour, *, public=False):
    """What this walk can be compared with: its pair, the walk before it, the walk after it."""
    if not _is_over(tour, public):
        return []
    found = [_compared(*pair, is_pair=True) for pair in _pair(tour, public)]
    found += [_compared(*pair) for pair in _again(tour, public)]
    return [one for one in found if one.says_something or (one.stops and not public)]


def _is_over(tour, public):
    if tour.walked_at is None:
        return False
    return tour.state == Tour.State.REPORTED if public else tour.state in OVER


def _pair(tour, public):
    other = tour.by_day or getattr(tour, "at_dusk", None)
    if other and _seen([other], public):
        yield (other, tour) if tour.by_day else (tour, other)


def _again(tour, public):
    """The last walk before it and the next after it that stood at a same stop in the same light."""
    for walks, is_later in ((_before(tour), False), (_after(tour), True)):
        for other in _seen(walks, public):
            pair = (tour, other) if is_later else (other, tour)
            if same_stops(*(list(one.stops.all()) for one in pair)):
                yield pair
                break


def _before(tour):
    return [one for one in earlier_walks(tour) if bool(one.by_day_id) == bool(tour.by_day_id)]


def _after(tour):
    later = Tour.objects.filter(area__in=ground_of(tour.area), starts_at__gt=tour.walked_at)
    later = later.filter(by_day__isnull=not tour.by_day_id).exclude(pk=tour.pk)
    return list(later.select_related("area").order_by("walked_at"))


def _seen(walks, public):
    """Those that are over and that the reader may see."""
    walks = [one for one in walks if _is_over(one, public)]
    if public and walks:
        shown = set(public_tours().filter(pk__in=[one.pk for one in walks]).values_list("pk"))
        walks = [one for one in walks if (one.pk,) in shown]
    return walks


def _compared(before, after, *, is_pair=False):
    (felt_before, dark_before), (felt_after, dark_after) = map(felt_at_stops, (before, after))
    stops = [
        AtStop(stop, felt_before.get(old.pk, Felt()), felt_after.get(stop.pk, Felt()))
        for old, stop in same_stops(list(before.stops.all()), list(after.stops.all()))
    ]
    dark = tuple(
        Dark(sum(one.people for one in felt.values()), number)
        for felt, number in ((felt_before, dark_before), (felt_after, dark_after))
    )
    moments, rows = _whole_area(before, after)
    return Comparison(
        before, after, is_pair, [row for row in stops if row.before.people or row.after.people],
        dark, moments, rows, None if is_pair else crime_beside(before, after),
    )  # fmt: skip


def _whole_area(before, after):
    """([(tour, Moment)], rows) of the moments at which enough people scored on both walks."""
    early, late = (
        {one.code: one for one in whole_area(tour) if one.is_enough} for tour in (before, after)
    )
    moments = [of_tour[code] for code in early if code in late for of_tour in (early, late)]
    return moments, area_rows(moments) if moments else []
