"""Words for chances and shares on the pages of this context."""

import json

from django import template
from django.utils.http import urlencode

from studytours.areas.words import is_by_chance
from studytours.core.templatetags.ui import month_name

register = template.Library()


@register.filter
def percent(share):
    """0.0234 → 2.3%; None → an empty text."""
    if share is None:
        return ""
    return f"{100 * share:.0f}%" if share >= 0.1 else f"{100 * share:.1f}%"


@register.filter
def percent_with_tenths(share):
    """0.3586 → 35.9%"""
    return f"{100 * share:.1f}%"


@register.filter
def times_in_100(chance):
    """A chance as a person would say it, never quite certain."""
    if chance is None:
        return ""
    times = min(max(round(100 * chance), 1), 99)
    return "once in 100" if times == 1 else f"{times} times in 100"


@register.filter
def how_sure(chance):
    """A word beside the number: how safe it is to call this place one of the highest."""
    if chance is None:
        return ""
    words = ((0.9, "Very sure"), (0.7, "Fairly sure"), (0.4, "Could go either way"))
    return next((word for least, word in words if chance >= least), "Not sure")


@register.filter
def spark_months(months):
    """What the small line shows: "Recorded crimes by month, January 2023 to December 2025"."""
    if not months:
        return "Recorded crimes by month"
    return f"Recorded crimes by month, {month_name(months[0])} to {month_name(months[-1])}"


@register.filter
def layers_json(layers):
    """For data-layers of a map; the template escapes it."""
    return json.dumps(layers)


@register.filter
def asked_with(asked, change):
    """The address of this page with one answer changed: `asked|asked_with:"by=count"`."""
    name, value = change.split("=")
    return "?" + urlencode(asked | {name: value})


@register.filter
def suggestion_query(area):
    """What the form for a new area needs to know of a suggestion."""
    return urlencode(
        {
            "from": "suggestion",
            "lat": f"{area.lat:.6f}",
            "lon": f"{area.lon:.6f}",
            "radius": area.radius_m,
            "force": area.force,
            "crimes": area.crimes,
            "top": area.top or "",
            "name": area.name,
            "town": area.town,
        }
    )


@register.filter
def as_query(answers):
    """The address of this page with these answers."""
    return "?" + urlencode(answers)


@register.filter
def way_of_trend(trend):
    """A word for what became of it; small changes are what chance does."""
    if is_by_chance(trend):
        return "No clear change"
    return "More" if trend.last > trend.before else "Fewer"
