"""Bring in the file that a phone saved when it could not send."""

import base64
import binascii
import hashlib
import json
import uuid as uuids
from dataclasses import dataclass, field

from studytours.core.errors import BadFile, Refused, TryLater
from studytours.core.operations import record

from .photos import take_photo
from .records import take_observation

MOST_BYTES = 150 * 1024 * 1024


@dataclass
class SavedFileReport:
    """What a phone's file brought. Every record is counted in exactly one place."""

    new: int = 0
    known: int = 0
    photos_new: int = 0
    photos_known: int = 0
    refused: list = field(default_factory=list)

    def summary(self):
        words = (
            f"{self.new} new notes and {self.photos_new} new photos were taken in; "
            f"{self.known + self.photos_known} were here already"
        )
        return f"{words}; {len(self.refused)} could not be taken." if self.refused else f"{words}."


def import_saved_file(tour, file, *, by, now=None):
    """SavedFileReport. Each record stands for itself: one that cannot be taken stops no other."""
    name = getattr(file, "name", "the file")
    saved = _read(file, name)
    if saved.get("tour") not in (None, "", tour.slug):
        raise BadFile(
            name, f"it was saved on another tour ({str(saved['tour'])[:90]}).",
            cure="Bring it in on that tour's page.",
        )  # fmt: skip
    report = SavedFileReport()
    for item in _items(saved, "observations"):
        is_new = _try(report, item, lambda item: _observation(tour, item, by, now))
        report.new += is_new is True
        report.known += is_new is False
    for item in _items(saved, "photos"):
        is_new = _try(report, item, lambda item: _photo(tour, item, now))
        report.photos_new += is_new is True
        report.photos_known += is_new is False
    record(
        "saved_file_imported", about=tour, summary=f"A phone's file: {report.summary()}",
        by=by, now=now,
    )  # fmt: skip
    return report


def _read(file, name):
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise BadFile(name, "it is larger than 150 MB.", cure="Save fewer notes at a time.")
    cure = "Save it again on the phone and send the whole file."
    try:
        saved = json.loads(data)
    except (ValueError, RecursionError) as error:
        why = "it is not a file that the phone saved, or it broke off."
        raise BadFile(name, why, cure=cure) from error
    if not isinstance(saved, dict) or saved.get("studytours") != 1:
        why = "it is not a file that the phone saved."
        raise BadFile(
            name, why, cure="On the phone: My notes, then save the waiting notes to a file."
        )
    return saved


def _items(saved, name):
    items = saved.get(name)
    return items if isinstance(items, list) else []


def _try(report, item, take):
    """True when new, False when known, None when refused (and why is in the report)."""
    name = str(item.get("uuid"))[:36] if isinstance(item, dict) else "?"
    try:
        return take(item).is_new
    except (Refused, TryLater) as refusal:
        report.refused.append((name, str(refusal)))
    except (KeyError, TypeError, ValueError, AttributeError, binascii.Error):
        report.refused.append((name, "It is not whole."))
    return None


def _observation(tour, item, by, now):
    body = base64.b64decode(item["body_base64"], validate=True)
    return take_observation(tour, uuids.UUID(item["uuid"]), body, by=by, now=now)


def _photo(tour, item, now):
    data = base64.b64decode(item["base64"], validate=True)
    digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
    return take_photo(
        tour, uuids.UUID(item["uuid"]), observation=uuids.UUID(item["observation"]),
        content_type=str(item.get("content_type", "")), digest=f"sha-256={digest}", body=data,
        now=now,
    )  # fmt: skip
