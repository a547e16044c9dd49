"""The page that practitioners read is what the tests prove."""

import subprocess
import sys
from pathlib import Path

from tests.spec.toc import CONTENTS

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_is_what_the_specifications_say():
    checked = subprocess.run([sys.executable, "bin/write_specification.py", "--check"], cwd=ROOT)
    assert checked.returncode == 0


def test_every_specification_is_in_the_contents():
    files = {file.stem for file in Path(__file__).parent.glob("test_*.py")} - {"test_page"}
    assert files == set(CONTENTS)
