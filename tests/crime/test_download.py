"""Downloads against a local server that behaves like the official one, in its bad moods too."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from tests.crime.site import Site
from tests.crime.streets import month_file, write_zip

from studytours.core.errors import Refused, TryLater
from studytours.crime import archive
from studytours.crime.models import CrimeImport, ForceMonth
from studytours.crime.operations import download_crimes
from studytours.crime.operations.downloads import archive_address, zips_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    made = Site()
    yield made
    made.close()


@pytest.fixture
def december(site, tmp_path):
    """A zip of December 2025: two forces, two months, padded so that it can be cut."""
    months = [
        month_file(f"2025-{m}", 400, f) for m in (11, 12) for f in ("northamptonshire", "kent")
    ]
    content = write_zip(tmp_path / "2025-12.zip", *months).read_bytes()
    site.publish("2025-12", content)
    return content


@pytest.fixture
def fetching(site):
    """fetching() → the CrimeImport; the waits it would have made are in fetching.waits."""

    def run(**changed):
        wish = {"force": "northamptonshire", "first": "2025-11", "last": "2025-12"} | changed
        return download_crimes(**wish, base_url=site.url, sleep=run.waits.append)

    run.waits = []
    return run


def test_only_the_force_and_months_asked_for_are_imported(fetching, december):
    report = fetching(first="2025-12").report
    assert (report["force_months"], report["rows"]) == (1, 400)
    assert [str(one) for one in ForceMonth.objects.all()] == ["northamptonshire 2025-12"]
    assert not list((archive.root() / "downloads").iterdir())


def test_a_month_that_is_not_published_is_refused_with_its_name(fetching, december):
    with pytest.raises(Refused, match="no archive of 2026-01") as caught:
        fetching(last="2026-01")
    assert "two months late" in caught.value.cure
    assert CrimeImport.objects.get().state == "refused"


def test_a_force_that_is_not_in_the_archive_is_refused_with_those_that_sound_like_it(
    fetching, december
):
    with pytest.raises(Refused, match="no files of “northampton”") as caught:
        fetching(force="northampton")
    assert caught.value.cure == "Did you mean northamptonshire?"


def test_a_month_that_the_force_has_not_published_is_named(fetching, december):
    with pytest.raises(Refused, match="published nothing for 2025-10"):
        fetching(first="2025-10")
    assert not ForceMonth.objects.exists()


@pytest.mark.parametrize(
    "wish,why",
    [
        ({"first": "2025-13"}, "“2025-13” is not a month"),
        ({"first": "2026-01"}, "is after"),
        ({"force": "../etc"}, "not the short name of a force"),
    ],
)
def test_a_wish_that_cannot_be_is_refused_before_anything_is_asked(fetching, site, wish, why):
    with pytest.raises(Refused, match=why):
        fetching(**wish)
    assert site.asked == []


def test_a_cut_connection_goes_on_where_it_stopped(fetching, site, december):
    site.trouble = [("cut", 3000), ("cut", 2000)]
    assert fetching().report["force_months"] == 2
    assert [asked for _, asked in site.asked] == [None, "bytes=3000-", "bytes=5000-"]
    assert fetching.waits == [1, 1]


def test_what_arrived_is_kept_for_the_next_try(fetching, site, december):
    site.trouble = [("cut", 3000), 500, 500, 500, 500, 500]
    with pytest.raises(TryLater, match="are kept"):
        fetching()
    assert CrimeImport.objects.get().state == "failed"
    assert fetching().report["force_months"] == 2
    assert site.asked[-1][1] == "bytes=3000-"


def test_halves_of_two_versions_are_never_joined(fetching, site, december, tmp_path):
    site.trouble = [("cut", 3000), 500, 500, 500, 500, 500]
    with pytest.raises(TryLater):
        fetching()
    newer = write_zip(tmp_path / "new.zip", month_file("2025-12", 7), month_file("2025-11", 7))
    site.publish("2025-12", newer.read_bytes())
    assert fetching().report["rows"] == 14


def test_a_server_without_ranges_is_asked_for_the_whole_again(fetching, site, december):
    site.ranges = False
    site.trouble = [("cut", 3000)]
    assert fetching().report["force_months"] == 2


def test_a_part_longer_than_the_file_is_thrown_away(fetching, site, december):
    site.trouble = [("cut", 3000), 416]
    assert fetching().report["force_months"] == 2
    assert site.asked[-1][1] is None


def test_429_is_waited_out_as_long_as_the_server_says(fetching, site, december):
    site.trouble = [(429, "7"), 429, (503, "2")]
    assert fetching().report["force_months"] == 2
    assert fetching.waits == [7, 2, 2]


def test_429_with_a_date_is_understood(fetching, site, december):
    site.trouble = [(429, format_datetime(datetime.now(UTC) + timedelta(seconds=60)))]
    fetching()
    assert 50 < fetching.waits[0] <= 60


def test_a_wait_of_hours_is_left_to_the_person(fetching, site, december):
    site.trouble = [(429, "7200")]
    with pytest.raises(TryLater, match="120 minutes"):
        fetching()


def test_a_server_that_stays_busy_is_left_alone_after_five_tries(fetching, site, december):
    site.trouble = [429] * 9
    with pytest.raises(TryLater, match="5 times in a row"):
        fetching()
    assert fetching.waits == [1, 2, 4, 8]


def test_a_server_that_forbids_is_not_asked_again(fetching, site, december):
    site.trouble = [403]
    with pytest.raises(Refused, match="answered 403"):
        fetching()
    assert len(site.asked) == 1


def test_a_damaged_zip_is_fetched_afresh_the_next_time(fetching, site, december):
    site.publish("2025-12", december[:-100])
    with pytest.raises(Refused, match="cut short"):
        fetching()
    site.publish("2025-12", december)
    assert fetching().report["force_months"] == 2


def test_a_long_run_takes_one_zip_for_each_three_years_and_the_newest_copy_counts(
    fetching, site, december, tmp_path
):
    older = write_zip(tmp_path / "o.zip", *(month_file(f"2022-{m:02d}", 5) for m in range(11, 13)))
    site.publish("2022-12", older.read_bytes())
    site.publish("2025-12", _three_years(tmp_path))
    report = fetching(first="2022-11").report
    assert report["force_months"] == 38
    assert report["forces"]["northamptonshire"]["first"] == "2022-11"
    assert len(site.asked) == 2


def _three_years(tmp_path):
    months = [f"{year}-{m:02d}" for year in (2023, 2024, 2025) for m in range(1, 13)]
    return write_zip(tmp_path / "three.zip", *(month_file(m, 1) for m in months)).read_bytes()


def test_the_zips_that_cover_a_run():
    assert zips_for("2023-01", "2025-12") == ["2025-12"]
    assert zips_for("2022-12", "2025-12") == ["2025-12", "2022-12"]
    assert zips_for("2019-01", "2025-12") == ["2025-12", "2022-12", "2019-12"]


def test_a_site_alone_means_its_official_folder():
    assert archive_address("https://example.org/") == "https://example.org/data/archive"
    assert archive_address("https://example.org/mirror/") == "https://example.org/mirror"
    with pytest.raises(Refused):
        archive_address("example.org")
