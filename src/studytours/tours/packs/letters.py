"""Text that can be printed: only letters that our fonts have, and lines that can be broken.

PDF/UA refuses a letter without a shape, so what no font holds is shown as a box.
"""

import re
import unicodedata
from functools import lru_cache

from django.conf import settings

FONTS = settings.ROOT / "vendor/fonts"
TEXT_FONT = "SourceSans3_400Regular.ttf"
BOX = "□"
# Marks that turn the direction of what follows: a name must not turn the rest of a line.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")
# A word that no line could hold gets places to break.
LONG_WORD = re.compile(r"(\S{24})(?=\S{8})")
BREAK = "\u200b"
PICTURES = ("svg", "qr")


# What our text font is known to have: most text is of these, and fonts are slow to read.
USUAL = frozenset(map(chr, (*range(32, 127), *range(0xA1, 0xAD), *range(0xAE, 0x180))))
USUAL |= frozenset("‘’“”–—…•")


@lru_cache
def shapes(only=""):
    """The characters of one font, or of all ours together; its weights have the same."""
    from fontTools.ttLib import TTFont  # only printing needs it

    found = set()
    for file in sorted(FONTS.glob(only or "*_400Regular.ttf")):
        with TTFont(file, lazy=True) as font:
            found.update(font.getBestCmap())
    return frozenset(found)


def printable(value, only=""):
    """The same data with every text printable; other values, and pictures, as they are."""
    if isinstance(value, str):
        return _printable(value, only)
    if isinstance(value, dict):
        return {key: one if key in PICTURES else printable(one, only) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [printable(one, only) for one in value]
    return value


def _printable(text, only):
    text = TURNING.sub("", unicodedata.normalize("NFC", text)).replace("\r\n", "\n")
    if not USUAL.issuperset(text):
        known = shapes(only)
        text = "".join(_shown(letter, known) for letter in text)
    return LONG_WORD.sub(rf"\1{BREAK}", text)


def _shown(letter, known):
    if letter in "\n\t":
        return letter
    if unicodedata.category(letter) in ("Cc", "Cs", "Cn"):
        return ""
    return letter if ord(letter) in known else BOX
