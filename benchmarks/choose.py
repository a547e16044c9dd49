"""Choosing where to walk: the page from a cold process, and the suggestions behind it.

`page` is the server's time for the first request of a fresh process to /desk/choose/, nothing
kept from before; the process has started as the web server does (config/wsgi.py). `suggest` is
`suggest_areas` in a fresh process, SciPy's loading included; `warm` is the same question again,
read and counted anew. Peers, in the same run and answering the same question:

- circles: every distance between two map points, and a greedy choice that sums anew at each step;
- streets: Dijkstra's algorithm with a heap of Python's, from each map point on Rutland's streets.

    python -m benchmarks.choose --json [--home FOLDER]
"""

import argparse
import heapq
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from benchmarks import _part

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
RUNS = 5
CRIMES = {
    "northamptonshire": ["police-uk-northamptonshire-street.zip"],
    "leicestershire": ["police-uk-leicestershire-street-rutland-only.zip"],
    "lancashire": ["police-uk-lancashire-street.zip", "police-uk-lancashire-street-2025.zip"],
}
BOUNDARIES = {
    "lsoa-2021-northamptonshire-rutland": "lsoa",
    "lsoa-2021-lancashire": "lsoa",
    "wards-2022-northamptonshire-rutland": "ward",
}
TABLES = (
    "boundaries/lookup-lsoa11-lsoa21-northamptonshire-rutland.csv",
    "boundaries/lookup-lsoa21-ward24-lad24-northamptonshire-rutland.csv",
    "census-deprivation/census2021-households-lsoa21-northamptonshire-rutland.csv",
    "census-deprivation/imd2025-lsoa21-northamptonshire-rutland.csv",
)


def load(home):
    """Everything that the parts look at."""

    def studytours(*arguments):
        command = [sys.executable, "-m", "studytours", *map(str, arguments)]
        subprocess.run(command, env=environment(home), stdout=subprocess.DEVNULL, check=True)

    studytours("migrate", "-v0")
    for files in CRIMES.values():
        studytours("import_crimes", *(SHARED / file for file in files), "--json")
    for name, kind in BOUNDARIES.items():
        file = SHARED / f"boundaries/{name}.geojson"
        studytours("import_boundaries", file, "--kind", kind, "--json")
    for table in TABLES:
        studytours("import_statistics", SHARED / table, "--json")
    studytours("import_streets", SHARED / "osm/rutland-2022-07-20.osm.pbf", "--json")


def environment(home):
    return {**os.environ, "STUDYTOURS_HOME": str(home)}


def once(call):
    """(what it returned, figures): `cpu_seconds` are of all threads, on a busy machine too."""
    started = time.process_time()
    answer, figures = _part.timed(call, 1)
    return answer, figures | {"cpu_seconds": round(time.process_time() - started, 3)}


def part_page(force):
    from django.core.cache import cache
    from django.test import Client

    from studytours.config.wsgi import application  # noqa: F401  (the server has started)
    from studytours.partners.models import Person
    from studytours.partners.operations import create_person

    cache.clear()
    client = Client(HTTP_HOST="127.0.0.1")
    coordinator = Person.objects.filter(email="bench@example.org").first()
    client.force_login(
        coordinator or create_person(email="bench@example.org", name="B", role="coordinator")
    )
    answer, figures = once(lambda: client.get("/desk/choose/", {"force": force}))
    assert answer.status_code == 200
    return figures | {"bytes": len(answer.content)}


def part_suggest(force):
    found, figures = once(lambda: _suggested(force))
    _, warm = once(lambda: _suggested(force))
    figures["warm_seconds"] = warm["seconds"]
    return figures | {"places": len(found), "along_streets": _along_streets(found)}


def _suggested(force):
    from studytours.areas.queries import suggest_areas
    from studytours.crime import archive

    kept = [one for one in vars(archive).values() if hasattr(one, "cache_clear")]
    for one in kept:
        one.cache_clear()
    return suggest_areas(force)


def _along_streets(found):
    return sum(one.shape == "streets" for one in found)


def part_circles(force):
    """Our choice of circles beside the plain one."""
    import numpy as np

    from studytours.areas.catchments import survey
    from studytours.areas.competing import choose

    found = survey(force, "acquisitive", 500)
    found.__dict__["footings"] = []  # circles everywhere
    points = np.flatnonzero(found.weights > 0)
    xy, worth = found.recorded.xy[points], found.weights[points]
    ours, figures = _part.timed(lambda: [point for point, _ in choose(found, 40)], 3)
    plain, peer = _part.timed(lambda: points[plain_choice(xy, worth, 500, 40)].tolist(), 1)
    return figures, peer, {"points": len(points), "same_choice": ours == plain}


