"""What an import tells, on the command line, on the page, and for ever in its CrimeImport."""

from collections import Counter

from .forces import force_label
from .months import in_words
from .queries import missing_months, span
from .sets import CRIME_TYPES

_SUMS = ("rows", "no_coordinates", "outside_force", "exact_duplicates_dropped")


def make_report(found, ready, held):
    """The report; `held` is what the archive held before, by force and month.

    All counts are of the files given, whether they were new or already held, and of the rows
    as they came: `by_type` adds up to `rows`, before exact duplicates are dropped.
    """
    by_type = Counter()
    for one in ready:
        by_type.update(one.counts.by_type)
    fresh = [one for one in ready if one.parquet]
    forces = sorted({one.file.force for one in ready})
    return {
        "files": len(ready),
        "force_months": len(ready),
        **{name: sum(getattr(one.counts, name) for one in ready) for name in _SUMS},
        "by_type": dict(by_type.most_common()),
        "added": sum(one.file.key not in held for one in fresh),
        "replaced": sum(one.file.key in held for one in fresh),
        "unchanged": len(ready) - len(fresh),
        "ignored": found.ignored,
        "superseded": found.superseded,
        "unknown_types": sorted(set(by_type) - set(CRIME_TYPES)),
        "shrunk": [_shrunk(one, held[one.file.key]) for one in fresh if _halved(one, held)],
        "forces": {force: span(force) for force in forces},
        "missing_months": {
            force: gaps for force in forces if (gaps := list(missing_months(force)))
        },
    }


def _halved(one, held):
    before = held.get(one.file.key)
    return before is not None and one.counts.rows < before.rows / 2


def _shrunk(one, before):
    """A whole month replaced by a part of it is allowed, and said."""
    return f"{one.file.force} {one.file.month}: {before.rows} rows before, {one.counts.rows} now"


def as_sentences(report):
    """The report as people read it, one fact a line."""
    yield (
        f"{report['rows']:,} rows in {report['files']:,} files: {report['added']} months are new, "
        f"{report['replaced']} replaced, {report['unchanged']} were held already."
    )
    yield (
        f"{report['no_coordinates']:,} rows have no coordinates; "
        f"{report['outside_force']:,} lie outside their force. All of them are kept."
    )
    yield (
        f"{report['exact_duplicates_dropped']:,} rows were dropped: each had a Crime ID and was "
        "identical to another in every column."
    )
    for force, gaps in report["missing_months"].items():
        yield f"Missing in {force_label(force)}: {in_words(gaps)}."
    yield from _odd(report)


def _odd(report):
    """What a person should look at."""
    if report["ignored"]:
        yield f"{report['ignored']:,} other files were passed over."
    if report["superseded"]:
        yield f"Given twice, the later one counts: {', '.join(report['superseded'])}."
    if report["unknown_types"]:
        yield f"Crime types not known here, kept as named: {', '.join(report['unknown_types'])}."
    if report["shrunk"]:
        yield f"Now with less than half the rows of before: {'; '.join(report['shrunk'])}."
