"""Recounting cell × month × type of 2,000,000 rows from Parquet: ours beside polars and Spark.

Invented street files, imported once; all count the same files, warm, in a process of their own:
DuckDB our text into a table, polars its own streaming query into a frame, Spark (local, if it is
installed) our text into Parquet. `answer` is lines, rows and a sum of hashes of the cube, so
equal answers are equal cubes. `as_arrays` is ours up to the numbered arrays that pages read.
Spark's memory is Java's and not measured.

    python -m benchmarks.count_crimes --json [--rows 2000000]
"""

import argparse
import json
import tempfile
from pathlib import Path

from benchmarks import _archive, _part, _street_files

CELL, RUNS = 250, 9
ANSWER = """select count(*) as lines, sum(n)::bigint as rows,
    (sum(hash(x, y, month, crime_type) % 1000003 * n))::bigint as hashes from """
PARTS = ("ours", "as_arrays", "polars", "spark")


def part_ours(files, _folder):
    from studytours.crime.cubes import cells, question
    from studytours.crime.engines import answers

    text, values = question(cells(CELL), crimes="all")
    figures = _part.timed(lambda: answers(text, values, ["select 1 as done"], files), RUNS)[1]
    read = answers(text, values, [ANSWER + "cube"], files)[0]
    return {name: int(column[0]) for name, column in read.items()}, figures


def part_as_arrays(files, _folder):
    from studytours.crime import archive
    from studytours.crime.cubes import cells, counted

    def count():
        archive._answers.cache_clear()
        return counted(cells(CELL), crimes="all")

    cube, figures = _part.timed(count, RUNS)
    return {"lines": len(cube.n), "rows": cube.total}, figures


def part_polars(files, folder):
    import polars as pl

    places = [(pl.col(c) // CELL).alias(x) for x, c in (("x", "easting"), ("y", "northing"))]
    query = (
        pl.scan_parquet(files)
        .filter(pl.col("easting").is_not_null())
        .group_by(*places, "month", "crime_type")
        .agg(pl.len().alias("n"))
    )
    frame, figures = _part.timed(lambda: query.collect(engine="streaming"), RUNS)
    frame.write_parquet(folder / "polars.parquet")
    return answer_of(folder / "polars.parquet"), figures


def part_spark(files, folder):
    from studytours.crime.cubes import cells, question
    from studytours.crime.spark import counted

    text, values = question(cells(CELL), crimes="all")

    def count(of=len):
        with counted(text, values, files, "local[2]") as parts:
            return of(parts)

    figures = _part.timed(count, 3)[1]
    return count(lambda parts: answer_of(*parts)), {**figures, "peak_mb": None}


def answer_of(*parquet):
    import duckdb

    names = ", ".join(f"'{file}'" for file in parquet)
    row = duckdb.execute(f"{ANSWER} read_parquet([{names}])").fetchone()
    return dict(zip(("lines", "rows", "hashes"), row, strict=True))


def part(name, home):
    _archive.set_up(home)
    files = sorted((Path(home) / "crime").glob("*/*.parquet"))
    answer, figures = globals()[f"part_{name}"](files, Path(home))
    print(json.dumps({**figures, "answer": answer}))


def compare(rows):
    result = {"name": "count_crimes", "machine": _part.machine(), "cell_metres": CELL}
    with tempfile.TemporaryDirectory() as folder:
        csvs, home = Path(folder) / "csvs", Path(folder) / "home"
        _street_files.write(csvs, rows)
        result["files"] = len(_archive.imported(home, csvs))
        for name in PARTS:
            if name in ("polars", "spark"):
                package = {"spark": "pyspark"}.get(name, name)
                if not (version := _part.version(package)):
                    result["missing"] = [*result.get("missing", []), package]
                    continue
            result[name] = _part.run(__spec__.name, "--part", name, "--home", home)
            if name in ("polars", "spark"):
                result[name]["version"] = version
    peers = [name for name in ("polars", "spark") if name in result]
    result["ratio"] = {
        name: round(result[name]["seconds"] / result["ours"]["seconds"], 2) for name in peers
    }
    result["same_cube"] = all(result[name]["answer"] == result["ours"]["answer"] for name in peers)
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="accepted; JSON is all it prints")
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    parser.add_argument("--home", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.part:
        part(asked.part, asked.home)
    else:
        print(json.dumps(compare(asked.rows), indent=2))


if __name__ == "__main__":
    main()
