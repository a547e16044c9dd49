"""The first page: what got done, with a picture from before beside it."""

from studytours.fieldwork import operations as fieldwork
from studytours.fieldwork.models import Finding, Photo
from studytours.reportback import queries


def shown(client):
    return client.get("/").content.decode()


def test_done_work_stands_beside_what_walkers_saw(client, town):
    [latch] = [p for p in queries.work_done() if p.action.title.startswith("Mend the latch")]
    assert latch.before.observation == latch.action.findings.get().observation_id
    page = shown(client)
    assert f"/photos/{latch.before.uuid}.jpg?small" in page
    assert "<figcaption>Before</figcaption>" in page and "<figcaption>After</figcaption>" in page


def test_a_photo_nobody_looked_at_is_not_beside_it(client, town):
    for photo in Photo.objects.exclude(published_at=None):
        fieldwork.unpublish_photo(photo, by=town.amina)
    assert all(promise.before is None for promise in queries.work_done())
    assert "<figcaption>" not in shown(client)


def test_work_on_a_finding_made_private_is_not_on_it(client, town):
    for finding in Finding.objects.filter(decision="accepted"):
        fieldwork.keep_private(finding, by=town.amina)
    assert queries.work_done() == []
    assert "What got done" not in shown(client)


def test_a_walk_that_is_open_comes_before_the_next(client, town):
    page = shown(client)
    assert "Walks now and next" in page
    assert page.index(town.open_walk.title) < page.index(town.coming_tour.title)
