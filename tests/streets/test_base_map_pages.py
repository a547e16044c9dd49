"""Serving the base map: parts of a file, the whole of it, or nothing new."""

import pytest
from tests.streets.maps import a_map

from studytours.streets import base_map
from studytours.streets.queries import base_maps

pytestmark = pytest.mark.django_db
CONTENT = bytes(range(256)) * 4


@pytest.fixture
def tiles(street_map):
    """Something to serve in place of tiles: every byte tells where it stood."""
    base_map.folder().mkdir(parents=True)
    base_map.file_of(street_map.sha256).write_bytes(CONTENT)
    return f"/streets/{street_map.pk}.pmtiles"


def part(client, address, wanted, **headers):
    answer = client.get(address, headers={"Range": wanted, **headers})
    return answer.status_code, b"".join(answer), answer.headers.get("Content-Range")


@pytest.mark.parametrize("wanted", ["bytes=1024-", "bytes=5000-6000", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(client, tiles, wanted):
    assert part(client, tiles, wanted) == (416, b"", "bytes */1024")


@pytest.mark.parametrize(
    "wanted", ["bytes=9-2", "bytes=", "bytes=a-b", "pages=1-2", "bytes=0-1,4-5"]
)
def test_a_wish_that_makes_no_sense_gets_the_whole(client, tiles, wanted):
    assert part(client, tiles, wanted) == (200, CONTENT, None)


@pytest.mark.parametrize(
    "wanted, first, last",
    [("bytes=0-0", 0, 0), ("bytes=10-19", 10, 19), ("bytes=1000-", 1000, 1023),
     ("bytes=-24", 1000, 1023), ("bytes=0-99999", 0, 1023), ("bytes=-99999", 0, 1023)],
)  # fmt: skip
def test_a_part_comes_as_it_lies_in_the_file(client, tiles, wanted, first, last):
    status, body, told = part(client, tiles, wanted)
    assert (status, told) == (206, f"bytes {first}-{last}/1024")
    assert body == CONTENT[first : last + 1]


def test_a_part_is_not_compressed_whatever_the_browser_takes(client, tiles):
    wanted = {"Range": "bytes=0-999", "Accept-Encoding": "gzip"}
    answer = client.get(tiles, headers=wanted)
    assert b"".join(answer) == CONTENT[:1000]
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["Content-Length"] == "1000"


def test_the_rest_of_what_a_browser_keeps_is_sent_only_of_the_same_drawing(client, tiles):
    etag = client.get(tiles).headers["ETag"]
    assert part(client, tiles, "bytes=500-", **{"If-Range": etag})[0] == 206
    assert part(client, tiles, "bytes=500-", **{"If-Range": '"another"'})[:2] == (200, CONTENT)


def test_what_has_not_changed_is_not_sent_again(client, tiles):
    first = client.get(tiles)
    again = client.get(tiles, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "immutable" in again.headers["Cache-Control"]


def test_only_the_head_can_be_asked_for(client, tiles):
    answer = client.head(tiles)
    assert answer.headers["Content-Length"] == "1024"
    assert answer.headers["Content-Type"] == "application/vnd.pmtiles"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert b"".join(answer) == b""


def test_it_cannot_be_posted_to(client, tiles):
    assert client.post(tiles).status_code == 405
    assert client.post("/streets/base-maps.json").status_code == 405


def test_a_street_map_without_tiles_or_none_at_all_is_not_found(client, street_map):
    assert client.get(f"/streets/{street_map.pk}.pmtiles").status_code == 404
    assert client.get("/streets/9999.pmtiles").status_code == 404


def test_the_list_names_what_is_drawn_and_whose_it_is(client, tiles, street_map):
    one = client.get("/streets/base-maps.json").json()["maps"][0]
    assert one["url"].startswith(tiles)
    assert one["bounds"] == list(street_map.bounds)
    assert one["attribution"] == "© OpenStreetMap contributors"
    assert client.get(one["url"]).status_code == 200


def test_the_list_is_empty_without_tiles(client, street_map):
    assert client.get("/streets/base-maps.json").json() == {"maps": []}


def test_a_newer_drawing_has_another_address(client, tiles, street_map):
    first = client.get("/streets/base-maps.json").json()["maps"][0]["url"]
    base_map.file_of(street_map.sha256).write_bytes(CONTENT * 2)
    assert client.get("/streets/base-maps.json").json()["maps"][0]["url"] != first


def test_a_map_that_a_newer_one_replaced_is_not_listed(tiles):
    a_map(sha256="b" * 64)
    assert base_maps() == []


def test_what_is_invented_says_so(client, street_map):
    invented = a_map(sha256="e" * 64, licence="MIT")
    base_map.folder().mkdir(parents=True)
    base_map.file_of(invented.sha256).write_bytes(CONTENT)
    listed = client.get("/streets/base-maps.json").json()["maps"]
    assert [one["attribution"] for one in listed] == ["All invented"]
