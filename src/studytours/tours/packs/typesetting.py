"""Data in, PDF out. Nothing that a person wrote is ever markup: it goes in as JSON."""

import json
from pathlib import Path

from django.utils import timezone

from studytours.core.errors import TryLater

from .letters import FONTS, TEXT_FONT, printable

TEMPLATES = Path(__file__).parent


def typeset(data):
    """The pack as PDF/UA-1; `data` as content.py makes it."""
    from typst import TypstError  # loads its compiler: only printing needs it

    if not any(FONTS.glob("*.ttf")):
        raise TryLater("The fonts for printing are not installed. Run `make setup`, then again.")
    try:
        return _compile(printable(data))
    except TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        # A mark that only one font has, on a letter that only another has.
        return _compile(printable(data, TEXT_FONT))


def _compile(data):
    import typst

    return typst.compile(
        TEMPLATES / "pack.typ",
        root=TEMPLATES,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
        pdf_standards=["ua-1"],
        timestamp=int(timezone.now().timestamp()),
    )
