"""A file of which a browser may ask for a part: the part, the whole, or nothing new."""

import re

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response

AT_ONCE = 64 * 1024
ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def ranged_file(request, path, content_type, etag):
    """The file, or the one range of it that is asked for; nothing of what the browser holds.

    Other wishes get the whole, as RFC 9110 allows: several ranges at once, other units, and a part
    of another state of the file, which If-Range names. Chromium sends that for the rest of what it
    has partly kept.
    """
    answer = _part(request, path, content_type, etag)
    answer.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=answer)


def _part(request, path, content_type, etag):
    size = path.stat().st_size
    same = request.headers.get("If-Range", etag) == etag
    wanted = _range(request.headers.get("Range", "") if same else "", size)
    if wanted == ():
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    first, last = wanted or (0, size - 1)
    answer = FilePart(path, first, last, content_type=content_type, status=206 if wanted else 200)
    if wanted:
        answer.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return answer


class FilePart(StreamingHttpResponse):
    """The bytes of a file from `first` to `last`; a web server may take them from the disk."""

    def __init__(self, path, first, last, **more):
        super().__init__(self._bytes(), **more)
        self.path, self.first, self.last = path, first, last
        self.headers["Accept-Ranges"] = "bytes"
        self.headers["Content-Length"] = str(last - first + 1)

    def _bytes(self):
        with self.path.open("rb") as file:
            file.seek(self.first)
            while (left := self.last + 1 - file.tell()) > 0:
                yield file.read(min(left, AT_ONCE))


def _range(asked, size):
    """First and last byte; () when nothing of it is there; None when no range is asked for."""
    match = ONE_RANGE.fullmatch(asked.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = (int(text) if text else None for text in match.groups())
    if first is None:  # the last so many bytes
        return (max(0, size - last), size - 1) if last else ()
    if last is not None and last < first:
        return None
    return (first, min(size - 1, size - 1 if last is None else last)) if first < size else ()
