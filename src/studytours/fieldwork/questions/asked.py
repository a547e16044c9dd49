"""What is asked, as data: the phone, the web page and the desk all read it here.

A question with options has one answer of them; one without takes words. Labels are plain English;
the phone's other languages are in field/words.
"""

from dataclasses import dataclass

from ..models import Form

MOST_WORDS = 2000
SCALE = range(1, 8)


@dataclass(frozen=True)
class Question:
    code: str
    label: str
    options: tuple = ()  # (code, label)

    def as_dict(self):
        options = [{"code": code, "label": label} for code, label in self.options]
        return {"code": self.code, "label": self.label, "options": options}

    def say(self, answer):
        """An answer as people read it."""
        return dict(self.options).get(answer, answer)


# 1 is "could not be worse", 7 "could not be better".
AREA = (
    Question("safe", "Feeling safe"),
    Question("care", "Looked after and mended"),
    Question("streets", "Streets and open places"),
    Question("play", "Places to play and meet"),
    Question("social", "People know each other"),
    Question("influence", "We have a say in what happens here"),
)
AREA_WORDS = (
    Question("good", "What is good now?"),
    Question("better", "What should be better?"),
)
MOMENTS = (
    ("before", "Before the walk"),
    ("after", "After the walk"),
    ("later", "Months later"),
)

ABOUT_YOU = (
    Question("here", "What brings you here?", (
        ("lives", "I live here"), ("works", "I work here"), ("visits", "I visit"),
    )),
    Question("age", "How old are you?", (
        ("-17", "Under 18"), ("18-34", "18 to 34"), ("35-54", "35 to 54"), ("55-74", "55 to 74"),
        ("75-", "75 or over"),
    )),
    Question("gender", "Are you …", (
        ("woman", "A woman"), ("man", "A man"), ("other", "I say it another way"),
    )),
    Question("disabled", "Do you have a disability or a long illness?", (
        ("yes", "Yes"), ("no", "No"),
    )),
)  # fmt: skip

SHOP = (
    Question("kind", "What kind of shop is it?", (
        ("corner", "Corner shop"), ("supermarket", "Supermarket"), ("chemist", "Chemist"),
        ("clothes", "Clothes or goods"), ("petrol", "Petrol station"),
        ("food", "Café, takeaway or pub"), ("other", "Another kind"),
    )),
    Question("thefts", "How many thefts in a week?", (
        ("0", "None"), ("1-2", "1 or 2"), ("3-5", "3 to 5"), ("6-10", "6 to 10"),
        ("11-", "More than 10"), ("unknown", "They cannot say"),
    )),
    Question("abuse", "Is there abuse or violence against staff?", (
        ("never", "Never"), ("sometimes", "Sometimes"), ("weekly", "Every week"),
        ("daily", "Every day"),
    )),
    Question("reported", "Do they tell the police?", (
        ("always", "Always"), ("some", "Sometimes"), ("never", "Never"),
    )),
    Question("why_not", "If not: why not?", (
        ("time", "It takes too long"), ("pointless", "Nothing comes of it"),
        ("small", "It seems too small"), ("afraid", "They are afraid"), ("other", "Something else"),
    )),
    Question("police", "The last time they did: what happened?", (
        ("came", "The police came the same day"), ("later", "The police came later"),
        ("call", "A call or a letter only"), ("nothing", "Nothing"),
    )),
    Question("help", "What would help?"),
)  # fmt: skip

QUESTIONS = {Form.ABOUT_YOU: ABOUT_YOU, Form.SHOP: SHOP}


def for_the_phone():
    """All of it, for the pack."""
    return {
        "area": [question.as_dict() for question in AREA],
        "area_words": [question.as_dict() for question in AREA_WORDS],
        "about_you": [question.as_dict() for question in ABOUT_YOU],
        "shop": [question.as_dict() for question in SHOP],
    }
