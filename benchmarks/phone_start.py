"""How soon the phone app can be used: the second start, without signal, on a slow phone.

Chromium with its processor slowed down four times. From the page's start until "Tell us what you
see" can be pressed, in the page's own clock. Beside it the same start with signal, and the weight
of the first load (compressed as production sends it, the map's files apart). No peer does the same.

    python -m benchmarks.phone_start --json
"""

import gzip
import json
import statistics
import sys
import tempfile

from playwright.sync_api import sync_playwright
from tests.faults.browser import ARGUMENTS, CHROMIUM
from tests.faults.server import Server

from ._part import machine

RUNS, SLOWER = 9, 4
# The time at which the button was there and had been drawn.
WATCH = """() => {
  const look = () => {
    const ready = [...document.querySelectorAll("button")].some((one) => one.textContent.includes("Tell us"));
    if (ready) return requestAnimationFrame(() => (window.usableAt ??= performance.now()));
    requestAnimationFrame(look);
  };
  addEventListener("DOMContentLoaded", look);
}"""  # noqa: E501


def starts(page):
    seconds = []
    for _ in range(RUNS):
        page.goto("about:blank")
        page.goto("/walk/")
        page.get_by_role("button", name="Tell us what you see").wait_for(timeout=60_000)
        page.wait_for_timeout(300)  # drawn, and its time written down
        seconds.append(page.evaluate("window.usableAt") / 1000)
    return {
        "seconds": round(statistics.median(seconds), 3),
        "runs": [round(one, 3) for one in seconds],
    }


def weight(context, page):
    """Kilobytes of the first load, as production compresses it, without the map's part."""
    files = page.evaluate(
        """async () => {
          const name = (await caches.keys()).find((one) => one.startsWith("field-"));
          const kept = await (await caches.open(name)).keys();
          return kept.map(({ url }) => url);
        }"""
    )
    total = 0
    for url in files:
        if url.endswith("/map.js"):
            continue
        body = context.request.get(url).body()
        small = gzip.compress(body, 6) if not url.endswith(".png") else body
        total += min(len(small), len(body))
    return round(total / 1000, 1)


def main():
    with tempfile.TemporaryDirectory() as home, sync_playwright() as engine:
        server = Server(home)
        (code,) = server.ask("prepare", 1)["codes"]
        server.start()
        try:
            browser = engine.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            context = browser.new_context(base_url=server.address, is_mobile=True, has_touch=True)
            context.add_init_script(f"({WATCH})()")
            page = context.new_page()
            page.goto(f"/w/{code}")
            page.get_by_role("button", name="Join the walk").click()
            page.wait_for_url("**/walk/")
            page.get_by_text("This works without signal").wait_for(timeout=60_000)
            kilobytes = weight(context, page)
            slow = context.new_cdp_session(page)
            slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            online = starts(page)
            context.set_offline(True)
            offline = starts(page)
            browser.close()
        finally:
            server.stop()
    result = {
        "name": "phone_start", "machine": machine(), "cpu_slowed_down": SLOWER,
        "ours": offline, "with_signal": online, "kilobytes_first_load": kilobytes,
        "limits": {"seconds": 1.0, "kilobytes_first_load": 200},
    }  # fmt: skip
    sys.stdout.write((json.dumps(result, indent=2) if "--json" in sys.argv else str(result)) + "\n")


if __name__ == "__main__":
    main()
