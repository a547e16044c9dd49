"""The walk of most value on the classical instances: ours beside PyVRP, with the same time.

89 instances of Tsiligirides (1984) and Chao, Golden & Wasil (1996), their best scores proven
for 75. A share of the score that counts is 1 where the best known is reached. PyVRP solves it as
one vehicle with a longest distance and a prize at each point, on whole thousandths.

Of ours each line says how good the walk is: its bound within the same seconds, and whether
`prove_walk` closes what is open in so many more.

    python -m benchmarks.orienteering --json [--seconds 2] [--proof 15]
"""

import argparse
import csv
import json
import statistics
import sys
import time
from pathlib import Path

import numpy as np
from benchmarks import _part

FOLDER = Path(__file__).resolve().parents[2] / "shared/data/orienteering"
FINE = 1000


def instances():
    """(name, best score, proven, budget, travel, value) of each."""
    with (FOLDER / "best-known.csv").open() as file:
        for row in csv.DictReader(file):
            first, *rest = (FOLDER / row["instance"]).read_text().strip().splitlines()
            x, y, value = np.array([line.split() for line in rest], dtype=float).T
            travel = np.hypot(x[:, None] - x, y[:, None] - y)
            proven = row["status"] == "optimal"
            yield (
                row["instance"], float(row["best_score"]), proven, float(first.split()[0]),
                travel, value,
            )  # fmt: skip


def ours(budget, travel, value, seconds, proof):
    from placestats import best_walk, prove_walk

    task = {"budget": budget, "start": 0, "end": 1}
    numbers = travel, value, np.zeros(len(value))
    started = time.perf_counter()
    walk = best_walk(*numbers, **task, seconds=seconds)
    found = time.perf_counter()
    took = travel[walk.order[:-1], walk.order[1:]].sum()
    if took > budget + 1e-6:
        raise SystemExit(f"A walk of {took} is longer than {budget}.")
    best = prove_walk(*numbers, **task, walk=walk, seconds=proof)
    return {
        "score": walk.value, "seconds": round(found - started, 2), "bound": walk.bound,
        "proven": walk.proven, "proved": best.proven, "proved_score": best.value,
        "proved_bound": best.bound, "proof_seconds": round(time.perf_counter() - found, 2),
    }  # fmt: skip


def pyvrp(budget, travel, value, seconds, proof):
    from pyvrp import Model
    from pyvrp.stop import MaxRuntime

    started = time.perf_counter()
    model = Model()
    places = [model.add_location(x=0, y=0) for _ in value]
    start, end = (model.add_depot(place) for place in places[:2])
    worth = int(FINE * travel.max() * 10)  # a point is worth more than any way to it
    for place, points in zip(places[2:], value[2:], strict=True):
        model.add_client(place, prize=int(points * worth), required=False)
    whole = np.floor(travel * FINE).astype(int)
    for i, there in enumerate(places):
        for j, here in enumerate(places):
            if i != j:
                model.add_edge(there, here, distance=int(whole[i, j]))
    model.add_vehicle_type(1, start_depot=start, end_depot=end, max_distance=int(budget * FINE))
    result = model.solve(MaxRuntime(seconds), seed=1, display=False)
    score = result.best.prizes() / worth if result.best.is_feasible() else 0.0
    return {"score": score, "seconds": round(time.perf_counter() - started, 2), "proven": False}


def part(solve, seconds, proof):
    rows = []
    for name, best, known, budget, travel, value in instances():
        answer = solve(budget, travel, value, seconds, proof)
        rows.append({"instance": name, "best": best, "known": known, **answer})
        sys.stderr.write(f"{rows[-1]}\n")
    reached = [row["known"] for row in rows if row["score"] >= row["best"]]
    return {
        "seconds": statistics.median(row["seconds"] for row in rows),
        "longest_seconds": max(row["seconds"] for row in rows),
        "proven_optimum_reached": sum(reached),
        "proven_optimum_known": sum(row["known"] for row in rows),
        "best_found_reached": len(reached) - sum(reached),
        "best_found_known": sum(not row["known"] for row in rows),
        "proven_at_once": sum(row["proven"] for row in rows),
        "proven_in_the_end": sum(row.get("proved", False) for row in rows),
        "mean_share_of_best": round(
            statistics.mean(row["score"] / row["best"] if row["best"] else 1.0 for row in rows), 5
        ),
        "instances": rows,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="accepted; JSON is all it prints")
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--proof", type=float, default=15.0)
    parser.add_argument("--part", choices=("ours", "pyvrp"))
    chosen = parser.parse_args()
    if chosen.part:
        solve = {"ours": ours, "pyvrp": pyvrp}[chosen.part]
        print(json.dumps(part(solve, chosen.seconds, chosen.proof)))
        return
    result = {"name": "orienteering", "machine": _part.machine(), "limit": chosen.seconds}
    parts = ["ours", *(["pyvrp"] if _part.version("pyvrp") else [])]
    for name in parts:
        result[name] = _part.run(
            "benchmarks.orienteering", "--part", name, "--seconds", chosen.seconds,
            "--proof", chosen.proof,
        )  # fmt: skip
    if "pyvrp" in result:
        result["pyvrp_version"] = _part.version("pyvrp")
        missed = {name: 1 - result[name]["mean_share_of_best"] for name in parts}
        result["shortfall"] = {name: round(value, 5) for name, value in missed.items()}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
