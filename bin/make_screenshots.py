"""Make the pictures in docs/pictures from the running demonstration, at phone and desktop width.

Starts its own server on a free port with an empty home, so that the pictures show what a
newcomer sees, and stops it at the end.
"""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "docs/pictures"
WIDTHS = {"desktop": (1280, 860), "phone": (390, 844)}
PHONE = {
    "stops": "stops", "tell": "tell", "feeling": "feeling", "area": "area/before",
    "shop": "shop", "private": "private", "home": "",
}  # fmt: skip
ARGUMENTS = [
    "--no-sandbox", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-quic", "--lang=en-GB",
]  # fmt: skip


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(home, port):
    command = [sys.executable, "-m", "studytours", "serve", "--prepare", "--port", str(port)]
    server = subprocess.Popen(command, env={**os.environ, "STUDYTOURS_HOME": home})
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).read()
            return server
        except OSError:
            time.sleep(0.2)
    server.terminate()
    raise SystemExit("The demonstration did not start.")


def sign_in(page):
    page.goto("/account/login/")
    page.fill("input[name=login]", "coordinator@studytours.example")
    page.fill("input[name=password]", "walk-with-us")
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/desk/")


def link(page, start, pattern):
    """The address of the first link on a page that matches."""
    page.goto(start)
    return re.search(rf'href="({pattern})"', page.content()).group(1)


def open_code(home):
    """The join code of the demonstration's open walk."""
    command = [sys.executable, "-m", "studytours", "demo", "--json"]
    answer = subprocess.run(
        command, env={**os.environ, "STUDYTOURS_HOME": home}, check=True, capture_output=True
    )
    return json.loads(answer.stdout)["join_code"]


def take(page, name, width, path):
    page.goto(path)
    page.wait_for_load_state("networkidle")
    for map_ in page.query_selector_all("[data-map]"):
        map_.scroll_into_view_if_needed()
        page.wait_for_function(
            "m => m.dataset.ready || m.classList.contains('st-map__no')", arg=map_
        )
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(2000)  # tiles are painted after the map says it is ready
    page.screenshot(path=OUT / f"{name}-{width}.png")


def walk_with_a_phone(context, address):
    """The phone's screens, by the code of the walk that is open now."""
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Join the walk").wait_for()
    page.screenshot(path=OUT / "phone-join.png")
    page.get_by_role("button", name="Join the walk").click()
    page.get_by_text("This works without signal").wait_for()
    for name, path in PHONE.items():
        page.goto(f"/walk/#/{path}")
        page.locator("h1:focus").wait_for()
        page.screenshot(path=OUT / f"phone-{name}.png")
    page.goto("/walk/#/tell")
    page.get_by_role("button", name="A problem").click()
    page.screenshot(path=OUT / "phone-category.png")
    page.get_by_role("button", name="Poor or broken lighting").click()
    page.get_by_label("In your own words").fill("Two of three lamps are out.")
    page.screenshot(path=OUT / "phone-words.png")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Sent and received").wait_for()
    page.screenshot(path=OUT / "phone-saved.png")
    page.goto("/walk/#/language")
    page.get_by_label("Polski").check()
    page.goto("/walk/#/notes")
    page.locator("h1:focus").wait_for()
    page.screenshot(path=OUT / "phone-polish.png")


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    port = free_port()
    with tempfile.TemporaryDirectory() as home, sync_playwright() as engine:
        server = start(home, port)
        try:
            browser = engine.chromium.launch(
                executable_path=os.getenv("CHROMIUM", "/usr/bin/chromium"), args=ARGUMENTS
            )
            for width, (w, h) in WIDTHS.items():
                context = browser.new_context(
                    base_url=f"http://127.0.0.1:{port}",
                    viewport={"width": w, "height": h},
                    locale="en-GB",
                )
                page = context.new_page()
                take(page, "home", width, "/")
                take(page, "tour-public", width, link(page, "/tours/", r"/tours/osier[^\"]+"))
                take(page, "area-public", width, "/areas/osier-rows/")
                take(
                    page,
                    "action-public",
                    width,
                    link(page, "/areas/osier-rows/", r"/actions/A-[^\"]+"),
                )
                sign_in(page)
                take(page, "choose", width, "/desk/choose/")
                take(page, "hot-streets", width, "/desk/choose/streets/")
                take(page, "area", width, "/desk/areas/curlew-estate/")
                take(page, "tour", width, link(page, "/desk/tours/", r"/desk/tours/harbour[^\"]+"))
                debrief = link(page, "/desk/tours/", r"/desk/tours/seabank[^\"]+/")
                take(page, "debrief", width, f"{debrief}debrief/")
                take(page, "today", width, "/desk/")
                context.close()
            context = browser.new_context(
                base_url=f"http://127.0.0.1:{port}", viewport={"width": 390, "height": 844},
                has_touch=True, is_mobile=True, locale="en-GB",
            )  # fmt: skip
            walk_with_a_phone(context, f"/w/{open_code(home)}")
            browser.close()
        finally:
            server.terminate()
            server.wait(30)


if __name__ == "__main__":
    main()
