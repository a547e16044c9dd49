"""The office's words for every walk; a tour's risk assessment, written and signed."""

from django.db import transaction
from django.utils import timezone

from studytours.core.errors import Refused
from studytours.core.operations import record

from ..before.assessment import rows_for
from ..before.models import Likely, Severe
from ..before.plan import plan_of
from ..before.signing import signing_of
from ..before.template import FIELDS, MOST_HAZARDS
from ..models import OfficeWords, RiskAssessment
from ..rules import checked_text, refuse_unless
from .locks import lock_tour

MOST = {"key": 20, "hazard": 120, "harmed": 300, "control": 1500, "who": 120}


@transaction.atomic
def set_office_words(*, script, hazards, by=None, now=None):
    """What every leader says, and what every risk assessment begins with. Signed ones stay."""
    now = now or timezone.now()
    words = OfficeWords.objects.select_for_update().first() or OfficeWords(pk=1)
    words.script, words.hazards = checked_script(script), checked_rows(hazards)
    words.changed_at = now
    words.save()
    summary = "The words for every walk were changed"
    record("office_words_changed", about=words, summary=summary, by=by, now=now)
    return words


@transaction.atomic
def write_assessment(tour, *, rows=None, by=None, now=None):
    """The next version of a tour's risk assessment; without rows, the template with the facts.

    What is the same as the latest one, for the same plan, is no new version.
    """
    now = now or timezone.now()
    lock_tour(tour)
    refuse_unless(tour, "write the risk assessment")
    stops = list(tour.stops.all())
    signing, plan = signing_of(tour, stops), plan_of(tour, stops)
    rows = rows_for(tour, stops, signing) if rows is None else checked_rows(rows)
    latest = signing.latest
    if latest and (latest.rows, latest.plan) == (rows, plan):
        return latest
    written = RiskAssessment.objects.create(
        tour=tour, version=latest.version + 1 if latest else 1, rows=rows, plan=plan,
        made_by=by if by is not None and by.is_authenticated else None, made_at=now,
    )  # fmt: skip
    summary = f"Version {written.version} of the risk assessment of {tour.title} was written"
    record("risk_assessment_written", about=tour, summary=summary, by=by, now=now)
    return written


@transaction.atomic
def sign_assessment(tour, *, name, rows=None, by=None, now=None):
    """Sign the risk assessment for the plan as it is now: with a name, once."""
    now = now or timezone.now()
    name = checked_text(name, "name of who signs", 120)
    if len(name) < 2 or not any(letter.isalpha() for letter in name):
        raise Refused("Sign with a name.", cure="First name and family name.")
    written = write_assessment(tour, rows=rows, by=by, now=now)
    signed = RiskAssessment.objects.filter(pk=written.pk, signed_at=None).update(
        signed_name=name, signed_at=now,
        signed_by=by if by is not None and by.is_authenticated else None,
    )  # fmt: skip
    written.refresh_from_db()
    if not signed:
        raise Refused(
            f"{written.signed_name} signed this already, and nothing has changed since.",
            cure="It need not be signed twice.",
        )
    summary = f"The risk assessment of {tour.title} was signed"
    record(
        "risk_assessment_signed", about=tour, summary=summary, by=by, now=now,
        version=written.version,
    )  # fmt: skip
    return written


@transaction.atomic
def set_meeting_words(tour, *, in_rain, script, by=None, now=None):
    """Where to stand when it rains, and the leader's script where it is not the office's."""
    lock_tour(tour)
    refuse_unless(tour, "change the words")
    tour.in_rain = " ".join(in_rain.split())[:200]
    tour.script = checked_script(script) if script.strip() else ""
    tour.save(update_fields=["in_rain", "script"])
    summary = f"{tour.title} was changed: the words before the walk"
    record("tour_changed", about=tour, summary=summary, by=by, now=now, fields=["in_rain"])
    return tour


def checked_script(text):
    """The lines without empty ones; at most ten that can be said in a breath each."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if not lines:
        raise Refused("The script is empty.", cure="Three lines: 999 and 101, photos, privacy.")
    if len(lines) > 10 or max(map(len, lines)) > 400:
        raise Refused(
            "The script is too long to be said before a walk.",
            cure="At most ten lines of 400 letters; three are best.",
        )
    return "\n".join(lines)


def checked_rows(rows):
    """The rows with nothing but what belongs there; Refused says in which row what is missing."""
    if not rows:
        raise Refused("A risk assessment has at least one hazard.", cure="Write one row.")
    if len(rows) > MOST_HAZARDS:
        raise Refused(f"A risk assessment has at most {MOST_HAZARDS} hazards.")
    return [_checked_row(number, row) for number, row in enumerate(rows, 1)]


def _checked_row(number, row):
    said = {"key": row.get("key") or f"own-{number}"}
    for name in FIELDS[1:5]:
        what = f"{WORDS[name]} in row {number}"
        said[name] = checked_text(row.get(name), what, MOST[name])
    for name, choices in (("likely", Likely), ("severe", Severe)):
        if row.get(name) not in choices.values:
            raise Refused(f"Row {number} does not say how {name} it is.", cure="Choose one.")
        said[name] = row[name]
    return {**said, "here": [str(one)[:300] for one in row.get("here") or ()]}


WORDS = {
    "hazard": "hazard", "harmed": "harm", "control": "remedy", "who": "person who does it",
}  # fmt: skip
