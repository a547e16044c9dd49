"""What the answers come to. Nothing is told about fewer than five people."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import median

from ..models import Finding, Form, Observation, Voice
from ..queries import chains, private_findings
from .asked import ABOUT_YOU, AREA, AREA_WORDS, MOMENTS, SHOP

FEWEST = 5
MOST_FINDINGS = 100


def answered(tour, form):
    """The records of a tour that answer these questions, oldest first, none that was corrected."""
    corrected = Observation.objects.filter(tour=tour, corrects__isnull=False).values("corrects")
    return (
        Observation.objects.filter(tour=tour, form=form)
        .exclude(uuid__in=corrected)
        .select_related("stop", "public_summary", "device")
        .defer("body")
        .order_by("received_at")
    )


@dataclass(frozen=True)
class Moment:
    """How people scored the whole area at one time. `middles` are None below five answers."""

    code: str
    name: str
    people: int
    middles: dict  # code of the question → median, or None
    words: list  # (question, answer): for the desk only

    @property
    def is_enough(self):
        return self.people >= FEWEST


def whole_area(tour):
    """[Moment] before, after, later: only those that anyone answered."""
    scores, words, people = defaultdict(list), defaultdict(list), Counter()
    for record in answered(tour, Form.WHOLE_AREA):
        said = record.answers or {}
        when = said.get("when", "after")
        people[when] += 1
        for code, score in said.get("scores", {}).items():
            scores[when, code].append(score)
        words[when] += [(q, said[q.code]) for q in AREA_WORDS if said.get(q.code)]
    return [
        Moment(code, name, people[code], {q.code: _middle(scores[code, q.code]) for q in AREA},
               words[code])
        for code, name in MOMENTS
        if people[code]
    ]  # fmt: skip


def _middle(scores):
    return median(scores) if len(scores) >= FEWEST else None


def area_rows(moments):
    """[(question, [middle of each moment])] for a table, from the moments with enough answers."""
    return [(q, [moment.middles[q.code] for moment in moments]) for q in AREA]


def about_people(tour):
    """[(question, [(answer, how many or None below five)])], empty with fewer than five people.

    When a single answer is hidden, the smallest of the others is hidden too: what is left of the
    whole would tell it.
    """
    records = [record.answers or {} for record in answered(tour, Form.ABOUT_YOU)]
    if len(records) < FEWEST:
        return []
    table = []
    for question in ABOUT_YOU:
        counts = Counter(said[question.code] for said in records if said.get(question.code))
        shown = _hidden_when_few(counts)
        table.append((question, [(label, shown[code]) for code, label in question.options
                                 if code in shown]))  # fmt: skip
    return [(question, rows) for question, rows in table if rows]


def _hidden_when_few(counts):
    few = {code for code, number in counts.items() if number < FEWEST}
    rest = [code for code in counts if code not in few]
    if len(few) == 1 and rest:
        few.add(min(rest, key=counts.get))
    return {code: None if code in few else number for code, number in counts.items()}


@dataclass(frozen=True)
class ShopVisit:
    record: Observation
    finding: object
    rows: list  # (question, answer in words)
    voices: list

    @property
    def summary(self):
        return getattr(self.record, "public_summary", None)


def shop_visits(tour):
    records = list(answered(tour, Form.SHOP).select_related("finding", "public_summary", "stop"))
    voices = voices_of(records)
    return [
        ShopVisit(
            record, getattr(record, "finding", None),
            [(q, q.say(record.answers[q.code])) for q in SHOP if record.answers.get(q.code)],
            voices[record.pk],
        )
        for record in records
    ]  # fmt: skip


def public_summaries(tour):
    """The coordinator's words on shop visits, oldest first."""
    shown = answered(tour, Form.SHOP).exclude(public_summary=None)
    return [record.public_summary for record in shown]


def private_notes(tour):
    """[(record, its voice notes)]: what was told to the coordinator alone, newest first."""
    records = list(answered(tour, Form.NOTE).select_related("finding").order_by("-received_at"))
    voices = voices_of(records)
    return [(record, voices[record.pk]) for record in records]


def to_read(tour):
    """{"visits", "notes"}: how many the coordinator has neither summed up nor taken up yet."""
    return {
        "visits": answered(tour, Form.SHOP).filter(public_summary=None).count(),
        "notes": answered(tour, Form.NOTE).filter(finding=None).count(),
    }


def voices_of(observations):
    """{uuid: [Voice]} for records of one tour."""
    found = defaultdict(list)
    for voice in Voice.objects.filter(observation__in=[one.pk for one in observations]):
        found[voice.observation].append(voice)
    return found


def with_voices(rows):
    """The rows of a list, each with its spoken notes and how many said "me too"."""
    voices = voices_of([row["observation"] for row in rows])
    others = me_toos([row["finding"] for row in rows])
    for row in rows:
        row["voices"] = voices[row["observation"].pk]
        row["others"] = others.get(row["finding"].pk, 0)
    return rows


def me_toos(findings):
    """{finding.pk: how many others said "me too" to it}, each phone once and nobody to itself."""
    findings = list(findings)
    if not findings:
        return {}
    chain = chains(findings[0].tour)
    home = {
        uuid: finding
        for finding in findings
        for uuid in chain.get(finding.observation_id, {finding.observation_id})
    }
    said = defaultdict(set)
    rows = Observation.objects.filter(tour=findings[0].tour_id, me_too__in=home, set_aside="")
    for uuid, to, device in rows.order_by().values_list("uuid", "me_too", "device_id"):
        finding = home[to]
        if device is None or device != finding.observation.device_id:
            said[finding.pk].add(device or uuid)
    return {pk: len(who) for pk, who in said.items()}


def findings_so_far(device):
    """What this phone's tour found and every walker may read, newest first."""
    found = list(
        Finding.objects.filter(tour=device.tour_id)
        .exclude(decision__in=[Finding.Decision.MERGED, Finding.Decision.DECLINED])
        .exclude(pk__in=private_findings())
        .exclude(observation__measure__isnull=False, observation__words="")
        .select_related("observation", "tour")
        .defer("observation__body")
        .order_by("-pk")[:MOST_FINDINGS]
    )
    others = me_toos(found)
    return [
        {
            "uuid": finding.observation_id,
            "title": finding.title,
            "category": finding.category_id,
            "stop": finding.observation.stop_id,
            "mine": finding.observation.device_id == device.pk,
            "others": others.get(finding.pk, 0),
        }
        for finding in found
    ]
