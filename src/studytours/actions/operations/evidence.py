"""Pictures of work done: private until the office has looked at them for faces and plates."""

import secrets

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from studytours.core.errors import Refused
from studytours.core.operations import record
from studytours.core.photos import make_shown

from ..models import Evidence
from ..queries import is_private
from ._change import office_only

MOST_AT_ONCE = 6
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


def read_photos(photos):
    """[(original bytes, ending, shown JPEG bytes, alt)]; refused before anything is written."""
    photos = list(photos)
    if len(photos) > MOST_AT_ONCE:
        raise Refused(f"{len(photos)} photos are too many.", cure=f"Send up to {MOST_AT_ONCE}.")
    return [
        (original, ENDINGS.get(kind, "heic"), make_shown(original, kind).data, alt.strip()[:200])
        for original, kind, alt in photos
    ]


def keep_evidence(update, pictures):
    """Store what `read_photos` made, under names that cannot be guessed."""
    for original, ending, shown, alt in pictures:
        name = secrets.token_hex(16)
        Evidence.objects.create(
            update=update,
            original=ContentFile(original, f"{name}.{ending}"),
            shown=ContentFile(shown, f"{name}.jpg"),
            alt=alt,
        )


@transaction.atomic
def publish_evidence(evidence, alt, *, by=None, now=None):
    """Show a picture on the public page, with words for those who cannot see it."""
    now = now or timezone.now()
    office_only(by, "publish a picture")
    alt = " ".join(alt.split())
    if not alt:
        raise Refused("Say in words what the picture shows, for people who cannot see it.")
    action = evidence.update.action
    if is_private(action):
        raise Refused(f"{action.ref} is not public, so its pictures are not either.")
    evidence.alt, evidence.published_at = alt[:200], now
    evidence.save(update_fields=["alt", "published_at"])
    record("evidence_published", about=action, summary=f"{action.ref}: picture", by=by, now=now)
    return evidence


@transaction.atomic
def unpublish_evidence(evidence, *, by=None, now=None):
    """Take a picture off the public page again."""
    office_only(by, "withdraw a picture")
    evidence.published_at = None
    evidence.save(update_fields=["published_at"])
    action = evidence.update.action
    record("evidence_withdrawn", about=action, summary=f"{action.ref}: picture", by=by, now=now)
    return evidence
