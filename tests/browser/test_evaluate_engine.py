"""The driver that `excerpt eval` asks: answers, refusals, and a page that dies under it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as PlaywrightError

from builder.evaluate.browser import BrowserEngine, Extracted, Failed
from tests.browser.engine import read_case
from tests.browser.site import Site

REFUSED: dict[str, Any] = {"type": "object", "properties": {"a": {"not": {}}}, "required": ["a"]}


def crash(page: Page) -> None:
    """Ends the page's process, as running out of memory does."""
    with page.expect_event("crash"), pytest.raises(PlaywrightError):
        page.goto("chrome://crash")


def test_a_crash_costs_one_record_and_a_refusal_none_but_its_own(browser: Browser, tiny: Site) -> None:
    engine = BrowserEngine(browser, tiny.origin)
    case = read_case("receipt")
    first = engine.extract("a", case.text, case.schema)
    assert isinstance(first, Extracted)
    assert engine.conditions.model == "tiny"
    assert engine.conditions.browser == f"Chromium {browser.version}"

    refused = engine.extract("b", case.text, REFUSED)
    assert isinstance(refused, Failed)
    assert (refused.kind, refused.place) == ("input", "/properties/a")

    crash(browser.contexts[-1].pages[0])
    lost = engine.extract("c", case.text, case.schema)
    assert isinstance(lost, Failed)
    assert lost.kind == "crash"
    again = engine.extract("d", case.text, case.schema)
    assert isinstance(again, Extracted)
    assert again.output == first.output
    browser.contexts[-1].close()
