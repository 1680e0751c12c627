"""The first load: how much JavaScript comes before a document is opened, how soon and how still the page is.

Largest Contentful Paint and Cumulative Layout Shift are measured by the browser itself (PerformanceObserver)
on the profile that Lighthouse throttles to for phones: 150 ms of latency, 1.6 Mbit/s, a processor four times
as slow. Lighthouse is not among the packages: its present version asks for a newer Node than this project.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.app import PATIENCE_MS
from tests.browser.site import WEB, Site
from tests.browser.states import DEVICES, context_options

MOST_SCRIPT_BYTES = 200_000
MOST_LCP_MS = 2_500
MOST_CLS = 0.1

SLOW_NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
SLOW_PROCESSOR = {"rate": 4}

OBSERVE = """
globalThis.vitals = { lcp: 0, cls: 0 };
new PerformanceObserver((list) => {
  for (const { startTime } of list.getEntries()) vitals.lcp = startTime;
}).observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) vitals.cls += value;
}).observe({ type: "layout-shift", buffered: true });
"""


NewPhone = Callable[[], BrowserContext]


@pytest.fixture
def new_phone(browser: Browser) -> Iterator[NewPhone]:
    """Phones' browsers, each new; what the service worker keeps for later is not part of the first load."""
    made: list[BrowserContext] = []

    def make() -> BrowserContext:
        made.append(browser.new_context(**context_options(DEVICES["phone"]), service_workers="block"))
        made[-1].set_default_timeout(PATIENCE_MS)
        return made[-1]

    yield make
    for context in made:
        context.close()


def opened(context: BrowserContext, site: Site, before: Callable[[Page], None]) -> Page:
    """The page, when it stands and asks for nothing more."""
    page = context.new_page()
    before(page)
    page.goto(f"{site.origin}/")
    expect(page.get_by_role("button", name="Get the model")).to_be_visible()
    page.wait_for_load_state("networkidle")
    return page


def gzipped(path: str) -> int:
    """The size of a file of the build as a server sends it that only knows gzip."""
    return len(gzip.compress((WEB / path.lstrip("/")).read_bytes(), 9))


def test_the_scripts_of_the_first_load_are_small(new_phone: NewPhone, tiny: Site) -> None:
    phone = new_phone()
    asked: set[str] = set()
    phone.on("request", lambda request: asked.add(urlsplit(request.url).path))
    opened(phone, tiny, lambda page: None)
    scripts = {path: gzipped(path) for path in sorted(asked) if path.endswith((".js", ".mjs"))}
    assert any("index" in path for path in scripts)
    assert sum(scripts.values()) < MOST_SCRIPT_BYTES, scripts


def slow_load(phone: BrowserContext, site: Site) -> dict[str, float]:
    """The vitals of one load on a slow phone."""

    def throttle(page: Page) -> None:
        page.add_init_script(OBSERVE)
        devtools = phone.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.send("Network.emulateNetworkConditions", SLOW_NETWORK)
        devtools.send("Emulation.setCPUThrottlingRate", SLOW_PROCESSOR)

    vitals: dict[str, float] = opened(phone, site, throttle).evaluate("() => vitals")
    return vitals


def test_the_page_stands_soon_and_still_on_a_slow_phone(new_phone: NewPhone, tiny: Site) -> None:
    # Other work on this machine can only make a load slower, so the best of three is the page's own.
    loads = [slow_load(new_phone(), tiny) for _ in range(3)]
    assert 0 < min(load["lcp"] for load in loads) < MOST_LCP_MS, loads
    assert max(load["cls"] for load in loads) < MOST_CLS, loads
