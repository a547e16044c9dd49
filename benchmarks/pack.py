"""The whole printed pack of a tour through Oakham with 20 stops, on Rutland's real streets.

Cold is the first pack of a new process, after Django has started; warm are those that follow. No
other program makes such a pack, so there is no peer: the bar is two seconds.

    python -m benchmarks.pack --json
"""

import json
import os
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from ._part import machine, run, timed, version

RUNS, STOPS, BAR = 5, 20, 2.0
EXTRACT = Path(__file__).resolve().parents[2] / "shared/data/osm/rutland-2022-07-20.osm.pbf"
WEST, SOUTH, EAST, NORTH = -0.735, 52.664, -0.720, 52.674


def prepare(home):
    """A home with the street map, and a signed tour that has a join code and guests."""
    setup(home)
    from django.core.management import call_command
    from django.utils import timezone
    from shapely.geometry import box

    from studytours.areas.operations import make_area
    from studytours.streets.operations import import_streets
    from studytours.tours import operations

    call_command("migrate", verbosity=0)
    import_streets(EXTRACT)
    area = make_area(name="Oakham", geometry=box(WEST, SOUTH, EAST, NORTH), made_from="drawn",
                     why="Asked for")  # fmt: skip
    evening = (timezone.now() + timedelta(days=30)).replace(hour=18, minute=0)
    tour = operations.plan_tour(
        area=area, title="Oakham study tour", meeting_point="Market Place",
        starts_at=evening, meeting=(52.6705, -0.7277),
    )  # fmt: skip
    for number in range(STOPS):
        lat = SOUTH + (NORTH - SOUTH) * (0.1 + 0.8 * (number % 5) / 5)
        lon = WEST + (EAST - WEST) * (0.1 + 0.8 * (number // 5) / 4)
        operations.add_stop(
            tour, name=f"Stop {number}", lat=lat, lon=lon, look_at="Who can see in?"
        )
    operations.make_join_code(tour)
    operations.sign_assessment(tour, name="Amina Price")
    return tour.pk


def setup(home):
    os.environ |= {
        "STUDYTOURS_HOME": home, "DJANGO_SETTINGS_MODULE": "studytours.config.settings",
    }  # fmt: skip
    import django

    django.setup()


def part(home, pk, large):
    """One process: its first pack, then the others."""
    setup(home)
    import studytours.config.urls  # noqa: F401  (as a server has it)

    started, worked = time.perf_counter(), time.process_time()
    pack(pk, large)
    cold = {
        "cold_seconds": round(time.perf_counter() - started, 3),
        "cold_cpu_seconds": round(time.process_time() - worked, 3),
    }
    pdf, warm = timed(lambda: pack(pk, large), RUNS)
    return {**cold, **warm, "bytes": len(pdf)}


def pack(pk, large):
    from studytours.tours.models import Tour
    from studytours.tours.packs.content import content_of
    from studytours.tours.packs.parts import PARTS
    from studytours.tours.packs.typesetting import typeset

    tour = Tour.objects.select_related("area", "leader").get(pk=pk)
    return typeset(content_of(tour, list(PARTS), large=large))


def main():
    if len(sys.argv) > 3:
        home, pk, large = sys.argv[1:]
        print(json.dumps(part(home, int(pk), large == "large")))
        return
    with tempfile.TemporaryDirectory() as home:
        pk = prepare(home)
        ours = {name: run("benchmarks.pack", home, pk, name) for name in ("usual", "large")}
    slowest = max(max(one["cold_seconds"], one["seconds"]) for one in ours.values())
    print(json.dumps({
        "name": "pack", "machine": machine(), "load": round(os.getloadavg()[0], 1),
        "typst": version("typst"), "stops": STOPS, "ours": ours, "bar_seconds": BAR,
        "within": slowest <= BAR,
    }))  # fmt: skip


if __name__ == "__main__":
    main()
