"""Turn by turn, for who leads: "Leave the church hall by High Street, 120 metres"."""

from dataclasses import dataclass
from math import atan2, degrees

from studytours.core.geometry import on_grid

from ..models import Stop
from .way import way_of

# A stretch without a name and shorter than this is a crossing, not a turn.
A_CROSSING = 15
# A turn is seen over so many metres on either side of the corner.
SEEN_OVER = 15
STRAIGHT_ON, BACK = 35, 150
KINDS = {
    "steps": "the steps", "footway": "the path", "path": "the path", "track": "the track",
    "cycleway": "the cycle path", "bridleway": "the bridleway", "pedestrian": "the precinct",
    "service": "the service road",
}  # fmt: skip


@dataclass(frozen=True)
class Direction:
    """One line. `stop` is set where the walk arrives at one."""

    stop: Stop | None
    text: str
    metres: int  # to walk from here on, in tens; 0 on arriving


def directions(tour):
    """The Directions of a tour, in order."""
    stops = list(tour.stops.all())
    way = way_of(tour, stops)
    said, heading, leaving = [], None, tour.meeting_point if tour.meeting_lat is not None else ""
    for section in way.sections:
        stretches = _stretches(section.legs) if way.along_streets and not section.guess else []
        if stretches:
            told, heading = _told(stretches, heading, leaving)
            said += told
        else:
            to = f"stop {section.to.number}" if section.to else "the end"
            said.append(Direction(None, f"Make your way to {to}", _tens(section.metres)))
            heading = None
        said.append(_arrival(section.to, tour))
        leaving = ""
    return said


@dataclass(frozen=True)
class _Stretch:
    name: str
    metres: float
    first: float  # the direction in degrees in which it begins, and ends
    last: float


def _stretches(legs):
    """Legs of one name as one; crossings go to the stretch before them."""
    made = []
    for leg in legs:
        line = on_grid(leg.line)
        name = leg.street or KINDS.get(leg.kind, "the way without a name")
        if leg.steps and leg.street:
            name = f"{leg.street} (steps)"
        first, last = _heading(line, 0, SEEN_OVER), _heading(line, -SEEN_OVER, line.length)
        crossing = not leg.street and not leg.steps and leg.length_m < A_CROSSING
        if made and (made[-1].name == name or crossing):
            before = made.pop()
            last = before.last if crossing else last
            made.append(_Stretch(before.name, before.metres + leg.length_m, before.first, last))
        elif not crossing or len(legs) == 1:
            made.append(_Stretch(name, leg.length_m, first, last))
    return made


def _heading(line, since, to):
    a, b = line.interpolate(since), line.interpolate(min(to, line.length))
    return degrees(atan2(b.x - a.x, b.y - a.y))


def _told(stretches, heading, leaving):
    said = []
    for stretch in stretches:
        if heading is None and leaving:
            text = f"Leave {_lower(leaving)} by {stretch.name}"
        elif heading is None:
            text = f"Go along {stretch.name}"
        else:
            text = _turn(stretch.first - heading, stretch.name)
        said.append(Direction(None, text, _tens(stretch.metres)))
        heading = stretch.last
    return said, heading


def _turn(angle, name):
    angle = (angle + 180) % 360 - 180
    if abs(angle) < STRAIGHT_ON:
        return f"Go straight on along {name}"
    if abs(angle) > BACK:
        return f"Turn back along {name}"
    return f"Turn {'right' if angle > 0 else 'left'} into {name}"


def _arrival(stop, tour):
    if stop:
        return Direction(stop, f"Stop {stop.number}: {stop.name}", 0)
    plan = getattr(tour, "route_plan", None)
    if plan is not None and plan.end_lat is not None:
        return Direction(None, f"The walk ends here: {plan.end_point or 'the end'}", 0)
    return Direction(None, f"Back at {_lower(tour.meeting_point)}", 0)


def _lower(words):
    """ "The church hall" within a sentence."""
    return words[0].lower() + words[1:] if words.startswith(("The ", "A ")) else words


def _tens(metres):
    return max(10, round(metres / 10) * 10)
