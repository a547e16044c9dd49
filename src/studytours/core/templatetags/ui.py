"""The components every page is made of. Loaded everywhere (settings: builtins)."""

import uuid
from datetime import date
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from studytours.core.panels import panels_for

register = template.Library()

# Every work state has a word, a shape and a colour; never colour alone (PRODUCT.md, Look).
STATES = {
    "agreed": ("Agreed", "○"),
    "under_way": ("Under way", "◐"),
    "done": ("Done, awaiting check", "◍"),
    "confirmed": ("Confirmed", "✔"),
    "deferred": ("Put off", "❚❚"),
    "declined": ("Declined", "✕"),
    "superseded": ("Replaced", "↷"),
    "overdue": ("Overdue", "▲"),
}


@register.simple_tag
def state_tag(state):
    word, shape = STATES[state]
    return format_html(
        '<span class="st-state st-state--{}"><span aria-hidden="true">{}</span> {}</span>',
        state.replace("_", "-"), shape, word,
    )  # fmt: skip


@register.simple_tag
def status_tag(text, colour="grey"):
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, text)


@register.simple_tag
@lru_cache
def icon(name):
    path = finders.find(f"vendor/icons/{name}.svg")
    if not path:
        raise template.TemplateSyntaxError(
            f"There is no icon “{name}”: add it to bin/copy_vendor.py"
        )
    inner = Path(path).read_text().split(">", 1)[1].rsplit("</svg>", 1)[0]
    return mark_safe(  # noqa: S308  (our own vendored file)
        '<svg class="st-icon" viewBox="0 0 24 24" width="24" height="24" fill="none" '
        'stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" '
        f'aria-hidden="true" focusable="false">{inner.strip()}</svg>'
    )


@register.inclusion_tag("core/components/empty.html")
def empty(title, text="", url="", label=""):
    return {"title": title, "text": text, "url": url, "label": label}


@register.simple_tag
def once():
    """A key for this copy of the form, so that posting it twice changes nothing."""
    return format_html('<input type="hidden" name="form_key" value="{}">', uuid.uuid4())


@register.inclusion_tag("core/components/crumbs.html")
def crumbs(*parts):
    """`{% crumbs "Desk" desk_url "Areas" areas_url "This page" %}`"""
    pairs = [
        (parts[i], parts[i + 1] if i + 1 < len(parts) else "") for i in range(0, len(parts), 2)
    ]
    return {"pairs": pairs}


@register.inclusion_tag("core/components/pager.html", takes_context=True)
def pager(context, page):
    query = context["request"].GET.copy()
    query.pop("page", None)
    return {"page": page, "query": query.urlencode()}


@register.simple_tag(takes_context=True)
def panels(context, place, thing=None):
    request = context["request"]
    # Each panel is a rendered template, which has escaped what people wrote.
    return mark_safe("".join(show(request, thing) for show in panels_for(place)))  # noqa: S308


@register.simple_tag
def sparkline(numbers, label, wide=False):
    """A small line of numbers by month, with the numbers in words for those who cannot see it.

    Where a number is None the line has a gap.
    """
    numbers = list(numbers)
    known = [n for n in numbers if n is not None]
    if not known:
        return ""
    top = max(*known, 1)
    step = 100 / max(len(numbers) - 1, 1)
    at = [
        "" if n is None else f"{i * step:.1f},{27 - 24 * n / top:.1f}"
        for i, n in enumerate(numbers)
    ]
    lines = [" ".join(run) for there, run in groupby(at, key=bool) if there]
    return format_html(
        '<svg class="st-sparkline{}" viewBox="-2 0 104 30" role="img" aria-label="{}: {}" '
        'preserveAspectRatio="none">{}</svg>',
        " st-sparkline--wide" if wide else "", label,
        ", ".join("no data" if n is None else f"{n:g}" for n in numbers),
        format_html_join("", '<polyline points="{}"/>', ((line,) for line in lines)),
    )  # fmt: skip


@register.simple_tag
def action_bar(counts):
    """A bar made of the actions themselves: `counts` is [(state, number), …]."""
    counts = [(state, number) for state, number in counts if number]
    if not counts:
        return ""
    squares = format_html_join(
        "", '<span class="st-bar__part st-state--{}"></span>',
        ((state.replace("_", "-"),) for state, number in counts for _ in range(number)),
    )  # fmt: skip
    words = ", ".join(f"{number} {STATES[state][0].lower()}" for state, number in counts)
    return format_html(
        '<span class="st-bar" role="img" aria-label="{}">{}</span>'
        '<span class="st-bar__words">{}</span>',
        words, squares, words,
    )  # fmt: skip


@register.filter
def commas(value):
    """12345 → 12,345; None → an empty text."""
    return "" if value is None else f"{value:,}"


@register.filter
def day(value):
    """3 June 2026"""
    if not value:
        return ""
    if hasattr(value, "hour"):
        value = timezone.localtime(value).date()
    return date_format(value, "j F Y")


@register.filter
def clock(value):
    """6pm, 6:30pm, midday, midnight: by the clock on the wall; 18:30 in other languages"""
    local = timezone.localtime(value)
    if not (get_language() or "en").startswith("en"):
        return f"{local.hour}:{local.minute:02}"
    if not local.minute and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    half = "am" if local.hour < 12 else "pm"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{half}"


@register.filter
def moment(value):
    """Wednesday 3 June 2026, 6pm"""
    if not value:
        return ""
    return f"{date_format(timezone.localtime(value), 'l j E Y')}, {clock(value)}"


@register.filter
def month_name(value):
    """2025-03 → March 2025"""
    return date_format(date.fromisoformat(f"{value}-01"), "F Y") if value else ""


@register.filter
def get(mapping, key):
    return mapping.get(key)


@register.simple_tag
def map_head():
    """What a page with a map needs in its head. Addresses go by meta elements: a module cannot
    know its own page's script tag, and an inline script is forbidden."""
    return format_html(
        '<link rel="stylesheet" href="{}"><meta name="map-worker" content="{}">'
        '<meta name="base-maps" content="{}"><script type="module" src="{}"></script>',
        static("vendor/maplibre/maplibre-gl.css"),
        static("vendor/maplibre/maplibre-gl-worker.js"),
        reverse("base_maps"),
        static("core/map.js"),
    )