def plain_choice(xy, worth, radius, most):
    """Greedy: at each step sum anew what every open circle would add."""
    import numpy as np

    within = [np.flatnonzero(np.hypot(*(xy - one).T) <= radius) for one in xy]
    left, is_open, chosen = worth.copy(), np.ones(len(xy), bool), []
    while len(chosen) < most and is_open.any():
        gains = [left[some].sum() if may else -1 for some, may in zip(within, is_open, strict=True)]
        best = int(np.argmax(np.round(gains, 9)))
        if gains[best] <= 1e-9:
            break
        chosen.append(best)
        left[within[best]] = 0
        is_open &= np.hypot(*(xy - xy[best]).T) >= 2 * radius
    return chosen


def part_streets(force):
    """What can be reached within 650 m on foot of each map point: ours beside the plain one."""
    from studytours.areas.catchments import survey

    (footing,) = survey(force, "acquisitive", 500).footings
    ours, figures = _part.timed(lambda: footing.reach(footing.points, 650), 3)
    links = links_of(footing.joined.matrix)
    nodes = footing.joined.nodes
    plain, peer = _part.timed(
        lambda: [plain_walk(links, nodes + at, 650) for at in range(len(footing.points))], 1
    )
    pairs = {
        (int(one), int(footing.points[node - nodes]))
        for one, reached in zip(footing.points, plain, strict=True)
        for node in reached
        if node >= nodes
    }
    mine = set(zip(*(side.tolist() for side in ours), strict=True))
    proof = {"points": len(footing.points), "pairs": len(mine), "same_pairs": mine == pairs}
    return figures, peer, proof


def links_of(matrix):
    """Node → [(neighbour, metres)]."""
    starts = matrix.indptr.tolist()
    entries = list(zip(matrix.indices.tolist(), matrix.data.tolist(), strict=True))
    return [entries[one:other] for one, other in pairwise(starts)]


def plain_walk(links, start, limit):
    """Node → metres, of all that are at most so far."""
    done, waiting = {}, [(0.0, start)]
    while waiting:
        metres, here = heapq.heappop(waiting)
        if here in done:
            continue
        done[here] = metres
        for there, more in links[here]:
            if metres + more <= limit:
                heapq.heappush(waiting, (metres + more, there))
    return done


PARTS = {
    "page": part_page, "suggest": part_suggest, "circles": part_circles, "streets": part_streets,
}  # fmt: skip


def part(name, force):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studytours.config.settings")
    if name != "page":
        import django

        django.setup()
    print(json.dumps(PARTS[name](force)))


def fresh(name, force, home):
    """The part in processes of its own: the median of them."""
    os.environ["STUDYTOURS_HOME"] = str(home)
    runs = [_part.run(__spec__.name, "--part", name, "--force", force) for _ in range(RUNS)]

    def middle(name):
        return round(statistics.median(one[name] for one in runs), 3)

    return runs[0] | {
        "seconds": middle("seconds"),
        "cpu_seconds": middle("cpu_seconds"),
        "runs": [one["seconds"] for one in runs],
        "peak_mb": max(one["peak_mb"] for one in runs),
    }


def beside(name, force, home):
    os.environ["STUDYTOURS_HOME"] = str(home)
    ours, plain, proof = _part.run(__spec__.name, "--part", name, "--force", force)
    ratio = round(plain["seconds"] / ours["seconds"], 1)
    return {"force": force, "ours": ours, "plain": plain, "ratio": ratio, **proof}


def compare(home):
    result = {"name": "choose", "machine": _part.machine(), "load": round(os.getloadavg()[0], 1)}
    started = time.perf_counter()
    result["page"] = {force: fresh("page", force, home) for force in CRIMES}
    result["suggest"] = {force: fresh("suggest", force, home) for force in CRIMES}
    result["circles"] = beside("circles", "northamptonshire", home)
    result["streets"] = beside("streets", "leicestershire", home)
    result["took"] = round(time.perf_counter() - started)
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="accepted; JSON is all it prints")
    parser.add_argument("--home", help="a folder that is loaded already")
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    parser.add_argument("--force", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.part:
        part(asked.part, asked.force)
    elif asked.home:
        print(json.dumps(compare(asked.home), indent=2))
    else:
        with tempfile.TemporaryDirectory() as home:
            load(home)
            print(json.dumps(compare(home), indent=2))


if __name__ == "__main__":
    main()
