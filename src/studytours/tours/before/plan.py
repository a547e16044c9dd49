"""What a risk assessment rests on, kept with it; and what of that has changed since, in words."""

from datetime import datetime

from studytours.core.templatetags.ui import moment


def plan_of(tour, stops):
    """The plan as plain data: when, where, which stops in which order."""
    return {
        "starts_at": tour.starts_at.isoformat(),
        "minutes": tour.minutes,
        "meeting_point": tour.meeting_point,
        "meeting": [tour.meeting_lat, tour.meeting_lon],
        "step_free": tour.step_free,
        "stops": [[stop.name, stop.lat, stop.lon, stop.look_from_here] for stop in stops],
    }


def changes(was, now):
    """Sentences that say how the plan differs from the one that was signed; none if it does not."""
    said = (*_day(was, now), *_place(was, now), *_stops(was["stops"], now["stops"]))
    return said or (("The stops were changed.",) if was != now else ())


def _day(was, now):
    before, after = (datetime.fromisoformat(one["starts_at"]) for one in (was, now))
    if before != after:
        yield f"The start was {moment(before)} and is now {moment(after)}."
    if was["minutes"] != now["minutes"]:
        yield f"It took {was['minutes']} minutes and now takes {now['minutes']}."


def _place(was, now):
    if was["meeting_point"] != now["meeting_point"]:
        yield f"People met at {was['meeting_point']} and now meet at {now['meeting_point']}."
    elif was["meeting"] != now["meeting"]:
        yield "The meeting point was moved on the map."
    if was["step_free"] != now["step_free"]:
        yield f"The way {'now has no steps' if now['step_free'] else 'may now have steps'}."


def _stops(was, now):
    before, after = ([stop[0] for stop in stops] for stops in (was, now))
    for name in after:
        if name not in before:
            yield f"The stop {name} is new."
    for name in before:
        if name not in after:
            yield f"The stop {name} is gone."
    if sorted(before) == sorted(after) and before != after:
        yield "The stops are in another order."
    for stop in now:
        if stop[0] in before and stop not in was:
            yield f"The stop {stop[0]} was moved on the map, or is looked at from elsewhere."
    if len(before) != len(after):
        yield f"There were {len(before)} stops and are now {len(after)}."
