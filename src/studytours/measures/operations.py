"""Every write to the register of measures."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from studytours.areas.models import Area
from studytours.core.errors import Refused
from studytours.core.operations import create_with_ref, record

from .importers import read_measures
from .models import Check, Condition, Measure, Works
from .organisations import organisation_finder
from .results import MeasuresImport
from .rules import FIELDS, WrongField, checked, suggested_check


@transaction.atomic
def register_measure(*, kind, name, place, count=1, area=None, by=None, now=None, **fields):
    """Put a measure in the register. Without a date for its next check, it is due at once."""
    now = now or timezone.now()
    fields = checked({**fields, "kind": kind, "name": name, "place": place, "count": count})
    fields["next_check"] = fields.get("next_check") or timezone.localdate(now)
    measure = create_with_ref(Measure, "M", area=area, **fields)
    record(
        "measure_registered", about=measure, summary=f"{measure.ref} {measure.name} was registered",
        by=by, now=now,
    )  # fmt: skip
    return measure


@transaction.atomic
def change_measure(measure, *, by=None, now=None, **fields):
    """Correct what the register says. What was found at checks is never changed."""
    if measure.removed_on:
        raise Refused(f"{measure.ref} was removed. What the register says of it stays as it was.")
    now_says = {name: getattr(measure, name) for name in FIELDS}
    fields = checked({**now_says, **fields})
    changed = sorted(name for name, value in fields.items() if value != now_says[name])
    if changed:
        for name in changed:
            setattr(measure, name, fields[name])
        measure.save(update_fields=changed)
        words = ", ".join(name.replace("_", " ") for name in changed)
        record(
            "measure_changed", about=measure, summary=f"{measure.ref} was corrected: {words}",
            by=by, now=now, fields=changed,
        )  # fmt: skip
    return measure


@transaction.atomic
def record_check(
    measure, *, works, condition="", words="", by_whom, observation=None, at=None,
    next_check=None, by=None, now=None,
):  # fmt: skip
    """Write how the measure was found into its log. The same observation lands only once."""
    now = now or timezone.now()
    at = at or now
    if observation and (first := Check.objects.filter(observation=observation).first()):
        return first
    check = _checked_check(measure, works, condition, words, by_whom, observation, at, now)
    try:
        with transaction.atomic():
            check.save()
    except IntegrityError:
        # The same observation arrived twice at the same moment.
        if first := Check.objects.filter(observation=observation).first():
            return first
        raise
    if not measure.checks.filter(at__gt=at).exists():
        day = timezone.localdate(at)
        measure.next_check = next_check or suggested_check(day, works, condition)
        measure.save(update_fields=["next_check"])
    found = check.get_works_display().lower()
    summary = f"{measure.ref} {measure.name} was checked: {found}"
    record("measure_checked", about=measure, summary=summary, by=by, now=now, check=check.pk)
    if works in (Works.BROKEN, Works.WORSE):
        summary = f"{measure.ref} {measure.name} does not do its job: {found}"
        record("measure_broken", about=measure, summary=summary, by=by, now=now, check=check.pk)
    return check


def _checked_check(measure, works, condition, words, by_whom, observation, at, now):
    if measure.removed_on:
        raise Refused(f"{measure.ref} was removed and can no longer be checked.")
    if at > now:
        raise WrongField("at", "A check cannot be in the future.")
    if works not in Works:
        raise WrongField("works", f"“{works}” is not an answer to “does it work?”.")
    if condition and condition not in Condition:
        raise WrongField("condition", f"“{condition}” is not a condition.")
    if not by_whom.strip():
        raise WrongField("by_whom", "Say who looked: an organisation or a part played.")
    return Check(
        measure=measure, at=at, works=works, condition=condition, words=words.strip(),
        by=by_whom.strip()[:120], observation=observation,
    )  # fmt: skip


@transaction.atomic
def remove_measure(measure, *, reason, by=None, now=None):
    """Say that the measure no longer stands. Its record and its log stay."""
    now = now or timezone.now()
    if not reason.strip():
        raise WrongField("reason", "Say why it was removed.")
    today = timezone.localdate(now)
    removed = Measure.objects.filter(pk=measure.pk, removed_on=None).update(
        removed_on=today, next_check=None
    )
    if not removed:
        raise Refused(f"{measure.ref} was removed before.")
    measure.refresh_from_db()
    record(
        "measure_removed", about=measure, by=by, now=now, reason=reason.strip(),
        summary=f"{measure.ref} {measure.name} no longer stands: {reason.strip()}",
    )  # fmt: skip
    return measure


@transaction.atomic
def restore_measure(measure, *, by=None, now=None):
    """Take a removal back: the measure stands after all and is due for a check."""
    now = now or timezone.now()
    restored = Measure.objects.filter(pk=measure.pk, removed_on__isnull=False).update(
        removed_on=None, next_check=timezone.localdate(now)
    )
    if not restored:
        raise Refused(f"{measure.ref} still stands.")
    measure.refresh_from_db()
    summary = f"{measure.ref} {measure.name} stands after all"
    record("measure_restored", about=measure, summary=summary, by=by, now=now)
    return measure


@transaction.atomic
def import_measures(path_or_file, *, area=None, by=None, now=None):
    """Register the measures of a CSV file, all or none. What is there already stays as it is.

    A measure is there already when the register has one of the same area, kind and place,
    installed at the same time.
    """
    rows = read_measures(path_or_file)
    if area:
        # Two people importing the same file for one area take turns.
        Area.objects.select_for_update().get(pk=area.pk)
    find = organisation_finder(by=by, now=now)
    there = {_identity(measure): measure for measure in Measure.objects.filter(area=area)}
    added, known = [], []
    for row in rows:
        owner, maintainer = find(row, "owner"), find(row, "maintainer")
        if same := there.get(row.identity):
            known.append(same)
            continue
        fields = {**row.fields, "owner": owner, "maintainer": maintainer}
        try:
            added.append(register_measure(area=area, by=by, now=now, **fields))
        except WrongField as error:
            raise row.wrong(error.field, error.why, error.cure) from error
    return MeasuresImport(len(rows), tuple(added), tuple(known), tuple(find.made))


def _identity(measure):
    return measure.kind, measure.place.casefold(), measure.installed_from
