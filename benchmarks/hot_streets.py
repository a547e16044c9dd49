"""The map of hot streets with a whole county: server time, weight, and frames on a slow phone.

Northamptonshire, 2025, from the shared open data. The peer is the same map as GeoJSON features
with their words, as the choose page sends its points. The frames are those of a phone's screen
(390 × 844, two dots a pixel) while a finger drags the map for some seconds, with Chromium's CPU
slowed down four times: with the map's ground alone, and with every point of the county. Where no
graphics card draws, most of a frame is the drawing; `own_ms` is what the page's own thread does
for a frame, and that is what a phone with a graphics card waits for.

    python -m benchmarks.hot_streets --json
"""

import gzip
import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

RUNS, SLOWED = 5, 4
FORCE = "northamptonshire"
SHARED = Path(__file__).resolve().parents[2] / "shared/data"
WANTED = (
    "police-uk-northamptonshire-street.zip",
    "boundaries/lsoa-2021-northamptonshire-rutland.geojson",
    "boundaries/lookup-lsoa21-ward24-lad24-northamptonshire-rutland.csv",
    "osm/rutland-2022-07-20.osm.pbf",
)
PAGE = "/desk/choose/streets/?crimes=acquisitive%2Bretail&by=point"
DRAGGED = """() => { window.frames_ = []; let last = performance.now();
  const note = (now) => { frames_.push(now - last); last = now; requestAnimationFrame(note); };
  requestAnimationFrame(note); }"""


def prepare(home):
    """A home with the county's crimes, boundaries and a street map next to it."""
    os.environ |= {
        "STUDYTOURS_HOME": home, "DJANGO_SETTINGS_MODULE": "studytours.config.settings",
    }  # fmt: skip
    import django

    django.setup()
    from django.core.management import call_command

    from studytours.areas.operations import load_data
    from studytours.demo.town import PASSWORD
    from studytours.partners.operations import create_local_accounts

    call_command("migrate", verbosity=0)
    with tempfile.TemporaryDirectory() as folder:
        for name in WANTED:
            Path(folder, Path(name).name).symlink_to(SHARED / name)
        load_data(folder)
    create_local_accounts(PASSWORD)
    return PASSWORD


def server_time():
    """Median seconds of the whole question, from the archive's files each time."""
    from studytours.areas.hot_streets import hot_streets
    from studytours.crime import archive

    seconds = []
    for _ in range(RUNS):
        archive._answers.cache_clear()
        started = time.perf_counter()
        hot_streets(FORCE)
        seconds.append(time.perf_counter() - started)
    return {"seconds": round(statistics.median(seconds), 3), "runs": RUNS}


def weights():
    """Bytes over the line of every map point of the county, all types: ours and as GeoJSON."""
    from django.core.serializers.json import DjangoJSONEncoder

    from studytours.areas.hot_streets import hot_streets
    from studytours.areas.hot_streets.payload import payload
    from studytours.areas.layers import STEPS, point_layer

    def packed(answer):
        text = json.dumps(answer, cls=DjangoJSONEncoder)
        return text, round(len(gzip.compress(text.encode(), 6)) / 1000, 1)

    spots = hot_streets(FORCE, crimes="all", by="point")
    text, ours = packed(payload(spots, STEPS))
    _, peer = packed(point_layer(force=FORCE, crimes="all"))
    return text, {"points": len(spots), "kilobytes": ours, "geojson_kilobytes": peer}


def frames(password, points):
    """Milliseconds a frame while dragging; None where Playwright is not installed."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    from bin.make_screenshots import ARGUMENTS

    with sync_playwright() as engine, serving() as base:
        browser = engine.chromium.launch(
            executable_path=os.getenv("CHROMIUM", "/usr/bin/chromium"), args=ARGUMENTS
        )
        context = browser.new_context(
            base_url=base, viewport={"width": 390, "height": 844}, device_scale_factor=2
        )
        page = context.new_page()
        page.goto("/account/login/")
        page.fill("input[name=login]", "coordinator@studytours.example")
        page.fill("input[name=password]", password)
        page.press("input[name=password]", "Enter")
        page.wait_for_url("**/desk/")
        devtools = context.new_cdp_session(page)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
        found = {
            name: dragged(page, devtools, answer)
            for name, answer in (("ground", json.dumps({"n": []})), ("points", points))
        }
        browser.close()
    return found


def dragged(page, devtools, answer):
    page.unroute_all()
    page.route("**/spots.json*", lambda route: route.fulfill(
        body=answer, content_type="application/json"))  # fmt: skip
    page.goto(PAGE)
    page.wait_for_function("() => document.querySelector('[data-spots-ready]')", timeout=120_000)
    page.wait_for_timeout(6000)
    box = page.locator("#map").bounding_box()
    page.evaluate("scrollTo(0, document.getElementById('map').offsetTop - 100)")
    box = page.locator("#map").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for _ in range(3):  # closer: a town fills the screen
        page.locator(".maplibregl-ctrl-zoom-in").click()
        page.wait_for_timeout(1500)
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(DRAGGED)
    began = busy(devtools)
    for step in range(60):
        page.mouse.move(x + 70 * ((step % 20) / 10 - 1), y + step)
    times = sorted(page.evaluate("() => frames_.slice(2)"))
    worked = busy(devtools) - began
    page.mouse.up()
    return {
        "frames": len(times),
        "median_ms": round(statistics.median(times), 1),
        "p95_ms": round(times[int(0.95 * len(times))], 1),
        "own_ms": round(1000 * worked / (len(times) + 2), 1),
    }


def busy(devtools):
    """Seconds the page's own thread has worked."""
    found = devtools.send("Performance.getMetrics")["metrics"]
    return next(one["value"] for one in found if one["name"] == "TaskDuration")


class serving:
    """Our own server on a free port, as a context."""

    def __enter__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", "studytours", "serve", "--port", str(port)]
        self.server = subprocess.Popen(command, stdout=sys.stderr)
        base = f"http://127.0.0.1:{port}"
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{base}/healthz", timeout=2).read()
                return base
            except OSError:
                time.sleep(0.2)
        raise SystemExit("The server did not start.")

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait(30)


def main():
    if not SHARED.is_dir():
        raise SystemExit("The shared open data is not here.")
    with tempfile.TemporaryDirectory() as home:
        password = prepare(home)
        text, weight = weights()
        result = {
            "name": "hot_streets",
            "machine": f"{platform.machine()}, {os.cpu_count()} cores",
            "ours": server_time() | weight,
            "ratio": round(weight["geojson_kilobytes"] / weight["kilobytes"], 1),
            "frames": frames(password, text),
            "cpu_slowed": SLOWED,
            "limits": {"kilobytes": 150},
        }
    text = json.dumps(result, indent=2) if "--json" in sys.argv else str(result)
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
