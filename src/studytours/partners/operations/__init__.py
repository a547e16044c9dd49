"""Every write of this context."""

from .offices import set_office
from .organisations import change_organisation, create_organisation, seed_organisations
from .people import (
    change_person,
    create_local_accounts,
    create_person,
    remove_second_step,
    send_welcome,
)
from .sign_in import count_code_request, count_sign_in, sign_in_worked

__all__ = [
    "change_organisation",
    "change_person",
    "count_code_request",
    "count_sign_in",
    "create_local_accounts",
    "create_organisation",
    "create_person",
    "remove_second_step",
    "seed_organisations",
    "send_welcome",
    "set_office",
    "sign_in_worked",
]
