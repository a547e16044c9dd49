"""What anyone may read, and above all what nobody may."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.town import NOW

from studytours.actions.models import Action, Evidence
from studytours.actions.operations import agree_action
from studytours.areas.operations import change_area
from studytours.fieldwork import operations as fieldwork
from studytours.fieldwork.models import Finding, Photo
from studytours.reportback import queries
from studytours.tours.models import Tour


def everything_public(client):
    """The text of every public page of the town, found by following links from the first page."""
    seen, texts, waiting = set(), [], ["/"]
    while waiting:
        url = waiting.pop()
        if url in seen or not url.startswith(
            ("/areas", "/tours", "/actions", "/measures", "/?", "/")
        ):
            continue
        if url.startswith(("/desk", "/mine", "/account", "/static", "/w/", "/walk", "/api")):
            continue
        seen.add(url)
        response = client.get(url)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            text = response.content.decode()
            texts.append(text)
            waiting += [part.split('"')[0].split("#")[0] for part in text.split('href="')[1:]]
    assert len(seen) > 10
    return "\n".join(texts)


def test_a_private_finding_is_on_no_public_page(client, town):
    private = Finding.objects.filter(decision="private").first()
    assert private.title == "Someone may be sleeping behind the garages and need help."
    assert "sleeping behind the garages" not in everything_public(client)


def test_an_action_that_answers_a_finding_made_sensitive_later_disappears(client, town):
    action = Action.objects.get(title__startswith="Mend the latch")
    assert client.get(action.get_absolute_url()).status_code == 200
    fieldwork.keep_private(action.findings.get(), by=town.amina)
    assert client.get(action.get_absolute_url()).status_code == 404
    assert action.title not in everything_public(client)


def test_an_action_does_not_name_a_private_one_that_replaced_it(client, town):
    old = Action.objects.get(title__startswith="Mend the latch")
    secret = agree_action(
        area=town.osier, title="Move the family at number 7", owner=town.bodies["council"],
        due=NOW.date(), public=False, by=town.amina, now=NOW,
    )  # fmt: skip
    Action.objects.filter(pk=old.pk).update(state="superseded", superseded_by=secret)
    text = client.get(old.get_absolute_url()).content.decode()
    assert secret.title not in text and secret.ref not in text
    Action.objects.filter(pk=secret.pk).update(is_public=True)
    assert secret.title in client.get(old.get_absolute_url()).content.decode()


def test_an_action_names_neither_a_tour_nor_a_finding_that_is_kept_back(client, town):
    action = Action.objects.get(title__startswith="Mend the latch")
    finding = action.findings.get()
    Tour.objects.filter(pk=town.walked.pk).update(title="Hidden walk", is_public=False)
    Finding.objects.filter(pk=finding.pk).update(title="Hidden words")
    text = client.get(action.get_absolute_url()).content.decode()
    assert "Hidden" not in text
    Tour.objects.filter(pk=town.walked.pk).update(is_public=True)
    text = client.get(action.get_absolute_url()).content.decode()
    assert "Hidden walk" in text and "Hidden words" in text


def test_an_action_whose_finding_was_merged_into_a_private_one_disappears(client, town):
    action = Action.objects.get(title__startswith="Mend the latch")
    finding = action.findings.get()
    private = Finding.objects.filter(tour=finding.tour, decision="private").first()
    fieldwork.merge(finding, private, by=town.amina)
    assert client.get(action.get_absolute_url()).status_code == 404
    assert action.title not in everything_public(client)


def test_names_of_people_are_on_no_public_page(client, town):
    text = everything_public(client)
    for name in ("Sam", "Example coordinator", "Highways records desk", "@studytours.example"):
        assert name not in text


def test_a_key_holder_is_on_no_public_page(client, town):
    assert "Gate wardens" not in everything_public(client).replace(
        "Keys given to the gate wardens", ""
    )


def test_a_draft_and_a_cancelled_tour_are_not_found(client, town):
    for state in (Tour.State.DRAFT, Tour.State.CANCELLED):
        Tour.objects.filter(pk=town.coming_tour.pk).update(state=state)
        assert client.get(town.coming_tour.get_absolute_url()).status_code == 404


def test_findings_wait_until_the_tour_has_reported(client, town):
    Tour.objects.filter(pk=town.walked.pk).update(state=Tour.State.DEBRIEF)
    assert (
        "The bushes by the steps" not in client.get(town.walked.get_absolute_url()).content.decode()
    )


def test_an_area_that_is_not_public_takes_its_tours_and_actions_along(client, town):
    action = Action.objects.filter(area=town.osier).first()
    change_area(town.osier, is_public=False, by=town.amina)
    for url in (
        town.osier.get_absolute_url(),
        town.walked.get_absolute_url(),
        action.get_absolute_url(),
    ):
        assert client.get(url).status_code == 404
    assert "Osier Rows" not in everything_public(client)


def test_a_photo_nobody_looked_at_is_not_served(client, town):
    photo = Photo.objects.exclude(published_at=None).first()
    url = reverse("photo", args=[photo.uuid])
    assert client.get(url).status_code == 200
    fieldwork.unpublish_photo(photo, by=town.amina)
    assert client.get(url).status_code == 404


def test_a_picture_of_work_nobody_looked_at_is_not_served(client, town):
    picture = Evidence.objects.exclude(published_at=None).first()
    url = reverse("evidence", args=[picture.pk])
    assert client.get(url).status_code == 200
    Evidence.objects.filter(pk=picture.pk).update(published_at=None)
    assert client.get(url).status_code == 404


def test_every_public_page_answers_what_who_by_when_what_happened(client, town):
    for url in (town.osier.get_absolute_url(), town.walked.get_absolute_url(), "/actions/"):
        text = client.get(url).content.decode()
        assert "Mend the latch and fit new locks on the alley gates" in text, url
        assert "Seabank Homes" in text and "Confirmed" in text, url
        assert "<dt>Who</dt>" in text and "<dt>By when</dt>" in text, url


def test_done_is_never_called_fixed(client, town):
    action = Action.objects.get(title__startswith="Mend the latch")
    Action.objects.filter(pk=action.pk).update(state="done")
    text = client.get(action.get_absolute_url()).content.decode()
    assert "The owner says it is done. The office has not checked it yet." in text
    assert "2 say it is fixed" in text and "1 say it is partly fixed" in text


def test_a_declined_finding_is_shown_with_its_reason(client, town):
    text = client.get(town.walked.get_absolute_url()).content.decode()
    assert "The wall is to come down next year" in text


def test_several_people_saw_it_is_said(client, town):
    assert "3 people saw it" in client.get(town.walked.get_absolute_url()).content.decode()


def test_no_public_page_asks_more_of_the_database_when_there_is_more_to_show(client, town):
    action = Action.objects.get(title__startswith="Mend the latch")
    pages = [
        "/", "/areas/", "/tours/", "/actions/", "/measures/M-0001/", action.get_absolute_url(),
        town.osier.get_absolute_url(), town.walked.get_absolute_url(),
    ]  # fmt: skip
    first = {page: queries_of(client, page) for page in pages}
    for n in range(12):
        agree_action(
            area=town.osier, tour=town.walked, findings=[action.findings.get()],
            title=f"And thing {n}", owner=town.bodies["homes"], due=NOW.date(),
            by=town.amina, now=NOW,
        )  # fmt: skip
    assert "And thing 11" in client.get("/actions/").content.decode()
    assert {page: queries_of(client, page) for page in pages} == first


def queries_of(client, page):
    with CaptureQueriesContext(connection) as taken:
        assert client.get(page).status_code == 200
    return len(taken)


def test_the_tour_page_needs_as_many_queries_for_one_finding_as_for_all(client, town):
    url = town.walked.get_absolute_url()
    many = queries_of(client, url)
    Finding.objects.filter(tour=town.walked).exclude(title__contains="latch").update(
        decision="open", merged_into=None
    )
    assert queries_of(client, url) == many


def test_the_tally_counts_each_promise_once(town):
    shown = queries.promises(queries.public_actions().filter(area=town.osier))
    assert sum(number for _, number in queries.tally(shown)) <= len(shown)
    assert {promise.action.state for promise in shown} >= {"confirmed", "deferred", "declined"}


def test_pictures_in_lists_are_small_ones(client, town):
    picture = Evidence.objects.exclude(published_at=None).first()
    url = reverse("evidence", args=[picture.pk])
    assert f'src="{url}?small"' in client.get(town.osier.get_absolute_url()).content.decode()
    whole, small = (len(client.get(address).content) for address in (url, f"{url}?small"))
    assert small < whole / 2


def test_what_maps_fetch_names_the_area_and_the_stops_and_nothing_else(client, town):
    outline = client.get(reverse("area_geojson", args=[town.osier.slug])).json()["features"]
    route = client.get(reverse("tour_geojson", args=[town.walked.slug])).json()["features"]
    assert [feature["properties"] for feature in outline] == [{"label": "Osier Rows"}]
    stops = [{"number": stop.number, "label": stop.name} for stop in town.walked.stops.all()]
    assert [feature["properties"] for feature in route] == [*stops, {}]
