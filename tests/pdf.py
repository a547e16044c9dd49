"""Read a PDF as a screen reader does: its tags and their text, by poppler's pdfinfo."""

import os
import re
import shutil
import subprocess

import pytest


def structure(pdf, tmp_path):
    """The tree of tags with their text, as words and lines."""
    if shutil.which("pdfinfo") is None:
        message = "PDFINFO IS ABSENT (poppler-utils): the structure of printed packs is not tested"
        if os.getenv("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    file = tmp_path / "read.pdf"
    file.write_bytes(pdf)
    read = subprocess.run(["pdfinfo", "-struct-text", file], capture_output=True, check=True)
    # It gives the titles of headings once more, raw and in an encoding of their own.
    return read.stdout.decode(errors="replace")


def words(tree):
    """All text of a structure in its order, as one line."""
    said = re.findall(r'^\s*"(.*)"$', tree, flags=re.M)
    return re.sub(r"\s+", " ", " ".join(said).replace("\u200b", "")).strip()


def headings(tree):
    """[(level, text), …]"""
    found = re.findall(r'^\s*H(\d)\b.*\n((?:\s*".*"\n)+)', tree, flags=re.M)
    return [(int(level), words(text)) for level, text in found]
