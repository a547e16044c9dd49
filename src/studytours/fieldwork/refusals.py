"""What the phone's contract can answer besides a receipt, and with which status."""

from studytours.core.errors import Gone, Refused, TooMany, TryLater


class Unreadable(Refused):
    """It can never be taken as it is: not JSON, no kind, no time, not a photo."""


class TooLarge(Refused):
    """More bytes than one record or photo may have."""


class OtherBytes(Refused):
    """The server holds something else under this uuid. Nothing is written over it."""


class WrongCode(Refused):
    """No tour has this code."""


class Withdrawn(Refused):
    """The token is not known, or the phone was withdrawn from its tour."""


class Damaged(TryLater):
    """It did not arrive as it was sent: the same again may well arrive whole."""


# The first match wins.
STATUS = {
    Unreadable: 400,
    Withdrawn: 401,
    WrongCode: 404,
    Gone: 410,
    TooLarge: 413,
    Damaged: 422,
    TooMany: 429,
    OtherBytes: 409,
    Refused: 400,
    TryLater: 503,
}
WORTH_REPEATING = (TooMany, TryLater)


def status_and_retry(error):
    """(HTTP status, whether sending the same again may help)."""
    status = next(status for kind, status in STATUS.items() if isinstance(error, kind))
    return status, isinstance(error, WORTH_REPEATING)
