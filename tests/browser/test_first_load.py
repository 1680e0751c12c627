"""The first load: how much JavaScript comes before a document is opened."""

from __future__ import annotations

import gzip
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.app import PATIENCE_MS
from tests.browser.site import WEB, Site
from tests.browser.states import DEVICES, looked_at_with

MOST_SCRIPT_BYTES = 200_000


def gzipped(path: str) -> int:
    """The size of a file of the build as a server sends it that only knows gzip."""
    return len(gzip.compress((WEB / path.lstrip("/")).read_bytes(), 9))


@pytest.fixture
def asked(browser: Browser, tiny: Site) -> set[str]:
    """The paths that a new browser asks for until the page stands and asks for nothing more."""
    paths: set[str] = set()
    # What the service worker keeps for later is not part of the first load.
    with looked_at_with(DEVICES["phone"], browser, service_worker=False) as phone:
        phone.set_default_timeout(PATIENCE_MS)
        phone.on("request", lambda request: paths.add(urlsplit(request.url).path))
        page = phone.new_page()
        page.goto(f"{tiny.origin}/")
        expect(page.get_by_role("button", name="Get the model")).to_be_visible()
        page.wait_for_load_state("networkidle")
    return paths


def test_the_scripts_of_the_first_load_are_small(asked: set[str]) -> None:
    scripts = {path: gzipped(path) for path in sorted(asked) if path.endswith((".js", ".mjs"))}
    assert any("index" in path for path in scripts)
    assert sum(scripts.values()) < MOST_SCRIPT_BYTES, scripts
