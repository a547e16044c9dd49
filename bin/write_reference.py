"""Write docs/reference/placestats.md from the docstrings, so that the page cannot go stale.

python bin/write_reference.py           writes the page
python bin/write_reference.py --check   fails when it is not what it would write
"""

import inspect
import sys
from pathlib import Path

import placestats

PAGE = Path(__file__).resolve().parents[1] / "docs/reference/placestats.md"
HEAD = """# The statistics package `placestats`

Arrays in, frozen results out; no files, no plots, no globals, nothing but NumPy and SciPy. Each result has `.summary()`, one
paragraph of plain English. Every statistic has a slow twin that reads like the textbook (`tests/placestats/textbook.py`) and is
compared with it on generated data. This page is written from the docstrings by `bin/write_reference.py`.
"""


def section(name):
    thing = getattr(placestats, name)
    text = inspect.getdoc(thing) or ""
    if inspect.isclass(thing):
        fields = ", ".join(getattr(thing, "__dataclass_fields__", {}))
        own = "" if text.startswith(f"{name}(") else f"{text}\n\n"
        return f"### `{name}`\n\n{own}Fields: {fields}.\n"
    return f"### `{name}`\n\n    {name}{inspect.signature(thing)}\n\n```text\n{text}\n```\n"


def page():
    functions = [name for name in placestats.__all__ if not name[0].isupper()]
    results = [name for name in placestats.__all__ if name[0].isupper()]
    parts = [
        HEAD,
        "## Statistics\n",
        *map(section, functions),
        "## Results\n",
        *map(section, results),
    ]
    return "\n".join(parts)


if __name__ == "__main__":
    if "--check" in sys.argv:
        if PAGE.read_text() != page():
            sys.exit("docs/reference/placestats.md is stale: run bin/write_reference.py")
    else:
        PAGE.write_text(page())
