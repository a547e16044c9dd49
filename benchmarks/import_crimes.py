"""Importing street files of data.police.uk: ours beside polars, in one run.

`polars` is the plainest peer there is: one streaming scan of all CSVs into one Parquet file. It
keeps every row as it comes. `polars_same_rows` also does what ours must: one file a
month, and rows that have a Crime ID and are identical in every column only once. Ours unpacks the
zip, hashes and checks every byte and row, counts, measures each map point on the National Grid,
and switches the archive in a transaction; polars is given CSVs already unpacked. Each run is a
process of its own, start and imports included; `start` is that part of ours and of polars alone
(one file of three rows; `import polars`).

    python -m benchmarks.import_crimes --json [--files two-million|all-forces|northamptonshire]
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from benchmarks import _archive, _part, _street_files

ZIPS = {
    "northamptonshire": "police-uk-northamptonshire-street.zip",
    "all-forces": "police-uk-all-forces-2025-06-to-08.zip",
}
SETS = ("two-million", *ZIPS)
RUNS = 3

POLARS = """
import sys
import polars as pl
target = sys.argv[2] + "/all.parquet"
pl.scan_csv(sys.argv[1] + "/**/*.csv").sink_parquet(target)
print('{"rows": %d}' % pl.scan_parquet(target).select(pl.len()).collect().item())
"""
POLARS_SAME_ROWS = """
import sys
from pathlib import Path
import polars as pl
read = kept = 0
for file in sorted(Path(sys.argv[1]).rglob("*.csv")):
    rows = pl.read_csv(file, infer_schema=False)
    named = pl.col("Crime ID").is_not_null()
    fewer = pl.concat([rows.filter(~named), rows.filter(named).unique()])
    fewer = fewer.with_columns(pl.col("Longitude", "Latitude").cast(pl.Float64))
    fewer.write_parquet(
        Path(sys.argv[2]) / f"{file.stem}.parquet", compression="zstd", compression_level=1)
    read, kept = read + rows.height, kept + fewer.height
print('{"rows": %d, "exact_duplicates_dropped": %d}' % (read, read - kept))
"""


def timed(command, environment):
    """(seconds, peak MB, what it printed) of a child process."""
    started = time.perf_counter()
    child = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    printed = child.stdout.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{command[:3]} failed with {child.returncode}")
    # Linux counts kilobytes, macOS bytes.
    peak = used.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
    return time.perf_counter() - started, peak, json.loads(printed)


def run_ours(path, folder):
    home = tempfile.mkdtemp(dir=folder)
    _archive.empty(home)
    command = [*_archive.STUDYTOURS, "import_crimes", str(path), "--json"]
    return timed(command, _archive.environment(home))


def run_polars(program, csvs, folder):
    target = tempfile.mkdtemp(dir=folder)
    return timed([sys.executable, "-c", program, str(csvs), target], dict(os.environ))


def start(folder):
    """Seconds until ours, and polars, have loaded their code."""
    csv = Path(folder) / "start/2025-01-kent-street.csv"
    row = "a,2025-01,,,0.5,51.2,On or near Kilnway,E01000001,Kent 001A,Burglary,,"
    csv.parent.mkdir()
    csv.write_text(f"{_street_files.HEADER}{row}\n")
    polars = [sys.executable, "-c", "import polars; print('{}')"]
    return {
        "ours": median(run_ours(csv, folder)[0] for _ in range(RUNS)),
        "polars": median(timed(polars, dict(os.environ))[0] for _ in range(RUNS)),
    }


def median(seconds):
    return round(statistics.median(seconds), 2)


def summary(runs):
    return {
        "seconds": median(seconds for seconds, _, _ in runs),
        "runs": [round(seconds, 2) for seconds, _, _ in runs],
        "peak_mb": round(max(peak for _, peak, _ in runs)),
    }


def compare(name):
    with tempfile.TemporaryDirectory() as folder:
        csvs = Path(folder) / "csvs"
        if name in ZIPS:
            path = _archive.SHARED / ZIPS[name]
            with zipfile.ZipFile(path) as archive:
                archive.extractall(csvs)
        else:
            _street_files.write(csvs)
            path = csvs
        ways = {
            "ours": lambda: run_ours(path, folder),
            "polars": lambda: run_polars(POLARS, csvs, folder),
            "polars_same_rows": lambda: run_polars(POLARS_SAME_ROWS, csvs, folder),
        }
        # In turns, so that what else the machine does falls on all of them.
        rounds = [{way: run() for way, run in ways.items()} for _ in range(RUNS)]
        first = {way: rounds[0][way][2] for way in ways}
        measured = {way: summary([one[way] for one in rounds]) for way in ways}
        started = start(folder)
    ours = measured["ours"]["seconds"]
    counts = first["polars_same_rows"]
    return {
        "files": first["ours"]["files"],
        **measured,
        "start": started,
        "ratio": {way: round(measured[way]["seconds"] / ours, 2) for way in ways if way != "ours"},
        "counts": counts,
        "counts_agree": counts == {key: first["ours"][key] for key in counts}
        and first["polars"]["rows"] == first["ours"]["rows"],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="accepted; JSON is all it prints")
    parser.add_argument("--files", choices=SETS, help="only this set")
    chosen = parser.parse_args().files
    result = {
        "name": "import_crimes",
        "machine": _part.machine(),
        "polars_version": _part.version("polars"),
        **{name: compare(name) for name in SETS if chosen in (None, name)},
    }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
