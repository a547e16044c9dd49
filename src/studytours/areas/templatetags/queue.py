"""The bar of a place in the queue: a piece for each criterion, as long as the points it gave."""

from django import template
from django.utils.html import format_html, format_html_join

register = template.Library()


@register.simple_tag
def points_bar(row):
    """A picture with its words; the table below says the same with figures."""
    words = ", ".join(
        f"{part.criterion.name} {part.points:.0f}" for part in row.parts if part.points >= 0.5
    )
    pieces = format_html_join(
        "",
        '<rect class="st-points__piece st-points--{}" x="{}" y="0" width="{}" height="10"/>',
        (
            (part.criterion.key, f"{part.starts:.2f}", f"{max(part.points - 0.35, 0):.2f}")
            for part in row.parts
            if part.points > 0
        ),
    )
    return format_html(
        '<svg class="st-points" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" '
        'aria-label="{} of 100 points: {}"><rect class="st-points__ground" x="0" y="0" '
        'width="100" height="10"/>{}</svg>',
        f"{row.points:.0f}", words or "none", pieces,
    )  # fmt: skip


@register.simple_tag
def swatch(criterion):
    """The colour of a criterion, beside its name."""
    return format_html(
        '<span class="st-points__swatch st-points--{}" aria-hidden="true"></span>', criterion.key
    )


@register.filter
def points(value):
    """68.04 → 68.0"""
    return f"{value:.1f}"


@register.filter
def month_span(months):
    """ "January 2025 to December 2025" """
    from studytours.areas.words import period

    return period(list(months))
