"""What people say on a tour's page, and what of it the page shows."""

import json

import pytest
from django.conf import settings

from studytours.fieldwork.models import Finding, Form, Observation
from studytours.fieldwork.operations import answer_from_the_web, summarise
from studytours.fieldwork.questions.asked import AREA
from studytours.reportback.queries import seen_by
from studytours.reportback.taking_part.queries import moment_of
from studytours.tours.models import Tour

SECRET = "My neighbour keeps the bikes in his shed"


def page_of(client, tour):
    return client.get(tour.get_absolute_url()).content.decode()


def words(language):
    return json.loads((settings.ROOT / f"field/words/{language}.json").read_text())["words"]


def before(tour):
    """Records that came from the web, newest last."""
    return Observation.objects.filter(tour=tour, device=None).order_by("received_at")


@pytest.mark.parametrize("page", ["feel", "tell"])
def test_a_tour_that_is_not_public_asks_nothing(client, town, page):
    Tour.objects.filter(pk=town.walked.pk).update(is_public=False)
    assert client.get(f"{town.walked.get_absolute_url()}{page}/").status_code == 404


def test_an_empty_answer_is_refused_with_the_form(client, town):
    url, count = f"{town.walked.get_absolute_url()}feel/", before(town.walked).count()
    answer = client.post(url, {"better": "Light"})
    assert answer.status_code == 400
    assert "Answer at least one of the questions" in answer.content.decode()
    assert before(town.walked).count() == count


def test_a_score_that_is_none_is_refused(client, town):
    answer = client.post(f"{town.walked.get_absolute_url()}feel/", {"score_safe": "9"})
    assert answer.status_code == 400


def test_scores_and_about_you_become_two_records_of_months_later(client, town):
    url = f"{town.walked.get_absolute_url()}feel/"
    form = {"score_safe": "6", "good": "The light", "you_here": "lives"}
    assert client.post(url, form).status_code == 302
    *_, area, you = before(town.walked)
    assert area.answers == {"when": "later", "scores": {"safe": 6}, "good": "The light"}
    assert (you.form, you.answers) == (Form.ABOUT_YOU, {"here": "lives"})
    assert b"lives" not in bytes(area.body)


def test_a_form_sent_twice_counts_once(client, town):
    url, key = f"{town.walked.get_absolute_url()}feel/", "5a175a17-0000-4000-8000-000000000001"
    count = before(town.walked).count()
    for _ in range(2):
        client.post(url, {"score_safe": "6", "form_key": key})
    assert before(town.walked).count() == count + 1


@pytest.mark.parametrize("page", ["feel", "tell"])
def test_what_was_wrong_is_said_in_the_language_of_the_page(client, town, page):
    url, count = f"{town.walked.get_absolute_url()}{page}/?lang=pl", before(town.walked).count()
    answer = client.post(url, {"contact": "x"}).content.decode()
    assert '<html lang="pl"' in answer and "Jest problem" in answer and "<title>Błąd: " in answer
    wanted = {
        "feel": "Odpowiedz na co najmniej jedno z pytań", "tell": "To pole jest wymagane"
    }  # fmt: skip
    assert wanted[page] in answer and "There is a problem" not in answer
    assert before(town.walked).count() == count


def test_too_many_answers_are_refused_in_the_language_of_the_page(client, town):
    url = f"{town.walked.get_absolute_url()}tell/?lang=ro"
    for number in range(20):
        client.post(url, {"words": f"Nr. {number}"})
    answer = client.post(url, {"words": "Nr. 20"})
    assert answer.status_code == 429 and "Așteaptă o oră" in answer.content.decode()


def test_the_pages_speak_three_languages_with_the_words_of_the_phone(client, town):
    url = f"{town.walked.get_absolute_url()}feel/"
    romanian = client.get(url, HTTP_ACCEPT_LANGUAGE="ro").content.decode()
    assert '<html lang="ro"' in romanian and words("ro")["asked_area.safe"] in romanian
    assert words("ro")["language.draft"] in romanian
    english = client.get(f"{url}?lang=en").content.decode()
    assert '<html lang="en-GB"' in english and words("en")["language.draft"] not in english
    for name in ("Polski", "Română"):
        assert f">{name}</a>" in english


def test_an_answer_in_polish_is_kept_like_any_other_and_thanked_in_polish(client, town):
    url = f"{town.walked.get_absolute_url()}feel/?lang=pl"
    page = client.post(url, {"score_safe": "6", "you_here": "lives"}, follow=True).content.decode()
    assert '<html lang="en-GB"' in page and f'lang="pl">{words("pl")["feel.thanks"]}' in page
    *_, area, you = before(town.walked)
    assert (area.answers["scores"], you.answers) == ({"safe": 6}, {"here": "lives"})


def test_more_than_twenty_an_hour_from_one_address_are_refused(client, town):
    url = f"{town.walked.get_absolute_url()}tell/"
    statuses = [client.post(url, {"words": f"No. {n}"}).status_code for n in range(21)]
    assert statuses == [302] * 20 + [429]


def test_what_is_told_in_private_is_on_no_page_but_the_coordinators(client, town):
    url = f"{town.walked.get_absolute_url()}tell/"
    client.post(url, {"words": SECRET, "contact": "rosa@example.org"})
    assert SECRET not in page_of(client, town.walked)
    desk = f"/desk/tours/{town.walked.slug}/notes/"
    for person, status in ((town.cal, 403), (town.bola, 403), (town.amina, 200)):
        client.force_login(person)
        assert client.get(desk).status_code == status
    page = client.get(desk).content.decode()
    assert SECRET in page and "rosa@example.org" in page


def test_what_a_script_fills_in_is_thanked_and_not_kept(client, town):
    count = before(town.walked).count()
    client.post(
        f"{town.walked.get_absolute_url()}tell/", {"words": "Buy gold", "website": "x.example"}
    )
    assert before(town.walked).count() == count


def test_the_page_shows_middles_of_five_people_and_none_of_fewer(client, town):
    tour = town.walked
    page = page_of(client, tour)
    assert "How the area feels" in page and "6 people" in page and "5 people" in page
    Observation.objects.filter(tour=tour, answers__when="later").first().delete()
    assert "Months later" not in page_of(client, tour)


def test_nothing_is_shown_before_the_tour_has_reported(client, town):
    tour = town.open_walk
    for _ in range(6):
        answers = {"when": "before", "scores": {question.code: 1 for question in AREA}}
        answer_from_the_web(tour, form="whole_area", answers=answers)
    assert "How the area feels" not in page_of(client, tour)


def test_a_shop_visit_ends_as_a_summary_and_nothing_else_of_it_is_public(client, town):
    visit = Observation.objects.get(tour=town.walked, form=Form.SHOP)
    page = page_of(client, town.walked)
    assert "A shop near the play area told us" in page
    assert "come in threes" not in page and visit.finding.ref not in page
    summarise(visit, "", by=town.amina)
    assert "What shops told us" not in page_of(client, town.walked)


def test_me_too_counts_among_those_who_saw_it(town):
    sofas, dark = (
        Finding.objects.get(tour=town.walked, title__startswith=title)
        for title in ("Sofas and bags", "No light at all")
    )
    seen = seen_by([sofas, dark])
    assert seen[sofas.pk] == 3  # one wrote, two agreed
    assert seen[dark.pk] == 3  # two wrote, one agreed


def test_before_an_open_tour_is_walked_answers_are_about_before(town):
    assert moment_of(town.coming_tour, town.now) == "before"
    assert moment_of(town.open_walk, town.now) == "after"
    assert moment_of(town.walked, town.now) == "later"
