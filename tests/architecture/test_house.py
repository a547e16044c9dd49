"""Rules that we care about are failing tests, because conventions leak."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STUDYTOURS = ROOT / "src/studytours"
CONTEXTS = sorted(folder for folder in STUDYTOURS.iterdir() if (folder / "__init__.py").exists())
PYTHON = sorted((ROOT / "src").rglob("*.py"))
pytestmark = pytest.mark.one_database

# Methods of Django's ORM that change rows. `.update` and `.save` of other things (dicts, hashes,
# forms) are told apart below by what they are called on.
ORM_WRITES = {
    "save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete",
    "aupdate", "asave", "acreate",
}  # fmt: skip
# Where writing is the purpose: operations, and the migrations that shape the database.
MAY_WRITE = re.compile(r"/(operations(\.py|/)|migrations/)")
# Paths of a developer's machine and hosts of package registries.
OF_A_MACHINE = re.compile(r"/(?:work|root)/|pypi\.org|registry\.npmjs")


def orm_writes(file):
    """Calls in a file that look like a write to the database: [(line, name)]."""
    found = []
    for node in ast.walk(ast.parse(file.read_text())):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name, target = node.func.attr, ast.unparse(node.func.value)
        if target.startswith(("operations", "super()")) or "operations." in target:
            continue
        on_queryset = ".objects" in target or ".filter(" in target or ".all()" in target
        # A picture's save() is told where to; a model's is not.
        harmless = name == "save" and node.args
        if (name in ORM_WRITES and not harmless) or (name == "update" and on_queryset):
            found.append((node.lineno, f"{target}.{name}"))
    return found


def test_only_operations_write():
    leaks = [
        f"{file.relative_to(ROOT)}:{line} {call}"
        for file in STUDYTOURS.rglob("*.py")
        if not MAY_WRITE.search(str(file))
        for line, call in orm_writes(file)
    ]
    assert leaks == []


def test_a_planted_write_is_found(tmp_path):
    planted = tmp_path / "views.py"
    planted.write_text("def v(r):\n    Tour.objects.filter(pk=1).update(title='x')\n    t.save()\n")
    assert [line for line, _ in orm_writes(planted)] == [2, 3]


@pytest.mark.parametrize("folder", ["src", "field", "tests", "bin", "benchmarks"])
def test_no_file_is_longer_than_500_lines(folder):
    files = [f for kind in ("*.py", "*.js", "*.mjs") for f in (ROOT / folder).rglob(kind)]
    long = {
        str(f.relative_to(ROOT)): n for f in files if (n := len(f.read_text().splitlines())) > 500
    }
    assert long == {}


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda folder: folder.name)
def test_every_context_says_what_it_owns_and_refuses(context):
    readme = context / "README.md"
    assert readme.exists(), f"{context.name} has no README.md"
    lines = readme.read_text().strip().splitlines()
    assert len(lines) >= 3
    words = readme.read_text().lower()
    assert "own" in words and "refuse" in words


def test_whoever_gives_a_bad_file_is_told_the_cure():
    without = [
        f"{file.name}:{call.lineno}"
        for file in STUDYTOURS.rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text()))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "BadFile"
        and "cure" not in {keyword.arg for keyword in call.keywords}
    ]  # fmt: skip
    assert without == []


def test_every_command_is_documented():
    page = (ROOT / "docs/reference/commands.md").read_text()
    commands = [
        file.stem
        for file in STUDYTOURS.rglob("management/commands/*.py")
        if not file.stem.startswith("_")
    ]
    assert commands
    assert [name for name in commands if f"`{name}" not in page] == []


def test_every_setting_is_documented():
    page = (ROOT / "docs/reference/settings.md").read_text()
    files = ("config/settings.py", "config/environment.py")
    source = "".join((STUDYTOURS / file).read_text() for file in files)
    names = set(re.findall(r'"(STUDYTOURS_[A-Z_]+)"', source)) | {"DATABASE_URL"}
    assert sorted(name for name in names if f"`{name}`" not in page) == []


def test_the_statistics_page_is_what_the_docstrings_say():
    checked = subprocess.run([sys.executable, "bin/write_reference.py", "--check"], cwd=ROOT)
    assert checked.returncode == 0


LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt", "package-lock.json")


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_file_names_a_host(name):
    text = (ROOT / name).read_text()
    assert re.findall(r"https?://\S+|--(?:index-url|find-links)\S*", text) == []


def test_requirements_are_hashed():
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt"):
        lines = (ROOT / name).read_text().splitlines()
        pinned = [i for i, line in enumerate(lines) if re.match(r"^[a-z0-9].*==", line)]
        assert pinned
        assert [lines[i] for i in pinned if "--hash=sha256" not in lines[i + 1]] == []


def test_the_readme_has_exactly_two_commands_to_set_up():
    text = (ROOT / "README.md").read_text()
    commands = re.findall(r"^\s*(?:\$ )?(make [a-z-]+)\b", text, flags=re.M)
    assert set(commands) == {"make run", "make test"}


def test_links_in_the_documentation_lead_somewhere():
    broken = []
    for page in [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *STUDYTOURS.rglob("README.md"),
    ]:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text()):
            if not re.match(r"[a-z]+:", target) and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)} → {target}")
    assert broken == []


def test_no_tracked_file_holds_shared_data_or_paths_of_a_machine():
    files = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    for name in filter(None, files):
        path = ROOT / name
        if not path.is_file() or path.suffix in {".png", ".jpg", ".heic", ".webp"}:
            continue
        text = path.read_text(errors="replace")
        found = OF_A_MACHINE.search(text)
        assert not found, f"{name} names {found[0]}"
