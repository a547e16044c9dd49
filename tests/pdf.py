"""Read a PDF as people do (its words) and as a screen reader does (its tags), by poppler."""

import os
import re
import shutil
import subprocess

import pytest


def words(pdf, folder):
    """All text, as one line without the places where long words may break."""
    text = _poppler("pdftotext", pdf, folder, "-raw", after=["-"])
    return re.sub(r"\s+", " ", text.replace("\u200b", "")).strip()


def tags(pdf, folder):
    """The tree of tags with their text, indented."""
    return _poppler("pdfinfo", pdf, folder, "-struct-text")


def headings(tree):
    """[(level, text), …] of a tree of tags."""
    found = re.findall(r'^\s*H(\d)\b.*\n((?:\s*".*"\n)+)', tree, flags=re.M)
    quoted = [(int(level), " ".join(re.findall(r'"(.*)"\n', text))) for level, text in found]
    return [(level, " ".join(text.split())) for level, text in quoted]


def _poppler(program, pdf, folder, option, after=()):
    if shutil.which(program) is None:
        message = f"{program.upper()} IS ABSENT (poppler-utils): printed packs are not read"
        if os.getenv("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    file = folder / "read.pdf"
    file.write_bytes(pdf)
    read = subprocess.run([program, option, file, *after], capture_output=True, check=True)
    # Titles of headings come once more, raw and in an encoding of their own.
    return read.stdout.decode(errors="replace")
