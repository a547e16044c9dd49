"""Whatever a walker writes, into whatever box, is words on every page that somebody comes to."""

import csv
import io
from datetime import date

from studytours.actions.operations import agree_action
from studytours.fieldwork import operations
from studytours.fieldwork.models import Device, Finding, Observation

from .conftest import NOON, make_phone, note, report

SCRIPT = "=1+1\"'><script>alert(1)</script>"
RECORDS = [
    {"category": "LIT", "done_now": SCRIPT, "place": {"street": SCRIPT, "near": SCRIPT}},
    {"kind": "good", "category": SCRIPT, "condition": SCRIPT, "urgent": SCRIPT},
    {"kind": "measure_check", "measure": SCRIPT, "works": SCRIPT},
    {"kind": "measure_check", "measure": "M-0001", "works": "broken"},
    {"kind": "experience", "feeling": {"score": SCRIPT, "lighting": SCRIPT, "alone": SCRIPT}},
    {"kind": "experience", "whole_area": {
        "when": "before", "scores": {"safe": SCRIPT, SCRIPT: 4}, "good": SCRIPT, "better": SCRIPT,
    }},
    {"kind": "experience", "about_you": {"age": SCRIPT, SCRIPT: SCRIPT}},
    {"kind": "experience", "shop": {"change": SCRIPT, "other": SCRIPT, SCRIPT: SCRIPT}},
    {"kind": "experience", "note": {"contact": SCRIPT}},
]  # fmt: skip

DESK = [
    "", "findings/", "phones/", "walk/", "debrief/", "debrief/read-back/", "answers/", "notes/",
    "shops/",
]  # fmt: skip


def addresses(walk, action):
    return [thing.get_absolute_url() for thing in (walk.area, walk.tour, action)]


def test_script_in_every_box_is_words_on_every_page(walk, client):
    phone = make_phone(walk.tour, SCRIPT)
    Device.objects.update(role=SCRIPT)
    for record in RECORDS:
        assert phone.send(note(**{"words": SCRIPT} | record)).status_code == 201
    for finding in Finding.objects.filter(is_sensitive=False):
        operations.accept(finding, by=walk.cora, now=NOON)
    action = agree_action(
        area=walk.area, tour=walk.tour, findings=[Finding.objects.first()], title=SCRIPT,
        owner=walk.cora.organisation, due=date(2026, 7, 1), by=walk.cora, now=NOON,
    )  # fmt: skip
    operations.summarise(Observation.objects.get(form="shop"), SCRIPT, by=walk.cora, now=NOON)
    report(walk.tour)
    public = [client.get(page) for page in ("/", "/actions/", *addresses(walk, action))]
    client.force_login(walk.cora)
    theirs = [client.get(walk.tour.get_desk_url() + part) for part in DESK]
    theirs += [client.get("/desk/"), client.get(f"/desk/actions/{action.ref}/")]
    for shown in (public, theirs):
        texts = [answer.content.decode() for answer in shown if answer.status_code == 200]
        assert len(texts) == len(shown) and "<script>alert" not in "".join(texts)
        assert sum("&lt;script&gt;alert" in text for text in texts) >= 3
    rows = client.get("/desk/actions/?as=csv").content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(rows)) for cell in row]
    assert f"'{SCRIPT}" in cells and not [cell for cell in cells if cell.startswith("=")]
