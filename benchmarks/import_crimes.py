"""Importing the street files of data.police.uk: ours beside polars, in one run.

Both read the same CSVs and write one zstd Parquet file for each, dropping rows that have a
Crime ID and are identical in every column. Ours also unpacks the zip, hashes and checks every
byte, checks every row, counts, and switches the archive in a transaction; polars is given
the CSVs already unpacked. Each run is a process of its own, start and imports included.

    python -m benchmarks.import_crimes --json [--files northamptonshire|all-forces]
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
ZIPS = {
    "northamptonshire": "police-uk-northamptonshire-street.zip",
    "all-forces": "police-uk-all-forces-2025-06-to-08.zip",
}
RUNS = 3

PEER = """
import sys
from pathlib import Path
import polars as pl
read = kept = 0
for file in sorted(Path(sys.argv[1]).rglob("*.csv")):
    rows = pl.read_csv(file, infer_schema=False)
    named = pl.col("Crime ID").is_not_null()
    fewer = pl.concat([rows.filter(~named), rows.filter(named).unique()])
    fewer = fewer.with_columns(pl.col("Longitude", "Latitude").cast(pl.Float64))
    fewer.sort("LSOA code", "Location").write_parquet(
        Path(sys.argv[2]) / f"{file.stem}.parquet", compression="zstd", compression_level=1)
    read, kept = read + rows.height, kept + fewer.height
print('{"rows": %d, "exact_duplicates_dropped": %d}' % (read, read - kept))
"""


def timed(command, environment):
    """(seconds, peak MB, what it printed) of a child process."""
    started = time.perf_counter()
    child = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
    printed = child.stdout.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{command[:3]} failed with {child.returncode}")
    seconds = time.perf_counter() - started
    return seconds, peak_mb(used), json.loads(printed)


def peak_mb(used):
    """Linux counts kilobytes, macOS bytes."""
    return used.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)


def run_ours(path, folder):
    home = tempfile.mkdtemp(dir=folder)
    environment = {**os.environ, "STUDYTOURS_HOME": home}
    environment.pop("DATABASE_URL", None)
    studytours = [sys.executable, "-m", "studytours"]
    subprocess.run([*studytours, "migrate", "-v0"], env=environment, check=True)
    return timed([*studytours, "import_crimes", str(path), "--json"], environment)


def run_polars(csvs, folder):
    target = tempfile.mkdtemp(dir=folder)
    return timed([sys.executable, "-c", PEER, str(csvs), target], dict(os.environ))


def summary(runs):
    return {
        "seconds": round(statistics.median(seconds for seconds, _, _ in runs), 2),
        "runs": [round(seconds, 2) for seconds, _, _ in runs],
        "peak_mb": round(max(peak for _, peak, _ in runs)),
    }


def compare(name):
    path = SHARED / ZIPS[name]
    with tempfile.TemporaryDirectory() as folder:
        csvs = Path(folder) / "csvs"
        with zipfile.ZipFile(path) as archive:
            archive.extractall(csvs)
        pairs = [(run_ours(path, folder), run_polars(csvs, folder)) for _ in range(RUNS)]
    ours, polars = zip(*pairs, strict=True)
    counts = [{key: run[0][2][key] for key in run[1][2]} for run in pairs]
    agree = all(mine == run[1][2] for mine, run in zip(counts, pairs, strict=True))
    ours, polars = summary(ours), summary(polars)
    return {
        "ours": ours,
        "polars": polars,
        "ratio": round(polars["seconds"] / ours["seconds"], 2),
        "counts": counts[0],
        "counts_agree": agree,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="accepted; JSON is all it prints")
    parser.add_argument("--files", choices=ZIPS, default="northamptonshire")
    chosen = parser.parse_args().files
    result = {
        "name": "import_crimes",
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.python_version()}",
        "files": ZIPS[chosen],
        **compare(chosen),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
