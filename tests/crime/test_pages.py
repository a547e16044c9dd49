"""The archive on the desk, without JavaScript."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.crime.streets import month_file, write_zip

from studytours.crime import operations
from studytours.crime.models import CrimeImport, ForceMonth
from studytours.partners.operations import create_person

pytestmark = pytest.mark.django_db
ARCHIVE = "/desk/crime/"


@pytest.fixture
def sign_in(client):
    """sign_in(role) → a client signed in as someone with that role."""

    def enter(role):
        person = create_person(email=f"{role}@example.org", name=role.title(), role=role)
        client.force_login(person)
        return client

    return enter


def zip_upload(tmp_path, *members, name="crimes.zip"):
    return SimpleUploadedFile(name, write_zip(tmp_path / "made.zip", *members).read_bytes())


def post_and_run(client, url, data, callbacks):
    with callbacks(execute=True):
        return client.post(url, data)


def test_a_stranger_is_sent_to_sign_in(client):
    assert client.get(ARCHIVE).url.startswith("/account/login/")


def test_the_archive_is_for_the_desk(sign_in):
    assert sign_in("leader").get(ARCHIVE).status_code == 403


def test_an_analyst_reads_and_may_not_import(sign_in, tmp_path):
    client = sign_in("analyst")
    page = client.get(ARCHIVE)
    assert page.status_code == 200
    assert b'<button class="govuk-button">Import' not in page.content
    upload = {"file": zip_upload(tmp_path, month_file())}
    assert client.post(reverse("desk_crime_upload"), upload).status_code == 403
    assert client.post(reverse("desk_crime_download"), {}).status_code == 403


def test_a_form_is_not_a_page(sign_in):
    assert sign_in("coordinator").get(reverse("desk_crime_upload")).status_code == 405


def test_no_file_at_all_is_said_on_the_form(sign_in):
    page = sign_in("coordinator").post(reverse("desk_crime_upload"), {})
    assert page.status_code == 400
    assert b"<title>Error: " in page.content
    assert b'href="#upload_file"' in page.content


def test_a_file_of_another_kind_is_said_on_the_form(sign_in):
    page = sign_in("coordinator").post(
        reverse("desk_crime_upload"), {"file": SimpleUploadedFile("crimes.pdf", b"x")}
    )
    assert b"ends in .zip or .csv" in page.content
    assert not CrimeImport.objects.exists()


def test_a_refused_file_shows_why_and_leaves_nothing_behind(
    sign_in, tmp_path, settings, django_capture_on_commit_callbacks
):
    client = sign_in("coordinator")
    upload = {"file": SimpleUploadedFile("2025-01-kent-street.csv", b"a,b\n")}
    url = post_and_run(
        client, reverse("desk_crime_upload"), upload, django_capture_on_commit_callbacks
    ).url
    page = client.get(url).content.decode()
    assert "This file was refused" in page
    assert "2025-01-kent-street.csv, row 1, column “Crime ID”" in page
    assert not any(settings.UPLOADS.iterdir())


def test_an_uploaded_zip_is_imported_with_a_report_that_is_kept(
    sign_in, tmp_path, settings, django_capture_on_commit_callbacks
):
    client = sign_in("coordinator")
    upload = {"file": zip_upload(tmp_path, month_file("2025-01"), month_file("2025-03"))}
    answer = post_and_run(
        client, reverse("desk_crime_upload"), upload, django_capture_on_commit_callbacks
    )
    page = client.get(answer.url).content.decode()
    assert "6 rows in 2 files" in page
    assert "Missing in Northamptonshire: February 2025." in page
    assert "http-equiv" not in page
    archive = client.get(ARCHIVE).content.decode()
    assert "February 2025" in archive
    assert "crimes.zip" in archive
    assert "Coordinator" in archive
    assert not any(settings.UPLOADS.iterdir())


def test_a_form_posted_twice_imports_once(sign_in, tmp_path, django_capture_on_commit_callbacks):
    client = sign_in("coordinator")
    key = re.search(r'name="form_key" value="([^"]+)"', client.get(ARCHIVE).content.decode())[1]
    places = [
        post_and_run(
            client,
            reverse("desk_crime_upload"),
            {"file": zip_upload(tmp_path, month_file()), "form_key": key},
            django_capture_on_commit_callbacks,
        ).url
        for _ in range(2)
    ]
    assert places[0] == places[1]
    assert CrimeImport.objects.count() == 1


def test_a_running_import_shows_how_far_it_is_and_reloads_without_javascript(sign_in):
    running = CrimeImport.objects.create(
        source="big.zip",
        state="running",
        progress=42,
        doing="Read kent 2025-01",
        started_at="2026-01-01T10:00Z",
    )
    page = sign_in("analyst").get(reverse("desk_crime_import", args=[running.pk]))
    content = page.content.decode()
    assert 'value="42"' in content
    assert "42 %: Read kent 2025-01" in content
    assert '<noscript><meta http-equiv="refresh"' in content


def test_an_import_that_is_not_there_is_not_found(sign_in):
    assert sign_in("analyst").get(reverse("desk_crime_import", args=[99])).status_code == 404


def test_a_download_of_what_is_no_month_is_said_on_the_form(sign_in):
    wish = {"force": "kent", "first": "spring", "last": "2025-03"}
    page = sign_in("coordinator").post(reverse("desk_crime_download"), wish)
    assert page.status_code == 400
    assert "“spring” is not a month" in page.content.decode()


def test_a_download_is_ordered_from_the_official_site(
    sign_in, monkeypatch, django_capture_on_commit_callbacks
):
    ordered = []
    monkeypatch.setattr(operations, "run_download", lambda one, **wish: ordered.append(wish))
    wish = {"force": "kent", "first": "2025-01", "last": "2025-03"}
    answer = post_and_run(
        sign_in("coordinator"),
        reverse("desk_crime_download"),
        wish,
        django_capture_on_commit_callbacks,
    )
    assert ordered == [wish]
    assert CrimeImport.objects.get().source == "Kent, 2025-01 to 2025-03, downloaded"
    assert answer.status_code == 302


def test_the_archive_takes_the_same_number_of_queries_whatever_it_holds(
    sign_in, importing, django_assert_max_num_queries
):
    client = sign_in("coordinator")
    for number in range(1, 10):
        importing(month_file(f"2025-0{number}", 1), month_file(f"2025-0{number}", 1, "kent"))
    assert ForceMonth.objects.count() == 18
    with django_assert_max_num_queries(9):
        assert client.get(ARCHIVE).status_code == 200
