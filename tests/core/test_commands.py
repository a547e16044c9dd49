"""What every command shares: exit codes, JSON, and a bar only where it helps."""

import io
import json

import pytest
from django.core.management.base import CommandError
from django.db import OperationalError

from studytours.core.commands import OurCommand, Progress
from studytours.core.errors import BadFile, TryLater


def command(result):
    """A command that gives this result, or raises it."""

    class Command(OurCommand):
        def run(self, **options):
            if isinstance(result, Exception):
                raise result
            return result

    return Command(stdout=io.StringIO(), stderr=io.StringIO())


def handle(made, *, as_json=False):
    made.handle(json=as_json)
    return made.stdout.getvalue()


def test_a_refusal_exits_with_2_and_says_where():
    refused = command(BadFile("a.csv", "is empty.", row=3, field="Month", cure="Fill it."))
    with pytest.raises(CommandError, match=r"a\.csv, row 3, column “Month”") as caught:
        handle(refused, as_json=True)
    assert caught.value.returncode == 2
    said = json.loads(refused.stdout.getvalue())
    assert (said["file"], said["row"], said["field"], said["cure"]) == (
        "a.csv", 3, "Month", "Fill it.",
    )  # fmt: skip


def test_what_may_succeed_later_exits_with_1():
    with pytest.raises(CommandError, match="try again later") as caught:
        handle(command(TryLater("The site is busy.")))
    assert caught.value.returncode == 1


def test_a_database_that_is_not_set_up_is_said_with_its_cure():
    with pytest.raises(CommandError, match="Run `studytours migrate` first") as caught:
        handle(command(OperationalError("no such table: crime_crimeimport")))
    assert caught.value.returncode == 2


def test_another_database_error_is_not_hidden():
    with pytest.raises(OperationalError, match="disk"):
        handle(command(OperationalError("disk I/O error")))


def test_a_person_gets_lines_and_a_program_gets_json():
    result = {"rows": 3, "by_type": {"Burglary": 2}, "gaps": ["2025-01", "2025-02"]}
    assert handle(command(result)) == "rows: 3\nby type: Burglary 2\ngaps: 2025-01, 2025-02\n"
    assert json.loads(handle(command(result), as_json=True)) == result


class Stream(io.StringIO):
    def __init__(self, terminal):
        super().__init__()
        self.terminal = terminal

    def isatty(self):
        return self.terminal

    def write(self, text="", ending="\n"):
        return super().write(text + ending)


def progress_told(terminal, seconds):
    """What is written when the progress is told at each of these seconds."""
    stream = Stream(terminal)
    clock = iter([0, *seconds])
    progress = Progress(stream, now=lambda: next(clock))
    for second in seconds:
        progress(10 * second, "Reading")
    progress.end()
    return stream.getvalue()


def test_nothing_is_shown_for_two_seconds():
    assert progress_told(True, [0.5, 1, 1.9]) == ""


def test_a_terminal_gets_a_bar_and_then_a_new_line():
    told = progress_told(True, [1, 3])
    assert "█████████░" in told
    assert " 30 % Reading" in told
    assert told.endswith("\n")


def test_a_log_gets_a_line_now_and_then():
    assert progress_told(False, [3, 4, 6, 9]).count("\n") == 2
