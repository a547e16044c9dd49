"""Words for the times of a tour."""

from django import template
from django.utils import timezone
from django.utils.formats import date_format

register = template.Library()


@register.filter
def clock(value):
    """9:24pm, by the clock on the wall"""
    return date_format(timezone.localtime(value), "g:ia").replace(".", "")
