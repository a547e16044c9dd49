"""Fetch recorded crime from data.police.uk and import the months that were asked for.

The site's bulk archive is one zip a month, `YYYY-MM.zip`, each with every force's last three
years, so a long run needs one zip for each three years of it.
"""

import difflib
import hashlib
from urllib.parse import urlsplit

from studytours.core.errors import Refused

from .. import archive
from ..forces import force_label
from ..importers import sources
from ..months import months_between, next_month
from .imports import Teller, import_into_archive, kept_to_the_end, order_import, prepare

OFFICIAL = "https://data.police.uk/data/archive"
MONTHS_IN_A_ZIP = 36
# Of the progress bar: fetching takes most of the time.
FETCH_SHARE = 0.8


def download_crimes(
    *, force, first, last, base_url=OFFICIAL, by=None, progress=None, now=None, sleep=None
):
    """Download and import the months `first` to `last` of a force; return the CrimeImport."""
    ordered = order_download(force=force, first=first, last=last, by=by, now=now)
    return run_download(
        ordered,
        force=force,
        first=first,
        last=last,
        base_url=base_url,
        progress=progress,
        sleep=sleep,
    )


def order_download(*, force, first, last, by=None, now=None):
    """A CrimeImport that waits for `run_download`."""
    check_wish(force, first, last)
    return order_import(f"{force_label(force)}, {first} to {last}, downloaded", by=by, now=now)


def check_wish(force, first, last):
    """Refuse what is no month or no force before anything is fetched."""
    for month in (first, last):
        if not sources.MONTH.fullmatch(month):
            raise Refused(f"“{month}” is not a month.", cure="Write it as 2025-03.")
    if first > last:
        raise Refused(f"{first} is after {last}.", cure="Swap the two months.")
    if not sources.STREET.fullmatch(f"{last}-{force}-street.csv"):
        raise Refused(
            f"“{force}” is not the short name of a force.",
            cure="Write it as in the file names of data.police.uk, such as avon-and-somerset.",
        )


def run_download(ordered, *, force, first, last, base_url=OFFICIAL, progress=None, sleep=None):
    """Do what `order_download` noted. A file fetched in part is kept for the next try."""
    teller = Teller(ordered, progress)
    with kept_to_the_end(ordered) as keeper, prepare(ordered, teller):
        keeper.begin()
        urls = [f"{archive_address(base_url)}/{end}.zip" for end in zips_for(first, last)]
        zips = []
        for number, url in enumerate(urls):
            zips.append(_fetch(url, teller, number, len(urls), sleep))
        try:
            wanted = {(force, month) for month in months_between(first, last)}
            # The newest zip last: its copy of a month is the latest revision.
            found = _import(ordered, zips[::-1], wanted, teller)
        except Refused:
            _discard(zips)
            raise
        _discard(zips)
    return found


def zips_for(first, last):
    """The months whose zips together hold first to last, the newest first."""
    ends = [last]
    while next_month(ends[-1], 1 - MONTHS_IN_A_ZIP) > first:
        ends.append(next_month(ends[-1], -MONTHS_IN_A_ZIP))
    return ends


def archive_address(base_url):
    """The folder of the zips; a site alone means its official folder."""
    base = base_url.rstrip("/")
    parts = urlsplit(base)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise Refused(f"“{base_url}” is not an address.", cure="Begin it with https://.")
    return base if parts.path else f"{base}/data/archive"


def _fetch(url, teller, number, count, sleep):
    from ..importers.download import fetch  # brings requests, which an import does without

    month = url.rpartition("/")[2].removesuffix(".zip")
    folder = archive.root() / "downloads"
    folder.mkdir(exist_ok=True)
    target = folder / f"{month}-{hashlib.sha256(url.encode()).hexdigest()[:8]}.zip"
    if target.exists():
        return target
    not_found = Refused(
        f"{urlsplit(url).netloc} has no archive of {month}: that month is not published there.",
        cure="Data come out about two months late. Choose an earlier last month.",
    )

    def tell(done, total):
        share = (number + (done / total if total else 0)) / count
        size = f"{done / 1024**2:,.0f} of {total / 1024**2:,.0f} MB"
        teller(100 * FETCH_SHARE * share, f"Fetching {month}.zip: {size}")

    more = {"sleep": sleep} if sleep else {}
    return fetch(url, target, not_found=not_found, progress=tell, **more)


def _import(ordered, zips, wanted, teller):
    """Import the months asked for; a force or month that is nowhere in the zips is refused."""
    _check_published(zips, wanted)

    def rest(percent, doing):
        teller(100 * FETCH_SHARE + (1 - FETCH_SHARE) * percent, doing)

    import_into_archive(ordered, zips, rest, wanted)
    return ordered


def _check_published(zips, wanted):
    with sources.opened(zips, wanted) as found:
        missing = sorted(month for _, month in wanted - set(found.files))
        known = sorted(found.forces)
    force = next(iter(wanted))[0]
    if force not in known:
        near = difflib.get_close_matches(force, known, n=3, cutoff=0.5) or known
        raise Refused(
            f"The archive has no files of “{force}”.", cure=f"Did you mean {', '.join(near)}?"
        )
    if missing:
        raise Refused(
            f"{force_label(force)} has published nothing for {', '.join(missing)}.",
            cure="Ask for the months around it; a month missing at the source cannot be had.",
        )


def _discard(zips):
    for file in zips:
        file.unlink(missing_ok=True)
