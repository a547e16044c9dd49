"""From what was sent to answers. What is not one of the answers is left out, never guessed."""

from ..models import Form
from .asked import AREA, AREA_WORDS, MOMENTS, MOST_WORDS, QUESTIONS, SCALE


def read_answers(sent, notes):
    """{"form", "answers"} of a record as sent; empty and None when it answers no questions."""
    for form in Form.values:
        given = sent.get(form)
        if given is None or given is False:
            continue
        if isinstance(given, dict):
            return {"form": form, "answers": _READ[form](given)}
        if form == Form.NOTE:
            return {"form": form, "answers": {}}
        notes.append("its answers could not be read")
    return {"form": "", "answers": None}


def _text(value):
    return " ".join(value.split())[:MOST_WORDS] if isinstance(value, str) else ""


def _answered(given, questions):
    answers = {}
    for question in questions:
        value = given.get(question.code)
        if question.options:
            known = isinstance(value, str) and value in dict(question.options)
            answers[question.code] = value if known else ""
        else:
            answers[question.code] = _text(value)
    return {code: answer for code, answer in answers.items() if answer}


def _area(given):
    scores = given.get("scores") if isinstance(given.get("scores"), dict) else {}
    scored = {question.code: scores.get(question.code) for question in AREA}
    when = given.get("when")
    return {
        "when": when if isinstance(when, str) and when in dict(MOMENTS) else "after",
        "scores": {code: score for code, score in scored.items() if _is_score(score)},
        **_answered(given, AREA_WORDS),
    }


def _is_score(value):
    return isinstance(value, int) and not isinstance(value, bool) and value in SCALE


_READ = {
    Form.WHOLE_AREA: _area,
    Form.ABOUT_YOU: lambda given: _answered(given, QUESTIONS[Form.ABOUT_YOU]),
    Form.SHOP: lambda given: _answered(given, QUESTIONS[Form.SHOP]),
    Form.NOTE: lambda given: (
        {"contact": contact} if (contact := _text(given.get("contact"))) else {}
    ),
}
