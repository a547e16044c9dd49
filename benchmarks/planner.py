"""The route planner on real streets: Oakham in Rutland, from a cold process and warm.

`cold` is a fresh process of Django that proposes a route: streets, crimes, candidates, search.
`warm` is what dragging a stop costs: the way by ten stops after one has moved, times and all.
`forty` are tasks of 40 stops on the same streets: heuristic (at most 1 s) and proof (15 s).

    python -m benchmarks.planner --json
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import numpy as np
from benchmarks import _part

DATA = Path(__file__).resolve().parents[2] / "shared/data"
OAKHAM = (-0.740, 52.663, -0.715, 52.675)
MEETING = (52.6700, -0.7265)
RUNS = 5
BUDGETS = (60, 90, 120, 180)


def world():
    """Rutland's streets and crimes, and a tour of Oakham, in the folder of STUDYTOURS_HOME."""
    from django.core.management import call_command
    from django.utils import timezone
    from shapely.geometry import box

    from studytours.areas.operations import make_area
    from studytours.crime.operations import import_crimes
    from studytours.streets.operations import import_streets
    from studytours.tours.operations import plan_tour

    call_command("migrate", verbosity=0)
    import_streets(DATA / "osm/rutland-2022-07-20.osm.pbf")
    import_crimes([DATA / "police-uk-leicestershire-street-rutland-only.zip"])
    area = make_area(
        name="Oakham", geometry=box(*OAKHAM), made_from="drawn", why="x", force="leicestershire"
    )
    plan_tour(
        area=area, title="Oakham", starts_at=timezone.now() + timedelta(20),
        meeting_point="The library on Catmose Street", meeting=MEETING,
    )  # fmt: skip
    return {}


def cold():
    """Seconds from the first import of Django's apps to a proposal, in this process."""
    from studytours.tours.models import Tour
    from studytours.tours.operations import propose_route

    started = time.perf_counter()
    found = propose_route(Tour.objects.get())
    return {
        "propose_seconds": round(time.perf_counter() - started, 3),
        "stops": len(found.stops), "candidates": len(found.pool), "good": found.how_good,
    }  # fmt: skip


def warm():
    """Seconds for the answer to one drag: saved, and the list with its times written anew."""
    from django.test import Client

    from studytours.partners.operations import create_person
    from studytours.tours.models import Tour
    from studytours.tours.operations import propose_route, use_proposal

    tour = Tour.objects.get()
    use_proposal(tour, at=propose_route(tour).at)
    person = create_person(email="a@example.org", name="A", role="coordinator")
    client = Client(SERVER_NAME="localhost", headers={"Accept": "application/json"})
    client.force_login(person)
    stop = tour.stops.first()
    where = f"/desk/tours/{tour.slug}/stops/{stop.pk}/place/"
    seconds = []
    for number in range(RUNS + 1):
        point = {"lat": stop.lat + number * 0.0003, "lon": stop.lon}
        started = time.perf_counter()
        answer = client.post(where, point)
        seconds.append(time.perf_counter() - started)
        if answer.status_code != 200:
            raise SystemExit(f"The stop was not moved: {answer.status_code}")
    return {
        "seconds": round(statistics.median(seconds[1:]), 3),
        "runs": [round(one, 3) for one in seconds[1:]], "stops": tour.stops.count(),
    }  # fmt: skip


def forty():
    """Tasks of 40 stops along Oakham's streets: each found, then proven."""
    from placestats import best_walk, prove_walk
    from studytours.streets.network import router_for

    router = router_for(OAKHAM)
    rows = []
    for seed in range(2):
        rng = np.random.default_rng(seed)
        west, south, east, north = OAKHAM
        places = np.column_stack([rng.uniform(west, east, 40), rng.uniform(south, north, 40)])
        places = np.vstack([MEETING[::-1], places])
        spots = [router.nearest(*place, connected=True) for place in places]
        travel = router.between(spots) / (4000 / 60)
        value = np.append(0.0, rng.integers(1, 21, 40))
        dwell = np.append(0.0, rng.choice([5, 5, 5, 10], 40))
        for budget in BUDGETS:
            options = {"budget": budget, "start": 0, "end": 0}
            started = time.perf_counter()
            walk = best_walk(travel, value, dwell, **options, seconds=1.0)
            found = time.perf_counter()
            best = prove_walk(travel, value, dwell, **options, walk=walk)
            rows.append({
                "minutes": budget, "value": walk.value, "bound": walk.bound,
                "seconds": round(found - started, 2), "best": best.value,
                "proven": best.proven, "proof_seconds": round(time.perf_counter() - found, 2),
            })  # fmt: skip
            sys.stderr.write(f"{rows[-1]}\n")
    return {
        "tasks": rows, "proven": sum(row["proven"] for row in rows),
        "longest_seconds": max(row["seconds"] for row in rows),
        "longest_proof_seconds": max(row["proof_seconds"] for row in rows),
    }  # fmt: skip


PARTS = {"world": world, "cold": cold, "warm": warm, "forty": forty}


def run(part, home):
    """(what the part printed, seconds that the whole process took)"""
    command = [sys.executable, "-m", "benchmarks.planner", "--part", part]
    environment = {**os.environ, "STUDYTOURS_HOME": home}
    environment["DJANGO_SETTINGS_MODULE"] = "studytours.config.settings"
    started = time.perf_counter()
    printed = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True).stdout
    return json.loads(printed), round(time.perf_counter() - started, 3)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="accepted; JSON is all it prints")
    parser.add_argument("--part", choices=PARTS)
    chosen = parser.parse_args()
    if chosen.part:
        import django

        django.setup()
        print(json.dumps(PARTS[chosen.part]()))
        return
    with tempfile.TemporaryDirectory() as home:
        run("world", home)
        colds = [run("cold", home) for _ in range(3)]
        found = min(colds, key=lambda one: one[1])
        result = {
            "name": "planner", "machine": _part.machine(),
            "cold": {**found[0], "process_seconds": [seconds for _, seconds in colds]},
            "warm": run("warm", home)[0], "forty": run("forty", home)[0],
        }  # fmt: skip
    print(json.dumps(result))


if __name__ == "__main__":
    main()
