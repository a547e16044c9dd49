"""Put right during the walk: who did it, and whether that is their work."""

import pytest

from studytours.actions.operations import done_on_the_spot, set_remit, update_action
from studytours.core.errors import Refused
from studytours.fieldwork.models import Observation
from studytours.fieldwork.taxonomy import CATEGORIES, WORK_OF
from studytours.measures.operations import register_measure
from studytours.partners.operations import create_organisation
from studytours.partners.works import BY_KEY
from studytours.tours.models import Invitation

from .conftest import NOON, note


@pytest.fixture
def homes(walk):
    return create_organisation(name="Seabank Homes", kind="landlord", looks_after="its homes")


@pytest.fixture
def council(walk):
    return create_organisation(
        name="Saltmere Council", kind="council", looks_after="street lighting, hedges"
    )


def put_right(phone, **fields):
    said = {"done_now": "Cut it back", **fields}
    return Observation.objects.get(uuid=phone.send(note(**said)).json()["accepted"])


def test_odd_organisations_give_a_note_or_stay_in_words_and_are_never_refused(phone, homes):
    odd = put_right(phone, category="VEG", done_by=["seabank-homes"])
    assert odd.done_by is None and "organisation that did it was not text" in odd.set_aside
    long = put_right(phone, category="VEG", done_by="The allotment club " * 20)
    assert long.done_by_words.startswith("The allotment club") and len(long.done_by_words) == 120
    assert "(to be checked)" in long.spot_words and not long.set_aside


def test_who_did_nothing_did_not_do_it(phone, homes):
    phone.send(note(category="VEG", words="A hedge", done_by=homes.slug))
    seen = Observation.objects.get()
    assert seen.done_by is None and seen.spot_words == ""


def test_the_server_decides_whose_work_it_is(phone, homes, council):
    inside = put_right(phone, category="VEG", done_by=council.slug, done_in_remit=False)
    assert inside.done_by == council and inside.done_in_remit is True
    assert inside.spot_words == "Done on the spot by Saltmere Council (in their remit)"
    outside = put_right(phone, category="VEG", done_by=homes.slug, done_in_remit=True)
    assert outside.done_in_remit is False
    assert outside.spot_words.endswith("(outside their remit: to be checked)")


def test_where_nobody_answers_for_it_nobody_is_told_that_it_is_not_theirs(phone, homes):
    for category in ("VEG", "OTH", None):
        seen = put_right(phone, category=category, done_by="seabank homes")
        assert seen.done_by == homes and seen.done_in_remit is None


def test_a_remit_that_was_set_counts_in_its_place_only(phone, walk, homes, council):
    set_remit(homes, "VEG", place="Elsewhere Road")
    assert put_right(phone, category="VEG", done_by=homes.slug).done_in_remit is False
    set_remit(homes, "VEG", place="Mill Lane")
    assert put_right(phone, category="VEG", done_by=homes.slug).done_in_remit is True


def test_the_owner_of_a_measure_puts_it_right_in_its_remit(phone, walk, homes, council):
    door = register_measure(
        kind="alley_gate", name="Gate 8", place="x", area=walk.area, owner=homes
    )
    seen = put_right(
        phone, kind="measure_check", works="broken", measure=door.ref, category="VEG",
        done_by=homes.slug,
    )  # fmt: skip
    assert seen.done_in_remit is True


def test_the_pack_names_those_invited_and_those_who_answer_for_something(phone, walk, homes):
    club = create_organisation(name="Allotment club", kind="other")
    away = create_organisation(name="Gone", kind="landlord")
    away.is_active = False
    away.save()
    create_organisation(name="Nobody asked", kind="other")
    Invitation.objects.create(tour=walk.tour, organisation=club, token="x" * 20)
    pack = phone.client.get("/api/field/pack", headers=phone.headers).json()
    assert pack["organisations"] == [
        {"ref": club.slug, "name": "Allotment club", "works": []},
        {"ref": homes.slug, "name": "Seabank Homes", "works": ["homes"]},
    ]
    by_code = {one["code"]: one["work"] for one in pack["categories"]}
    assert by_code["VEG"] == "grounds" and by_code["OTH"] == ""


def test_every_category_is_for_a_kind_of_work_or_for_a_person_to_look_at():
    assert set(WORK_OF.values()) <= set(BY_KEY)
    assert {row[0] for row in CATEGORIES} - set(WORK_OF) == {"OTH"}


def test_it_becomes_an_action_of_who_did_it_only_in_their_remit(phone, walk, homes, council):
    outside = put_right(phone, category="VEG", done_by=homes.slug).finding
    with pytest.raises(Refused, match="never stands without an owner"):
        done_on_the_spot(outside, by=walk.cora, now=NOON)
    inside = put_right(phone, category="VEG", done_by=council.slug).finding
    action = done_on_the_spot(inside, by=walk.cora, now=NOON)
    assert action.owner == council
    assert action.spot_words == "Done on the spot by Saltmere Council (in their remit)"
    checked = done_on_the_spot(outside, homes, by=walk.cora, now=NOON)
    assert "(outside their remit: to be checked)" in checked.spot_words
    update_action(checked, to_state="confirmed", by=walk.cora, now=NOON)
    checked.refresh_from_db()
    assert "(outside their remit: checked)" in checked.spot_words


def test_the_debrief_and_the_list_say_who_did_it(client, phone, walk, homes, council):
    client.force_login(walk.cora)
    put_right(phone, category="VEG", done_by=council.slug)
    put_right(phone, category="LIT", done_by=homes.slug)
    put_right(phone, category="FLY", done_by="The allotment club")
    for page in ("findings", "debrief"):
        text = client.get(f"/desk/tours/{walk.tour.slug}/{page}/").content.decode()
        assert "Done on the spot by Saltmere Council (in their remit)" in text
        assert "Done on the spot by Seabank Homes (outside their remit: to be checked)" in text
        assert "Done on the spot by The allotment club (to be checked)" in text
    assert text.count(f'<option value="{council.pk}" selected>') >= 1


def test_a_row_on_paper_says_it_too(client, walk, council):
    client.force_login(walk.cora)
    row = {
        "sheet": "A",
        "A1-category": "VEG",
        "A1-done_now": "Cut",
        "A1-done_by": "Saltmere Council",
    }
    client.post(f"/desk/tours/{walk.tour.slug}/paper/", row)
    seen = Observation.objects.get()
    assert seen.done_by == council and seen.done_in_remit is True
