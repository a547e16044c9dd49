"""Phones in a real browser, on the same bad line: pages killed while they send, two at once."""

import json
import os
import random
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from .harness import picture

CHROMIUM = os.getenv("CHROMIUM") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-quic",
]  # fmt: skip

JOIN = """async (code) => {
  const { Api } = await import("/static/field/sync.js");
  const { Store } = await import("/static/field/store.js");
  const { joined } = await import("/static/field/tour.js");
  const answer = await new Api().join(code, "", "").catch(() => null); // tried again
  if (answer?.token) await joined(new Store(), answer, code);
}"""
SAVE = """async ({ words, tail, picture }) => {
  const { Store } = await import("/static/field/store.js");
  const { localTime } = await import("/static/field/note.js");
  const store = new Store();
  const [tour] = await store.tours();
  const signs = [...atob(picture)].map((sign) => sign.codePointAt(0));
  const bytes = Uint8Array.from([...signs, ...tail]);
  const note = { kind: "idea", captured_at: localTime(new Date()), category: "YOU", words };
  const photos = picture ? [{ content_type: "image/jpeg", bytes }] : [];
  await store.save(tour.id, note, photos);
  dispatchEvent(new Event("online"));
}"""
STATE = """async () => {
  const { Store } = await import("/static/field/store.js");
  const store = new Store();
  const [tour] = await store.tours();
  dispatchEvent(new Event("online"));
  const all = {};
  for (const kind of ["observations", "photos"]) {
    const bare = ({ uuid, sha256, observation, state }) => ({ uuid, sha256, observation, state });
    all[kind] = (await store.records(kind, tour.id)).map(bare);
  }
  return { ...all, must_join: Boolean(tour.must_join) };
}"""


class Phone:
    """One browser's store with one or two pages, which die easily."""

    def __init__(self, browser, line, code):
        self.context = browser.new_context(base_url=line, is_mobile=True, has_touch=True)
        self.context.set_default_timeout(60_000)
        self.code = code
        self.killed = self.joined_again = self.two_tabs = 0
        self.page = self.context.new_page()
        self.page.goto(f"/w/{code}")
        self.join()
        self.page.get_by_role("button", name="Tell us what you see").wait_for()

    def join(self):
        """Press again, as the page asks to, when the server was not there."""
        for _ in range(60):
            with suppress(PlaywrightError):  # it may be going on to the app just now
                self.page.get_by_role("button", name="Join the walk").click(timeout=1000)
            self.page.wait_for_timeout(500)
            if "/walk/" in self.page.url:
                return
        raise TimeoutError("The browser could not join.")

    def save(self, number, picture, chance):
        tail = [chance.randrange(256) for _ in range(24)]
        words = f"From the browser, {number}: 🔦"
        self.page.evaluate(SAVE, {"words": words, "tail": tail, "picture": picture})

    def die(self):
        """The page ends at once, with whatever it was about to do."""
        before, self.page = self.page, self.context.new_page()
        before.close()
        self.killed += 1
        self.page.goto("/walk/")

    def another_tab(self):
        other = self.context.new_page()
        other.goto("/walk/")
        self.two_tabs += 1
        return other

    def finish(self, seconds=120):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            state = self.page.evaluate(STATE)
            if state["must_join"]:
                self.page.evaluate(JOIN, self.code)
                self.joined_again += 1
            elif all(one["state"] == "received" for kind in KINDS for one in state[kind]):
                return state
            self.page.wait_for_timeout(150)
        raise TimeoutError(f"Still waiting: {json.dumps(state)[:500]}")


KINDS = ("observations", "photos")


def phones_in_chromium(count, notes, seed=1):
    """`browser` for harness.run: phones with so many notes each, every third with a photo."""

    def walk(phones, codes):
        chance = random.Random(seed)
        ledger = {"observations": {}, "photos": {}}
        totals = Counter(browser_tabs_killed=0, browser_two_tabs=0, browser_joined_again=0)
        with sync_playwright() as engine:
            browser = engine.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            for number in range(count):
                phone = Phone(browser, phones.line, codes[number % len(codes)])
                one_walk(phone, notes, chance)
                state = phone.finish()
                for one in state["observations"]:
                    ledger["observations"][one["uuid"]] = one["sha256"]
                for one in state["photos"]:
                    ledger["photos"][one["uuid"]] = {
                        "sha256": one["sha256"], "observation": one["observation"],
                    }  # fmt: skip
                totals["browser_tabs_killed"] += phone.killed
                totals["browser_two_tabs"] += phone.two_tabs
                totals["browser_joined_again"] += phone.joined_again
                phone.context.close()
            browser.close()
        if len(ledger["observations"]) != count * notes:
            raise AssertionError("A browser has lost a note by itself.")
        return ledger | {"faults": totals}

    return walk


def one_walk(phone, notes, chance):
    other = None
    for number in range(notes):
        phone.save(number, picture() if number % 3 == 0 else "", chance)
        if number % 4 == 1:
            phone.die()
        if number == notes // 2:
            other = phone.another_tab()
    if other:
        other.close()


def installed():
    return Path(CHROMIUM).exists()
