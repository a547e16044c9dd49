"""Write docs/methods/specification.md from tests/spec, so that the page says what the tests prove.

python bin/write_specification.py           writes the page
python bin/write_specification.py --check   fails when it is not what it would write
"""

import importlib
import inspect
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.spec.recording import Spec  # noqa: E402
from tests.spec.toc import CONTENTS  # noqa: E402

PAGE = ROOT / "docs/methods/specification.md"
HEAD = """# What the numbers do: the specification

Each statement below is a test that the statistics package must pass, and each table is that test: on the left what is given, in **bold** what must come
out. The places are invented. This page is written from `tests/spec` by `bin/write_specification.py`; the formulas are in
[the statistics package](../reference/placestats.md), and how well it works on real crimes is on [does it work?](does-it-work.md).
"""


def page():
    return "\n".join([HEAD, *map(chapter, CONTENTS)])


def chapter(name):
    module = importlib.import_module(f"tests.spec.{name}")
    tests = [thing for at, thing in vars(module).items() if at.startswith("test_")]
    text = " ".join(inspect.getdoc(module).split())
    return "\n".join([f"## {module.title}\n", f"{text}\n", *map(statement, tests)])


def statement(test):
    """The docstring's first sentence is the statement, the rest explains it."""
    spec = Spec()
    test(spec)
    paragraphs = [" ".join(part.split()) for part in inspect.getdoc(test).split("\n\n")]
    paragraphs[0] = f"**{paragraphs[0]}**"
    return "\n".join([*(f"{part}\n" for part in paragraphs), *map(table, spec.tables)])


def table(parts):
    given, expect = parts
    columns = {**given, **{f"**{name}**": values for name, values in expect.items()}}
    if any(" " in str(one) for values in expect.values() for one in values):
        return drawing(columns)
    lines = [list(columns), ["---"] * len(columns), *zip(*columns.values(), strict=True)]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines) + "\n"


def drawing(columns):
    """Columns whose entries are the rows of a map, side by side."""
    names = [name.strip("*") for name in columns]
    widths = [
        max(map(len, [name, *rows])) for name, rows in zip(names, columns.values(), strict=True)
    ]
    lines = [names, *zip(*columns.values(), strict=True)]
    drawn = [
        "    ".join(one.ljust(w) for one, w in zip(line, widths, strict=True)) for line in lines
    ]
    return "\n".join(["```text", *(line.rstrip() for line in drawn), "```\n"])


if __name__ == "__main__":
    if "--check" in sys.argv:
        if not PAGE.exists() or PAGE.read_text() != page():
            sys.exit("docs/methods/specification.md is stale: run bin/write_specification.py")
    else:
        PAGE.write_text(page())
