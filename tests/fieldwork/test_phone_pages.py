"""The pages round the phone app: the code, the shell, and the worker that keeps it."""

import base64
import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest
from django.conf import settings as project
from django.contrib.staticfiles import finders
from django.core.management import call_command

from studytours.partners.operations import set_office
from studytours.tours.models import Tour

from .conftest import NOON

FIELD = project.ROOT / "field"
KINDS = {".js", ".css", ".json", ".png", ".svg"}


def files_of(client):
    script = client.get("/walk/worker.js").content.decode()
    return json.loads(re.search(r"self.FILES = (\[.*?\]);", script, re.S)[1])


def integrity(content):
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()


def test_a_code_that_nobody_gave_out_is_not_found(client, db):
    page = client.get("/w/NEVER1")
    assert page.status_code == 404
    assert "We do not know the code" in page.content.decode()


def test_script_in_a_code_stays_text(client, db):
    page = client.get("/w/%3Cscript%3E")
    assert page.status_code == 404
    assert "<SCRIPT>" not in page.content.decode()


def test_any_text_may_be_typed_as_a_code(client, db):
    for text in ("a/b", "../..", "\n", "é%00", "x" * 5000):
        assert client.get("/w/", {"code": text}, follow=True).status_code in (200, 404)


def test_a_code_that_has_ended_says_that_waiting_notes_are_not_lost(client, ended):
    page = client.get(f"/w/{ended.join_code}")
    assert page.status_code == 410
    assert "They are not lost" in page.content.decode()


def test_codes_cannot_be_guessed_on_the_page(client, db):
    answers = {client.get(f"/w/AAA{number:03}").status_code for number in range(15)}
    assert answers == {404, 429}


def test_a_code_may_be_typed_with_blanks_and_small_letters(client, walk):
    code = walk.tour.join_code
    typed = f"{code[:3]} {code[3:]}".lower()
    page = client.get("/w/", {"code": typed}, follow=True)
    assert page.redirect_chain[-1][0] == f"/w/{code}"
    assert walk.tour.title in page.content.decode()


def test_the_page_asks_for_consent_and_works_as_paper_without_script(client, walk):
    page = client.get(f"/w/{walk.tour.join_code}").content.decode()
    assert page.count("<li>") == 3
    assert "paper sheet" in page


def test_the_shell_knows_nobody_and_weighs_little(client, db):
    page = client.get("/walk/")
    assert page.cookies == {}
    assert b"csrf" not in page.content
    assert len(page.content) < 40_000


def test_the_worker_lists_every_file_of_the_app_with_its_hash(client, db):
    listed = {file["url"]: file["integrity"] for file in files_of(client)}
    assert listed.pop("/walk/") == integrity(client.get("/walk/").content)
    wanted = {
        f"/static/field/{path.relative_to(FIELD)}"
        for path in FIELD.rglob("*")
        if path.suffix in KINDS
    }
    apart = {f"/static/field/{name}" for name in ("worker.js", "join.js", "icons.svg")}
    assert wanted - set(listed) == apart
    for url, hash in listed.items():
        found = finders.find(url.removeprefix("/static/"))
        assert hash == integrity(Path(found).read_bytes()), url


def test_every_import_of_a_listed_module_is_listed(client, db):
    """A module that is missing from the list would break the app only without signal."""
    listed = {file["url"] for file in files_of(client)}
    for path in [*FIELD.glob("*.js"), *FIELD.glob("screens/*.js")]:
        for name in re.findall(r'from "(\.[^"]+)"', path.read_text()):
            target = (path.parent / name).resolve().relative_to(FIELD)
            assert f"/static/field/{target}" in listed, f"{path.name} imports {name}"


def test_hashed_names_in_production_leave_the_app_as_it_is(client, db, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    settings.STATICFILES_DIRS = [("field", FIELD)]
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["admin"])
    for file in files_of(client)[1:]:
        served = settings.STATIC_ROOT / file["url"].removeprefix("/static/")
        assert file["integrity"] == integrity(served.read_bytes()), file["url"]


