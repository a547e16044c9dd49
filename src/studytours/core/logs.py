"""Log lines without what opens something: tokens and codes stand in addresses."""

import logging
import re

# An address that opens something to whoever has it, up to its secret part.
OPENS = re.compile(
    r"(/mine/(?!actions/)|/tours/reply/|/w/|/account/password/reset/key/)[^/\s?\"'<>]+"
)


class WithoutSecrets(logging.Formatter):
    """The whole line, with its traceback, after the secrets are taken out."""

    def format(self, record):
        return OPENS.sub(r"\1(secret)", super().format(record))
