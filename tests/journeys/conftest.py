"""What every browser journey begins with: Chromium, a phone, a desk, and two watchful eyes.

`no_problems` fails a journey on console errors and failed requests; `axe(page)` on anything
axe-core finds. A journey that goes offline on purpose says so with `no_problems.offline()`.
"""

import os
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
CHROMIUM = os.getenv("CHROMIUM") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-quic",
]  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    if not Path(CHROMIUM).exists():
        message = f"THERE IS NO BROWSER at {CHROMIUM}: the journeys cannot run"
        if os.getenv("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with playwright.sync_playwright() as engine:
        chromium = engine.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


class Watch:
    """Notes what went wrong on the pages it watches."""

    def __init__(self):
        self.problems = []
        self.quiet = False

    def watch(self, context):
        context.on("console", self._console)
        context.on("weberror", lambda error: self.problems.append(f"script: {error.error}"))
        context.on("requestfailed", self._failed)
        context.on("response", self._response)

    def _console(self, message):
        # A status of 400 and above is noted once, by _response.
        if message.type == "error" and not self.quiet and "Failed to load" not in message.text:
            self.problems.append(f"console: {message.text}")

    def _failed(self, request):
        # What the browser gave up itself, on going to another page, is no fault; nor is what failed
        # because a journey went offline on purpose, however late it is told.
        wanted = ("net::ERR_ABORTED", "net::ERR_INTERNET_DISCONNECTED")
        if not self.quiet and request.failure not in wanted:
            self.problems.append(f"failed: {request.url} {request.failure}")

    def _response(self, response):
        if response.status >= 400 and not self.quiet:
            self.problems.append(f"{response.status}: {response.url}")

    @contextmanager
    def offline(self, context):
        """No signal for a while; the failures this brings are wanted."""
        self.quiet = True
        context.set_offline(True)
        yield
        context.set_offline(False)
        context.pages[0].wait_for_timeout(300)  # failures of the last moment arrive late
        self.quiet = False

    @contextmanager
    def expected(self):
        """Refusals are wanted here."""
        self.quiet = True
        yield
        self.quiet = False


@pytest.fixture
def no_problems():
    watch = Watch()
    yield watch
    assert watch.problems == []


def _page(browser, watch, base_url, **options):
    context = browser.new_context(base_url=base_url, locale="en-GB", **options)
    context.set_default_timeout(60_000)  # a busy machine is slow, not wrong
    watch.watch(context)
    return context


@pytest.fixture
def phone_page(browser, no_problems, live_server):
    """A phone held upright, 390 × 844, that knows where it is."""
    context = _page(
        browser, no_problems, live_server.url, viewport={"width": 390, "height": 844},
        has_touch=True, is_mobile=True, permissions=["geolocation"],
        geolocation={"latitude": 52.3042, "longitude": -0.7175, "accuracy": 12},
    )  # fmt: skip
    yield context.new_page()
    context.close()


@pytest.fixture
def desk_page(browser, no_problems, live_server):
    """A desk's screen, 1280 × 900."""
    context = _page(browser, no_problems, live_server.url, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def axe():
    """`axe(page)` fails with what axe-core finds: rule, help and the first elements."""
    script = AXE.read_text()

    def check(page):
        page.evaluate(script)
        found = page.evaluate(
            "rules => axe.run(document, {runOnly: rules}).then(r => r.violations.map("
            "v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => n.html).join(' | ')}`))",
            RULES,
        )
        assert found == [], f"{page.url}: {found}"

    return check


@pytest.fixture(scope="session")
def axe_phone(axe):
    """The same of a whole screen of the phone at once: what is under the button at the bottom
    until one scrolls would count as a target too small."""

    def check(page):
        size = page.viewport_size
        page.set_viewport_size({"width": size["width"], "height": 3000})
        axe(page)
        page.set_viewport_size(size)

    return check
