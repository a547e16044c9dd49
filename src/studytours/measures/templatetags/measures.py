"""Words for what the register holds in figures."""

from django import template

from studytours.measures.dates import span_in_words

register = template.Library()


@register.filter
def put_in(measure):
    """April to June 2023"""
    return span_in_words(measure.installed_from, measure.installed_to)
