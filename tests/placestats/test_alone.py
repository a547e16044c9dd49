"""placestats beside NumPy and SciPy and nothing else: as whoever takes only it would have it."""

import importlib.metadata
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import placestats

# One call to each statistic of choosing, in a Python that knows no site-packages.
PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
import numpy as np
import placestats as ps

counts = np.random.default_rng(1).poisson(1.0, (120, 30))
x, y = np.divmod(np.arange(120), 12)
print(ps.decayed_counts(counts).summary())
rates = ps.shrink(counts.sum(axis=1), 30, 1.0)
print(rates.summary())
print(ps.top_k_probability(rates, 5, rng=np.random.default_rng(1)).summary())
print(ps.gi_star(counts[:, 0].reshape(10, 12)).summary())
print(ps.kde(x * 1.0, y * 1.0, bandwidth=2, cell=1, bounds=(0, 0, 10, 12)).summary())
print(ps.cover(counts[:, 0], np.eye(120), 3).summary())
print(ps.drift(counts[:, :15].sum(axis=1), counts[:, 15:].sum(axis=1)).summary())
for measure in (ps.hit_rate, ps.pai, ps.pei, ps.rri):
    print(measure(counts[:, 1] + 1, counts[:, 0]).summary())
print(ps.compare_forecasts(x * 250, y * 250, counts, months=range(30)).summary())
foreign = {name.partition(".")[0] for name, module in sys.modules.items() if module}
print(sorted(foreign & {"django", "duckdb", "shapely", "pyproj", "studytours", "pandas"}))
"""


@pytest.fixture
def only_numpy_and_scipy(tmp_path):
    """A folder in which these two, their compiled parts and placestats can be found."""
    for name in ("numpy", "scipy"):
        parts = importlib.metadata.distribution(name).files
        for top in {part.parts[0] for part in parts} - {".."}:
            (tmp_path / top).symlink_to(importlib.metadata.distribution(name).locate_file(top))
    (tmp_path / "placestats").symlink_to(Path(placestats.__file__).parent)
    return tmp_path


def run(program, folder):
    command = [sys.executable, "-I", "-S", "-c", program, str(folder)]
    return subprocess.run(command, capture_output=True, text=True)


def test_nothing_else_can_be_imported_there(only_numpy_and_scipy):
    program = "import sys; sys.path.insert(0, sys.argv[1]); import numpy, scipy, django"
    assert "No module named 'django'" in run(program, only_numpy_and_scipy).stderr


def test_every_statistic_of_choosing_works_there(only_numpy_and_scipy):
    ran = run(PROGRAM, only_numpy_and_scipy)
    assert ran.returncode == 0, ran.stderr
    said = ran.stdout.splitlines()
    assert len(said) == 13
    assert said[-1] == "[]"


def test_every_module_but_the_routes_can_be_imported_there(only_numpy_and_scipy):
    """Routes may ask for PyVRP."""
    names = [
        module.name
        for module in pkgutil.walk_packages(placestats.__path__, "placestats.")
        if not module.name.startswith("placestats.routes")
    ]
    program = f"import sys; sys.path.insert(0, sys.argv[1]); import {', '.join(names)}"
    ran = run(program, only_numpy_and_scipy)
    assert ran.returncode == 0, ran.stderr
