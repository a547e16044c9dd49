"""Take photos in, make what may be shown of them, publish them once a person has looked."""

import base64
import binascii
import secrets
import uuid as uuids

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from studytours.core.errors import Refused, TryLater
from studytours.core.operations import record
from studytours.core.photos import make_shown, refuse_what_is_no_photo, sniff
from studytours.core.turns import in_turn

from ..models import Photo
from ..queries import finding_of_photo, is_private
from ..refusals import Damaged, Unreadable
from .arriving import Arrived
from .records import Receipt, held, same_or_refused
from .voices import known_attachment, sniff_voice, take_voice

ENDINGS = {
    "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif",
    "image/heic": "heic",
}  # fmt: skip


def accept_photo(device, uuid, *, observation, content_type, digest, body, now=None):
    """Receipt for a photo from a phone. `body` is bytes or an Arrived; `digest` the header."""
    return take_photo(
        device.tour, uuid, observation=observation, content_type=content_type, digest=digest,
        body=body, device=device, now=now,
    )  # fmt: skip


def take_photo(
    tour, uuid, *, observation, content_type, digest, body, device=None, now=None
):  # fmt: skip
    """The file is whole in its place before its row is: a crash leaves no row without a file."""
    now = now or timezone.now()
    arrived = body if isinstance(body, Arrived) else Arrived.of(body)
    try:
        return _take(tour, uuid, observation, content_type, digest, arrived, device, now)
    finally:
        arrived.close()


def _take(tour, uuid, observation, content_type, digest, arrived, device, now):
    if arrived.sha256 != _sha256_of(digest):
        raise Damaged("The photo was damaged on its way.")
    sha256 = arrived.sha256.hex()
    if known := known_attachment(uuid):
        return same_or_refused(known, tour, sha256)
    if sniff_voice(arrived.head):
        is_new = take_voice(
            tour, uuid, observation=observation, sha256=sha256, arrived=arrived, device=device,
            now=now,
        )  # fmt: skip
        if not is_new:
            if not (known := known_attachment(uuid)):
                raise TryLater("The other copy of this was taken back just now.")
            return same_or_refused(known, tour, sha256)
        return Receipt(uuid, sha256, now, True)
    try:
        refuse_what_is_no_photo(arrived.head, arrived.size)
    except Refused as refusal:
        raise Unreadable(refusal.why, cure=refusal.cure) from refusal
    photo = Photo(
        uuid=uuid, tour=tour, device=device, observation=observation, sha256=sha256,
        content_type=content_type[:60], bytes=arrived.size, received_at=now,
    )  # fmt: skip
    # Another name for each arrival: of two at the same moment one is taken back, with its own file.
    name = f"{uuid}-{secrets.token_hex(4)}.{ENDINGS[sniff(arrived.head)]}"
    photo.original.save(name, arrived, save=False)
    try:
        _write(photo, now)
    except IntegrityError:
        photo.original.storage.delete(photo.original.name)
        known = held(Photo, uuid)
        if known is None:
            raise
        return same_or_refused(known, tour, sha256)
    return Receipt(photo.uuid, sha256, now, True)


@in_turn()
@transaction.atomic
def _write(photo, now):
    from ..tasks import picture_of

    photo.save(force_insert=True)
    # In the same transaction: a crash leaves no photo of which nobody makes the picture.
    picture_of.enqueue(str(photo.uuid))
    record(
        "photo_received", about=photo.tour, summary="A photo was received", now=now,
        photo=str(photo.uuid), observation=str(photo.observation),
    )  # fmt: skip


def _sha256_of(digest):
    """The hash in a header `sha-256=<base64>`."""
    for part in (digest or "").split(","):
        name, _, value = part.strip().partition("=")
        if name.lower() == "sha-256":
            try:
                sha256 = base64.b64decode(value.strip(": "), validate=True)
            except (binascii.Error, ValueError):
                break
            if len(sha256) == 32:
                return sha256
    raise Unreadable("A photo needs its hash, in the header “Digest: sha-256=…”.")


def make_picture(photo):
    """Make what may be shown of a photo, or keep the reason why nothing can. Once."""
    if photo.shown or photo.problem:
        return photo
    try:
        with photo.original.open("rb") as file:
            shown = make_shown(file.read(), photo.content_type)
    except Refused as refusal:
        _finish(photo, problem=str(refusal)[:200])
        return photo
    # Another name each time: nobody guesses it, and two at the same moment do not meet.
    photo.shown.save(f"{uuids.uuid4()}.jpg", ContentFile(shown.data), save=False)
    name = photo.shown.name
    if not _finish(photo, shown=name, width=shown.width, height=shown.height):
        photo.shown.storage.delete(name)
    photo.refresh_from_db()
    return photo


def _finish(photo, **fields):
    for name, value in fields.items():
        setattr(photo, name, value)
    return Photo.objects.filter(pk=photo.pk, shown="", problem="").update(**fields)


@transaction.atomic
def publish_photo(photo, alt, *, by, now=None):
    """A person looked at it for faces and number plates, described it, and says yes."""
    now = now or timezone.now()
    if not (alt := " ".join(alt.split())):
        raise Refused("Say in a few words what the photo shows, for people who cannot see it.")
    if len(alt) > 200:
        raise Refused("Describe the photo in at most 200 characters.")
    make_picture(photo)
    if photo.problem:
        raise Refused(f"There is no picture to publish. {photo.problem}")
    finding = finding_of_photo(photo)
    if finding is None:
        raise Refused("This photo belongs to no finding yet.", cure="Wait until its note is sent.")
    if is_private(finding) or (finding.category and not finding.category.allows_photo):
        raise Refused(f"{finding.ref} is private: its photos are never published.")
    photo.published_at, photo.published_by, photo.alt = now, by, alt
    photo.save(update_fields=["published_at", "published_by", "alt"])
    record(
        "photo_published", about=finding, summary=f"A photo of {finding.ref} was published",
        by=by, now=now, photo=str(photo.uuid),
    )  # fmt: skip
    return photo


@transaction.atomic
def unpublish_photo(photo, *, by, now=None):
    """Take a photo off the public pages. Its description stays for the next time."""
    if Photo.objects.filter(pk=photo.pk).exclude(published_at=None).update(published_at=None):
        photo.published_at = None
        record(
            "photo_unpublished", about=photo.tour, summary="A photo was taken off public pages",
            by=by, now=now, photo=str(photo.uuid),
        )  # fmt: skip
    return photo
