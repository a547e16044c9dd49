"""The phone's contract for records: refusals first, then that nothing else is ever lost."""

import hashlib
import io
import json
import uuid
from datetime import timedelta

import pytest

from studytours.core.models import Event
from studytours.fieldwork import operations
from studytours.fieldwork.models import Device, Finding, Observation
from studytours.fieldwork.refusals import OtherBytes
from studytours.tours import operations as tours
from studytours.tours.models import Tour

from .conftest import AT, NOON, make_another, make_phone, note

NAME = "6f1f27a0-52f3-4f5e-8a56-1d0a35a1c001"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "not JSON"),
        (b"<html>", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"[]", "not a JSON object"),
        (b'{"kind": NaN}', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"n": ' + b"9" * 9000 + b"}", "not JSON"),
        (b"{}", "needs a kind"),
        (note(kind="rumour"), "needs a kind"),
        (note(kind=["problem"]), "needs a kind"),
        (b'{"kind": "idea"}', "captured_at"),
        (note(captured_at="yesterday"), "captured_at"),
        (note(captured_at="2026-02-31T10:00:00Z"), "captured_at"),
        (note(captured_at=1780000000), "captured_at"),
    ],
)
def test_what_can_never_be_a_record_is_refused_for_good(phone, body, why):
    answer = phone.send(body, NAME)
    assert answer.status_code == 400
    refusal = answer.json()
    assert refusal["refused"] == NAME and refusal["retry"] is False and why in refusal["why"]
    assert not Observation.objects.exists()


def test_a_name_that_is_no_uuid_is_refused_as_json(phone):
    answer = phone.send(note(), "not-a-uuid")
    assert answer.status_code == 400 and answer.json()["refused"] is None


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer nonsense", "Basic abc", "Bearer é"])
def test_without_a_token_nothing_is_taken_and_the_phone_keeps_it(client, walk, header):
    answer = client.put(
        f"/api/field/observations/{NAME}", note(), content_type="application/json",
        headers={"Authorization": header},
    )  # fmt: skip
    assert answer.status_code == 401
    assert answer.json()["refused"] == NAME and "safe" in answer.json()["why"]


def test_a_note_of_more_than_two_megabytes_is_refused_with_the_reason(phone):
    answer = phone.send(note(words="x" * 2_200_000), NAME)
    assert answer.status_code == 413
    assert answer.json() == {
        "refused": NAME, "retry": False,
        "why": "This note is too large: more than 2 MB. Split it into several.",
    }  # fmt: skip


def test_other_bytes_under_a_known_name_are_refused_and_change_nothing(phone):
    body = note(words="The lock is gone")
    assert phone.send(body, NAME).status_code == 201
    answer = phone.send(note(words="All is well"), NAME)
    assert answer.status_code == 409
    assert answer.json()["refused"] == NAME and answer.json()["retry"] is False
    assert bytes(Observation.objects.get().body) == body


def test_the_same_name_on_another_tour_is_refused(walk, phone):
    stranger = make_phone(make_another(walk).tour)
    body = note(words="Same")
    phone.send(body, NAME)
    assert stranger.send(body, NAME).status_code == 409
    assert stranger.receipts()["observations"] == {}


def test_a_note_cut_short_on_its_way_is_sent_again(phone):
    body = note(words="A long story")
    answer = phone.client.put(
        f"/api/field/observations/{NAME}", body, headers=phone.headers,
        **{"wsgi.input": io.BytesIO(body[:20])},
    )  # fmt: skip
    assert answer.status_code == 422 and answer.json()["retry"] is True


