"""What a tour decides: nobody's decision is written over, nothing merges in a circle."""

import pytest

from studytours.areas.models import Area
from studytours.core.errors import Refused
from studytours.fieldwork import operations
from studytours.fieldwork.models import Category, Finding
from studytours.fieldwork.places import coarse, in_words
from studytours.fieldwork.queries import is_public

from .conftest import NOON, make_another, note, report


def seen(walk, words="Dark here", **fields):
    fields = {"kind": "problem", "category": "LIT", **fields}
    return operations.desk_observation(
        walk.tour, words=words, by=walk.cora, now=NOON, **fields
    ).finding


def test_a_finding_cannot_be_merged_with_itself(walk):
    one, two = seen(walk), seen(walk)
    with pytest.raises(Refused, match="itself"):
        operations.merge(one, one, by=walk.cora)
    operations.merge(two, one, by=walk.cora)
    with pytest.raises(Refused, match="itself"):
        operations.merge(one, two, by=walk.cora)


def test_findings_of_two_tours_cannot_be_merged(walk):
    other = make_another(walk)
    with pytest.raises(Refused, match="another tour"):
        operations.merge(seen(walk), seen(other), by=walk.cora)


def test_merging_into_a_merged_finding_follows_to_the_one_that_speaks(walk):
    one, two, three = seen(walk), seen(walk), seen(walk)
    operations.merge(two, one, by=walk.cora)
    assert operations.merge(three, two, by=walk.cora).merged_into == one
    assert three.observation_id != one.observation_id


def test_those_merged_into_a_finding_go_along_when_it_is_merged(walk):
    one, two, three = seen(walk), seen(walk), seen(walk)
    operations.merge(three, two, by=walk.cora)
    operations.merge(two, one, by=walk.cora)
    assert set(one.merged.all()) == {two, three}


def test_a_decided_finding_is_opened_again_before_it_is_decided_otherwise(walk):
    finding = operations.decline(seen(walk), "It is private land.", by=walk.cora, now=NOON)
    with pytest.raises(Refused, match="decided already"):
        operations.accept(finding, by=walk.cora)
    stale = Finding.objects.get()
    operations.reopen(finding, by=walk.cora)
    assert operations.accept(stale, title="Light the path", by=walk.cora).title == "Light the path"
    assert (stale.reason, stale.decided_by) == ("", walk.cora)


def test_a_refusal_to_act_needs_a_reason(walk):
    with pytest.raises(Refused, match="Say why"):
        operations.decline(seen(walk), "  ", by=walk.cora)


@pytest.mark.parametrize("title", [" ", "x" * 201])
def test_a_title_is_one_line_of_some_length(walk, title):
    finding = seen(walk)
    if title.isspace():
        finding.title = ""
    with pytest.raises(Refused, match="title"):
        operations.accept(finding, title=title, by=walk.cora)


def test_a_private_finding_is_not_merged_into_one_that_the_room_sees(walk):
    private, open_one = seen(walk, category="ROU"), seen(walk)
    with pytest.raises(Refused, match="is private"):
        operations.merge(private, open_one, by=walk.cora)
    assert operations.merge(open_one, private, by=walk.cora).merged_into == private


@pytest.mark.parametrize("said", [True, "true", 1])
def test_a_private_note_that_came_late_is_still_private_when_taken_in(walk, phone, said):
    report(walk.tour)
    phone.send(note(words="It is my own home", private=said))
    finding = operations.take_in(walk.tour.observations.get(), by=walk.cora)
    assert finding.is_sensitive and not is_public(operations.accept(finding, by=walk.cora))


def test_a_merged_finding_that_becomes_sensitive_stands_for_itself_again(walk):
    one, two = seen(walk), seen(walk)
    operations.merge(two, one, by=walk.cora)
    operations.mark_sensitive(two, True, by=walk.cora)
    assert (two.decision, two.merged_into) == ("open", None)


def test_what_was_merged_into_a_private_finding_is_in_no_list_of_an_analyst(walk, client):
    one, two = seen(walk, "The bush"), seen(walk, "The same bush")
    operations.merge(two, one, by=walk.cora)
    operations.keep_private(one, by=walk.cora)
    client.force_login(walk.ana)
    page = f"/desk/tours/{walk.tour.slug}/findings/"
    assert "bush" not in client.get(page).content.decode()
    client.force_login(walk.amina)
    assert "The same bush" in client.get(page).content.decode()


def test_the_words_of_a_private_check_stay_out_of_the_measures_log(walk, phone):
    for fields in ({"private": True}, {"category": "ROU"}, {}):
        phone.send(note(kind="measure_check", measure=walk.gate.ref, works="broken",
                        words="Ask Jo at number 7", **fields))  # fmt: skip
    assert [check.words for check in walk.gate.checks.order_by("id")] == [
        "", "", "Ask Jo at number 7",
    ]  # fmt: skip