def test_the_worker_rules_only_the_walk_and_is_never_old(client, db):
    answer = client.get("/walk/worker.js")
    assert answer.headers["Service-Worker-Allowed"] == "/walk/"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Content-Type"].startswith("text/javascript")


def test_a_new_name_of_the_office_is_a_new_release(client, db):
    before = client.get("/walk/worker.js").content
    set_office(name="Another office")
    assert client.get("/walk/worker.js").content != before


def test_the_app_is_small(client, walk):
    """All that a phone fetches to join and to keep the app, with every language, as it is sent
    (compressed): the promise is 200 kB before the map, and we stay well below."""
    pages = [client.get(url).content for url in (f"/w/{walk.tour.join_code}", "/walk/")]
    files = [path.read_bytes() for path in FIELD.rglob("*") if path.suffix in KINDS]
    assert sum(len(gzip.compress(content)) for content in [*pages, *files]) < 120_000


def test_the_first_screen_weighs_little_even_as_written(client, walk):
    """Without compression, with the language that is spoken and before the drawings of conditions,
    which no first screen shows, the promise holds too."""
    pages = [client.get(url).content for url in (f"/w/{walk.tour.join_code}", "/walk/")]
    others = {"pl.json", "ro.json", "icon-512.png", "worker.js"}
    files = [
        path
        for path in FIELD.rglob("*")
        if path.suffix in KINDS and path.name not in others and path.parent.name != "guide"
    ]
    assert sum(map(len, pages)) + sum(path.stat().st_size for path in files) < 200_000


def test_a_language_that_we_do_not_have_is_english(client, walk):
    page = client.get(
        f"/w/{walk.tour.join_code}?lang=<script>", HTTP_ACCEPT_LANGUAGE="de, fr;q=0.8"
    )
    assert '<html lang="en-GB">' in page.content.decode() and page.cookies == {}


def test_the_first_page_speaks_the_language_that_was_chosen(client, walk):
    url = f"/w/{walk.tour.join_code}"
    english, polish = (
        client.get(url).content.decode(),
        client.get(f"{url}?lang=pl").content.decode(),
    )
    assert '<html lang="en-GB">' in english and "machine" not in english
    assert '<html lang="pl">' in polish and "Dołącz do spaceru" in polish
    assert "To tłumaczenie zrobiła maszyna" in polish
    assert '<option value="Resident">Mieszkaniec' in polish  # sent in English, read in Polish
    assert "Środa 3 czerwca 2026, 13:00" in polish and "Wednesday 3 June 2026, 1pm" in english


def test_before_a_language_is_chosen_the_browsers_is_taken_and_a_choice_is_kept(client, walk):
    url, asks = f"/w/{walk.tour.join_code}", {"HTTP_ACCEPT_LANGUAGE": "ro-MD, ro;q=0.9, en;q=0.8"}
    guessed = client.get(url, **asks)
    assert '<html lang="ro">' in guessed.content.decode() and guessed.cookies == {}
    assert guessed.headers["Vary"].startswith("Accept-Language, Cookie")
    assert client.get(f"{url}?lang=pl", **asks).headers["Content-Language"] == "pl"
    assert '<html lang="pl">' in client.get(url, **asks).content.decode()


def test_the_pages_without_a_walk_speak_it_too(client, ended):
    assert "Nie znamy kodu „NEVER1”" in client.get("/w/NEVER1?lang=pl").content.decode()
    page = client.get(f"/w/{ended.join_code}").content.decode()
    assert "Kod tego spaceru już nie działa" in page and "Nie zginęły" in page
    assert "Dołącz do spaceru" in client.get("/w/").content.decode()


def test_the_language_goes_along_from_the_code_to_the_walk(client, walk):
    page = client.get("/w/", {"code": walk.tour.join_code, "lang": "ro"}, follow=True)
    assert page.redirect_chain[-1][0].endswith("?lang=ro")
    assert '<html lang="ro">' in page.content.decode()


@pytest.fixture
def ended(walk):
    Tour.objects.filter(pk=walk.tour.pk).update(join_until=NOON)
    return walk.tour
