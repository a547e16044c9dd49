"""Bytes on their way in: written to a file as they come, never held in memory as a whole."""

import hashlib
import tempfile

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile

from studytours.core import photos

from ..refusals import Damaged, TooLarge

CHUNK = 64 * 1024


class Arrived(TemporaryUploadedFile):
    """A file that has arrived, with its hash. Storage takes it over by renaming it."""

    def __init__(self):
        settings.UPLOADS.mkdir(parents=True, exist_ok=True)
        file = tempfile.NamedTemporaryFile(suffix=".part", dir=settings.UPLOADS)  # noqa: SIM115
        UploadedFile.__init__(self, file, "photo", "application/octet-stream", 0)
        self._hash = hashlib.sha256()
        self.head = b""

    @property
    def sha256(self):
        return self._hash.digest()

    def add(self, chunk):
        if self.size + len(chunk) > photos.MOST_BYTES:
            raise too_large()
        self.head = self.head or chunk[:32]
        self._hash.update(chunk)
        self.file.write(chunk)
        self.size += len(chunk)

    @classmethod
    def of(cls, data):
        """From bytes that are in memory already."""
        arrived = cls()
        arrived.add(data)
        return arrived._whole()

    @classmethod
    def from_stream(cls, stream, length):
        """From a request of a known length; what is too large is refused before it is read."""
        if length > photos.MOST_BYTES:
            raise too_large()
        arrived = cls()
        try:
            while chunk := stream.read(CHUNK):
                arrived.add(chunk)
            if arrived.size != length:
                raise Damaged("The photo broke off on its way.")
        except BaseException:
            arrived.close()
            raise
        return arrived._whole()

    def _whole(self):
        self.file.flush()
        self.seek(0)
        return self


def too_large():
    return TooLarge("This photo is larger than 25 MB.", cure="Send a smaller copy of it.")
