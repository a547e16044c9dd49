"""Every write to what was recorded on tours and to what was decided about it."""

from .answers import answer_from_the_web, summarise
from .arriving import Arrived
from .categories import change_category, seed_categories
from .findings import (
    accept,
    decline,
    keep_private,
    mark_sensitive,
    merge,
    reopen,
    take_in,
    vote,
)
from .forgetting import forget_half_photos, forget_walkers
from .importing import SavedFileReport, import_saved_file
from .joining import join, note_contact, nudge_device, tidy_code, tour_by_code, withdraw_device
from .paper import type_in_rows
from .photos import accept_photo, make_picture, publish_photo, unpublish_photo
from .records import Receipt, accept_observation, desk_observation

__all__ = [
    "Arrived",
    "Receipt",
    "SavedFileReport",
    "accept",
    "accept_observation",
    "accept_photo",
    "answer_from_the_web",
    "change_category",
    "decline",
    "desk_observation",
    "forget_half_photos",
    "forget_walkers",
    "import_saved_file",
    "join",
    "keep_private",
    "make_picture",
    "mark_sensitive",
    "merge",
    "note_contact",
    "nudge_device",
    "publish_photo",
    "reopen",
    "seed_categories",
    "summarise",
    "take_in",
    "tidy_code",
    "tour_by_code",
    "type_in_rows",
    "unpublish_photo",
    "vote",
    "withdraw_device",
]
