"""Sentences about figures: reasons, caveats, the method. Plain words, numbers with a source."""

from studytours.core.templatetags.ui import month_name
from studytours.crime.forces import force_label

from .footing import on_foot

EXPLAINED = {
    "acquisitive": "acquisitive crimes (burglary, robbery, theft, vehicle crime)",
    "neighbourhood": (
        "neighbourhood crimes (burglary, robbery, theft from the person, vehicle crime)"
    ),
    "acquisitive+retail": "acquisitive crimes and shop thefts",
    "shoplifting": "shop thefts",
    "anti-social behaviour": "reports of anti-social behaviour",
    "all": "crimes of all types",
}


ORDINALS = {2: "2nd", 3: "3rd", 4: "4th", 5: "5th"}
FEW = 20
FEW_CRIMES = "So few crimes were recorded here that chance decides most of a change."


def explained(crimes):
    return EXPLAINED.get(crimes, f"crimes of the type “{crimes}”")


def period(months):
    """ "January 2025 to December 2025"; "" without months."""
    if not months:
        return ""
    if len(months) == 1:
        return month_name(months[0])
    return f"{month_name(months[0])} to {month_name(months[-1])}"


def reasons(found, series, expected, top, *, share_of_force, sure, trend, mix, **homes):
    """Three sentences: what was recorded, what is expected and how sure, what kind and where."""
    last = found.recorded.months[-12:]
    counted = int(series[-12:].sum())
    force = force_label(found.force)
    first = (
        f"{counted:,} {explained(found.crimes)} were recorded near here, {period(last)}: "
        f"{share_of_force:.1%} of all in {force} with a map point, recent months counting more."
    )
    second = f"In the next 12 months {expected} are to be expected"
    if sure is not None:
        second += f"; {times_in_100(sure)} it will be among the {top} places with most"
    return first, f"{second}.", _kind_and_change(mix, trend, **homes)


def times_in_100(chance):
    """ "it is almost certain that", "the chances are 62 in 100 that"."""
    if chance > 0.985:
        return "it is almost certain that"
    if chance < 0.015:
        return "it is very unlikely that"
    return f"the chances are {chance * 100:.0f} in 100 that"


def _kind_and_change(mix, trend, *, households, rate, decile):
    parts = []
    if mix:
        shown = " and ".join(f"{one.type.lower()} ({one.share:.0%})" for one in mix[:2])
        parts.append(f"most often it was {shown}")
    if trend and trend.change is not None:
        parts.append(change_in_words(trend))
    if rate is not None:
        parts.append(f"among about {households:,} homes that is {rate:,.0f} a year per 1,000")
    if decile is not None:
        parts.append(f"its homes are in {tenth(decile)} of England")
    text = "; ".join(parts) or "nothing more is known of it"
    return f"{text[0].upper()}{text[1:]}."


def tenth(decile):
    """1 → "the most deprived tenth", 3 → "the 3rd most deprived tenth"."""
    if decile in (1, 10):
        return f"the {'most' if decile == 1 else 'least'} deprived tenth"
    if decile > 5:
        return f"the {ORDINALS[11 - decile]} least deprived tenth"
    return f"the {ORDINALS[decile]} most deprived tenth"


def is_by_chance(trend):
    """Within twice what chance alone does to the difference of two such counts."""
    return abs(trend.last - trend.before) <= 2 * (trend.last + trend.before) ** 0.5


def change_in_words(trend):
    """The last 12 months against the 12 before; small changes are called so."""
    if is_by_chance(trend):
        return f"no clear change: {trend.last:,} in 12 months against {trend.before:,} before"
    way = "more" if trend.last > trend.before else "fewer"
    return f"{abs(trend.change):.0%} {way} than in the 12 months before"


def area_caveats(place, series):
    if place.street_map:
        said = [
            f"All that can be reached on foot within {place.walk_m} metres of its middle, along "
            "the streets and paths of the street map; what the map does not know is not in it."
        ]
    else:
        said = [
            f"A circle of {place.radius_m} metres in a straight line: on foot a railway or a "
            "river may lie between."
        ]
    if series[-12:].sum() < FEW:
        said.append(FEW_CRIMES)
    return tuple(said)


def ground(areas):
    """What the map shows: streets that can be walked, or circles for want of a street map."""
    circles = [area for area in areas if area.shape == "circle"]
    if not areas:
        return ""
    if not circles:
        return "Each place is what can be reached on foot along its streets."
    which = "Each place is a circle"
    if len(circles) < len(areas):
        numbers = ", ".join(str(area.rank) for area in circles)
        which = f"Number {numbers} is a circle" if len(circles) == 1 else f"{numbers} are circles"
    return f"{which} in a straight line: no streets are mapped there to tell what lies between."


def method(found, areas, minutes):
    """One paragraph on how the suggestions come about."""
    shapes = {area.shape for area in areas}
    on_streets = (
        f"all that can be reached within {on_foot(found.radius_m)} metres along streets from a "
        "map point"
    )
    in_circles = f"a circle of {found.radius_m} metres round a map point"
    if shapes == {"circle"}:
        place = in_circles
    elif shapes == {"streets"}:
        place = on_streets
    else:
        place = f"{on_streets}, or {in_circles} where no streets are mapped"
    return (
        f"A tour of {minutes} minutes with stops walks about {minutes / 30:.1f} km, so each place "
        f"is {place}. A month's crimes count half as much every 24 months back. The place with "
        "most is taken first, then the next that does not overlap it, and so on. Counts are "
        "pulled a little towards what is usual among the "
        f"{len(found.pool)} fullest places, and a place's level is taken to move by "
        f"{found.drift:.0%} from one year to the next: the range holds nine times in ten."
    )


def counted_caveats(spots):
    """What the map of hot streets leaves out of the period, and how it counts."""
    if spots.outside:
        yield (
            f"{spots.outside:,} crimes were published at a map point outside the force’s area; "
            "they are not on this page."
        )
    if spots.by == "street":
        yield (
            "Map points with the same street name, each within 300 metres of the next, are counted "
            "as one street. A long street has more crime because it is long."
        )
    yield (
        "A car park, a supermarket or another place that is named by its kind stands for itself. "
        "Where many people come together more is recorded, whatever the place is like."
    )
