"""KDE of 200,000 points on 420,000 cells: ours beside KDEpy's FFTKDE, at the same error.

Invented towns on a raster of 100 m cells, Gaussian of 200 m. The exact sum (each point's own
Gaussian up to 8 bandwidths) is the measure of error, as a share of its peak. KDEpy bins
linearly, so on the raster itself it errs by more than we promise; it is given rasters 2, 3, …
times as fine until it keeps the promise too, and `ratio` compares with that one. It works in
bandwidths, not metres: it cuts its Gaussian where the density falls below 0.0001 in the unit
of the data, which in metres would be at 2.4 bandwidths.

    python -m benchmarks.kde --json
"""

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np
from benchmarks import _part

ROWS, COLUMNS, CELL, BANDWIDTH = 600, 700, 100.0, 200.0
POINTS, RUNS = 200_000, 15
PROMISE = 0.005  # of the peak
FINEST = 4


def towns():
    """(points × 2) in metres, at least eight bandwidths within the raster, on map points."""
    rng = np.random.default_rng(3)
    size = np.array([COLUMNS, ROWS]) * CELL
    share = rng.pareto(1.3, 300) + 0.2
    town = rng.choice(300, POINTS, p=share / share.sum())
    centres = rng.uniform(0, size, (300, 2))[town]
    width = 100 + 1200 * np.sqrt(share / share.max())[town]
    places = centres + rng.standard_normal((POINTS, 2)) * width[:, None]
    places = np.round(places / 40) * 40 + 7  # many crimes share a map point
    return np.clip(places, 8 * BANDWIDTH, size - 8 * BANDWIDTH)


def exact(points):
    """Each different point's Gaussian, cut at 8 bandwidths (10⁻¹⁴), added up."""
    surface = np.zeros((ROWS, COLUMNS))
    far = int(8 * BANDWIDTH / CELL)
    places, times = np.unique(points, axis=0, return_counts=True)
    for (x, y), count in zip(places, times, strict=True):
        column, row = int(x // CELL), int(y // CELL)
        columns = np.arange(max(column - far, 0), min(column + far + 1, COLUMNS))
        rows = np.arange(max(row - far, 0), min(row + far + 1, ROWS))
        by_x = np.exp(-0.5 * (((columns + 0.5) * CELL - x) / BANDWIDTH) ** 2)
        by_y = np.exp(-0.5 * (((rows + 0.5) * CELL - y) / BANDWIDTH) ** 2)
        surface[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] += np.outer(
            count * by_y, by_x
        )
    return surface / (2 * np.pi * BANDWIDTH**2)


def part_ours(points, _finer):
    from placestats import kde

    x, y = np.ascontiguousarray(points.T)
    options = {"bandwidth": BANDWIDTH, "cell": CELL, "bounds": (0, 0, COLUMNS * CELL, ROWS * CELL)}
    result, figures = _part.timed(lambda: kde(x, y, **options), RUNS)
    return result.density, figures


def part_kdepy(points, finer):
    """On a grid whose nodes hold our cells' centres and `finer` − 1 nodes between each two."""
    from KDEpy import FFTKDE

    across, up = (
        CELL / 2 + CELL / finer * np.arange((cells - 1) * finer + 1) for cells in (COLUMNS, ROWS)
    )
    nodes = np.stack(np.meshgrid(across, up, indexing="ij"), axis=-1).reshape(-1, 2)
    points, nodes = points / BANDWIDTH, nodes / BANDWIDTH
    surface, figures = _part.timed(
        lambda: FFTKDE(kernel="gaussian", bw=1.0).fit(points).evaluate(nodes),
        RUNS if finer == 1 else 5,
    )
    density = surface.reshape(len(across), len(up)).T[::finer, ::finer]
    return density * (POINTS / BANDWIDTH**2), figures


def part(name, file, finer):
    density, figures = {"ours": part_ours, "kdepy": part_kdepy}[name](towns(), finer)
    np.save(file, density)
    print(json.dumps(figures))


def measured(name, truth, folder, finer=1):
    """A part's figures with its largest error beside the exact sum; and its surface."""
    file = Path(folder) / f"{name}-{finer}.npy"
    asked = ("--part", name, "--file", file, "--finer", finer)
    figures = _part.run(__spec__.name, *asked)
    density = np.load(file)
    figures["error_of_peak"] = round(float(abs(density - truth).max() / truth.max()), 6)
    return figures, density


def compare():
    truth = exact(towns())
    result = {
        "name": "kde",
        "machine": _part.machine(),
        "cells": ROWS * COLUMNS,
        "points": POINTS,
        "bandwidth_in_cells": BANDWIDTH / CELL,
        "promise": PROMISE,
    }
    with tempfile.TemporaryDirectory() as folder:
        result["ours"], ours = measured("ours", truth, folder)
        if not (version := _part.version("KDEpy")):
            return {**result, "missing": "KDEpy"}
        for finer in range(1, FINEST + 1):
            figures, density = measured("kdepy", truth, folder, finer)
            result[f"kdepy_{finer}_times_as_fine"] = figures
            if figures["error_of_peak"] <= PROMISE:
                break
        result["kdepy_version"] = version
        seconds = result["ours"]["seconds"]
        result["ratio"] = round(figures["seconds"] / seconds, 1)
        result["ratio_is_at_equal_error"] = figures["error_of_peak"] <= PROMISE
        same = result["kdepy_1_times_as_fine"]["seconds"]
        result["ratio_on_the_same_raster"] = round(same / seconds, 1)
        result["max_abs_difference"] = float(abs(ours - density).max())
        result["peak"] = float(truth.max())
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="accepted; JSON is all it prints")
    parser.add_argument("--part", choices=["ours", "kdepy"], help=argparse.SUPPRESS)
    parser.add_argument("--file", help=argparse.SUPPRESS)
    parser.add_argument("--finer", type=int, default=1, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.part:
        part(asked.part, asked.file, asked.finer)
    else:
        print(json.dumps(compare(), indent=2))


if __name__ == "__main__":
    main()
