"""What every template knows."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from .queries import get_office


def office(request):
    return {
        "office": SimpleLazyObject(get_office),
        "second_factor_required": settings.SECOND_FACTOR_REQUIRED,
    }
