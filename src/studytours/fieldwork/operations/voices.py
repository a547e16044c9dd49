"""Spoken notes: kept as they came, heard at the desk, deleted with the walkers' names."""

import secrets
from functools import partial

from django.db import IntegrityError, transaction

from studytours.core.operations import record
from studytours.tours.queries import tours_to_forget

from ..models import Photo, Voice
from ..refusals import OtherBytes, TooLarge

MOST_BYTES = 10 * 1024 * 1024
ENDINGS = {"audio/webm": "webm", "audio/ogg": "ogg", "audio/mp4": "m4a"}
# MP4 holds pictures too (HEIC, in core/photos.py): only brands that hold sound.
MP4_BRANDS = {
    b"M4A ", b"avc1", b"dash", b"iso2", b"iso4", b"iso5", b"iso6", b"isom", b"mp41", b"mp42",
}  # fmt: skip


def sniff_voice(head):
    """The type of sound that the first bytes show, or "": what phones record, nothing else."""
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "audio/webm"
    if head.startswith(b"OggS"):
        return "audio/ogg"
    return "audio/mp4" if head[4:8] == b"ftyp" and head[8:12] in MP4_BRANDS else ""


def known_attachment(uuid):
    """The photo or spoken note of this name: they share the phone's names."""
    return Photo.objects.filter(uuid=uuid).first() or Voice.objects.filter(uuid=uuid).first()


def take_voice(tour, uuid, *, observation, sha256, arrived, device, now):
    """Keep a spoken note whose bytes are whole; False when one of this name came at this moment."""
    if Photo.objects.filter(uuid=uuid).exists():
        raise OtherBytes("Something else was already sent under this name. It was not changed.")
    if arrived.size > MOST_BYTES:
        raise TooLarge("This spoken note is larger than 10 MB.", cure="Say it in several.")
    content_type = sniff_voice(arrived.head)
    voice = Voice(
        uuid=uuid, tour=tour, device=device, observation=observation, sha256=sha256,
        content_type=content_type, bytes=arrived.size, received_at=now,
    )  # fmt: skip
    # Another name for each arrival, as with photos: two at the same moment never share a file.
    name = f"{uuid}-{secrets.token_hex(4)}.{ENDINGS[content_type]}"
    voice.original.save(name, arrived, save=False)
    try:
        with transaction.atomic():
            voice.save(force_insert=True)
            record(
                "voice_received", about=tour, summary="A spoken note was received", now=now,
                voice=str(uuid), observation=str(observation),
            )  # fmt: skip
    except IntegrityError:
        voice.original.storage.delete(voice.original.name)
        return False
    return True


@transaction.atomic
def forget_voices(*, now=None):
    """Delete the spoken notes of tours that are long over: a voice tells who speaks."""
    voices = Voice.objects.filter(tour__in=tours_to_forget(now))
    files = [voice.original for voice in voices]
    voices.delete()
    for file in files:
        transaction.on_commit(partial(file.storage.delete, file.name))
