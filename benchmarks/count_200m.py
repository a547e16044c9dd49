"""Counting cell × month × crime type of 200,000,000 rows on one machine, by DuckDB.

The rows are real ones repeated: three months of 39 forces are imported once, and each of
the 116 Parquet files is given under 191 names (hard links). All rows of every name are opened,
unpacked and counted, as each name is a file to DuckDB; but the disk is spared: the 116 files
stay in the memory of the system, so this measures counting, not a disk. Counting 191 times as
much must give 191 times each count of the 116 files, and that is checked line by line.

    python -m benchmarks.count_200m --json [--rows 200000000]
"""

import argparse
import json
import os
import tempfile
from pathlib import Path

from benchmarks import _archive, _part

CELL = 250
ZIP = "police-uk-all-forces-2025-06-to-08.zip"


def part(home, files):
    _archive.set_up(home)
    from studytours.crime.cubes import cells, question
    from studytours.crime.engines import answers

    text, values = question(cells(CELL), crimes="all")
    reads = ["select n from cube order by x, y, month, crime_type"]
    cube, figures = _part.timed(lambda: answers(text, values, reads, files), 1)
    counts = cube[0]["n"]
    print(json.dumps({**figures, "lines": len(counts), "rows": int(counts.sum())}))
    return counts


def compare(rows):
    import numpy as np

    with tempfile.TemporaryDirectory() as folder:
        home, links = Path(folder) / "home", Path(folder) / "links"
        files = _archive.imported(home, _archive.SHARED / ZIP)
        links.mkdir()
        times = linked(files, links, rows)
        asked = ["--home", home, "--counts"]
        run = [_part.run(__spec__.name, "--part", links, *asked, links / "n.npy")]
        once = _part.run(__spec__.name, "--part", home / "crime", *asked, home / "n.npy")
        same = np.array_equal(np.load(links / "n.npy"), times * np.load(home / "n.npy"))
    ours = run[0]
    return {
        "name": "count_200m",
        "machine": _part.machine(),
        "cell_metres": CELL,
        "files": len(files),
        "names_of_each_file": times,
        "rows_counted": ours.pop("rows"),
        "lines": ours.pop("lines"),
        "ours": ours,
        "the_same_files_once": once,
        "each_count_is_so_many_times_that_of_once": same,
        "limits": {"seconds": 30, "peak_mb": 4000},
    }


def linked(files, links, rows):
    """Each file under as many names as make so many rows; how many that are."""
    import duckdb

    names = ", ".join(f"'{file}'" for file in files)
    query = f"select count(easting) from read_parquet([{names}])"
    times = -(-rows // duckdb.execute(query).fetchone()[0])
    for number in range(times):
        for at, file in enumerate(files):
            os.link(file, links / f"{number}-{at}.parquet")
    return times


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="accepted; JSON is all it prints")
    parser.add_argument("--rows", type=int, default=200_000_000)
    parser.add_argument("--part", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--home", help=argparse.SUPPRESS)
    parser.add_argument("--counts", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.part:
        import numpy as np

        np.save(asked.counts, part(asked.home, sorted(asked.part.rglob("*.parquet"))))
    else:
        print(json.dumps(compare(asked.rows), indent=2))


if __name__ == "__main__":
    main()
