"""What our commands share: --json, progress on standard error, exit 2 on what is refused.

A subclass writes `add_arguments`, `run(**options) -> dict` (the JSON object) and, where the
plain listing of that object is not good enough for people, `show(result)`.
"""

import json
import sys
import time

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import OperationalError, ProgrammingError

from .errors import Refused, TryLater


class Refusal(CommandError):
    """Input that is understood and refused: printed as "Refusal: …", exit code 2."""

    def __init__(self, why):
        super().__init__(why, returncode=2)


class OurCommand(BaseCommand):
    """Base of every command of studytours. `self.progress` goes to operations as progress=."""

    # Checks load every URL; commands are to start fast. `studytours check` is there for them.
    requires_system_checks = ()

    def create_parser(self, *args, **kwargs):
        parser = super().create_parser(*args, **kwargs)
        parser.add_argument("--json", action="store_true", help="One JSON object as the answer.")
        return parser

    def handle(self, *args, **options):
        self.progress = Progress(self.stderr)
        as_json = options.pop("json")
        try:
            result = self.run(*args, **options)
        except Refused as error:
            if as_json:
                self._print(refusal_as_json(error))
            raise Refusal(str(error)) from error
        except TryLater as error:
            raise CommandError(f"{error} Nothing was changed; try again later.") from error
        except (OperationalError, ProgrammingError) as error:
            if "no such table" in str(error) or "does not exist" in str(error):
                why = "The database is not set up yet. Run `studytours migrate` first."
                raise Refusal(why) from error
            # psycopg's words for a server, a name or a password that is wrong
            if str(error).startswith(("connection failed", "failed to resolve")):
                why = f"The database does not answer: {str(error).splitlines()[0]}"
                raise CommandError(f"{why}. Check DATABASE_URL; nothing was changed.") from error
            raise
        finally:
            self.progress.end()
        if as_json:
            self._print(result)
        else:
            self.show(result)

    def run(self, *args, **options):
        """Do the work and return what --json prints."""
        raise NotImplementedError

    def show(self, result):
        """Tell a person: one line for each entry."""
        for name, value in result.items():
            if isinstance(value, dict):
                value = ", ".join(f"{key} {count}" for key, count in value.items())
            elif isinstance(value, list):
                value = ", ".join(str(one) for one in value)
            self.stdout.write(f"{name.replace('_', ' ')}: {value}")

    def _print(self, result):
        self.stdout.write(json.dumps(result, ensure_ascii=False, cls=DjangoJSONEncoder))


def refusal_as_json(error):
    """The refusal in parts, for a program that has to react to it."""
    parts = {"refused": error.why, "cure": error.cure}
    for name in ("file", "row", "field"):
        if getattr(error, name, None) is not None:
            parts[name] = getattr(error, name)
    return parts


class Progress:
    """`progress(percent, doing)`: silent for two seconds, then a bar on a terminal.

    Where standard error is not a terminal it is a line now and then, so that a log stays short.
    """

    quiet_seconds = 2.0
    width = 30

    def __init__(self, stream, now=time.monotonic):
        self.stream, self.now = stream, now
        self.started, self.last, self.drawn = now(), float("-inf"), False
        self.on_terminal = getattr(stream, "isatty", sys.stderr.isatty)()

    def __call__(self, percent, doing=""):
        moment = self.now()
        pause = 0.1 if self.on_terminal else 5.0
        if moment - self.started < self.quiet_seconds or moment - self.last < pause:
            return
        self.last = moment
        if not self.on_terminal:
            self.stream.write(f"{percent:3.0f} % {doing}")
            return
        done = round(self.width * min(percent, 100) / 100)
        bar = "█" * done + "░" * (self.width - done)
        self.stream.write(f"\r{bar} {percent:3.0f} % {doing:<40.40}", ending="")
        self.stream.flush()
        self.drawn = True

    def end(self):
        """Leave the line of the bar, if one was drawn."""
        if self.drawn:
            self.stream.write("")
            self.drawn = False
