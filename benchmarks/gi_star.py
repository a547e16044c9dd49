"""Gi* with chances on 420,000 cells: ours (all draws counted) beside esda (999 permutations).

Invented towns: 200,000 points on 600 × 700 cells, most cells empty. Both answer the same
question: binary 3 × 3 windows, the cell itself included, conditional permutation. esda is
warm: its compiled parts ran once on a small raster, and building its weights is not timed.
`called_hot` is what each would show at a false discovery rate of 5 %: esda's simulated chance
of an empty window is 0.001, so it calls most of the empty land hot.

    python -m benchmarks.gi_star --json [--rows 600] [--columns 700]
"""

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np
from benchmarks import _part

POINTS_PER_CELL = 200_000 / 420_000
RUNS = 21


def towns(rows, columns):
    """(rows × columns) counts: a few hundred towns of unequal size and a sprinkle elsewhere."""
    rng = np.random.default_rng(3)
    points = round(rows * columns * POINTS_PER_CELL)
    sizes = rng.pareto(1.3, 300) + 0.2
    town = rng.choice(300, points, p=sizes / sizes.sum())
    centres = rng.uniform(0, [rows, columns], (300, 2))[town]
    width = 1 + 6 * np.sqrt(sizes / sizes.max())[town]
    places = centres + rng.standard_normal((points, 2)) * width[:, None]
    alone = rng.random(points) < 0.05
    places[alone] = rng.uniform(0, [rows, columns], (alone.sum(), 2))
    row, column = np.clip(places, 0, [rows - 1, columns - 1]).astype(int).T
    return np.bincount(row * columns + column, minlength=rows * columns).reshape(rows, columns)


def part_ours(counts):
    from placestats import gi_star

    result, figures = _part.timed(lambda: gi_star(counts), RUNS)
    return result.z, result.p, {**figures, "called_hot": int(result.hot().sum())}


def part_esda(counts):
    from esda.getisord import G_Local
    from libpysal.weights import lat2W
    from scipy.stats import false_discovery_control

    def local(table, weights):
        values = table.ravel().astype(float)
        options = {"transform": "B", "star": True, "permutations": 999, "seed": 1}
        return G_Local(values, weights, keep_simulations=False, **options)

    small = counts[:20, :20] + np.arange(20)
    local(small, lat2W(20, 20, rook=False))
    weights = lat2W(*counts.shape, rook=False)
    result, figures = _part.timed(lambda: local(counts, weights), 1)
    hot = int((false_discovery_control(result.p_sim) <= 0.05).sum())
    shape = counts.shape
    figures["called_hot"] = hot
    return np.asarray(result.Zs).reshape(shape), np.asarray(result.p_sim).reshape(shape), figures


def part(name, file, rows, columns):
    z, p, figures = {"ours": part_ours, "esda": part_esda}[name](towns(rows, columns))
    np.savez(file, z=z, p=p)
    print(json.dumps(figures))


def compare(rows, columns):
    counts = towns(rows, columns)
    result = {
        "name": "gi_star",
        "machine": _part.machine(),
        "cells": counts.size,
        "points": int(counts.sum()),
        "empty_cells": int((counts == 0).sum()),
    }
    with tempfile.TemporaryDirectory() as folder:
        files = {name: Path(folder) / f"{name}.npz" for name in ("ours", "esda")}
        size = ["--rows", rows, "--columns", columns]
        names = [__spec__.name, "--part"]
        result["ours"] = _part.run(*names, "ours", "--file", files["ours"], *size)
        if not (version := _part.version("esda")):
            return {**result, "missing": "esda"}
        result["esda"] = _part.run(*names, "esda", "--file", files["esda"], *size)
        ours, esda = np.load(files["ours"]), np.load(files["esda"])
        result["esda"]["version"] = version
        result["ratio"] = round(result["esda"]["seconds"] / result["ours"]["seconds"])
        result["max_abs_difference"] = float(abs(ours["z"] - esda["z"]).max())
        result["largest_z"] = float(ours["z"].max())
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="accepted; JSON is all it prints")
    parser.add_argument("--rows", type=int, default=600)
    parser.add_argument("--columns", type=int, default=700)
    parser.add_argument("--part", choices=["ours", "esda"], help=argparse.SUPPRESS)
    parser.add_argument("--file", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.part:
        part(asked.part, asked.file, asked.rows, asked.columns)
    else:
        print(json.dumps(compare(asked.rows, asked.columns), indent=2))


if __name__ == "__main__":
    main()
