"""Many threads ask the same at one moment, and one of them asks for all."""

from threading import Event, Lock

from django.db import connection


class _Call:
    def __init__(self, question):
        self.question = question
        self.answer = None
        self.is_answered = False
        self.wake = Event()


class Together:
    """Calls `answer` with the list of what several threads ask, and gives each its own part.

    `answer` takes a list of questions and returns as many answers; an answer that is an exception
    is raised where its question came from. Nobody waits for others to come: who finds nobody at
    work begins at once, and what is asked meanwhile is the next list. So the fixed cost of a query
    or a transaction is shared just when there is much to do.
    """

    def __init__(self, answer):
        self.answer = answer
        self.lock = Lock()
        self.waiting = []
        self.is_led = False

    def ask(self, question):
        call = _Call(question)
        if connection.in_atomic_block:
            # What is written here may yet be taken back: nobody else's may hang on it.
            self._answer([call])
        else:
            self._wait_or_lead(call)
        if isinstance(call.answer, BaseException):
            raise call.answer
        return call.answer

    def _wait_or_lead(self, call):
        with self.lock:
            self.waiting.append(call)
            leads, self.is_led = not self.is_led, True
        if not leads:
            call.wake.wait()
            if call.is_answered:
                return
        with self.lock:
            calls, self.waiting = self.waiting, []
        try:
            self._answer(calls)
        finally:
            self._hand_on(calls)

    def _answer(self, calls):
        try:
            answers = self.answer([call.question for call in calls])
        except BaseException as error:  # it is raised again, in every thread that asked
            answers = [error] * len(calls)
        for call, answer in zip(calls, answers, strict=True):
            call.answer, call.is_answered = answer, True

    def _hand_on(self, calls):
        with self.lock:
            self.is_led = bool(self.waiting)
            if self.waiting:
                self.waiting[0].wake.set()
        for call in calls:
            call.wake.set()
