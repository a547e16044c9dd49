"""Fetch a big file over a bad line: keeps what it has, goes on from there, waits when told to.

The part that has arrived stays in `<name>.part` with the server's mark of the version beside
it (`<name>.mark`), so that the next try, or the next day's, asks only for the rest and never
joins halves of two versions.
"""

import time
from email.utils import parsedate_to_datetime

import requests
import urllib3
from django.utils import timezone

from studytours.core.errors import Refused, TryLater

CHUNK = 256 * 1024
TRIES = 5  # in a row without a single new byte
LONGEST_WAIT = 300
TIMEOUT = (10, 60)


class Cut(Exception):
    """The connection broke, or the server asked for patience; `wait` says how long, if it did."""

    def __init__(self, wait=None):
        self.wait = wait


def fetch(url, target, *, not_found, progress=None, sleep=time.sleep):
    """Download `url` to `target`. Refused when it is not there; TryLater when it does not come.

    `progress(done_bytes, all_bytes)` is told how far it is; `not_found` is the Refused to
    raise on 404.
    """
    part, mark = target.with_suffix(".part"), target.with_suffix(".mark")
    failures = 0
    with requests.Session() as session:
        while True:
            before = _size(part)
            try:
                _fetch_rest(session, url, part, mark, not_found, progress)
                break
            except Cut as cut:
                failures = 1 if _size(part) > before else failures + 1
                if failures >= TRIES:
                    kept = _size(part) / 1024**2
                    raise TryLater(
                        f"{url} could not be fetched to the end: the connection was cut or the "
                        f"server was busy {TRIES} times in a row. {kept:,.1f} MB are kept, and "
                        "the next try goes on from there."
                    ) from cut
                sleep(2 ** (failures - 1) if cut.wait is None else cut.wait)
    mark.unlink(missing_ok=True)
    part.replace(target)
    return target


def _size(part):
    return part.stat().st_size if part.exists() else 0


def _fetch_rest(session, url, part, mark, not_found, progress):
    """One request for what is still missing; Cut when it does not all come."""
    headers = {"Accept-Encoding": "identity"}  # the length must be that of the file
    have = _size(part)
    if have and mark.exists():
        headers |= {"Range": f"bytes={have}-", "If-Range": mark.read_text()}
    try:
        with session.get(url, headers=headers, stream=True, timeout=TIMEOUT) as answer:
            if answer.status_code == 416 and have:
                part.unlink()  # what we hold is longer than the file: begin again
                raise Cut(wait=0)
            _check_status(answer, url, not_found)
            _take(answer, part, mark, progress)
    except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
        raise Cut() from error


def _check_status(answer, url, not_found):
    status = answer.status_code
    if status in (200, 206):
        return
    if status in (404, 410):
        raise not_found
    if status in (429, 503):
        raise Cut(wait=_asked_wait(answer, url))
    if status >= 500:
        raise Cut()
    raise Refused(f"{url} answered {status} {answer.reason}.", cure="Check the address.")


def _asked_wait(answer, url):
    """Seconds of Retry-After (a number or a date), or None when the server does not say."""
    asked = answer.headers.get("Retry-After", "").strip()
    if not asked:
        return None
    if asked.isdigit():
        wait = int(asked)
    else:
        try:
            wait = (parsedate_to_datetime(asked) - timezone.now()).total_seconds()
        except ValueError:
            return None
    if wait > LONGEST_WAIT:
        raise TryLater(f"{url} is busy and asks us to wait {wait / 60:,.0f} minutes.")
    return max(wait, 0)


def _take(answer, part, mark, progress):
    """Write what comes to the part file and see that it is all there."""
    goes_on = answer.status_code == 206
    have = _size(part) if goes_on else 0
    if goes_on:
        total = int(answer.headers["Content-Range"].rpartition("/")[2])
    else:
        total = int(answer.headers.get("Content-Length", 0))
        _keep_mark(answer, mark)
    with part.open("ab" if goes_on else "wb") as file:
        # read1 gives what has arrived; read would lose it when the connection breaks.
        while chunk := answer.raw.read1(CHUNK):
            file.write(chunk)
            have += len(chunk)
            if progress:
                progress(have, total)
    if total and have != total:
        if have > total:
            part.unlink()
        raise Cut()


def _keep_mark(answer, mark):
    """A strong ETag or the date, to ask for the rest of the same version and no other."""
    etag = answer.headers.get("ETag", "")
    version = etag if etag and not etag.startswith("W/") else answer.headers.get("Last-Modified")
    if version:
        mark.write_text(version)
    else:
        mark.unlink(missing_ok=True)
