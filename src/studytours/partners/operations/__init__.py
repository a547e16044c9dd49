"""Every write of this context."""

from .contacts import add_contact, remove_contact
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
    "add_contact",
    "change_organisation",
    "change_person",
    "count_code_request",
    "count_sign_in",
    "create_local_accounts",
    "create_organisation",
    "create_person",
    "remove_contact",
    "remove_second_step",
    "seed_organisations",
    "send_welcome",
    "set_office",
    "sign_in_worked",
]
