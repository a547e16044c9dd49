"""The public address of the base map's lines."""

import pytest
from tests.streets.maps import a_map

pytestmark = pytest.mark.django_db
VIEW = "/streets/-0.73,52.29,-0.69,52.32.geojson"


@pytest.mark.parametrize(
    "where",
    ["1,2,3", "a,b,c,d", "nan,nan,nan,nan", "-0.7,52.3,-0.8,52.4", "-0.7,52.3,-0.6,inf",
     "-9,49.6,2,60", "100,0,101,1"],
)  # fmt: skip
def test_a_view_that_makes_no_sense_is_not_found(client, where):
    assert client.get(f"/streets/{where}.geojson").status_code == 404


def test_it_cannot_be_posted_to(client):
    assert client.post(VIEW).status_code == 405


def test_anyone_may_read_the_lines_and_keep_them(client, street_map):
    answer = client.get(VIEW)
    assert len(answer.json()["features"]) == 4
    assert "OpenStreetMap" in answer.json()["attribution"]
    assert "public" in answer.headers["Cache-Control"]
    again = client.get(VIEW, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_etag_changes_with_the_street_map(client, street_map):
    first = client.get(VIEW).headers["ETag"]
    a_map(sha256="c" * 64)
    assert client.get(VIEW).headers["ETag"] != first
