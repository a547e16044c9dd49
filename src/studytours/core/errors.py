"""Failures have names, and one table turns names into answers.

A message is a whole sentence a person can act on: what is wrong, where, and the cure.
"""


class Refused(Exception):
    """The request is understood and will never succeed as it stands."""

    def __init__(self, why, *, cure=""):
        self.why, self.cure = why, cure
        super().__init__(f"{why} {cure}".strip())


class BadFile(Refused):
    """A file that cannot be read. Names file, row and field where it can."""

    def __init__(self, file, why, *, row=None, field=None, cure=""):
        self.file, self.row, self.field = str(file), row, field
        where = str(file)
        if row is not None:
            where += f", row {row}"
        if field:
            where += f", column “{field}”"
        super().__init__(f"{where}: {why}", cure=cure)


class TooMany(Refused):
    """A limit on tries was reached; waiting helps."""


class Gone(Refused):
    """What was asked for has ended: an expired code, a withdrawn link."""


class TryLater(Exception):
    """Nothing is wrong with the request; the same one may succeed in a while."""


# The only place where HTTP meets the domain. The first match in this order wins.
STATUS = {TooMany: 429, Gone: 410, BadFile: 400, Refused: 409, TryLater: 503}


def status_of(error):
    """The HTTP status for an error named here."""
    return next(status for kind, status in STATUS.items() if isinstance(error, kind))