def test_marking_as_sensitive_leaves_a_decision_made_meanwhile(walk):
    stale = seen(walk)
    operations.accept(Finding.objects.get(), by=walk.cora)
    operations.mark_sensitive(stale, True, by=walk.cora)
    assert Finding.objects.get().decision == "accepted"


def test_a_merged_finding_stands_for_itself_again_when_opened(walk):
    one, two = seen(walk), seen(walk)
    operations.merge(two, one, by=walk.cora)
    assert operations.reopen(two, by=walk.cora).merged_into is None


def test_an_open_finding_need_not_be_opened(walk):
    with pytest.raises(Refused):
        operations.reopen(seen(walk), by=walk.cora)


def test_votes_are_counted_one_by_one(walk):
    finding = seen(walk)
    stale = Finding.objects.get()
    operations.vote(finding, by=walk.cora)
    assert operations.vote(stale, by=walk.cora).votes == 2


def test_references_run_on(walk):
    refs = [seen(walk).ref for _ in range(3)]
    assert len(set(refs)) == 3 and all(ref.startswith("F-") and len(ref) == 6 for ref in refs)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("", "Poor or broken lighting"),
        ("a  b\nc", "a b c"),
        ("dark " * 100, None),
        ("x" * 300, None),
    ],
)
def test_the_title_is_the_walkers_words_in_one_line(walk, words, title):
    finding = seen(walk, words)
    assert finding.title == title or (len(finding.title) <= 200 and finding.title.endswith("…"))


def test_nothing_is_public_before_the_tour_has_reported_or_in_an_area_kept_back(walk):
    finding = operations.accept(seen(walk), by=walk.cora)
    assert not is_public(finding)
    report(walk.tour)
    assert is_public(Finding.objects.get())
    Area.objects.update(is_public=False)
    assert not is_public(Finding.objects.get())


def test_what_is_public(walk):
    report(walk.tour)
    finding = seen(walk)
    assert not is_public(finding)
    assert is_public(operations.accept(finding, by=walk.cora))
    twin = operations.merge(seen(walk), finding, by=walk.cora)
    assert is_public(twin)
    operations.mark_sensitive(finding, True, by=walk.cora)
    assert not is_public(finding)
    assert not is_public(Finding.objects.get(pk=twin.pk))
    declined = operations.decline(seen(walk), "Private land", by=walk.cora)
    assert is_public(declined)
    assert not is_public(operations.keep_private(seen(walk), by=walk.cora))


def test_a_sensitive_category_cannot_be_made_public(walk):
    with pytest.raises(Refused, match="always kept off"):
        operations.mark_sensitive(seen(walk, category="ROU"), False, by=walk.cora)


def test_a_sensitive_place_is_only_shown_roughly(walk):
    place = {"lat": 52.30417, "lon": -0.71753}
    rough = seen(walk, category="ROU", place=place)
    lat, lon = coarse(52.30417, -0.71753)
    assert (lat, lon) != (52.30417, -0.71753)
    assert abs(lat - 52.30417) < 0.0008 and abs(lon + 0.71753) < 0.0012
    assert coarse(lat, lon) == (lat, lon)  # nothing is learnt by asking twice
    said = in_words(rough.observation, {}, roughly=True)
    assert said == f"Within about 100 m of {lat:.3f}, {lon:.3f}"


def test_places_are_said_as_people_say_them(walk):
    stops = {stop.pk: stop for stop in walk.tour.stops.all()}
    ids = list(stops)

    def said(**fields):
        return in_words(seen(walk, **fields).observation, stops)

    assert said(place={"between": ids}) == "Between stop 1 and stop 2"
    assert said(stop=walk.garages) == "Stop 1, Garages"
    assert said(place={"street": "Mill Lane", "near": "the shop"}) == "Mill Lane, near the shop"
    assert said(place={"lat": 52.304, "lon": -0.7175}) == "52.30400, -0.71750"
    assert said() == ""


def test_twenty_one_categories_do_not_fit_on_a_phone(walk):
    extra = [
        Category(code=f"X{n:02}", label="More", icon="dots", order=50 + n) for n in range(1, 3)
    ]
    Category.objects.bulk_create(extra)  # 21 active
    with pytest.raises(Refused, match="At most 20"):
        operations.change_category(extra[0], label="A", default_remit="", is_active=True, by=None)
    operations.change_category(extra[0], label="A", default_remit="", is_active=False, by=None)


def test_the_last_category_stays(walk):
    Category.objects.exclude(code="OTH").update(is_active=False)
    other = Category.objects.get(code="OTH")
    with pytest.raises(Refused, match="must stay"):
        operations.change_category(other, label="A", default_remit="", is_active=False, by=None)


def test_seeding_again_changes_nothing_that_was_edited(walk):
    lamp = Category.objects.get(code="LIT")
    operations.change_category(
        lamp, label="Dark places", default_remit="lighting", is_active=True, by=walk.cora
    )
    operations.seed_categories()
    assert Category.objects.get(code="LIT").label == "Dark places"
    assert Category.objects.count() == 19
