"""Answers to questions: the whole area, about you, shop visits, private notes, and "me too"."""

import uuid
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytours.core.errors import Refused, TooMany
from studytours.fieldwork import operations
from studytours.fieldwork.models import Finding, Form, Observation
from studytours.fieldwork.queries import set_aside, without_finding
from studytours.fieldwork.questions import queries
from studytours.fieldwork.questions.asked import AREA
from studytours.fieldwork.questions.reading import read_answers

from .conftest import NOON, make_phone, note, report

FULL = {question.code: 4 for question in AREA}
CONTACT = "rosa@example.org"


def score(tour, when="before", **scores):
    answers = {"when": when, "scores": {**FULL, **scores}}
    return operations.answer_from_the_web(tour, form="whole_area", answers=answers, now=NOON)


def kept(response):
    return Observation.objects.get(pk=response.json()["accepted"])


# -- reading ------------------------------------------------------------------------------------

json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["scores", "when", "safe", "kind", "help", "contact"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(Form.values), json_like, max_size=4))
def test_whatever_is_sent_gives_known_answers_or_none(sent):
    read = read_answers(sent, notes := [])
    assert read["form"] in ("", *Form.values) and all(isinstance(why, str) for why in notes)
    if read["form"] == Form.WHOLE_AREA:
        assert set(read["answers"]["scores"].values()) <= set(range(1, 8))
        assert read["answers"]["when"] in ("before", "after", "later")


def test_what_is_not_one_of_the_answers_is_left_out(phone):
    shop = {"kind": "palace", "thefts": "3-5", "help": "  a\nbell ", "owner": "Mr Secret"}
    record = kept(phone.send(note(kind="experience", shop=shop)))
    assert record.answers == {"thefts": "3-5", "help": "a bell"}


def test_answers_of_another_shape_set_a_record_aside_and_keep_its_bytes(phone):
    record = kept(phone.send(note(kind="experience", words="x", about_you="old")))
    assert (record.form, record.answers) == ("", None)
    assert "answers could not be read" in record.set_aside and b"old" in bytes(record.body)


# -- the whole area -----------------------------------------------------------------------------


def test_fewer_than_five_people_have_no_middle(walk):
    for _ in range(4):
        score(walk.tour)
    [moment] = queries.whole_area(walk.tour)
    assert moment.people == 4 and set(moment.middles.values()) == {None}


def test_from_five_people_on_the_middle_is_told_for_what_five_answered(walk):
    for safe in (1, 2, 2, 6, 7):
        score(walk.tour, safe=safe, play=None)
    [moment] = queries.whole_area(walk.tour)
    assert moment.middles["safe"] == 2 and moment.middles["play"] is None


def test_before_and_later_stand_beside_each_other_in_the_order_of_time(walk):
    for when in ("later", "before"):
        for _ in range(5):
            score(walk.tour, when)
    assert [moment.code for moment in queries.whole_area(walk.tour)] == ["before", "later"]


def test_scores_are_no_findings_and_are_never_late(walk, phone):
    report(walk.tour)
    answers = {"when": "after", "scores": FULL}
    record = kept(phone.send(note(kind="experience", whole_area=answers)))
    assert record.set_aside == "" and not Finding.objects.exists()
    assert record in without_finding(walk.tour)


def test_about_you_is_told_from_five_on_and_a_single_gap_cannot_be_worked_out(walk, phone):
    def answer(here):
        phone.send(note(kind="experience", about_you={"here": here}))

    for _ in range(4):
        answer("lives")
    assert queries.about_people(walk.tour) == []
    for here in ("lives", *["works"] * 9, "visits"):
        answer(here)
    [(_, rows)] = queries.about_people(walk.tour)
    assert dict(rows) == {"I live here": None, "I work here": 9, "I visit": None}


def test_no_answers_at_all_are_refused(walk):
    with pytest.raises(Refused, match="at least one"):
        operations.answer_from_the_web(walk.tour, form="whole_area", answers={"scores": {}})


def test_one_address_may_answer_twenty_times_an_hour(walk):
    def answer():
        operations.answer_from_the_web(
            walk.tour, form="note", answers={}, words="x", address="203.0.113.9"
        )

    for _ in range(20):
        answer()
    with pytest.raises(TooMany):
        answer()
    assert Observation.objects.count() == 20


# -- shop visits --------------------------------------------------------------------------------


@pytest.fixture
def visit(phone):
    shop = {"kind": "corner", "thefts": "6-10"}
    return kept(phone.send(note(kind="experience", category="SHO", words="Secret", shop=shop)))


def test_a_shop_visit_is_a_private_finding(walk, visit):
    assert Finding.objects.get(observation=visit).is_sensitive
    assert queries.public_summaries(walk.tour) == []


def test_only_a_shop_visit_has_a_public_summary(walk, phone):
    record = kept(phone.send(note(words="A lamp")))
    with pytest.raises(Refused, match="shop visit"):
        operations.summarise(record, "Words", by=walk.cora)


def test_the_coordinator_sums_it_up_changes_it_and_takes_it_back(client, walk, visit):
    client.force_login(walk.cora)
    url, page = f"/desk/observations/{visit.pk}/summary", f"/desk/tours/{walk.tour.slug}/shops/"
    assert "6 to 10" in client.get(page).content.decode()
    for words in ("Thefts every day.", "Several thefts a week."):
        client.post(url, {"words": words})
        assert [one.words for one in queries.public_summaries(walk.tour)] == [words]
    client.post(url, {"words": " "})
    assert queries.public_summaries(walk.tour) == []