def test_when_the_server_fails_the_phone_reads_json_and_keeps_the_note(phone, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("disk full")

    monkeypatch.setattr(operations, "accept_observation", broken)
    answer = phone.send(note(), NAME)
    assert answer.status_code == 500
    assert answer.json()["retry"] is True and answer.json()["refused"] == NAME


def test_a_record_is_taken_once_with_a_receipt_naming_it_and_its_hash(phone):
    body = note(kind="problem", category="LIT", words="The lamp is out", urgent=True, dark=True)
    first, second = phone.send(body, NAME), phone.send(body, NAME)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    receipt = first.json()
    assert receipt["accepted"] == NAME
    assert receipt["sha256"] == hashlib.sha256(body).hexdigest()
    assert receipt["set_aside"] == ""
    assert phone.receipts() == {"observations": {NAME: receipt["sha256"]}, "photos": {}}
    assert Finding.objects.count() == 1


def test_a_walker_who_joined_again_gets_the_receipt_for_the_same_bytes(walk, phone):
    """The answer was lost, the phone withdrawn; the same note comes with a new token."""
    body = note(words="Once")
    phone.send(body, NAME)
    again = make_phone(walk.tour)
    assert again.send(body, NAME).status_code == 200
    assert Observation.objects.count() == 1


def test_capital_letters_in_a_name_make_no_second_record(phone):
    body = note(words="Once")
    phone.send(body, NAME)
    answer = phone.send(body, NAME.upper())
    assert answer.status_code == 200 and answer.json()["accepted"] == NAME


def test_everything_that_was_sent_is_kept_byte_for_byte(phone):
    body = b' {"captured_at":"2026-06-03T13:00:00Z", "kind" :"idea",\n "mood": "\xf0\x9f\x98\x80"}'
    phone.send(body, NAME)
    assert bytes(Observation.objects.get().body) == body


def test_the_fields_are_read(walk, phone):
    body = note(
        kind="problem", category="GAT", words="Latch stolen", stop=walk.garages.pk, urgent=True,
        dark=False, condition="poor", feeling={"score": 1}, done_now="Tied it up",
        place={"lat": 52.3041, "lon": -0.7174, "accuracy_m": 9}, photos=[str(uuid.uuid4())],
    )  # fmt: skip
    assert phone.send(body).status_code == 201
    seen = Observation.objects.get()
    assert (seen.category_id, seen.words, seen.stop) == ("GAT", "Latch stolen", walk.garages)
    assert (seen.urgent, seen.dark, seen.condition) == (True, False, "poor")
    assert (seen.lat, seen.lon) == (52.3041, -0.7174)
    assert seen.captured_at == NOON and seen.done_now == "Tied it up" and seen.set_aside == ""


@pytest.mark.parametrize(
    ("fields", "note_"),
    [
        ({"category": "XYZ"}, "category"),
        ({"category": {"a": 1}}, "category"),
        ({"stop": 99999}, "stop"),
        ({"stop": 2**80}, "stop"),
        ({"stop": True}, "stop"),
        ({"measure": "M-9999"}, "register"),
        ({"measure": [7]}, "register"),
        ({"condition": "shiny"}, "condition"),
        ({"corrects": "the first one"}, "uuid"),
        ({"words": {"en": "Dark"}}, "not text"),
        ({"place": "behind the shop"}, "place"),
        ({"place": {}}, "place"),
        ({"place": {"lat": 0, "lon": 0}}, "far from the tour"),
        ({"place": {"lat": 53.35, "lon": -6.26}}, "far from the tour"),
        ({"place": {"lat": 1e308, "lon": "west"}}, "place"),
        ({"place": {"stop": 99999}}, "stop"),
        ({"place": {"between": [1]}}, "stop"),
        ({"captured_at": "2026-06-03T13:00:00"}, "no zone"),
        ({"captured_at": "0001-01-01T00:00:00+14:00"}, "clock said 1"),
        ({"captured_at": "9999-12-31T23:59:59-14:00"}, "clock said 9999"),
    ],
)
def test_what_is_odd_is_taken_and_set_aside_with_a_note(phone, fields, note_):
    body = note(**{"words": "Dark here", **fields})
    answer = phone.send(body)
    assert answer.status_code == 201
    assert note_ in answer.json()["set_aside"]
    seen = Observation.objects.get()
    assert bytes(seen.body) == body and note_ in seen.set_aside
    assert Finding.objects.count() == 1


def test_a_place_far_away_is_kept_as_sent_but_not_on_the_map(phone):
    phone.send(note(words="Here", place={"lat": 0, "lon": 0}))
    seen = Observation.objects.get()
    assert seen.place == {"lat": 0, "lon": 0} and seen.lat is None and seen.lon is None


def test_a_clock_wrong_by_a_day_is_noted_and_not_trusted(phone):
    late = (NOON + timedelta(hours=26)).isoformat()
    answer = phone.send(note(words="Now", captured_at=late), **{"X-Sent-At": late})
    assert answer.status_code == 201 and answer.json()["received_at"].startswith("2026-06-03T12:00")
    assert Observation.objects.get().captured_at == NOON + timedelta(hours=26)
    assert Event.objects.get(kind="observation_received").data["clock_ahead_seconds"] == 26 * 3600


@pytest.mark.parametrize("clock", ["soon", "2026-13-45T00:00:00Z", "2026-06-03T12:00:00"])
def test_a_clock_that_cannot_be_read_is_left_out(phone, clock):
    assert phone.send(note(words="Now"), **{"X-Sent-At": clock}).status_code == 201


HOSTILE = [
    "<script>alert(1)</script>",
    "Robert'); DROP TABLE fieldwork_observation;--",
    "=cmd|' /C calc'!A0",
    "{{ 7*7 }} {% now 'Y' %} ${7*7}",
    "مرحبا \u202e‮ right to left",
    "👩🏽‍🚒🏚️ 𝕯𝖆𝖗𝖐",
    "\ud83d half an emoji",
    "a\0b",
    "word" * 25_000,
    "👻" * 100_000,
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_any_words_are_taken_and_shown_as_words(walk, phone, client, words):
    answer = phone.send(note(words=words, place={"street": words[:500], "near": words[:500]}))
    assert answer.status_code == 201
    client.force_login(walk.cora)
    page = client.get(f"/desk/tours/{walk.tour.slug}/findings/").content.decode()
    assert "<script>alert" not in page
    seen = Observation.objects.get()
    if words.isprintable() and "\ud83d" not in words:
        assert seen.words == words


SCRIPT = "<script>alert(1)</script>"


def test_script_in_any_field_is_shown_as_words(walk, client):
    phone = make_phone(walk.tour, SCRIPT)
    Device.objects.update(role=SCRIPT)
    fields = ("category", "condition", "works", "measure", "done_now", "stop", "urgent", "dark")
    said = dict.fromkeys((*fields, "made_up"), SCRIPT)
    place = {"street": SCRIPT, "near": SCRIPT}
    for kind in ("problem", "measure_check"):
        body = note(**said | {"kind": kind, "words": SCRIPT, "place": place})
        assert phone.send(body, **{"X-Waiting": SCRIPT, "X-Sent-At": SCRIPT}).status_code == 201
    operations.nudge_device(phone.device, by=walk.amina, now=NOON)
    client.force_login(walk.cora)
    for page in ("findings", "phones", "walk", "debrief"):
        shown = client.get(f"/desk/tours/{walk.tour.slug}/{page}/").content.decode()
        assert "<script>alert" not in shown
    assert "&lt;script&gt;" in client.get(f"/desk/tours/{walk.tour.slug}/phones/").content.decode()


def test_a_place_by_stop_or_between_stops_gives_a_point(walk, phone):
    phone.send(note(words="At", place={"stop": walk.garages.pk}))
    phone.send(note(words="Mid", place={"between": [walk.garages.pk, str(walk.bridge.pk)]}))
    at, mid = Observation.objects.get(words="At"), Observation.objects.get(words="Mid")
    assert (at.lat, at.lon, at.stop) == (52.304, -0.7175, walk.garages)
    assert (mid.lat, mid.lon) == (pytest.approx(52.305), pytest.approx(-0.7165))


def test_a_street_that_is_known_gives_a_point_and_another_stays_words(walk, phone):
    from shapely.geometry import LineString

    from studytours.streets.operations import add_street_map

    line = LineString([(-0.7175, 52.304), (-0.7175, 52.306)])
    add_street_map(
        name="Town", source="drawn", licence="ours", sha256="0" * 64, landmarks=[],
        streets=[{"name": "Mill Lane", "kind": "residential", "line": line, "lit": True,
                  "on_foot": True}],
    )  # fmt: skip
    phone.send(note(words="A", place={"street": "mill  lane", "near": "Nobody knows"}))
    phone.send(note(words="B", place={"street": "Elsewhere Road"}))
    known, other = Observation.objects.get(words="A"), Observation.objects.get(words="B")
    assert known.lat == pytest.approx(52.305, abs=0.002) and known.set_aside == ""
    assert other.lat is None and other.place == {"street": "Elsewhere Road"}


@pytest.mark.parametrize(("state", "finding"), [("debrief", 1), ("reported", 0), ("cancelled", 0)])
def test_a_record_after_the_end_is_set_aside_and_never_dropped(walk, phone, state, finding):
    Tour.objects.filter(pk=walk.tour.pk).update(state=state)
    answer = phone.send(note(words="From the cellar"))
    assert answer.status_code == 201 and "it came after" in answer.json()["set_aside"].lower()
    assert Finding.objects.count() == finding
    found = operations.take_in(Observation.objects.get(), by=walk.cora, now=NOON)
    assert found.decision == "open" and Observation.objects.get().set_aside == ""


def test_closing_the_walk_really_leads_there(walk, phone):
    tours.close_walk(walk.tour, by=walk.cora, now=NOON)
    assert "walk was closed" in phone.send(note(words="Late")).json()["set_aside"]


def test_a_feeling_alone_opens_no_finding(walk, phone):
    phone.send(note(kind="experience", feeling={"score": 2}, stop=walk.bridge.pk))
    assert Observation.objects.count() == 1 and not Finding.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [{"category": "ROU"}, {"category": "LIT", "private": True}, {"shop": {"kind": "Food"}}],
)
def test_what_is_sensitive_or_private_makes_a_sensitive_finding(phone, fields):
    phone.send(note(words="Please be kind", **fields))
    assert Finding.objects.get().is_sensitive


@pytest.mark.parametrize(
    ("fields", "findings"),
    [({"works": "works"}, 0), ({"works": "broken"}, 1), ({"condition": "poor"}, 1), ({}, 0)],
)
def test_a_check_lands_in_the_log_and_only_a_bad_one_is_to_decide(walk, phone, fields, findings):
    body = note(kind="measure_check", measure=walk.gate.ref, words="Looked", **fields)
    assert phone.send(body, NAME).status_code == 201
    assert phone.send(body, NAME).status_code == 200
    check = walk.gate.checks.get()
    assert str(check.observation) == NAME and check.by == "a walker"
    assert check.works == fields.get("works", "unknown")
    assert Finding.objects.count() == findings


def test_a_check_from_a_clock_in_the_future_lands_now(walk, phone):
    late = (NOON + timedelta(hours=5)).isoformat()
    phone.send(note(kind="measure_check", measure=walk.gate.ref, works="works", captured_at=late))
    assert walk.gate.checks.get().at == NOON


def test_a_check_that_the_register_does_not_take_is_kept_as_a_finding(walk, phone):
    from studytours.measures.operations import remove_measure

    remove_measure(walk.gate, reason="Gone", by=walk.cora, now=NOON)
    answer = phone.send(note(kind="measure_check", measure=walk.gate.ref, works="broken"))
    assert answer.status_code == 201 and "register" in answer.json()["set_aside"]
    assert Finding.objects.count() == 1 and not walk.gate.checks.exists()


def test_a_correction_takes_over_the_finding_and_both_records_stay(phone):
    phone.send(note(words="Lamp 12 is out"), NAME)
    phone.send(note(words="Lamp 21 is out", corrects=NAME))
    assert Observation.objects.count() == 2
    finding = Finding.objects.get()
    assert finding.title == "Lamp 21 is out" and finding.observation.words == "Lamp 21 is out"


def test_a_correction_may_come_before_what_it_corrects(phone):
    phone.send(note(words="Lamp 21 is out", corrects=NAME))
    phone.send(note(words="Lamp 12 is out"), NAME)
    assert Finding.objects.get().title == "Lamp 21 is out"


def test_a_second_correction_of_the_same_record_wins(phone):
    phone.send(note(words="One"), NAME)
    phone.send(note(words="Two", corrects=NAME))
    phone.send(note(words="Three", corrects=NAME))
    assert Finding.objects.get().title == "Three"


def test_a_correction_of_a_decided_finding_is_decided_for_itself(walk, phone):
    phone.send(note(words="One"), NAME)
    operations.accept(Finding.objects.get(), by=walk.cora, now=NOON)
    phone.send(note(words="Two", corrects=NAME))
    assert sorted(Finding.objects.values_list("title", "decision")) == [
        ("One", "accepted"), ("Two", "open"),
    ]  # fmt: skip


def test_a_record_that_corrects_itself_harms_nobody(phone):
    assert phone.send(note(words="Odd", corrects=NAME), NAME).status_code == 201


def test_a_correction_never_makes_a_sensitive_finding_public(phone):
    phone.send(note(words="Someone sleeps here", category="ROU"), NAME)
    phone.send(note(words="Not so", category="LIT", corrects=NAME))
    assert Finding.objects.get().is_sensitive


def test_a_paper_record_goes_the_same_way(walk):
    seen = operations.desk_observation(
        walk.tour, kind="problem", category="VEG", words="Hedge", stop=walk.garages,
        place="Mill Lane", by=walk.cora, now=NOON,
    )  # fmt: skip
    assert seen.finding.ref.startswith("F-") and seen.device is None
    assert seen.place == {"street": "Mill Lane"} and seen.stop == walk.garages
    assert json.loads(bytes(seen.body))["typed_in_at_the_desk"] is True


def test_a_repeat_is_known_by_its_bytes_in_operations_too(walk, phone):
    name = uuid.uuid4()
    first = operations.accept_observation(phone.device, name, note(words="a"), now=NOON)
    again = operations.accept_observation(phone.device, name, note(words="a"), now=NOON)
    assert first.is_new and not again.is_new and again.sha256 == first.sha256
    with pytest.raises(OtherBytes):
        operations.accept_observation(phone.device, name, note(words="b"), now=NOON)


def test_the_time_is_kept_as_it_was(phone):
    phone.send(note(words="Now", captured_at=AT))
    assert Observation.objects.get().captured_at == NOON
