"""One Chromium for all tests, a context and an origin for each, and a watch that no test can forget.

The watch: every context is observed from its first request on. A request to another origin, or anything
the content security policy had to block, fails the test that caused it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    ViewportSize,
    expect,
    sync_playwright,
)

from builder.evaluate.chromium import FLAGS, find_chromium
from tests.browser.site import ROOT, WEB, Site

BUNDLE = ROOT / "dist" / "bundle"
PATIENCE_MS = 60_000
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
SOFTWARE_GPU = (
    "--enable-unsafe-webgpu",
    "--enable-features=Vulkan",
    "--use-webgpu-adapter=swiftshader",
    "--use-angle=swiftshader",
)

REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
  console.error(`Content Security Policy blocked ${blockedURI} (${effectiveDirective})`);
});
"""


class Watch:
    """What a browser context did that it must not do."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.foreign: list[str] = []
        self.violations: list[str] = []
        self._origin = origin
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("request", lambda request: self._request(request.url))
        context.on("console", lambda message: self._console(message.text))

    def _request(self, url: str) -> None:
        if not url.startswith((f"{self._origin}/", f"blob:{self._origin}/", "data:")):
            self.foreign.append(url)

    def _console(self, text: str) -> None:
        if "Content Security Policy" in text or "TrustedHTML" in text or "TrustedScript" in text:
            self.violations.append(text)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    # A machine that is at work on other things, too, is slow and not wrong.
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def gpu_browser(playwright: Playwright) -> Iterator[Browser]:
    """A Chromium whose WebGPU runs on a graphics processor made of software: slow, but the real interface."""
    flags = [flag for flag in FLAGS if flag != "--disable-gpu"]
    browser = playwright.chromium.launch(executable_path=find_chromium(), args=[*flags, *SOFTWARE_GPU])
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def bundle() -> Path:
    """The default bundle; building it takes minutes, so it is built before the tests and never by them."""
    if not (BUNDLE / "manifest.json").is_file():
        pytest.fail(f"{BUNDLE} does not exist: run `excerpt build` first", pytrace=False)
    if not (WEB / "index.html").is_file():
        pytest.fail(f"{WEB} does not exist: run `npm run build` in web/ first", pytrace=False)
    return BUNDLE


def build_of(recipe: str) -> Path:
    """A recipe's bundle, built once; for those of random weights, which take seconds."""
    target = ROOT / ".cache" / "tests" / f"{recipe}-bundle"
    excerpt = Path(sys.executable).with_name("excerpt")
    command = [str(excerpt), "build", "--recipe", recipe, "--out", str(target)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if built.returncode != 0:
        pytest.fail(f"the bundle of {recipe} was not built: {built.stderr}", pytrace=False)
    return target


@pytest.fixture(scope="session")
def tiny_bundle() -> Path:
    """A bundle with random weights, where what the model says does not matter."""
    return build_of("tiny")


@pytest.fixture(scope="session")
def tiny_shards(tiny_bundle: Path) -> dict[str, int]:
    """The sizes of the pieces of the tiny bundle's weights, by name."""
    manifest = json.loads((tiny_bundle / "manifest.json").read_text(encoding="utf-8"))
    variant = next(variant for variant in manifest["variants"] if variant["backend"] == "wasm")
    return {shard["file"]: shard["bytes"] for shard in variant["shards"]}


@pytest.fixture
def tiny(tiny_bundle: Path, start_site: Callable[..., Site]) -> Site:
    return start_site(tiny_bundle)


@pytest.fixture
def start_site() -> Iterator[Callable[..., Site]]:
    """Starts sites that are stopped after the test."""
    started: list[Site] = []

    def start(bundle: Path, isolated: bool = True) -> Site:
        started.append(Site(bundle, isolated))
        return started[-1]

    yield start
    for site in started:
        site.stop()


@pytest.fixture
def site(bundle: Path, start_site: Callable[..., Site]) -> Site:
    return start_site(bundle)


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page in a fresh context that is watched for `site`; the watch is judged after the test."""
    opened: list[tuple[BrowserContext, Watch]] = []

    def open_in_fresh_context(site: Site, phone: bool = False) -> Page:
        viewport = PHONE if phone else DESKTOP
        context = browser.new_context(viewport=viewport, has_touch=phone, is_mobile=phone)
        context.set_default_timeout(PATIENCE_MS)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.origin)
        opened.append((context, Watch(context, site.origin)))
        return context.new_page()

    yield open_in_fresh_context
    for context, _ in opened:
        context.close()
    assert [url for _, watch in opened for url in watch.foreign] == []
    assert [text for _, watch in opened for text in watch.violations] == []


@pytest.fixture
def page(site: Site, open_page: Callable[[Site], Page]) -> Page:
    return open_page(site)


@pytest.fixture(scope="session")
def invoice() -> str:
    return (ROOT / "tests" / "documents" / "invoice.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def receipt() -> str:
    return (ROOT / "tests" / "documents" / "receipt.txt").read_text(encoding="utf-8")