def test_a_leader_reads_a_visit_and_cannot_publish_of_it(client, walk, visit):
    client.force_login(walk.amina)
    assert client.get(f"/desk/tours/{walk.tour.slug}/shops/").status_code == 200
    assert client.post(f"/desk/observations/{visit.pk}/summary", {"words": "x"}).status_code == 403


# -- notes to the coordinator alone -------------------------------------------------------------


@pytest.fixture
def told(phone):
    body = note(kind="experience", words="It is my neighbour", note={"contact": CONTACT})
    return kept(phone.send(body))


def test_a_private_note_is_no_finding_and_in_no_list_but_the_coordinators(client, walk, told):
    assert not Finding.objects.exists()
    assert told not in without_finding(walk.tour) and told not in set_aside(walk.tour)
    for person in (walk.amina, walk.ana):
        client.force_login(person)
        assert client.get(f"/desk/tours/{walk.tour.slug}/notes/").status_code == 403
        page = client.get(f"/desk/tours/{walk.tour.slug}/findings/").content.decode()
        assert "neighbour" not in page
    client.force_login(walk.amina)
    assert client.post(f"/desk/observations/{told.pk}/take-in").status_code == 404
    client.force_login(walk.cora)
    page = client.get(f"/desk/tours/{walk.tour.slug}/notes/").content.decode()
    assert "neighbour" in page and CONTACT in page


def test_the_tours_page_says_how_much_is_to_read(client, walk, told, visit):
    client.force_login(walk.cora)
    page = client.get(f"/desk/tours/{walk.tour.slug}/").content.decode()
    assert "1 to read" in page and "1 without a summary" in page


def test_an_empty_note_field_keeps_it_private_all_the_same(walk, phone):
    kept(phone.send(note(kind="experience", words="Psst", note={})))
    assert not Finding.objects.exists() and len(queries.private_notes(walk.tour)) == 1


def test_a_spoken_private_note_is_heard_by_the_coordinator_alone(client, walk, phone, told):
    voice = uuid.uuid4()
    phone.send_photo(b"OggS" + bytes(50), voice, of=told.pk, content_type="audio/ogg")
    for person, status in ((walk.amina, 404), (walk.cora, 200)):
        client.force_login(person)
        assert client.get(f"/desk/voices/{voice}").status_code == status


def test_the_coordinator_may_take_it_up_and_it_stays_private(client, walk, told):
    client.force_login(walk.cora)
    client.post(f"/desk/observations/{told.pk}/take-in")
    assert Finding.objects.get(observation=told).is_sensitive


def test_contact_and_phone_are_forgotten_and_the_receipt_stays(walk, phone, told):
    phone.send(note(kind="experience", about_you={"here": "lives"}))
    walk.tour.state, walk.tour.reported_at = "reported", NOON - timedelta(days=31)
    walk.tour.save()
    operations.forget_walkers(now=NOON)
    told.refresh_from_db()
    assert told.answers == {} and bytes(told.body) == b"" and told.device is None
    assert told.words == "It is my neighbour" and told.sha256
    assert Observation.objects.get(form=Form.ABOUT_YOU).device is None


# -- me too -------------------------------------------------------------------------------------


def others(phone):
    return phone.client.get("/api/field/findings", headers=phone.headers).json()["findings"]


@pytest.fixture
def neighbour(walk):
    return make_phone(walk.tour)


def test_what_is_private_merged_or_declined_is_not_shown_to_the_others(walk, phone, neighbour):
    for fields in ({"private": True}, {"category": "ROU"}, {"shop": {"kind": "corner"}}):
        phone.send(note(words="Hidden", **fields))
    [shown, same, declined] = (
        Finding.objects.get(observation=kept(phone.send(note(words=words))))
        for words in ("A lamp is out", "No light", "Too many gulls")
    )
    operations.merge(same, shown, by=walk.cora)
    operations.decline(declined, "They live here", by=walk.cora)
    assert [one["title"] for one in others(neighbour)] == ["A lamp is out"]


def test_me_too_counts_each_phone_once_and_nobody_for_their_own(walk, phone, neighbour):
    name = uuid.uuid4()
    phone.send(note(words="A lamp is out"), name)
    for who in (phone, neighbour, neighbour, make_phone(walk.tour)):
        who.send(note(kind="experience", me_too=str(name)))
    [finding] = Finding.objects.all()
    assert queries.me_toos([finding]) == {finding.pk: 2}
    assert others(neighbour) == [
        {"uuid": str(name), "title": "A lamp is out", "category": None, "stop": None,
         "mine": False, "others": 2}
    ]  # fmt: skip
    assert others(phone)[0]["mine"]


def test_me_too_goes_on_to_what_the_walker_corrected_it_into(walk, phone, neighbour):
    name = uuid.uuid4()
    phone.send(note(words="A lapm is out"), name)
    neighbour.send(note(kind="experience", me_too=str(name)))
    phone.send(note(words="A lamp is out", corrects=str(name)))
    [finding] = Finding.objects.all()
    assert finding.title == "A lamp is out" and queries.me_toos([finding]) == {finding.pk: 1}


def test_me_too_to_nothing_that_is_known_is_kept_and_counts_nowhere(walk, phone):
    record = kept(phone.send(note(kind="experience", me_too=str(uuid.uuid4()))))
    assert record.set_aside == "" and not Finding.objects.exists()


def test_me_too_to_no_uuid_is_set_aside(phone):
    record = kept(phone.send(note(kind="experience", me_too="that one")))
    assert "me too" in record.set_aside
