"""What several threads ask at one moment is answered together, each with its own part."""

import threading

import pytest
from django.db import transaction
from tests.threads import all_at_once

from studytours.core.together import Together

pytestmark = pytest.mark.django_db(transaction=True)


class Desk:
    """Answers with the double; the first list waits until so many others stand in line."""

    def __init__(self, others=0):
        self.others, self.lists = others, []
        self.together = Together(self.answer)
        self.ask = self.together.ask

    def answer(self, questions):
        self.lists.append(questions)
        while len(self.lists) == 1 and len(self.together.waiting) < self.others:
            threading.Event().wait(0.001)
        return [ValueError(one) if one < 0 else 2 * one for one in questions]


def test_who_is_alone_waits_for_nobody():
    desk = Desk()
    assert [desk.ask(1), desk.ask(2)] == [2, 4]
    assert desk.lists == [[1], [2]]


def test_what_is_asked_while_one_is_at_work_is_the_next_list():
    desk = Desk(others=7)
    answers = all_at_once(*[lambda number=number: desk.ask(number) for number in range(8)])
    assert answers == [2 * number for number in range(8)]
    assert [len(questions) for questions in desk.lists] == [1, 7]


def test_an_error_goes_to_who_asked_and_to_nobody_else():
    desk = Desk(others=3)
    first, wrong, *others = all_at_once(
        *[lambda number=number: desk.ask(number) for number in (0, -1, 2, 3)]
    )
    assert isinstance(wrong, ValueError) and [first, *others] == [0, 4, 6]


def test_when_no_answer_can_be_made_everyone_hears_of_it_and_the_next_are_served():
    broken = [True]

    def answer(questions):
        if broken:
            raise OSError("no disk")
        return questions

    together = Together(answer)
    errors = all_at_once(*[lambda: together.ask(1)] * 4)
    assert all(isinstance(error, OSError) for error in errors)
    broken.clear()
    assert together.ask(5) == 5


def test_hundreds_of_questions_of_eight_threads_are_each_answered_once():
    desk = Desk()

    def ask_many(start):
        return [desk.ask(number) for number in range(start, start + 50)]

    answers = all_at_once(*[lambda start=start: ask_many(start) for start in range(0, 400, 50)])
    assert [one for part in answers for one in part] == [2 * number for number in range(400)]
    assert sorted(one for part in desk.lists for one in part) == list(range(400))


def test_inside_a_transaction_nobody_elses_question_is_taken_along():
    """What is written in it may be taken back, and others would have been told that it is kept."""
    desk = Desk(others=1)
    waiting = threading.Thread(target=lambda: desk.ask(1))
    waiting.start()
    while not desk.lists:
        threading.Event().wait(0.001)
    with transaction.atomic():
        assert desk.ask(2) == 4
    assert desk.lists == [[1], [2]]
    desk.others = 0
    waiting.join()
