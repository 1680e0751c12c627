"""The driver that `excerpt eval` asks: answers, refusals, and a page that dies under it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as PlaywrightError

from builder.evaluate.browser import BrowserEngine, Extracted, Failed
from tests.browser.engine import read_case
from tests.browser.site import Site

REFUSED: dict[str, Any] = {"type": "object", "properties": {"a": {"type": "string", "format": "regex"}}}


# Characters of one, two and more UTF-16 units, joined and combined ones, and blanks that are not spaces.
WIDE_TEXT = "🧾 領収書　東京都\nCafe\u0301 👩‍👩‍👧 Zürich\u00a012,50 €\n\tשבת 🇨🇭 e\u0301nd 😀😀 x"
WORDS: dict[str, Any] = {
    "type": "object",
    "properties": {name: {"type": "string", "description": f"Words {name}"} for name in "abcdef"},
    "required": list("abcdef"),
    "additionalProperties": False,
}


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
    assert (refused.kind, refused.place) == ("input", "/properties/a/format")

    crash(browser.contexts[-1].pages[0])
    lost = engine.extract("c", case.text, case.schema)
    assert isinstance(lost, Failed)
    assert lost.kind == "crash"
    again = engine.extract("d", case.text, case.schema)
    assert isinstance(again, Extracted)
    assert again.output == first.output
    browser.contexts[-1].close()


def test_evidence_arrives_in_code_points_and_is_the_value(browser: Browser, tiny: Site) -> None:
    engine = BrowserEngine(browser, tiny.origin)
    answer = engine.extract("wide", WIDE_TEXT, WORDS)
    assert isinstance(answer, Extracted)
    read = {one.path.removeprefix("/"): WIDE_TEXT[one.start : one.end] for one in answer.evidence}
    assert read == answer.output
    browser.contexts[-1].close()
